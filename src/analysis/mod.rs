//! Questions asked of a fit.

mod pooled;
mod sensitivity;
pub mod small_study;
mod subgroup;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use sensitivity::{Added, LeftOut, Order, SensitivityError, Unit, cumulative, leave_one_out};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, LevelOrder, Overlap, RobustGroups, RobustMean,
    RobustTerm, RobustTest, SubgroupError, Subgroups, ThreeLevelGroups, ThreeLevelTerm, subgroups,
};
