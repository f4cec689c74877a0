//! The rows that are used, read as one kind of outcome.

use super::{
    field::{Field, Group, What},
    find::Layout,
    mixed::{mixed, several_measures},
    row::{Cells, Row},
};
use crate::{
    data::{
        Mapping, Missing,
        columns::Roles,
        counts::needed,
        findings::{At, Findings},
        moderators::Convention,
        problem::{Conversion, OutcomeProblem, ProblemKind},
        records::Grid,
        select::{Reason, Selection},
        table::Stated,
    },
    study::{
        Correlation, Counts, Effect, MeanSd, OutcomeKind, Outcomes, PersonTime, StudyError,
        TwoGroups,
        convert::{self, Summary},
    },
};

/// The rows that passed, and their outcomes; empty without one.
pub(in crate::data) struct Read {
    pub(in crate::data) rows: Vec<usize>,
    pub(in crate::data) outcomes: Outcomes,
}

/// Reads and checks every row that is used.
pub(in crate::data) fn check(
    grid: &Grid,
    (roles, layout): (&Roles, &Layout),
    mapping: &Mapping,
    selection: &mut Selection,
    convention: &Convention<'_>,
    findings: &mut Findings<'_>,
) -> Read {
    let kinds = layout.columns.iter().filter_map(|(_, column)| {
        Some(convention.kind(grid.columns.get(*column)?, selection.rows()))
    });
    let cells = Cells { grid, layout, mapping, kinds: kinds.collect() };
    if layout.kind == OutcomeKind::Generic && layout.stated.is_none() {
        swapped(&cells, selection, findings);
        several_measures(&cells, selection, findings);
    }
    let mut all = All { cells: &cells, roles, selection, convention, findings, rows: Vec::new() };
    let mut conversions = Conversions::default();
    let outcomes = match layout.kind {
        OutcomeKind::Proportions => Outcomes::Proportions(all.each(|row| counts(row, Group::Only))),
        OutcomeKind::Rates => Outcomes::Rates(all.each(|row| rate(row, Group::Only))),
        OutcomeKind::Means => {
            Outcomes::Means(all.each(|row| mean(row, Group::Only, &mut conversions)))
        }
        OutcomeKind::Correlations => {
            Outcomes::Correlations(all.each(|row| correlation(row, &mut conversions)))
        }
        OutcomeKind::TwoProportions => Outcomes::TwoProportions(
            all.each_but(|row| two(row, counts), TwoGroups::<Counts>::is_double_zero),
        ),
        OutcomeKind::TwoRates => Outcomes::TwoRates(
            all.each_but(|row| two(row, rate), |g| g.first.events() == 0 && g.second.events() == 0),
        ),
        OutcomeKind::TwoMeans => Outcomes::TwoMeans(
            all.each(|row| two(row, |row, group| mean(row, group, &mut conversions))),
        ),
        OutcomeKind::Generic => Outcomes::Generic(all.each(|row| match mapping.convert_to {
            None => generic(row, layout.stated, &mut conversions),
            Some(target) => mixed(row, layout.stated, target, &mut conversions),
        })),
    };
    let rows = all.rows;
    let p_values = layout.column(Field::new(What::P, Group::Only));
    if let Some(column) = p_values.filter(|_| conversions.unsigned && !conversions.negative) {
        let problem = ProblemKind::Outcome(OutcomeProblem::NoDirection);
        findings.push(grid, At::Header(column), problem);
    }
    for (conversion, times) in conversions.made {
        findings.push(grid, At::File, ProblemKind::Converted { conversion, rows: times });
    }
    Read { rows, outcomes }
}

/// How many values each conversion made.
#[derive(Default)]
pub(super) struct Conversions {
    made: Vec<(Conversion, usize)>,
    /// Whether a p value without a sign, and none that says where signs are, was used.
    unsigned: bool,
    negative: bool,
}

impl Conversions {
    pub(super) fn count(&mut self, conversion: Conversion) {
        match self.made.iter_mut().find(|(known, _)| *known == conversion) {
            Some((_, times)) => *times += 1,
            None => self.made.push((conversion, 1)),
        }
    }
}

struct All<'a, 'b, 'c, 'd> {
    cells: &'a Cells<'a>,
    roles: &'a Roles,
    selection: &'b mut Selection,
    convention: &'a Convention<'d>,
    findings: &'b mut Findings<'c>,
    rows: Vec<usize>,
}

