//! Where the studies came from and which rows were left out.

use serde::Serialize;

/// The data behind a result; the `input` object of the JSON contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InputInfo {
    /// The path, the name of the bundled data set, or `standard input`.
    pub source: String,
    /// SHA-256 of the bytes read, in hexadecimal; `None` where there was no file.
    pub sha256: Option<String>,
    /// Rows of data in the file, without the header.
    pub rows: usize,
    /// Rows that were analysed.
    pub used: usize,
    /// The rows that were not.
    pub excluded: Vec<Excluded>,
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excluded {
    /// Its line in the file; the header is line 1.
    pub row: u64,
    /// The study's label.
    pub label: String,
    /// Why, as it reads after "left out": `by column include`, `by --where year >= 2000`,
    /// `for a missing total`.
    pub reason: String,
}
