//! What metafor 5.1 and meta 8.4 compute (`tests/reference/README.md`), against ours.
mod two_step;

use std::path::PathBuf;

use resorb::study::Studies;
use serde_json::Value;

/// The JSON of one reference set.
pub(crate) fn load(name: &str) -> Value {
    let path = folder().join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// An array of numbers.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// The studies of a set as effects of one measure.
pub(crate) fn effects(set: &Value, measure: &str) -> Studies {
    let e = &set["effects"][measure];
    let rows = numbers(&e["yi"]).into_iter().zip(numbers(&e["vi"]));
    Studies::from_effects(rows.enumerate().map(|(i, (yi, vi))| (format!("study {i}"), yi, vi)))
        .unwrap()
}
