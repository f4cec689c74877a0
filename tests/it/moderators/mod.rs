//! Meta-regression and subgroups against values made for it (`tests/reference/moderators`), and the
//! properties they must have.

mod comparisons;
mod errors;
mod glmm;
mod properties;
mod robust;
mod schools;
mod two_step;

use resorb::{
    data::{self, Mapping},
    study::Studies,
};
use serde_json::Value;

use crate::reference::{folder, json, numbers};

/// The values of `tests/reference/moderators/NAME`.
fn values(name: &str) -> Value {
    json(&format!("moderators/{name}"))
}

/// The studies of a file of `tests/reference`.
fn studies(name: &str) -> Studies {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    data::read(&bytes, &Mapping::default()).unwrap().studies
}

#[track_caller]
fn close(ours: f64, theirs: f64, tolerance: f64) {
    assert!(
        (ours - theirs).abs() <= tolerance * theirs.abs().max(1e-3),
        "ours {ours}, theirs {theirs}"
    );
}

#[track_caller]
fn all_close(ours: &[f64], theirs: &Value, tolerance: f64) {
    let theirs = numbers(theirs);
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        close(*ours, theirs, tolerance);
    }
}
