//! How results look: a terminal table, JSON, CSV, Markdown and LaTeX of the same numbers.
//!
//! A printer never computes a statistic: it rounds, aligns and words what the fit holds. [`write()`]
//! is the door; [`document`] gives the words and tables that the terminal, Markdown and LaTeX
//! printers share, and [`explain()`] what each of their terms means.

mod document;
mod explain;
mod format;
#[cfg(feature = "frame")]
pub mod frame;
mod input;
mod json;
mod latex;
mod markdown;
mod number;
mod pool;
mod style;
mod terminal;
mod text;

use std::io;

pub use document::{
    Align, Block, Cell, Column, Document, Facts, Group, Label, List, Row, Sentences, Table,
};
pub use explain::{Entry, entries, explain, nearest};
pub use format::{Format, UnknownFormat};
pub use input::{Excluded, InputInfo};
pub use pool::document;
pub use style::{Scale, Style, UnknownScale};

use crate::analysis::Pooled;

/// Writes the result of `resorb pool` to `out`.
///
/// The style shapes the table, Markdown and LaTeX; JSON and CSV carry proportions at full precision.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{self, Format, InputInfo, Style},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::two_step(), false)?;
/// let input = InputInfo { source: "three studies".into(), rows: 3, used: 3, ..Default::default() };
/// let mut table = Vec::new();
/// report::write(&mut table, &answer, &input, Format::Table, &Style::default())?;
/// assert!(String::from_utf8(table)?.contains("Random effects (median study)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(
    out: &mut impl io::Write,
    pooled: &Pooled,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Table => terminal::write(out, &document(pooled, input, style), style.colour)?,
        Format::Json => json::write(out, pooled, input)?,
        Format::Csv => write_csv(out, pooled)?,
        Format::Markdown => markdown::write(out, &document(pooled, input, style))?,
        Format::Latex => latex::write(out, &document(pooled, input, style))?,
    }
    Ok(())
}

#[cfg(feature = "frame")]
fn write_csv(out: &mut impl io::Write, pooled: &Pooled) -> Result<(), ReportError> {
    frame::write_csv(out, pooled)
}

#[cfg(not(feature = "frame"))]
fn write_csv(_: &mut impl io::Write, _: &Pooled) -> Result<(), ReportError> {
    Err(ReportError::NoFrames)
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
