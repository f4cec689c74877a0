//! Where the data come from, and how to cite.

use super::{
    super::{
        InputInfo,
        document::{Block, Label},
        pool::source_line,
    },
    facts,
};

/// Where the data come from.
pub(super) fn data(input: &InputInfo) -> Vec<String> {
    let mut sentences = vec![format!("{}.", source_line(input))];
    sentences.extend(input.sha256.as_ref().map(|hash| format!("SHA-256 of the file: {hash}.")));
    sentences.push(format!("Analysed with resorb {}.", env!("CARGO_PKG_VERSION")));
    sentences
}

/// The rows that were left out, each with its reason.
pub(super) fn excluded(input: &InputInfo) -> Option<Block> {
    let rows = input.excluded.iter();
    let rows = rows.map(|row| {
        (Label::Data(row.label.clone()), format!("line {}, left out {}", row.row, row.reason))
    });
    (!input.excluded.is_empty()).then(|| facts("Rows left out", rows.collect()))
}

/// How to cite.
pub(super) fn citation() -> Vec<String> {
    vec![
        "The studies are the evidence: cite each of them, and the source of the data.".to_owned(),
        format!(
            "The software: resorb, version {}, a toolkit for meta-analysis. Name the version with the settings, so that others get the same numbers.",
            env!("CARGO_PKG_VERSION")
        ),
    ]
}
