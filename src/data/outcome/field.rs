//! What the columns of an outcome hold, and the names they go by.

/// Which group of a study a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::data) enum Group {
    /// The only one.
    Only,
    /// The exposed or treated one.
    First,
    /// The one it is compared with.
    Second,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) enum What {
    Events,
    Others,
    Total,
    Time,
    Mean,
    Sd,
    Se,
    Lower,
    Upper,
    Median,
    Q1,
    Q3,
    Min,
    Max,
    R,
    T,
    P,
    Direction,
    Measure,
    Yi,
    Vi,
    OddsRatio,
    RiskRatio,
    RateRatio,
    HazardRatio,
    Ratio,
}

/// A column of an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::data) struct Field {
    pub(in crate::data) what: What,
    pub(in crate::data) group: Group,
}

/// What a column may hold: whether each group has one, the name this crate gives it, and others.
struct Names {
    what: What,
    grouped: bool,
    own: &'static str,
    others: &'static [&'static str],
}

const NAMES: [Names; 26] = [
    names(What::Events, true, "events", &["event", "cases", "resorbed", "responders", "x"]),
    names(What::Others, true, "nonevents", &["non_events"]),
    names(What::Total, true, "total", &["n", "patients", "sample"]),
    names(What::Time, true, "time", &["person_time", "person_years", "persontime", "py"]),
    names(What::Mean, true, "mean", &[]),
    names(What::Sd, true, "sd", &["std", "std_dev"]),
    names(What::Se, true, "se", &["sei", "sem", "std_err", "standard_error"]),
    names(What::Lower, true, "lower", &["ci_lower", "ci_lo", "ci_low", "lcl", "ci.lb"]),
    names(What::Upper, true, "upper", &["ci_upper", "ci_hi", "ci_high", "ucl", "ci.ub"]),
    names(What::Median, true, "median", &[]),
    names(What::Q1, true, "q1", &["p25"]),
    names(What::Q3, true, "q3", &["p75"]),
    names(What::Min, true, "min", &["minimum"]),
    names(What::Max, true, "max", &["maximum"]),
    names(What::R, false, "r", &["ri", "cor", "correlation"]),
    names(What::T, false, "t", &["t_value", "tval", "t_statistic"]),
    // A lone p is a proportion more often than a p value.
    names(What::P, false, "p_value", &["pvalue", "p.value", "p-value", "pval"]),
    names(What::Direction, false, "direction", &["sign"]),
    names(What::Measure, false, "measure", &["effect_measure"]),
    names(What::Yi, false, "yi", &["effect", "effect_size", "es", "te", "estimate"]),
    names(What::Vi, false, "vi", &["variance", "var"]),
    names(What::OddsRatio, false, "or", &["odds_ratio", "aor"]),
    names(What::RiskRatio, false, "rr", &["risk_ratio", "relative_risk", "arr"]),
    names(What::RateRatio, false, "irr", &["rate_ratio"]),
    names(What::HazardRatio, false, "hr", &["hazard_ratio", "ahr"]),
    names(What::Ratio, false, "ratio", &[]),
];

const fn names(
    what: What,
    grouped: bool,
    own: &'static str,
    others: &'static [&'static str],
) -> Names {
    Names { what, grouped, own, others }
}

/// How the first group is called.
const FIRST: [&str; 9] =
    ["1", "_1", "_exposed", "_treated", "_treatment", "_intervention", "_experimental", "_e", ".e"];
/// How the second group is called.
const SECOND: [&str; 9] =
    ["2", "_2", "_unexposed", "_control", "_controls", "_comparator", "_reference", "_c", ".c"];

/// The letters of the cells of a 2×2 table: of textbooks, of metafor, of diagnostic tests (a positive
/// test is the first group), of the BCG trials.
const CELLS: [(What, Group, [&str; 4]); 4] = [
    (What::Events, Group::First, ["ai", "a", "tp", "tpos"]),
    (What::Others, Group::First, ["bi", "b", "fp", "tneg"]),
    (What::Events, Group::Second, ["ci", "c", "fn", "cpos"]),
    (What::Others, Group::Second, ["di", "d", "tn", "cneg"]),
];

/// The names of metafor where they are not a common name with a suffix.
const METAFOR: [(What, &str); 6] = [
    (What::Events, "x"),
    (What::Total, "n"),
    (What::Time, "t"),
    (What::Mean, "m"),
    (What::Sd, "sd"),
    (What::R, "r"),
];

impl Field {
    pub(in crate::data) const fn new(what: What, group: Group) -> Self {
        Self { what, group }
    }

    /// Every column an outcome may have.
    pub(in crate::data) fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().flat_map(|names| {
            let groups: &[Group] = if names.grouped {
                &[Group::Only, Group::First, Group::Second]
            } else {
                &[Group::Only]
            };
            groups.iter().map(|&group| Self::new(names.what, group))
        })
    }

    /// The name this crate gives it, as `--column` takes it: `events1`, `mean2`, `yi`.
    pub(in crate::data) fn name(self) -> String {
        let own = NAMES.iter().find(|names| names.what == self.what).map_or("", |names| names.own);
        let suffix = match self.group {
            Group::Only => "",
            Group::First => "1",
            Group::Second => "2",
        };
        format!("{own}{suffix}")
    }

    /// The one of that name.
    pub(in crate::data) fn named(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Names of its column, lower case, in the order in which they are tried.
    pub(in crate::data) fn tried(self) -> Vec<String> {
        let Some(names) = NAMES.iter().find(|names| names.what == self.what) else {
            return Vec::new();
        };
        let bases = || std::iter::once(names.own).chain(names.others.iter().copied());
        let metafor = METAFOR.iter().filter(|(what, _)| *what == self.what);
        match self.group {
            Group::Only => {
                let metafor = metafor.map(|(_, letter)| format!("{letter}i"));
                // A lone x is a moderator more often than a count.
                let bases = bases().filter(|base| *base != "x").map(str::to_owned);
                bases.chain(metafor).collect()
            }
            group => {
                let (suffixes, number) =
                    if group == Group::First { (FIRST, 1) } else { (SECOND, 2) };
                let cells = CELLS.iter().filter(|cell| (cell.0, cell.1) == (self.what, group));
                let cells = cells.flat_map(|cell| cell.2.map(str::to_owned));
                let common = suffixes
                    .iter()
                    .flat_map(|suffix| bases().map(move |base| format!("{base}{suffix}")));
                let metafor = metafor.map(|(_, letter)| format!("{letter}{number}i"));
                common.chain(metafor).chain(cells).collect()
            }
        }
    }
}
