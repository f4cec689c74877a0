//! What a column is for.

use std::fmt;

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The names of the studies.
    Study,
    /// The number of events.
    Events,
    /// The number of patients.
    Total,
    /// Whether a row belongs in the analysis.
    Include,
    /// What tells rows of one study apart.
    Grouping,
    /// The year of publication.
    Year,
    /// Anything else an analysis uses.
    Moderator,
}

impl Role {
    /// The option of the command line that names the column, where there is one for all commands.
    #[must_use]
    pub const fn option(self) -> Option<&'static str> {
        match self {
            Self::Study => Some("--study"),
            Self::Events => Some("--events"),
            Self::Total => Some("--total"),
            Self::Year => Some("--year"),
            Self::Include | Self::Grouping | Self::Moderator => None,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Study => "study names",
            Self::Events => "events",
            Self::Total => "totals",
            Self::Include => "inclusion",
            Self::Grouping => "groups",
            Self::Year => "years",
            Self::Moderator => "a moderator",
        })
    }
}
