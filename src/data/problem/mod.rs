//! What is wrong with a table, where, and what to do about it.

mod fix;
mod kind;
mod list;
mod outcome;
mod role;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use kind::{Offer, ProblemKind};
pub use list::Problems;
pub use outcome::{Conversion, OutcomeProblem};
pub use role::Role;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably a mistake, but the table can be used.
    Warning,
    /// The table cannot be used.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Where in the file a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1; the row of the sheet for a workbook.
    pub line: u64,
    /// The column's name, where one field is at fault.
    pub column: Option<Arc<str>>,
    /// The bytes of the line that are at fault.
    pub span: Range<usize>,
}

/// One thing that is wrong with a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub kind: ProblemKind,
    /// Where it is; `None` when it is not in one place.
    pub place: Option<Place>,
    /// What to do about it.
    pub fix: String,
    pub(super) excerpt: Option<Excerpt>,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, place: Option<Place>) -> Self {
        Self { severity: kind.severity(), fix: kind.fix(), kind, place, excerpt: None }
    }

    /// The line of the file it is on, for the first hundred problems.
    #[must_use]
    pub const fn excerpt(&self) -> Option<&Excerpt> {
        self.excerpt.as_ref()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity)?;
        if let Some(place) = &self.place {
            write!(f, "line {}, ", place.line)?;
            if let Some(column) = &place.column {
                write!(f, "column `{column}`, ")?;
            }
        }
        write!(f, "{}; {}", self.kind, self.fix)
    }
}

/// A line of the file, or as much of it as is needed to show a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// The bytes of `text` that are at fault.
    pub span: Range<usize>,
    /// The characters of the line that come before `text`.
    pub skipped: usize,
}

impl Excerpt {
    /// As many bytes of a line are kept whole.
    const WHOLE: usize = 1 << 16;
    /// As many bytes around the field are kept of a longer line.
    const AROUND: usize = 512;

    pub(super) fn new(line: &str, span: &Range<usize>) -> Self {
        let (from, to) = if line.len() <= Self::WHOLE {
            (0, line.len())
        } else {
            let from = line.floor_char_boundary(span.start.saturating_sub(Self::AROUND));
            (from, line.ceil_char_boundary(span.start.saturating_add(Self::AROUND).min(line.len())))
        };
        let text = line.get(from..to).unwrap_or_default().to_owned();
        let end = text.floor_char_boundary(span.end.saturating_sub(from).min(text.len()));
        let start = span.start.saturating_sub(from).min(end);
        let skipped = line.get(..from).unwrap_or_default().chars().count();
        Self { text, span: start..end, skipped }
    }
}

/// As much of a cell as a sentence can hold.
pub(super) fn shortened(cell: &str) -> String {
    match cell.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", cell.get(..end).unwrap_or_default()),
        None => cell.to_owned(),
    }
}
