//! Why a regression cannot be done.

use super::DesignError;
use crate::model::{ModelError, TwoStepCi};

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
    /// The effects or the residual variance cannot be computed.
    #[error(transparent)]
    Model(#[from] ModelError),
}
