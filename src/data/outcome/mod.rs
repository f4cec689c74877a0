//! Outcomes beyond single proportions: their columns found, their cells read and checked.

mod field;
mod find;
mod mixed;
mod read;
mod row;

pub(super) use find::{Layout, find};
pub(super) use read::{Read, check};
