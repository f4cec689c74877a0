//! `resorb` pools the counts that studies report into rates a reader can trust.
//!
//! The rooms, in the order in which data go through them; each imports only those before it.

pub mod numeric;

pub mod study;

pub mod effect;

pub mod model;

pub mod analysis;

#[cfg(feature = "plot")]
pub mod figure;

pub mod data;

pub mod guide;
