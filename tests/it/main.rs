//! Integration tests by subject; one binary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

#[cfg(feature = "plot")]
mod figure_forest;
#[cfg(feature = "plot")]
mod figure_parse;
mod numeric;
mod reference;
