//! The cells of one row, read for an outcome.

use super::{
    field::{Field, Group, What},
    find::Layout,
};
use crate::data::{
    counts::{Count, count},
    findings::{At, Findings},
    mapping::Mapping,
    moderators::{self, Kind},
    number,
    problem::{OutcomeProblem, ProblemKind, shortened},
    records::Grid,
};

/// What all rows share.
pub(super) struct Cells<'a> {
    pub(super) grid: &'a Grid,
    pub(super) layout: &'a Layout,
    pub(super) mapping: &'a Mapping,
    /// How each column of the layout holds numbers.
    pub(super) kinds: Vec<Kind>,
}

/// One row, and what was found wrong in it.
pub(super) struct Row<'a, 'b, 'c> {
    pub(super) cells: &'a Cells<'a>,
    pub(super) place: usize,
    pub(super) missing: Vec<usize>,
    pub(super) wrong: Vec<(usize, ProblemKind)>,
    pub(super) findings: &'b mut Findings<'c>,
}

impl Row<'_, '_, '_> {
    fn cell(&self, field: Field) -> Option<(usize, &str)> {
        let column = self.cells.layout.column(field)?;
        Some((column, self.cells.grid.columns.get(column)?.get(self.place)))
    }

    /// A count that must be there.
    pub(super) fn whole(&mut self, field: Field) -> Option<u64> {
        let (column, cell) = self.cell(field)?;
        match count(cell, self.cells.mapping.decimal, None) {
            Count::Value(value) => Some(value),
            Count::Missing => {
                self.missing.push(column);
                None
            }
            Count::Wrong(kind) => {
                self.wrong.push((column, kind));
                None
            }
        }
    }

    /// A number that may be missing.
    pub(super) fn maybe(&mut self, field: Field) -> Option<f64> {
        let (column, cell) = self.cell(field)?;
        if number::is_missing(cell) {
            return None;
        }
        let place = self.cells.layout.columns.iter().position(|(_, c)| *c == column)?;
        let decimal = match self.cells.kinds.get(place)? {
            Kind::Number(decimal) => Some(*decimal),
            Kind::Text => self.cells.mapping.decimal,
        };
        let value = match decimal {
            Some(decimal) => moderators::value(cell, decimal),
            None => cell.parse().ok().filter(|value: &f64| value.is_finite()),
        };
        if value.is_none() {
            let value = shortened(cell);
            self.wrong.push((column, ProblemKind::NotANumber { value, decimal }));
        }
        value
    }

    /// A word that may be missing.
    pub(super) fn word(&self, field: Field) -> Option<String> {
        let (_, cell) = self.cell(field)?;
        (!number::is_missing(cell)).then(|| cell.trim().to_lowercase())
    }

    /// A word or a sign that may be missing: a lone minus, which elsewhere stands for a missing value,
    /// is one.
    pub(super) fn sign(&self, field: Field) -> Option<String> {
        let (_, cell) = self.cell(field)?;
        match cell.trim() {
            "-" | "\u{2212}" | "\u{2013}" => Some("-".to_owned()),
            _ => self.word(field),
        }
    }

    /// A number that must be there.
    pub(super) fn real(&mut self, field: Field) -> Option<f64> {
        let (column, cell) = self.cell(field)?;
        if number::is_missing(cell) {
            self.missing.push(column);
            return None;
        }
        self.maybe(field)
    }

    /// Says that the column of a field is missing here.
    pub(super) fn lacks(&mut self, field: Field) {
        let column = self.cells.layout.column(field);
        self.missing.extend(column);
    }

    /// Says what is wrong with a field.
    pub(super) fn fail(&mut self, field: Field, kind: ProblemKind) {
        let column = self.cells.layout.column(field);
        let column = column.or_else(|| self.cells.layout.columns.first().map(|(_, c)| *c));
        self.wrong.extend(column.map(|column| (column, kind)));
    }

    /// The same for what only outcomes have.
    pub(super) fn refuse(&mut self, field: Field, problem: OutcomeProblem) {
        self.fail(field, ProblemKind::Outcome(problem));
    }

    /// Reports what is wrong.
    pub(super) fn report(&mut self) {
        for (column, kind) in self.wrong.drain(..) {
            self.findings.push(self.cells.grid, At::Cell(self.place, column), kind);
        }
    }
}

/// Whether the layout has a column of the only group.
pub(super) fn there(row: &Row<'_, '_, '_>, what: What) -> bool {
    row.cells.layout.column(Field::new(what, Group::Only)).is_some()
}
