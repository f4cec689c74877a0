//! Integration tests, one file a subject.

// A test that cannot go on fails; helpers of tests are no different.
#![allow(clippy::unwrap_used)]

mod data_cells;
mod data_columns;
#[cfg(feature = "cli")]
mod data_diagnostics;
mod data_formats;
mod data_mutations;
mod data_rows;
mod data_sets;
#[cfg(feature = "xlsx")]
mod data_workbooks;
mod filter;
