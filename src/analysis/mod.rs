//! Questions asked of a fit.

mod pooled;
pub mod small_study;
mod subgroup;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, LevelOrder, Overlap, RobustGroups, RobustMean,
    RobustTerm, RobustTest, SubgroupError, Subgroups, ThreeLevelGroups, ThreeLevelTerm, subgroups,
};
