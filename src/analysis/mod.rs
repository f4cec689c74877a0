//! Questions asked of a fit.

mod pooled;
mod sensitivity;
mod subgroup;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
pub use sensitivity::{Added, LeftOut, Order, SensitivityError, Unit, cumulative, leave_one_out};
pub use subgroup::{
    Between, BetweenTest, Dependence, Group, Grouping, LevelOrder, NestedGroups, Overlap, Paired,
    RobustGroups, RobustMean, RobustTerm, SubgroupError, Subgroups, ThreeLevelGroups,
    ThreeLevelTerm, subgroups, subgroups_by,
};