impl All<'_, '_, '_, '_> {
    /// Every row that is used, by `one`; a row with a missing value is reported or left out.
    fn each<T>(&mut self, one: impl FnMut(&mut Row<'_, '_, '_>) -> Option<T>) -> Vec<T> {
        self.each_but(one, |_| false)
    }

    /// The same without what `empty` says to leave out where that is asked for.
    fn each_but<T>(
        &mut self,
        mut one: impl FnMut(&mut Row<'_, '_, '_>) -> Option<T>,
        empty: impl Fn(&T) -> bool,
    ) -> Vec<T> {
        let (grid, mapping) = (self.cells.grid, self.cells.mapping);
        let needed = needed(grid, self.roles, self.selection, self.convention);
        let mut values = Vec::new();
        for row in 0..grid.lines.len() {
            if self.selection.used.get(row) != Some(&true) {
                continue;
            }
            let mut reader = Row {
                cells: self.cells,
                place: row,
                missing: Vec::new(),
                wrong: Vec::new(),
                findings: self.findings,
            };
            let value = one(&mut reader);
            let own = needed.iter().filter(|needed| needed.is_missing(row)).map(|n| n.column);
            let absent: Vec<usize> = own.chain(reader.missing.iter().copied()).collect();
            if let (Some(column), Missing::Drop) = (absent.first(), mapping.missing) {
                let name = grid.header.get(*column).map_or("", String::as_str);
                self.selection.exclude(row, grid, self.roles, Reason::Missing(name.into()));
                continue;
            }
            let sound = reader.wrong.is_empty();
            reader.report();
            for column in &absent {
                let column_name = grid.header.get(*column).cloned().unwrap_or_default();
                let kind = ProblemKind::Missing { column: column_name };
                self.findings.push(grid, At::Cell(row, *column), kind);
            }
            if let Some(value) = value.filter(|_| sound && absent.is_empty()) {
                if mapping.drop00 && empty(&value) {
                    self.selection.exclude(row, grid, self.roles, Reason::DoubleZero);
                    continue;
                }
                self.rows.push(row);
                values.push(value);
            }
        }
        values
    }
}

/// Both groups, so that what is wrong in either is said.
fn two<T>(
    row: &mut Row<'_, '_, '_>,
    mut one: impl FnMut(&mut Row<'_, '_, '_>, Group) -> Option<T>,
) -> Option<TwoGroups<T>> {
    let (first, second) = (one(row, Group::First), one(row, Group::Second));
    Some(TwoGroups { first: first?, second: second? })
}

fn counts(row: &mut Row<'_, '_, '_>, group: Group) -> Option<Counts> {
    let at = |what| Field::new(what, group);
    let events = row.whole(at(What::Events));
    let (total, of) = if row.cells.layout.column(at(What::Total)).is_some() {
        (row.whole(at(What::Total))?, What::Total)
    } else {
        (events.unwrap_or(0).saturating_add(row.whole(at(What::Others))?), What::Others)
    };
    let events = events?;
    Counts::new(events, total)
        .map_err(|error| match error {
            StudyError::NoPatients => row.fail(at(of), ProblemKind::NoPatients),
            StudyError::MoreEventsThanTotal { events, total } => {
                let kind = ProblemKind::MoreEventsThanTotal { events, total, offer: None };
                row.fail(at(What::Events), kind);
            }
            other => row.fail(at(of), ProblemKind::Studies(other)),
        })
        .ok()
}

fn rate(row: &mut Row<'_, '_, '_>, group: Group) -> Option<PersonTime> {
    let at = |what| Field::new(what, group);
    let (events, time) = (row.whole(at(What::Events)), row.real(at(What::Time)));
    PersonTime::new(events?, time?)
        .map_err(|error| {
            let of = if matches!(error, StudyError::TimeNotPositive { .. }) {
                What::Time
            } else {
                What::Events
            };
            row.fail(at(of), ProblemKind::Studies(error));
        })
        .ok()
}

/// A mean and its standard deviation, or what can be made of what is printed instead: a standard
/// error, an interval, a median with quartiles or range.
fn mean(row: &mut Row<'_, '_, '_>, group: Group, conversions: &mut Conversions) -> Option<MeanSd> {
    let at = |what| Field::new(what, group);
    let total = row.whole(at(What::Total));
    let mean = row.maybe(at(What::Mean));
    let [sd, se, lower, upper, median, q1, q3, min, max] = [
        What::Sd,
        What::Se,
        What::Lower,
        What::Upper,
        What::Median,
        What::Q1,
        What::Q3,
        What::Min,
        What::Max,
    ]
    .map(|what| row.maybe(at(what)));
    if !row.wrong.is_empty() {
        return None;
    }
    let total = total?;
    if total < 2 {
        row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewForSd { n: total }));
        return None;
    }
    let n = total as f64;
    let quantiles = match (min.zip(max), q1.zip(q3), median) {
        (Some((min, max)), Some((q1, q3)), Some(median)) => {
            Some((Summary::Five { min, q1, median, q3, max }, Conversion::Five))
        }
        (_, Some((q1, q3)), Some(median)) => {
            Some((Summary::Quartiles { q1, median, q3 }, Conversion::Quartiles))
        }
        (Some((min, max)), _, Some(median)) => {
            Some((Summary::Range { min, median, max }, Conversion::Range))
        }
        _ => None,
    };
    let (mean, sd, of) = match (mean, sd, se, lower.zip(upper), quantiles) {
        (Some(mean), Some(sd), ..) => (mean, sd, What::Sd),
        (Some(mean), None, Some(se), ..) => {
            if se <= 0.0 {
                row.refuse(
                    at(What::Se),
                    OutcomeProblem::NotPositive { what: "a standard error", value: se },
                );
                return None;
            }
            conversions.count(Conversion::Se);
            (mean, convert::sd_from_se(se, n), What::Se)
        }
        (Some(mean), None, None, Some((lower, upper)), _) => {
            interval(row, group, (mean, lower, upper), At95::Plain(What::Mean))?;
            conversions.count(Conversion::Interval);
            (mean, convert::sd_from_interval(lower, upper, n), What::Lower)
        }
        (_, _, _, _, Some((summary, conversion))) => {
            if !summary.is_ordered() {
                row.refuse(at(What::Median), OutcomeProblem::Unordered);
                return None;
            }
            conversions.count(conversion);
            (summary.mean(n), summary.sd(n), What::Median)
        }
        (mean, ..) => {
            let there = |what: &What| row.cells.layout.column(at(*what)).is_some();
            let wanted = [What::Sd, What::Se, What::Lower, What::Q1, What::Min, What::Median];
            let lacking = if mean.is_none() && there(&What::Mean) {
                What::Mean
            } else {
                wanted.into_iter().find(there).unwrap_or(What::Sd)
            };
            row.lacks(at(lacking));
            return None;
        }
    };
    MeanSd::new(mean, sd, total).map_err(|error| row.fail(at(of), ProblemKind::Studies(error))).ok()
}

/// Whether the layout has a column of the only group.
fn there(row: &Row<'_, '_, '_>, what: What) -> bool {
    row.cells.layout.column(Field::new(what, Group::Only)).is_some()
}

/// The t value behind a two-sided p value; its sign is that of a column of directions or, without one,
/// that of p.
fn t_of_p(
    row: &mut Row<'_, '_, '_>,
    df: f64,
    conversion: Conversion,
    conversions: &mut Conversions,
) -> Option<f64> {
    let (p_value, direction) =
        (Field::new(What::P, Group::Only), Field::new(What::Direction, Group::Only));
    let p = row.real(p_value)?;
    let signed = !there(row, What::Direction);
    if !(p.abs() > 0.0 && p.abs() <= 1.0) || (p < 0.0 && !signed) {
        row.refuse(p_value, OutcomeProblem::PValue { value: p });
        return None;
    }
    let sign = if signed {
        conversions.unsigned |= p > 0.0;
        conversions.negative |= p < 0.0;
        p
    } else {
        match row.sign(direction).as_deref() {
            Some("+" | "1" | "+1" | "positive" | "up") => 1.0,
            Some("-" | "-1" | "\u{2212}1" | "negative" | "down") => -1.0,
            Some(other) => {
                row.refuse(direction, OutcomeProblem::NotADirection { value: other.to_owned() });
                return None;
            }
            None => {
                row.lacks(direction);
                return None;
            }
        }
    };
    conversions.count(conversion);
    Some(convert::t_from_p(p.abs(), df, sign))
}

fn correlation(row: &mut Row<'_, '_, '_>, conversions: &mut Conversions) -> Option<Correlation> {
    let at = |what| Field::new(what, Group::Only);
    let n = row.whole(at(What::Total));
    let r = row.maybe(at(What::R));
    let t = row.maybe(at(What::T));
    let (r, of) = match (r, t, n) {
        (Some(r), ..) => (r, What::R),
        (None, Some(t), Some(n)) if n >= 3 => {
            conversions.count(Conversion::TToR);
            (convert::r_from_t(t, n as f64), What::T)
        }
        (None, Some(_), Some(n)) => {
            row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewPairs { n }));
            return None;
        }
        (None, None, Some(n)) if there(row, What::P) => {
            if n < 3 {
                row.fail(at(What::Total), ProblemKind::Studies(StudyError::TooFewPairs { n }));
                return None;
            }
            let t = t_of_p(row, n as f64 - 2.0, Conversion::PToR, conversions)?;
            (convert::r_from_t(t, n as f64), What::P)
        }
        _ => {
            let of = [What::R, What::T, What::P].into_iter().find(|what| there(row, *what));
            row.lacks(at(of.unwrap_or(What::R)));
            return None;
        }
    };
    Correlation::new(r, n?)
        .map_err(|error| {
            let of =
                if matches!(error, StudyError::NoCorrelation { .. }) { of } else { What::Total };
            row.fail(at(of), ProblemKind::Studies(error));
        })
        .ok()
}

