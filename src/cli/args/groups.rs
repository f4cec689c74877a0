//! How groups are made: their order, and what they share.

use clap::Args;

use crate::analysis::{Grouping, LevelOrder};

/// What the order of groups may be, for every command that has groups.
pub(in crate::cli) const ORDER: &str = "\
Order of the groups: data (as they first occur), name, or their names with commas between them, in double \
quotes where a name holds a comma; groups that are not named follow. Where several columns make the groups, \
names of their values order them column by column [default: data]";

/// The order of groups and their variance.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Groups")]
pub(in crate::cli) struct GroupsArgs {
    /// Order of the groups: data, name or "a,b,c"
    #[arg(
        long,
        value_name = "ORDER",
        long_help = ORDER
    )]
    pub(in crate::cli) order: Option<LevelOrder>,

    /// One τ² for all groups instead of one for each
    #[arg(long)]
    pub(in crate::cli) tau2_common: bool,
}

impl GroupsArgs {
    /// The grouping, without clusters.
    pub(in crate::cli) fn grouping(&self) -> Grouping {
        Grouping {
            order: self.order.clone().unwrap_or_default(),
            tau2_common: self.tau2_common,
            ..Grouping::default()
        }
    }
}
