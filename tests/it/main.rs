//! Integration tests, by subject.

mod numeric;
