//! Our numbers against those of metafor 5.1, meta 8.4, statsmodels and plain 34-digit arithmetic.
//!
//! `tests/reference/README.md` explains the files. Each subject has a function that compares its
//! keys through a [`Ledger`]; `inventory` runs them all and holds what they compared against what
//! the files contain, so that no value is overlooked and none is counted that nobody looked at.

mod clusters;
mod disputed;
mod effects;
mod extra;
mod fits;
mod inventory;
mod known;
mod ledger;
mod moderators;
mod one_step;
mod pooled_intervals;
mod prediction;
mod presets;
mod sensitivity;
mod set;
mod small_study;
mod study_intervals;
mod tau2_intervals;
mod two_groups;

use std::sync::LazyLock;

use ledger::Ledger;
use set::{MORE, SETS, Set};
pub(crate) use set::{column, folder, json, numbers};

/// A subject: compares its keys of all files.
type Subject = fn(&mut Ledger);

/// Every subject, for the inventory.
const SUBJECTS: [Subject; 12] = [
    effects::compare,
    fits::compare,
    tau2_intervals::compare,
    pooled_intervals::compare,
    prediction::compare,
    study_intervals::compare,
    one_step::compare,
    moderators::compare,
    clusters::compare,
    sensitivity::compare,
    small_study::compare,
    two_groups::compare,
];

/// All comparisons, made once for the tests that look at all of them.
static ALL: LazyLock<Ledger> = LazyLock::new(|| {
    let mut ledger = Ledger::new();
    for compare in SUBJECTS {
        compare(&mut ledger);
    }
    ledger
});

/// Closed forms: only rounding is between them and us.
const CLOSED: f64 = 1e-10;

/// Equations that others solve by iteration.
const ITERATED: f64 = 1e-6;
