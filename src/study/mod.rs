//! Validated studies: what a table of counts becomes once every cell has been checked.
//!
//! Nothing here reads or writes; a [`Studies`] that exists is valid, so no later room checks again.

mod counts;
mod filter;
mod moderator;
mod studies;

pub use counts::{Counts, MAX_TOTAL};
pub use filter::{Filter, FilterError};
pub use moderator::{Column, Moderator};
pub use studies::{Effect, Outcomes, Studies, StudyError};