fn generic(
    row: &mut Row<'_, '_, '_>,
    stated: Option<Stated>,
    conversions: &mut Conversions,
) -> Option<Effect> {
    let (yi, vi, of) = effect(row, stated, At95::Plain(What::Yi), conversions)?;
    let field = Field::new(of, Group::Only);
    Effect::new(yi, vi).map_err(|error| row.fail(field, ProblemKind::Studies(error))).ok()
}

/// An effect with its variance and the column it is of. An interval beside `yi` is on the scale of
/// `limits`.
pub(super) fn effect(
    row: &mut Row<'_, '_, '_>,
    stated: Option<Stated>,
    limits: At95,
    conversions: &mut Conversions,
) -> Option<(f64, f64, What)> {
    let at = |what| Field::new(what, Group::Only);
    Some(match stated {
        None => {
            let yi = row.real(at(What::Yi));
            let [vi, se, lower, upper] =
                [What::Vi, What::Se, What::Lower, What::Upper].map(|what| row.maybe(at(what)));
            if !row.wrong.is_empty() {
                return None;
            }
            let yi = yi?;
            match (vi, se, lower.zip(upper)) {
                (Some(vi), ..) => (yi, vi, What::Vi),
                (None, Some(se), _) if se > 0.0 => (yi, se * se, What::Se),
                (None, Some(se), _) => {
                    let problem =
                        OutcomeProblem::NotPositive { what: "a standard error", value: se };
                    row.refuse(at(What::Se), problem);
                    return None;
                }
                (None, None, Some((lower, upper))) => {
                    interval(row, Group::Only, (yi, lower, upper), limits)?;
                    if matches!(limits, At95::Log(_)) {
                        conversions.count(Conversion::RatioInterval);
                        (yi.ln(), variance(lower.ln(), upper.ln()), What::Lower)
                    } else {
                        conversions.count(Conversion::EffectInterval);
                        (yi, variance(lower, upper), What::Lower)
                    }
                }
                (None, None, None) => {
                    let there = |what: &What| row.cells.layout.column(at(*what)).is_some();
                    let lacking = [What::Vi, What::Se, What::Lower].into_iter().find(there);
                    row.lacks(at(lacking.unwrap_or(What::Vi)));
                    return None;
                }
            }
        }
        Some(Stated::StandardisedMeanDifference) => {
            let t = row.maybe(at(What::T));
            let [n1, n2] = [Group::First, Group::Second]
                .map(|group| row.whole(Field::new(What::Total, group)));
            for (n, group) in [(n1, Group::First), (n2, Group::Second)] {
                if let Some(n) = n.filter(|n| *n < 2) {
                    let kind = ProblemKind::Studies(StudyError::TooFewForSd { n });
                    row.fail(Field::new(What::Total, group), kind);
                }
            }
            if !row.wrong.is_empty() {
                return None;
            }
            let (n1, n2) = (n1? as f64, n2? as f64);
            let (t, of) = if let Some(t) = t {
                conversions.count(Conversion::TToG);
                (t, What::T)
            } else if there(row, What::P) {
                (t_of_p(row, n1 + n2 - 2.0, Conversion::PToG, conversions)?, What::P)
            } else {
                row.lacks(at(What::T));
                return None;
            };
            let (g, v) = convert::g_from_t(t, n1, n2);
            (g, v, of)
        }
        Some(stated) => {
            let what = match stated {
                Stated::OddsRatio => What::OddsRatio,
                Stated::RiskRatio => What::RiskRatio,
                Stated::RateRatio => What::RateRatio,
                Stated::HazardRatio => What::HazardRatio,
                Stated::Ratio | Stated::StandardisedMeanDifference | Stated::FishersZ => {
                    What::Ratio
                }
            };
            let [point, lower, upper] = [what, What::Lower, What::Upper].map(|w| row.real(at(w)));
            let (point, lower, upper) = (point?, lower?, upper?);
            for (value, of) in [(point, what), (lower, What::Lower), (upper, What::Upper)] {
                if value <= 0.0 {
                    row.refuse(at(of), OutcomeProblem::NotPositive { what: "a ratio", value });
                    return None;
                }
            }
            interval(row, Group::Only, (point, lower, upper), At95::Log(what))?;
            conversions.count(Conversion::RatioInterval);
            (point.ln(), variance(lower.ln(), upper.ln()), what)
        }
    })
}

