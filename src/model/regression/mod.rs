//! Meta-regression: effects on moderators.

mod basis;
mod design;
mod error;
mod fit;
mod formula;
mod permutation;
mod predict;
pub(crate) mod residual;
mod result;
mod sample;

pub(crate) use sample::Sample;

pub use basis::Value;
pub use design::{Design, DesignError, Designed};
pub use error::RegressionError;
pub use fit::regress;
pub use formula::{Factor, Formula, FormulaError, Transform};
pub use permutation::Permutation;
pub use predict::{Adjust, Contrast, Predicted};
pub use result::{
    Coefficient, LikelihoodRatio, Omnibus, OmnibusMethod, Reference, Regression, TermTest,
};
