//! Options as typed, in the groups that commands share.

mod analysis;
mod clusters;
mod data;
mod file;
mod grid;
mod groups;
mod output;
mod plain;
mod save;
mod settings;

pub(super) use analysis::AnalysisArgs;
pub(super) use clusters::ClusterArgs;
pub(super) use data::DataArgs;
pub(super) use file::{DataFile, DataFileOrBundled};
pub(super) use grid::GridArgs;
pub(super) use groups::{GroupsArgs, ORDER};
pub(super) use output::OutputArgs;
pub(super) use plain::{Plain, PlainArgs, json};
pub(super) use save::SaveArgs;
pub(super) use settings::SettingsArgs;

/// Leaves an option out of `-h`, which has room for 40 lines, unless it is among `kept`; `--help` has all.
pub(super) fn brief(arg: clap::Arg, kept: &[&str]) -> clap::Arg {
    let keep = arg.is_positional() || kept.contains(&arg.get_id().as_str());
    if keep { arg } else { arg.hide_short_help(true) }
}
