//! Questions asked of a fit.

mod claim;
mod gosh;
mod multiverse;
mod pooled;
mod sensitivity;
pub mod small_study;
mod subgroup;

pub use claim::{
    Arithmetic, BinomialInterval, Check, CheckName, Claim, ClaimError, Examined, Hidden, Implied,
    Printed, Spread, Stated, WholeCounts, WidthKind, arithmetic, examine,
};
pub use gosh::{
    Gosh, GoshError, GoshEstimator, GoshOptions, Members, Quantiles, Sampling, Separation, gosh,
};
pub use multiverse::{
    Advice, AdviceCount, AdviceSet, Choice, ChoiceShare, Dimension, Failed, Family, Grid, Holding,
    LevelSummary, Method, Multiverse, MultiverseError, MultiverseSummary, Outcome, RowChoices,
    RowSet, multiverse,
};
pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use sensitivity::{
    Added, BaujatPoint, Bootstrap, BootstrapInterval, Flag, Influence, LeftOut, Order, Quantity,
    Resampling, Sensitivity, SensitivityError, SensitivityOptions, Threshold, ThresholdError, Unit,
    baujat, bootstrap, cumulative, influence, leave_one_out, sensitivity, threshold,
};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, Grouping, LevelOrder, NestedGroups, Overlap, Paired,
    RobustGroups, RobustMean, RobustTerm, SubgroupError, Subgroups, ThreeLevelGroups,
    ThreeLevelTerm, subgroups, subgroups_by,
};
