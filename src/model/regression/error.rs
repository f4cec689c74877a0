//! Why a regression cannot be done.

use super::DesignError;
use crate::model::{ModelError, OneStepCi, PredictionMethod, TwoStepCi};

/// Why studies, formula and settings do not give a regression.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RegressionError {
    /// The moderators do not make a design.
    #[error(transparent)]
    Design(DesignError),
    /// An interval that is not defined with moderators.
    #[error("the interval `{ci:?}` is not defined for a regression; choose z, t, hk or adhoc")]
    Interval {
        /// The interval asked for.
        ci: TwoStepCi,
    },
    /// An interval that is not defined with moderators.
    #[error("the interval `{ci:?}` is not defined for a regression by the GLMM; choose t or z")]
    OneStepInterval {
        /// The interval asked for.
        ci: OneStepCi,
    },
    /// A prediction interval that is not defined with moderators.
    #[error(
        "the prediction interval `{prediction:?}` is not defined for a regression; choose t, hts, normal or none"
    )]
    Prediction {
        /// The prediction interval asked for.
        prediction: PredictionMethod,
    },
    /// A model without moderators.
    #[error("the beta-binomial model takes no moderators here; use the GLMM or the two-step model")]
    BetaBinomial,
    /// Something that only the two-step model has.
    #[error("{what} needs the two-step model")]
    NeedsTwoStep {
        /// What was asked for.
        what: &'static str,
    },
    /// A coefficient without a finite estimate.
    #[error(
        "the coefficient of `{term}` has no finite estimate: its studies have no event, or nothing but events; drop the term, or use the two-step model, which corrects empty cells"
    )]
    Separated {
        /// The column of the design.
        term: String,
    },
    /// The effects or the residual variance cannot be computed.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl From<DesignError> for RegressionError {
    fn from(error: DesignError) -> Self {
        Self::Design(error)
    }
}
