//! Meta-regression: effects on moderators.

mod basis;
mod clustered;
mod contrast;
mod design;
mod design_error;
mod error;
mod fit;
mod formula;
mod glmm;
mod permutation;
mod predict;
pub(crate) mod residual;
mod result;
mod sample;
mod small;
mod solved;

pub(crate) use sample::Sample;

pub use basis::Value;
pub use clustered::{CarriedByOne, ClusterRobust};
pub use contrast::{Adjust, Contrast, Ratio, Trend};
pub use design::{Design, Designed};
pub use design_error::{DesignError, TextCell};
pub use error::RegressionError;
pub use fit::regress;
pub use formula::{Factor, Formula, FormulaError, Transform};
pub use permutation::Permutation;
pub use predict::Predicted;
pub use result::{
    Coefficient, Combination, LikelihoodRatio, Omnibus, OmnibusMethod, Reference, Regression,
    TermTest,
};