/// The scale an interval is stated on, with the column of its point.
#[derive(Clone, Copy)]
pub(super) enum At95 {
    Plain(What),
    Log(What),
}

/// The variance behind a 95 % interval by normal quantiles.
fn variance(lower: f64, upper: f64) -> f64 {
    let se = (upper - lower) / (2.0 * crate::numeric::normal::quantile_upper(0.025));
    se * se
}

/// Refuses an interval that does not hold its point, or not in its middle on the scale stated.
fn interval(
    row: &mut Row<'_, '_, '_>,
    group: Group,
    (point, lower, upper): (f64, f64, f64),
    scale: At95,
) -> Option<()> {
    let (At95::Plain(what) | At95::Log(what)) = scale;
    let field = Field::new(what, group);
    if !(lower < point && point < upper) {
        row.refuse(field, OutcomeProblem::PointOutside { point, lower, upper });
        return None;
    }
    let plain = symmetric(point, lower, upper);
    let log = lower > 0.0 && symmetric(point.ln(), lower.ln(), upper.ln());
    let (fits, other) = match scale {
        At95::Plain(_) => (plain, log.then_some("the logarithm, as of a ratio")),
        At95::Log(_) => (log, plain.then_some("the values themselves, as of a difference")),
    };
    if !fits {
        row.refuse(field, OutcomeProblem::Asymmetric { point, lower, upper, fits: other });
        return None;
    }
    Some(())
}

