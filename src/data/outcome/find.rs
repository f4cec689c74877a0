//! Which kind of outcome a table has, by the names of its columns.

use super::field::{Field, Group, What};
use crate::data::{
    mapping::Mapping,
    problem::{OutcomeProblem, ProblemKind},
    table::Stated,
};
use crate::study::OutcomeKind;

/// The columns of an outcome that is not single proportions.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::data) struct Layout {
    pub(in crate::data) kind: OutcomeKind,
    /// On which scale effects computed elsewhere are, where their column says so.
    pub(in crate::data) stated: Option<Stated>,
    pub(in crate::data) columns: Vec<(Field, usize)>,
}

impl Layout {
    pub(in crate::data) fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|(found, _)| *found == field).map(|(_, column)| *column)
    }
}

/// Ratios with an interval, and what they are.
const RATIOS: [(What, Stated); 5] = [
    (What::OddsRatio, Stated::OddsRatio),
    (What::RiskRatio, Stated::RiskRatio),
    (What::RateRatio, Stated::RateRatio),
    (What::HazardRatio, Stated::HazardRatio),
    (What::Ratio, Stated::Ratio),
];

/// The columns a table has for any outcome.
struct Found(Vec<(Field, usize)>);

impl Found {
    fn has(&self, what: What, group: Group) -> bool {
        self.0.iter().any(|(field, _)| *field == Field::new(what, group))
    }

    fn both(&self, complete: impl Fn(&Self, Group) -> bool) -> bool {
        complete(self, Group::First) && complete(self, Group::Second)
    }

    fn counts(&self, group: Group) -> bool {
        self.has(What::Events, group)
            && (self.has(What::Total, group) || self.has(What::Others, group))
    }

    fn rates(&self, group: Group) -> bool {
        self.has(What::Events, group) && self.has(What::Time, group)
    }

    fn interval(&self, group: Group) -> bool {
        self.has(What::Lower, group) && self.has(What::Upper, group)
    }

    fn means(&self, group: Group) -> bool {
        let has = |what| self.has(what, group);
        let spread = has(What::Sd) || has(What::Se) || self.interval(group);
        let quantiles = (has(What::Q1) && has(What::Q3)) || (has(What::Min) && has(What::Max));
        has(What::Total) && ((has(What::Mean) && spread) || (has(What::Median) && quantiles))
    }

    fn of_t(&self) -> bool {
        self.has(What::T, Group::Only) && self.both(|found, group| found.has(What::Total, group))
    }

    /// A p value of two groups.
    fn of_p(&self) -> bool {
        self.has(What::P, Group::Only) && self.both(|found, group| found.has(What::Total, group))
    }

    fn of_yi(&self) -> bool {
        let has = |what| self.has(what, Group::Only);
        let precise = has(What::Vi) || has(What::Se) || self.interval(Group::Only);
        has(What::Yi) && precise
    }

    fn ratio(&self) -> Option<Stated> {
        let there = |(what, _): &&(What, Stated)| self.has(*what, Group::Only);
        RATIOS.iter().find(there).filter(|_| self.interval(Group::Only)).map(|(_, stated)| *stated)
    }

    fn complete(&self, kind: OutcomeKind) -> bool {
        let only = |what| self.has(what, Group::Only);
        match kind {
            OutcomeKind::Proportions => only(What::Events) && only(What::Total),
            OutcomeKind::Rates => self.rates(Group::Only),
            OutcomeKind::Means => self.means(Group::Only),
            OutcomeKind::Correlations => {
                only(What::Total) && (only(What::R) || (only(What::T) && !self.of_t()))
            }
            OutcomeKind::TwoProportions => self.both(Self::counts),
            OutcomeKind::TwoRates => self.both(Self::rates),
            OutcomeKind::TwoMeans => self.both(Self::means),
            OutcomeKind::Generic => self.of_yi() || self.ratio().is_some() || self.of_t(),
        }
    }

    /// The kind that p values alone would make: no kind where anything else is complete, because p
    /// values stand beside all kinds of results.
    fn by_p_values(&self) -> Option<OutcomeKind> {
        if self.of_p() {
            return Some(OutcomeKind::Generic);
        }
        let of_pairs = self.has(What::P, Group::Only) && self.has(What::Total, Group::Only);
        of_pairs.then_some(OutcomeKind::Correlations)
    }

    /// The columns that matter to a kind.
    fn layout(self, kind: OutcomeKind, mixed: bool) -> Layout {
        use What::{
            Direction, Events, Lower, Max, Mean, Measure, Median, Min, Others, P, Q1, Q3, R, Sd,
            Se, T, Time, Total, Upper, Vi, Yi,
        };
        let stated = match kind {
            OutcomeKind::Generic if self.of_yi() => None,
            OutcomeKind::Generic => self.ratio().or(Some(Stated::StandardisedMeanDifference)),
            _ => None,
        };
        let ratio = RATIOS.iter().find(|(_, s)| Some(*s) == stated).map(|(what, _)| *what);
        let whats: &[What] = match (kind, stated) {
            (OutcomeKind::Proportions, _) => &[Events, Total],
            (OutcomeKind::TwoProportions, _) => &[Events, Others, Total],
            (OutcomeKind::Rates | OutcomeKind::TwoRates, _) => &[Events, Time],
            (OutcomeKind::Means | OutcomeKind::TwoMeans, _) => {
                &[Total, Mean, Sd, Se, Lower, Upper, Median, Q1, Q3, Min, Max]
            }
            (OutcomeKind::Correlations, _) => &[Total, R, T, P, Direction],
            (OutcomeKind::Generic, Some(Stated::StandardisedMeanDifference)) => {
                &[T, P, Direction, Total]
            }
            (OutcomeKind::Generic, None) if mixed => &[Measure, Yi, Vi, Se, Lower, Upper, Total],
            (OutcomeKind::Generic, Some(_)) if mixed => &[Lower, Upper, Total],
            (OutcomeKind::Generic, Some(_)) => &[Lower, Upper],
            (OutcomeKind::Generic, None) => &[Yi, Vi, Se, Lower, Upper],
        };
        let by_p = self.has(P, Group::Only);
        let two = kind.two_groups() || stated == Some(Stated::StandardisedMeanDifference);
        let ours = |field: &Field| {
            let wanted = whats.contains(&field.what) || Some(field.what) == ratio;
            // Sizes of two groups serve conversions of effects that have one column each.
            let any = matches!(field.what, T | P | Direction) || (mixed && field.what == Total);
            let group = (field.group == Group::Only) != two || any;
            // A direction is one of p values; elsewhere it is a moderator.
            wanted && group && (field.what != Direction || by_p)
        };
        let mut columns = self.0;
        columns.retain(|(field, _)| ours(field));
        // The first group whole, then the second.
        columns.sort_by_key(|(field, _)| field.group);
        Layout { kind, stated, columns }
    }
}

