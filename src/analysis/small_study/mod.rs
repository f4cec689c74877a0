//! Small-study effects: tests of funnel asymmetry, and what the result would be without them.
//!
//! All of it works on effects with variances, a [`Funnel`]. For single proportions the standard error
//! is tied to the rate, so that tests on it reject too often; tests on the study's size do not have
//! that defect and stand first (Hunter et al. 2014; Peters et al. 2006).

mod adjust;
mod begg;
mod bias;
mod bias_test;
mod copas;
mod doi;
mod error;
mod excess;
mod fail_safe;
mod funnel;
mod kendall;
mod limit;
mod line;
mod regression;
mod selection;
mod test_kind;
mod trim_fill;
mod two_groups;

pub use adjust::{Adjusted, peese, pet};
pub use begg::begg;
pub use bias::{Bias, BiasOptions, bias};
pub use bias_test::{BiasTest, RegressionLine, all_tests, bias_test};
pub use copas::{Copas, CopasPoint, copas, copas_at};
pub use doi::{Asymmetry, Doi, DoiPoint, doi};
pub use error::SmallStudyError;
pub use excess::{ExcessSignificance, excess_significance};
pub use fail_safe::{FailSafe, FailSafeMethod, fail_safe_n};
pub use funnel::Funnel;
pub use limit::{Limit, limit};
pub use regression::{Dispersion, Predictor, RegressionTest, regression_test};
pub use selection::{Direction, Selection, SelectionKind, selection};
pub use test_kind::TestKind;
pub use trim_fill::{Filled, Side, TrimAndFill, TrimEstimator, trim_and_fill};
pub use two_groups::{MacaskillWeights, deeks, harbord, macaskill, peters, pustejovsky_rodgers};
