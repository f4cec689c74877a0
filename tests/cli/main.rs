//! The program as a reader of the README runs it; one binary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

mod analysis_files;
mod check;
mod claims;
mod clashes;
mod columns;
mod datasets;
mod described;
mod errors;
mod explain;
mod files;
mod formats;
mod help;
mod methods;
mod outcomes;
#[cfg(all(feature = "png", feature = "pdf"))]
mod plot;
mod presets;
mod readme;
mod regress;
#[cfg(feature = "html")]
mod report;
#[cfg(all(feature = "png", feature = "pdf"))]
mod reporting;
mod rows;
mod run;
mod sensitivity;
mod streams;
mod subgroup;
