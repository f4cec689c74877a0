//! Models: from effects or counts to a [`Fit`].
//!
//! [`pool`] is the door: it takes studies and [`Settings`] and returns everything a table, a figure
//! or a JSON document shows.

mod beta_binomial;
pub(crate) mod ci;
mod error;
mod fit;
mod glmm;
pub(crate) mod heterogeneity;
mod level;
mod mantel_haenszel;
mod multilevel;
mod note;
mod one_step;
mod peto;
mod pool;
pub(crate) mod prediction;
mod predictive;
mod preset;
mod rate_glmm;
pub(crate) mod regression;
mod resamples;
mod robust;
mod settings;
mod study_rows;
pub(crate) mod tau2;
mod tau2_profile;
mod two_group;
mod two_group_glmm;
mod two_step;
pub(crate) mod weighted;

pub use beta_binomial::BetaBinomialFit;
pub use error::ModelError;
pub use fit::{
    CiMethod, Diagnostics, Estimand, Estimate, Fit, Heterogeneity, Prediction, RandomEstimate,
    Rate, Test, TestName,
};
pub use glmm::{GlmmFit, NestedGlmm, NestedLimits};
pub(crate) use glmm::{corrected_variance, marginal_mean};
pub(crate) use heterogeneity::{i2_from_q, i2_from_tau2, typical_variance};
pub use level::{Level, LevelError};
pub use mantel_haenszel::{
    BreslowDay, RdVariance, Stratified, breslow_day, cochran_mantel_haenszel,
    mantel_haenszel_rates, odds_ratio, rate_difference, rate_ratio, risk_difference, risk_ratio,
};
pub use multilevel::{Multilevel, ThreeLevelCoefficient, ThreeLevelTest, clusters};
pub use note::{Note, Silent};
pub use one_step::NoFit;
pub(crate) use one_step::single_rate_lrt;
pub use peto::{Peto, peto};
use pool::crude;
pub use pool::pool;
pub use preset::Preset;
pub(crate) use rate_glmm::draw as draw_rates;
pub use regression::{
    Adjust, CarriedByOne, ClusterRobust, Coefficient, Combination, Contrast, Design, DesignError,
    Designed, Factor, Formula, FormulaError, LikelihoodRatio, Omnibus, OmnibusMethod, Permutation,
    Predicted, Ratio, Reference, Regression, RegressionError, TermTest, TextCell, Transform, Trend,
    Value, regress,
};
pub use resamples::Resamples;
pub(crate) use resamples::{DRAWS, RESAMPLES};
pub use robust::{ClusteredBy, Robust, RobustTest, Sandwich, Small, WaldTest, independent_rows};
pub use settings::{
    GenqWeights, I2, Link, Model, OneStepCi, PredictionMethod, QTest, Settings, Tau2Ci, Tau2Method,
    TwoStep, TwoStepCi,
};
pub use study_rows::{Numbers, StudyRow, StudyRows};
pub use tau2_profile::{Tau2Profile, tau2_profile};
pub use two_group_glmm::{OneStepFit, TwoGroupKind};
