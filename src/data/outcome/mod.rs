//! Outcomes beyond single proportions: their columns found, their cells read and checked.

mod conversions;
mod correlation;
mod effect;
mod field;
mod find;
mod interval;
mod mean;
mod mixed;
mod read;
mod row;

pub(super) use find::{Layout, find};
pub(super) use read::{Read, check};
