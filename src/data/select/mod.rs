//! Which rows the analysis uses, and why the others are left out.

mod predicate;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::columns::Roles;
use super::findings::{At, Findings};
use super::moderators::Convention;
use super::number::is_missing;
use super::problem::{ProblemKind, shortened};
use super::records::Grid;
use super::{Mapping, Missing};
use crate::study::nearest;

pub(super) use predicate::{nothing_left, unknown_columns};

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// The line of the file; the header is line 1.
    pub row: u64,
    /// The study's name.
    pub label: String,
    /// Why.
    pub reason: Reason,
}

/// Why a row is left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The column of that name says no.
    Include(Arc<str>),
    /// Its study was named.
    Study,
    /// A predicate does not hold.
    Filter(Arc<str>),
    /// A predicate asks for a cell that is missing.
    FilterMissing(Arc<str>),
    /// A value of that column is missing.
    Missing(Arc<str>),
    /// Neither group has an event, or both have only events.
    DoubleZero,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Include(column) => write!(f, "column {column} says no"),
            Self::Study => write!(f, "left out by name"),
            Self::Filter(predicate) => write!(f, "not {predicate}"),
            Self::FilterMissing(predicate) => write!(f, "not known whether {predicate}"),
            Self::Missing(column) => write!(f, "{column} is missing"),
            Self::DoubleZero => write!(f, "both groups have no events, or only events"),
        }
    }
}

impl Reason {
    /// As it reads after "left out": `by column include`, `by --where "year >= 2000"`.
    #[must_use]
    pub fn phrase(&self) -> String {
        match self {
            Self::Include(column) => format!("by column {column}"),
            Self::Study => "by --exclude-study".to_owned(),
            Self::Filter(predicate) => format!("by --where {}", quoted(predicate)),
            Self::FilterMissing(predicate) => {
                format!("by --where {} for a missing cell", quoted(predicate))
            }
            Self::Missing(column) => format!("for a missing value of {column}"),
            Self::DoubleZero => {
                "for no events, or only events, in both groups (--drop00)".to_owned()
            }
        }
    }
}

/// A predicate as a shell takes it.
fn quoted(predicate: &str) -> String {
    let mark = if predicate.contains('"') { '\'' } else { '"' };
    format!("{mark}{predicate}{mark}")
}

/// The rows of a grid, each used or left out for one reason.
pub(super) struct Selection {
    pub(super) used: Vec<bool>,
    pub(super) excluded: Vec<Excluded>,
}

impl Selection {
    pub(super) fn exclude(&mut self, row: usize, grid: &Grid, roles: &Roles, reason: Reason) {
        if let Some(used) = self.used.get_mut(row) {
            *used = false;
        }
        let line = grid.lines.get(row).copied().unwrap_or_default();
        self.excluded.push(Excluded {
            row: line,
            label: label(grid, roles, row).into_owned(),
            reason,
        });
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + Clone {
        self.used.iter().enumerate().filter(|(_, used)| **used).map(|(row, _)| row)
    }
}

/// The name of a row's study.
pub(super) fn label<'a>(grid: &'a Grid, roles: &Roles, row: usize) -> Cow<'a, str> {
    let name = roles.study.and_then(|column| grid.columns.get(column)).map(|cells| cells.get(row));
    match name {
        Some(name) if !name.is_empty() => name.into(),
        _ => format!("line {}", grid.lines.get(row).copied().unwrap_or_default()).into(),
    }
}

/// Leaves rows out by the column `include`, then by name, then by predicate.
pub(super) fn select(
    grid: &Grid,
    roles: &Roles,
    mapping: &Mapping,
    convention: &Convention<'_>,
    findings: &mut Findings<'_>,
) -> Selection {
    let used = vec![true; grid.lines.len()];
    let mut selection = Selection { used, excluded: Vec::new() };
    by_include(grid, roles, mapping, findings, &mut selection);
    by_name(grid, roles, mapping, findings, &mut selection);
    if mapping.filters.is_empty() {
        return selection;
    }
    // What kind of column a predicate asks about is decided by the rows that are left before any
    // predicate is applied, so that the order of the predicates does not matter.
    let candidates: Vec<usize> = selection.rows().collect();
    for filter in &mapping.filters {
        let applied =
            predicate::apply(grid, roles, filter, &candidates, convention, &mut selection);
        if let Err(error) = applied {
            findings.push(grid, At::File, ProblemKind::Filter(error));
        }
    }
    selection
}

fn by_include(
    grid: &Grid,
    roles: &Roles,
    mapping: &Mapping,
    findings: &mut Findings<'_>,
    selection: &mut Selection,
) {
    let Some(column) = roles.include else { return };
    let (Some(cells), Some(name)) = (grid.columns.get(column), grid.header.get(column)) else {
        return;
    };
    let name: Arc<str> = Arc::from(name.as_str());
    for row in 0..grid.lines.len() {
        let cell = cells.get(row);
        let is = |words: [&str; 4]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
        if is(["no", "n", "false", "0"]) {
            selection.exclude(row, grid, roles, Reason::Include(name.clone()));
        } else if is_missing(cell) && mapping.missing == Missing::Drop {
            selection.exclude(row, grid, roles, Reason::Missing(name.clone()));
        } else if is_missing(cell) {
            let kind = ProblemKind::Missing { column: name.to_string() };
            findings.push(grid, At::Cell(row, column), kind);
        } else if !is(["yes", "y", "true", "1"]) {
            let kind = ProblemKind::NotYesOrNo { value: shortened(cell) };
            findings.push(grid, At::Cell(row, column), kind);
        }
    }
}

fn by_name(
    grid: &Grid,
    roles: &Roles,
    mapping: &Mapping,
    findings: &mut Findings<'_>,
    selection: &mut Selection,
) {
    let labels = |row: usize| label(grid, roles, row);
    for name in &mapping.exclude_study {
        let name = name.trim();
        let rows = 0..grid.lines.len();
        let mut fitting: Vec<usize> = rows.clone().filter(|row| labels(*row) == name).collect();
        if fitting.is_empty() {
            let lower = name.to_lowercase();
            fitting = rows.clone().filter(|row| labels(*row).to_lowercase() == lower).collect();
        }
        if fitting.is_empty() {
            // The nearest of the first thousand is near enough for a suggestion.
            let some: Vec<Cow<'_, str>> = rows.take(1000).map(labels).collect();
            let nearest = nearest(name, some.iter().map(AsRef::as_ref)).map(str::to_owned);
            let kind = ProblemKind::UnknownStudy { label: name.to_owned(), nearest };
            findings.push(grid, At::File, kind);
        }
        for row in fitting {
            if selection.used.get(row) == Some(&true) {
                selection.exclude(row, grid, roles, Reason::Study);
            }
        }
    }
}
