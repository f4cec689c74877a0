//! Studies from which a one-step random-effects model cannot learn what it asks.

use crate::{model::ModelError, numeric::NumericError, study::Counts};

/// Why a one-step model has no random-effects estimate.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoFit {
    /// Fewer than two studies.
    #[error("one study has no between-study variance; give at least two")]
    SingleStudy,
    /// No study saw an event.
    #[error("no study saw an event: the likelihood rises without end as the rate falls to 0")]
    NoEvents,
    /// Every patient of every study had the event.
    #[error(
        "every patient of every study had the event: the likelihood rises without end as the rate rises to 1"
    )]
    AllEvents,
    /// Every study is all or nothing, so that the binomial-normal likelihood rises with `τ²` for ever.
    #[error(
        "in every study either none or all had the event: the between-study variance is infinite; use the beta-binomial model"
    )]
    AllOrNothing,
    /// Totals of 1, which say nothing about differences between studies.
    #[error(
        "every study has one patient: chance and differences between studies cannot be told apart; use the common-effect result"
    )]
    OnePatientEach,
    /// No study of two groups says anything about their ratio.
    #[error(
        "no study has both events and non-events: nothing is known about a ratio of the groups; pool risk differences by Mantel–Haenszel instead"
    )]
    NothingToCompare,
    /// In every study the ratio is 0, or in every one infinite.
    #[error(
        "in every study only one and the same group has events (or non-events): the likelihood rises without end; pool by Peto's method, or risk differences"
    )]
    OneSided,
    /// More events than the exact conditional likelihood can sum over.
    #[error(
        "a study has so many events that the exact conditional likelihood would sum millions of tables each time; use UM.FS, or the two-step model"
    )]
    TooManyEvents,
    /// An approximate model where the exact one is as simple.
    #[error("CM.AL approximates odds ratios; for rates the exact conditional model is CM.EL")]
    NotForRates,
    /// A search did not end.
    #[error(transparent)]
    Search(#[from] NumericError),
}

impl From<NoFit> for ModelError {
    fn from(reason: NoFit) -> Self {
        match reason {
            NoFit::Search(source) => {
                Self::Numeric { what: "the maximum of the likelihood", source }
            }
            reason => Self::OneStep(reason),
        }
    }
}

/// Whether the counts carry a random-effects model.
///
/// With a study that has both events and non-events the likelihood falls for large spread (as 1/τ,
/// or 1 − ρ, for each such study), so a maximum exists. Without one it rises as long as the spread
/// does, unless every total is 1: then it does not depend on the spread at all.
pub(crate) fn check(counts: &[Counts]) -> Result<(), NoFit> {
    if counts.len() < 2 {
        Err(NoFit::SingleStudy)
    } else if counts.iter().all(|c| c.events() == 0) {
        Err(NoFit::NoEvents)
    } else if counts.iter().all(|c| c.events() == c.total()) {
        Err(NoFit::AllEvents)
    } else if counts.iter().any(|c| c.is_interior()) {
        Ok(())
    } else if counts.iter().all(|c| c.total() == 1) {
        Err(NoFit::OnePatientEach)
    } else {
        Err(NoFit::AllOrNothing)
    }
}
