//! Pooling of two-group studies: Mantel and Haenszel, Peto, and the one-step models.
mod mantel_haenszel;
mod one_step;
mod pooled;
mod rothman2008;
mod stijnen2010;
mod yusuf1985;

use resorb::{
    model::{Stratified, Test},
    study::{Counts, PersonTime, TwoGroups},
};
use serde_json::Value;

/// `(events1, total1, events2, total2)` as studies.
fn tables(rows: &[(u64, u64, u64, u64)]) -> Vec<TwoGroups<Counts>> {
    let counts = |x, n| Counts::new(x, n).unwrap();
    rows.iter()
        .map(|&(x1, n1, x2, n2)| TwoGroups { first: counts(x1, n1), second: counts(x2, n2) })
        .collect()
}

/// `(events1, time1, events2, time2)` as studies.
fn rates(rows: &[(u64, f64, u64, f64)]) -> Vec<TwoGroups<PersonTime>> {
    let time = |x, t| PersonTime::new(x, t).unwrap();
    rows.iter()
        .map(|&(x1, t1, x2, t2)| TwoGroups { first: time(x1, t1), second: time(x2, t2) })
        .collect()
}

/// Rows of four numbers from a reference CSV, by column.
fn rows(file: &str, columns: [&str; 4]) -> Vec<[u64; 4]> {
    let columns = columns.map(|name| crate::reference::column(file, name));
    (0..columns[0].len())
        .map(|i| [0, 1, 2, 3].map(|j: usize| columns[j][i].parse().unwrap()))
        .collect()
}

/// The studies of a reference CSV of 2×2 counts.
fn counted(file: &str) -> Vec<TwoGroups<Counts>> {
    let rows = rows(file, ["events1", "total1", "events2", "total2"]);
    tables(&rows.iter().map(|&[a, b, c, d]| (a, b, c, d)).collect::<Vec<_>>())
}

/// The studies of a reference CSV of events over person-time.
fn timed(file: &str) -> Vec<TwoGroups<PersonTime>> {
    let rows = rows(file, ["events1", "time1", "events2", "time2"]);
    rates(&rows.iter().map(|&[a, b, c, d]| (a, b as f64, c, d as f64)).collect::<Vec<_>>())
}

/// What metafor 3.8-1 prints: `tests/reference/two_groups/pooled.R`.
fn metafor() -> Value {
    crate::reference::json("two_groups/pooled.json")
}

fn assert_close(ours: f64, theirs: &Value, name: &str) {
    let theirs = theirs.as_f64().unwrap();
    let error = (ours - theirs).abs() / theirs.abs();
    assert!(error < 1e-10, "{name}: {ours} for {theirs}");
}

fn assert_pooled(ours: &Stratified, theirs: &Value, name: &str) {
    assert_close(ours.yi, &theirs["yi"], name);
    assert_close(ours.se, &theirs["se"], name);
    assert!((ours.weights.iter().sum::<f64>() - 100.0).abs() < 1e-10, "{name}");
}

fn assert_tested(ours: Option<Test>, theirs: &Value, name: &str) {
    assert_close(ours.unwrap().statistic, theirs, name);
}
