//! Questions asked of a fit.

mod claim;
mod compare;
mod gosh;
mod multiverse;
mod pooled;
mod predictors;
mod sensitivity;
mod sign_changes;
mod simulate;
pub mod small_study;
mod subgroup;

pub use claim::{
    Against, Arithmetic, BinomialInterval, Check, CheckName, Claim, ClaimError, CrudeWithout,
    EffectClaimError, Examined, ExaminedEffect, Hidden, Implied, Printed, Shared, Spread, Stated,
    StatedEffect, WholeCounts, WidthKind, arithmetic, examine, examine_against,
    examine_all_against, examine_effect,
};
pub use compare::{Changed, Compared, Printout, Step, Tool, compare_tools};
pub use gosh::{
    Gosh, GoshError, GoshEstimator, GoshOptions, Members, Quantiles, Sampling, Separation, gosh,
};
pub use multiverse::{
    Advice, AdviceCount, AdviceSet, Choice, ChoiceShare, Dimension, Failed, Family, Grid, Holding,
    LevelSummary, Method, Multiverse, MultiverseError, MultiverseSummary, Outcome, RowChoices,
    RowSet, Specification, multiverse,
};
pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use predictors::{Absolute, Predictor, Predictors, predictors};
pub use sensitivity::{
    Added, BaujatPoint, Bootstrap, BootstrapInterval, Flag, Influence, LeftOut, Order, Quantity,
    Resampling, Sensitivity, SensitivityError, SensitivityOptions, Threshold, ThresholdError, Unit,
    baujat, bootstrap, cumulative, influence, leave_one_out, sensitivity, sensitivity_telling,
    threshold,
};
pub use sign_changes::{SignChanges, sign_changes};
pub use simulate::{
    Blueprint, GroupPlan, Performance, Power, PowerGroup, Scenario, SimulateError, Simulated,
    SimulatedGroup, SimulatedStudy, Sizes, coverage, simulate, subgroup_power,
};
pub use subgroup::{
    Between, BetweenTest, Dependence, Difference, Differences, Group, Grouping, LevelOrder,
    NestedGroups, Overlap, Paired, RobustGroups, RobustMean, RobustTerm, SubgroupError, Subgroups,
    ThreeLevelGroups, ThreeLevelTerm, subgroups, subgroups_by,
};
