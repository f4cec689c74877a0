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

/// All comparisons, for the tests that look at all of them.
static ALL: LazyLock<Ledger> = LazyLock::new(|| {
    let subjects = [
        &effects::LEDGER,
        &fits::LEDGER,
        &tau2_intervals::LEDGER,
        &pooled_intervals::LEDGER,
        &prediction::LEDGER,
        &study_intervals::LEDGER,
        &one_step::LEDGER,
        &moderators::LEDGER,
        &clusters::LEDGER,
        &sensitivity::LEDGER,
        &small_study::LEDGER,
        &two_groups::LEDGER,
    ];
    subjects.into_iter().fold(Ledger::new(), |all, ledger| all.with(ledger))
});

/// Closed forms: only rounding is between them and us.
const CLOSED: f64 = 1e-10;

/// Equations that others solve by iteration.
const ITERATED: f64 = 1e-6;
