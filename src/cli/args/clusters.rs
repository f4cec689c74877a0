//! Tests that do not call the rows of one study independent.

use clap::Args;

use crate::{cli::values::described, model::Small};

/// Options of clusters.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Clusters")]
pub(in crate::cli) struct ClusterArgs {
    /// Cluster-robust tests: CR2, CR1 or CR0
    #[arg(
        long, value_name = "METHOD", ignore_case = true, hide_possible_values = true,
        num_args = 0..=1, require_equals = true, default_missing_value = "CR2",
        hide_short_help = true,
        long_help = described::<Small>(
            "Cluster-robust tests by the two-step model; a value follows an equals sign, as in \
             --robust=CR1 [default where studies give several rows to subgroup: CR2]"
        )
    )]
    pub(in crate::cli) robust: Option<Small>,

    /// Column whose equal values make a cluster
    #[arg(
        long,
        value_name = "COL",
        hide_short_help = true,
        long_help = "Column whose equal values make a cluster, such as a team or a hospital \
                     [default: the study's name]"
    )]
    pub(in crate::cli) cluster: Option<String>,
}
