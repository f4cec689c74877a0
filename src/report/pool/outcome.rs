//! What studies report, as columns of the table: one a group.

use crate::study::OutcomeKind;

/// The columns of a kind of outcome, with the terms that explain them; their cells are
/// [`Outcomes::cells`](crate::study::Outcomes::cells), but for single proportions, whose cell holds both
/// numbers.
pub(super) const fn columns(kind: OutcomeKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        OutcomeKind::Proportions => &[("Events/total", "events")],
        OutcomeKind::Rates => &[("Events/time", "events")],
        OutcomeKind::Means => &[("Mean (SD), n", "yi")],
        OutcomeKind::Correlations => &[("n", "k")],
        OutcomeKind::TwoProportions | OutcomeKind::TwoRates => {
            &[("Group 1", "events"), ("Group 2", "events")]
        }
        OutcomeKind::TwoMeans => &[("Group 1", "yi"), ("Group 2", "yi")],
        OutcomeKind::Generic => &[],
    }
}

/// What heads those columns.
#[cfg(feature = "html")]
pub(in crate::report) fn heads(kind: OutcomeKind) -> impl Iterator<Item = &'static str> {
    columns(kind).iter().map(|(label, _)| *label)
}