/// Whether a point is in the middle of its interval, but for what rounding to two digits can move it.
fn symmetric(point: f64, lower: f64, upper: f64) -> bool {
    ((point - lower) - (upper - point)).abs() <= 0.1 * (upper - lower)
}

/// Reports a column of variances that holds standard errors, or the other way round, where intervals
/// beside it tell.
fn swapped(cells: &Cells<'_>, selection: &Selection, findings: &mut Findings<'_>) {
    let at = |what| Field::new(what, Group::Only);
    let z = crate::numeric::normal::quantile_upper(0.025);
    for (what, problem) in
        [(What::Vi, OutcomeProblem::SeAsVariance), (What::Se, OutcomeProblem::VarianceAsSe)]
    {
        let Some(column) = cells.layout.column(at(what)) else { continue };
        let (mut right, mut wrong) = (0_usize, 0_usize);
        for row in selection.rows() {
            let mut reader =
                Row { cells, place: row, missing: Vec::new(), wrong: Vec::new(), findings };
            let values = [what, What::Lower, What::Upper].map(|what| reader.maybe(at(what)));
            let [Some(value), Some(lower), Some(upper)] = values else { continue };
            let se = (upper - lower) / (2.0 * z);
            let near = |a: f64| (a - se).abs() <= 0.05 * se;
            let (as_is, other) = match what {
                What::Vi => (value.sqrt(), value),
                _ => (value, value.sqrt()),
            };
            right += usize::from(near(as_is));
            wrong += usize::from(near(other) && !near(as_is));
        }
        if wrong > right {
            findings.push(cells.grid, At::Header(column), ProblemKind::Outcome(problem));
        }
    }
}
