//! What every command that analyses takes: its data, its settings, where the result goes.

use clap::Args;

use super::{DataArgs, OutputArgs, SaveArgs, SettingsArgs};

/// Options of an analysis.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct AnalysisArgs {
    #[command(flatten)]
    pub(in crate::cli) reading: DataArgs,
    #[command(flatten)]
    pub(in crate::cli) settings: SettingsArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
    #[command(flatten)]
    pub(in crate::cli) save: SaveArgs,
}
