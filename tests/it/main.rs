//! Integration tests by subject; one binary.
#![allow(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

mod numeric;
mod reference;
