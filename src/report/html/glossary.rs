//! What the terms of a page mean: the entries of `resorb explain`.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::super::entries as all;

/// The entries of `terms`, in the order of their subjects.
pub(super) fn entries(terms: &BTreeSet<&'static str>) -> Vec<Value> {
    all()
        .filter(|entry| terms.contains(entry.term))
        .map(|entry| {
            context! {
                term => entry.term,
                name => entry.name,
                text => entry.sentences.join(" "),
                formula => entry.formula,
                source => entry.source,
            }
        })
        .collect()
}
