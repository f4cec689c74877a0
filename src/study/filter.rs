//! A predicate over moderator columns, parsed once, that gives a mask of rows.

/// A parsed predicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {}

/// Why a predicate cannot be read or applied.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("predicate")]
pub struct FilterError {}
