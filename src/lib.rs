//! `resorb` pools the counts that studies report into rates a reader can trust.
//!
//! The rooms, in the order in which data go through them; each imports only those before it.

pub mod numeric;

pub mod study;

pub mod effect;

pub mod model;

pub mod analysis;

pub mod data;

pub mod report;

#[cfg(feature = "cli")]
pub mod cli;
pub mod guide;
