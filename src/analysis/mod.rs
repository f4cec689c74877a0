//! Questions asked of a fit.

mod pooled;
mod subgroup;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, Grouping, LevelOrder, NestedGroups, Overlap, Paired,
    RobustGroups, RobustMean, RobustTerm, SubgroupError, Subgroups, ThreeLevelGroups,
    ThreeLevelTerm, subgroups, subgroups_by,
};
