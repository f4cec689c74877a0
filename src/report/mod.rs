//! How results look: a terminal table, JSON, CSV, Markdown and LaTeX of the same numbers.
//!
//! A printer never computes a statistic: it rounds, aligns and words what the fit holds.

mod format;
mod input;
mod style;

use std::io;

pub use format::{Format, UnknownFormat};
pub use input::{Excluded, InputInfo};
pub use style::{Scale, Style, UnknownScale};

use crate::analysis::Pooled;

/// Writes the result of `resorb pool` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write(
    _out: &mut impl io::Write,
    _pooled: &Pooled,
    _input: &InputInfo,
    _format: Format,
    _style: &Style,
) -> Result<(), ReportError> {
    Ok(())
}

/// Why a result cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The destination refused.
    #[error("the result cannot be written: {0}")]
    Io(#[from] io::Error),
    /// CSV goes through data frames, which this build leaves out.
    #[error(
        "this build of resorb writes no CSV: build it with the feature `frame`, or use `--format json`"
    )]
    NoFrames,
    /// The data frame library refused.
    #[error("the result cannot be written as a data frame: {0}")]
    Frame(String),
}
