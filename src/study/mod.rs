//! Validated studies: what a table of counts becomes once every cell has been checked.
//!
//! Nothing here reads or writes; a [`Studies`] that exists is valid, so no later room checks again.

pub mod convert;

mod cells;
mod counts;
mod effect_scale;
mod filter;
mod measured;
mod moderator;
mod nearest;
mod outcomes;
mod studies;
mod two_groups;

pub use counts::{Counts, MAX_TOTAL};
pub use effect_scale::{Assumption, EffectScale};
pub use filter::{Filter, FilterError, FilterProblem};
pub use measured::{Correlation, MeanSd};
pub use moderator::{Column, Moderator};
pub use nearest::nearest;
pub use outcomes::{OutcomeKind, Outcomes};
pub use studies::{Effect, Studies, StudyError};
pub use two_groups::{PersonTime, TwoGroups};
