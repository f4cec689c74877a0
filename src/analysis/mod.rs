//! Questions asked of a fit.

mod pooled;
mod subgroup;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, LevelOrder, Overlap, RobustGroups, RobustMean,
    RobustTerm, RobustTest, SubgroupError, Subgroups, ThreeLevelGroups, ThreeLevelTerm, subgroups,
};
