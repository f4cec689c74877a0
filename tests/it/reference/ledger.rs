//! The record of which reference values were compared, and of those that do not agree.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Set, disputed::Dispute};

/// Where a value stands: `file: path`.
pub(super) type Place = String;

/// Every comparison made.
pub(super) struct Ledger {
    /// Our value for each place that was compared.
    pub(super) compared: BTreeMap<Place, f64>,
    failures: Vec<String>,
    disputes: BTreeMap<Place, Dispute>,
}

/// Rounding of a value printed with 15 significant digits.
const PRINTED: f64 = 5e-15;

/// Rounding of a log-likelihood, a sum of terms that can cancel: some tens of size 10.
const SUMMED: f64 = 1e-13;

impl Ledger {
    pub(super) fn new() -> Self {
        Self { compared: BTreeMap::new(), failures: Vec::new(), disputes: Dispute::by_place() }
    }

    /// What `compare` compares.
    pub(super) fn of(compare: fn(&mut Self)) -> Self {
        let mut ledger = Self::new();
        compare(&mut ledger);
        ledger
    }

    /// With what `other` compared.
    pub(super) fn with(mut self, other: &Self) -> Self {
        self.compared.extend(other.compared.iter().map(|(place, ours)| (place.clone(), *ours)));
        self
    }

    /// Ours against theirs, to a relative tolerance. A 0 is compared exactly.
    ///
    /// Where theirs is disputed, ours is held against the independent proof instead.
    pub(super) fn close(&mut self, set: &Set, path: &str, ours: Option<f64>, tolerance: f64) {
        let place = format!("{}: {path}", set.name);
        let ours = ours.unwrap_or(f64::NAN);
        let theirs = set.at(path).and_then(Value::as_f64);
        match (theirs, self.disputes.get(&place)) {
            (None, _) => self.failures.push(format!("{place}: no number to compare {ours} with")),
            (Some(theirs), None) if relative(ours, theirs) <= tolerance => {}
            (Some(theirs), None) => self.failures.push(format!(
                "{place}: ours {ours:?}, theirs {theirs:?}, relative difference {:.1e} > {tolerance:.0e}",
                relative(ours, theirs)
            )),
            (Some(theirs), Some(dispute)) => {
                self.failures.extend(dispute.verdict(&place, ours, theirs, tolerance));
            }
        }
        self.note(&place, ours);
    }

    /// As [`Ledger::close`] for a column of values.
    pub(super) fn all_close(&mut self, set: &Set, path: &str, ours: &[f64], tolerance: f64) {
        let theirs = set.at(path).and_then(Value::as_array).map_or(0, Vec::len);
        if theirs != ours.len() {
            self.fail(format!("{}: {path}: {} of ours for {theirs}", set.name, ours.len()));
        }
        for (i, &value) in ours.iter().enumerate() {
            self.close(set, &format!("{path}/{i}"), Some(value), tolerance);
        }
    }

    /// A log-likelihood: ours must not be lower than theirs.
    pub(super) fn at_least(&mut self, set: &Set, path: &str, ours: Option<f64>) {
        let place = format!("{}: {path}", set.name);
        let ours = ours.unwrap_or(f64::NAN);
        let theirs = set.at(path).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let lowest = theirs - PRINTED * theirs.abs() - SUMMED;
        if ours < lowest || ours.is_nan() || lowest.is_nan() {
            self.fail(format!("{place}: log-likelihood {ours} below theirs, {theirs}"));
        }
        self.note(&place, ours);
    }

    /// As [`Ledger::close`], but two values below `tiny` agree: theirs has stopped short of a 0.
    pub(super) fn near(
        &mut self,
        set: &Set,
        path: &str,
        ours: Option<f64>,
        (tolerance, tiny): (f64, f64),
    ) {
        let theirs = set.at(path).and_then(Value::as_f64).unwrap_or(f64::NAN);
        match ours {
            Some(ours) if ours.abs() < tiny && theirs.abs() < tiny => {
                self.note(&format!("{}: {path}", set.name), ours);
            }
            ours => self.close(set, path, ours, tolerance),
        }
    }

    /// What neither defines.
    pub(super) fn undefined(&mut self, set: &Set, path: &str, ours: Option<f64>) {
        let place = format!("{}: {path}", set.name);
        if set.at(path) != Some(&Value::Null) || ours.is_some() {
            self.fail(format!("{place}: {ours:?} for {:?}", set.at(path)));
        }
        self.note(&place, f64::NAN);
    }

    /// A number of theirs that rounding made up, where ours says that there is none.
    pub(super) fn rounding_of_theirs(&mut self, set: &Set, path: &str, ours: Option<f64>) {
        let place = format!("{}: {path}", set.name);
        if !set.at(path).is_some_and(Value::is_number) || ours.is_some() {
            self.fail(format!("{place}: {ours:?} for {:?}", set.at(path)));
        }
        self.note(&place, f64::NAN);
    }

    /// Infinity, which JSON writes as null.
    pub(super) fn infinite(&mut self, set: &Set, path: &str, ours: f64) {
        let place = format!("{}: {path}", set.name);
        if set.at(path) != Some(&Value::Null) || !ours.is_infinite() {
            self.fail(format!("{place}: {ours} for {:?}", set.at(path)));
        }
        self.note(&place, ours);
    }

    /// A word, or anything else that is the same or not.
    pub(super) fn same(&mut self, set: &Set, path: &str, ours: &Value) {
        let place = format!("{}: {path}", set.name);
        if set.at(path) != Some(ours) {
            self.fail(format!("{place}: {ours} for {:?}", set.at(path)));
        }
        self.note(&place, 0.0);
    }

    /// A value that the subject has judged by its own rule.
    pub(super) fn judge(&mut self, set: &Set, path: &str, ours: f64, right: bool) {
        let place = format!("{}: {path}", set.name);
        if !right {
            self.fail(format!("{place}: ours {ours:?}, theirs {:?}", set.at(path)));
        }
        self.note(&place, ours);
    }

    pub(super) fn fail(&mut self, failure: String) {
        self.failures.push(failure);
    }

    fn note(&mut self, place: &str, ours: f64) {
        if self.compared.insert(place.to_owned(), ours).is_some() {
            self.fail(format!("{place}: compared twice"));
        }
    }

    /// Fails with every disagreement.
    pub(super) fn assert_clean(&self) {
        let shown: Vec<_> = self.failures.iter().take(100).map(String::as_str).collect();
        assert!(
            self.failures.is_empty(),
            "{} of {} values disagree:\n{}",
            self.failures.len(),
            self.compared.len(),
            shown.join("\n")
        );
    }
}

/// `|ours − theirs| / |theirs|`, 0 for two zeros.
pub(super) fn relative(ours: f64, theirs: f64) -> f64 {
    if ours == theirs { 0.0 } else { (ours - theirs).abs() / theirs.abs() }
}
