//! Integration tests by subject; one binary.

mod reference;
mod report;
