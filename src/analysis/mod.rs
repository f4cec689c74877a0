//! Questions asked of a fit.

mod gosh;
mod pooled;
mod predictors;
mod sensitivity;
mod sign_changes;
pub mod small_study;
mod subgroup;

pub use gosh::{
    Gosh, GoshError, GoshEstimator, GoshOptions, Members, Quantiles, Sampling, Separation, gosh,
};
pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use predictors::{Absolute, Predictor, Predictors, predictors};
pub use sensitivity::{
    Added, BaujatPoint, Bootstrap, BootstrapInterval, Flag, Influence, LeftOut, Order, Quantity,
    Resampling, Sensitivity, SensitivityError, SensitivityOptions, Threshold, ThresholdError, Unit,
    baujat, bootstrap, cumulative, influence, leave_one_out, sensitivity, threshold,
};
pub use sign_changes::{SignChanges, sign_changes};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, Grouping, LevelOrder, NestedGroups, Overlap, Paired,
    RobustGroups, RobustMean, RobustTerm, SubgroupError, Subgroups, ThreeLevelGroups,
    ThreeLevelTerm, subgroups, subgroups_by,
};
