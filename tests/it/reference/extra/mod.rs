//! Against `tests/reference/extra`: what metafor and meta do not print, made by the scripts there.

mod display;
mod metafor;
mod monte_carlo;
mod statsmodels;
mod study_intervals;
mod two_groups;
mod two_step;

use super::{
    ledger::relative,
    set::{Set, json},
};

/// What is wrong with a list of comparisons; all of it is shown at once.
#[derive(Default)]
struct Differences {
    lines: Vec<String>,
    compared: usize,
}

impl Differences {
    /// Ours against the reference, to a relative tolerance.
    fn close(&mut self, what: &str, ours: f64, reference: f64, tolerance: f64) {
        self.compared += 1;
        let off = relative(ours, reference);
        if off > tolerance || off.is_nan() {
            self.lines
                .push(format!("{what}: ours {ours:?}, reference {reference:?}, off {off:.1e}"));
        }
    }

    fn assert_none(self, at_least: usize) {
        assert!(self.compared >= at_least, "only {} comparisons", self.compared);
        let shown: Vec<_> = self.lines.iter().take(60).map(String::as_str).collect();
        assert!(
            self.lines.is_empty(),
            "{} of {} differ:\n{}",
            self.lines.len(),
            self.compared,
            shown.join("\n")
        );
    }
}
