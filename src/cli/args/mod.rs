//! Options as typed, in the groups that commands share.

mod output;
mod settings;

pub(super) use output::OutputArgs;
pub(super) use settings::SettingsArgs;
