//! Integration tests by subject; one binary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]
#![allow(clippy::items_after_statements, reason = "a helper stands where it is needed")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "generated counts are far below 2^53"
)]

mod cases;
mod claims;
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
mod edge_cases;
#[cfg(feature = "plot")]
mod figure_forest;
#[cfg(feature = "plot")]
mod figure_golden;
#[cfg(feature = "plot")]
mod figure_groups;
#[cfg(feature = "plot")]
mod figure_kinds;
#[cfg(feature = "plot")]
mod figure_panels;
#[cfg(feature = "plot")]
mod figure_parse;
#[cfg(all(feature = "png", feature = "pdf"))]
mod figure_render;
mod filter;
mod gosh;
mod influence;
mod licences;
mod moderators;
mod numeric;
#[cfg(all(feature = "office", feature = "xlsx"))]
mod office;
mod one_step;
mod outcomes;
mod plan;
mod properties;
mod reference;
mod report;
mod sensitivity;
mod sign_changes;
mod small_study;
mod subgroup;
mod two_groups;
