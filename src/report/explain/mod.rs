//! What the terms of a table mean: a few plain sentences each, with the formula and a source.

use std::fmt;

/// A term of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name to ask for, in lower case.
    pub term: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// Other names that find it, in lower case.
    pub aliases: &'static [&'static str],
    /// What it means, a sentence each.
    pub sentences: &'static [&'static str],
    /// Its formula in plain text.
    pub formula: &'static str,
    /// Where it comes from: author, year, title, journal.
    pub source: &'static str,
    /// Terms to read next.
    pub see: &'static [&'static str],
}

/// x
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    std::iter::empty()
}
/// x
pub fn explain(_: &str) -> Option<&'static Entry> {
    None
}
/// x
pub fn nearest(_: &str) -> Option<&'static str> {
    None
}