/// The layout of an outcome that is not single proportions; `None` where the table has those, or
/// nothing that is complete.
pub(in crate::data) fn find(
    header: &[String],
    taken: &[usize],
    mapping: &Mapping,
) -> Result<Option<Layout>, ProblemKind> {
    let lower: Vec<String> = header.iter().map(|name| name.to_lowercase()).collect();
    let mut found = Found(Vec::new());
    let given: Vec<usize> =
        mapping.columns.iter().filter_map(|(_, column)| place(header, &lower, column)).collect();
    let free = |at: &usize| !taken.contains(at) && !given.contains(at);
    for field in Field::all() {
        let own = field.name();
        let named = mapping.columns.iter().find(|(name, _)| own.eq_ignore_ascii_case(name));
        let column = if let Some((_, column)) = named {
            let unknown = || {
                ProblemKind::Outcome(OutcomeProblem::UnknownColumn {
                    field: own.clone(),
                    name: column.clone(),
                    columns: header.to_vec(),
                })
            };
            Some(place(header, &lower, column).ok_or_else(unknown)?)
        } else {
            let position = |name: &String| lower.iter().position(|column| column == name);
            field.tried().iter().find_map(|name| position(name).filter(free))
        };
        found.0.extend(column.map(|column| (field, column)));
    }
    let unknown = mapping.columns.iter().find(|(name, _)| Field::named(name).is_none());
    if let Some((name, _)) = unknown {
        return Err(ProblemKind::Outcome(OutcomeProblem::UnknownField { name: name.clone() }));
    }
    let counts_given = mapping.events.is_some() || mapping.total.is_some();
    let kind = match mapping.kind {
        Some(kind)
            if kind == OutcomeKind::Proportions
                || found.complete(kind)
                || found.by_p_values() == Some(kind) =>
        {
            Some(kind)
        }
        Some(kind) => {
            return Err(ProblemKind::Outcome(OutcomeProblem::Incomplete {
                kind,
                there: found
                    .layout(kind, false)
                    .columns
                    .iter()
                    .map(|(field, _)| field.name())
                    .collect(),
            }));
        }
        None if counts_given => None,
        None => by_columns(&found)?,
    };
    Ok(kind
        .filter(|kind| *kind != OutcomeKind::Proportions)
        .map(|kind| found.layout(kind, mapping.convert_to.is_some())))
}

/// The one kind that is complete.
fn by_columns(found: &Found) -> Result<Option<OutcomeKind>, ProblemKind> {
    let mut complete: Vec<OutcomeKind> =
        OutcomeKind::ALL.into_iter().filter(|kind| found.complete(*kind)).collect();
    // A time beside events and a total is the follow-up of the study.
    if complete.contains(&OutcomeKind::Proportions) {
        complete.retain(|kind| *kind != OutcomeKind::Rates);
    }
    match complete.as_slice() {
        [] if found.by_p_values().is_some() => Ok(found.by_p_values()),
        [] => {
            let two = [OutcomeKind::TwoProportions, OutcomeKind::TwoRates, OutcomeKind::TwoMeans];
            let grouped = found.0.iter().filter(|(field, _)| field.group != Group::Only).count();
            let events =
                found.has(What::Events, Group::First) && found.has(What::Events, Group::Second);
            // Lone letters are more often no cells of a table than a table without one.
            let sized = [What::Total, What::Time]
                .into_iter()
                .any(|what| found.has(what, Group::First) || found.has(what, Group::Second));
            let means = found.has(What::Mean, Group::First);
            if grouped >= 2 && ((events && sized) || means) {
                let kind = if events { two[0] } else { two[2] };
                return Err(ProblemKind::Outcome(OutcomeProblem::Incomplete {
                    kind,
                    there: found.0.iter().map(|(field, _)| field.name()).collect(),
                }));
            }
            Ok(None)
        }
        [kind] => Ok(Some(*kind)),
        several => Err(ProblemKind::Outcome(OutcomeProblem::Ambiguous { kinds: several.to_vec() })),
    }
}

/// The column of that name: spelled exactly so, or but for case.
fn place(header: &[String], lower: &[String], name: &str) -> Option<usize> {
    let name = name.trim();
    let folded = name.to_lowercase();
    header
        .iter()
        .position(|column| column == name)
        .or_else(|| lower.iter().position(|column| *column == folded))
}
