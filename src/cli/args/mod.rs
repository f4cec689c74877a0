//! Options as typed, in the groups that commands share.

mod clusters;
mod data;
mod output;
mod settings;

pub(super) use clusters::ClusterArgs;
pub(super) use data::DataArgs;
pub(super) use output::OutputArgs;
pub(super) use settings::SettingsArgs;
