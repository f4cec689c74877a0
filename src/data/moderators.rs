//! Columns that are not counts: of numbers when every cell is one, else of text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::Decimal;
use super::dialect::Delimiter;
use super::findings::{At, Findings};
use super::number::{self, Reading};
use super::problem::ProblemKind;
use super::records::{Cells, Grid};
use crate::study::{Column, Moderator};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Decimal),
    Text,
}

/// How the decimal mark is decided where a column of numbers leaves it open: as told, else as the
/// other columns have it, else by the separator (`;` goes with the decimal comma).
pub(super) struct Convention<'a> {
    grid: &'a Grid,
    told: Option<Decimal>,
    delimiter: Delimiter,
    seen: OnceCell<Option<Decimal>>,
}

/// How the cells of a column can be read.
struct Survey {
    point: bool,
    comma: bool,
    /// A row whose cell has another value in each convention.
    open: Option<usize>,
}

impl<'a> Convention<'a> {
    pub(super) fn new(grid: &'a Grid, told: Option<Decimal>, delimiter: Delimiter) -> Self {
        Self { grid, told, delimiter, seen: OnceCell::new() }
    }

    /// The decimal mark of a column in which it is open.
    fn decide(&self) -> (Decimal, bool) {
        let seen = *self.seen.get_or_init(|| self.look());
        let by_delimiter = match self.delimiter {
            Delimiter::Semicolon => Decimal::Comma,
            Delimiter::Comma | Delimiter::Tab => Decimal::Point,
        };
        (seen.unwrap_or(by_delimiter), seen.is_some())
    }

    /// The one decimal mark of all columns that leave no choice.
    fn look(&self) -> Option<Decimal> {
        let rows = 0..self.grid.lines.len();
        let surveys =
            self.grid.columns.iter().filter_map(|cells| survey(cells, rows.clone(), None));
        let (mut point, mut comma) = (false, false);
        for found in surveys.filter(|found| found.point != found.comma) {
            point |= found.point;
            comma |= found.comma;
        }
        match (point, comma) {
            (true, false) => Some(Decimal::Point),
            (false, true) => Some(Decimal::Comma),
            _ => None,
        }
    }

    /// What a column holds in the rows given.
    pub(super) fn kind(&self, cells: &Cells, rows: impl Iterator<Item = usize>) -> Kind {
        self.kind_and_doubt(cells, rows).0
    }

    /// The same, and a row that shows that the decimal mark is a guess.
    fn kind_and_doubt(
        &self,
        cells: &Cells,
        rows: impl Iterator<Item = usize>,
    ) -> (Kind, Option<usize>) {
        match survey(cells, rows, self.told) {
            None => (Kind::Text, None),
            Some(Survey { point: true, comma: true, open: Some(row) }) => {
                let (decimal, seen) = self.decide();
                // `1.234` in a file without decimal commas is what it looks like.
                let plain = decimal == Decimal::Point && cells.get(row).contains('.');
                (Kind::Number(decimal), (!seen && !plain).then_some(row))
            }
            Some(Survey { point: true, .. }) => (Kind::Number(Decimal::Point), None),
            Some(_) => (Kind::Number(Decimal::Comma), None),
        }
    }
}

/// How the cells can be read; `None` when they are not all numbers or none is there. A column of
/// percentages counts as one of numbers, unless only some cells have the sign.
fn survey(
    cells: &Cells,
    rows: impl Iterator<Item = usize>,
    told: Option<Decimal>,
) -> Option<Survey> {
    let mut found = Survey {
        point: told != Some(Decimal::Comma),
        comma: told != Some(Decimal::Point),
        open: None,
    };
    let (mut plain, mut percent) = (false, false);
    for row in rows {
        let cell = cells.get(row);
        let number = cell.strip_suffix('%').map_or(cell, str::trim_end);
        match number::read(number, Some(Decimal::Point)) {
            Reading::Missing if number.len() == cell.len() => continue,
            Reading::Whole(_) => {}
            _ => {
                let (point, comma) = number::both(number);
                found.point &= point.is_some();
                found.comma &= comma.is_some();
                if point.is_some() && comma.is_some() && point != comma {
                    found.open.get_or_insert(row);
                }
            }
        }
        let has_sign = number.len() < cell.len();
        percent |= has_sign;
        plain |= !has_sign;
        if (plain && percent) || !(found.point || found.comma) {
            return None;
        }
    }
    (plain || percent).then_some(found)
}

/// The value of a cell in a column of numbers.
pub(super) fn value(cell: &str, decimal: Decimal) -> Option<f64> {
    match number::read(cell, Some(decimal)) {
        Reading::Whole(whole) => Some(whole as f64),
        Reading::Number(value) | Reading::Percent(value) => Some(value),
        Reading::Missing | Reading::Either { .. } | Reading::Word => None,
    }
}

/// What each column holds in the rows given, with a warning where the decimal mark is a guess.
pub(super) fn kinds(
    grid: &Grid,
    columns: impl Iterator<Item = usize>,
    rows: &[usize],
    convention: &Convention<'_>,
    findings: &mut Findings<'_>,
) -> Vec<(usize, Kind)> {
    let mut kinds = Vec::new();
    for index in columns {
        let (Some(cells), Some(name)) = (grid.columns.get(index), grid.header.get(index)) else {
            continue;
        };
        let (kind, doubt) = convention.kind_and_doubt(cells, rows.iter().copied());
        if let (Some(row), Kind::Number(taken)) = (doubt, kind)
            && let (Some(point), Some(comma)) = number::both(cells.get(row))
        {
            let (column, value) = (name.clone(), cells.get(row).to_owned());
            let kind = ProblemKind::TwoReadingsInColumn { column, value, point, comma, taken };
            findings.push(grid, At::Cell(row, index), kind);
        }
        kinds.push((index, kind));
    }
    kinds
}

/// The moderator columns of the rows given. Each column of cells is taken from the grid and dropped when
/// its values are there, so that the whole file is never in memory twice.
pub(super) fn build(grid: &mut Grid, kinds: &[(usize, Kind)], rows: &[usize]) -> Vec<Moderator> {
    let mut moderators = Vec::new();
    for (index, kind) in kinds {
        let (Some(cells), Some(name)) = (grid.columns.get_mut(*index), grid.header.get(*index))
        else {
            continue;
        };
        let cells = std::mem::take(cells);
        let column = match kind {
            Kind::Number(decimal) => {
                Column::Number(rows.iter().map(|row| value(cells.get(*row), *decimal)).collect())
            }
            Kind::Text => Column::Text(texts(&cells, rows)),
        };
        moderators.push(Moderator { name: name.clone(), column });
    }
    moderators
}

/// Cells of text, equal ones sharing an allocation as long as there are few different ones.
fn texts(cells: &Cells, rows: &[usize]) -> Vec<Option<Arc<str>>> {
    const SHARED: usize = 4096;
    let mut shared: HashMap<&str, Arc<str>> = HashMap::new();
    rows.iter()
        .map(|row| match cells.get(*row) {
            "" => None,
            cell if shared.len() < SHARED => {
                Some(shared.entry(cell).or_insert_with(|| Arc::from(cell)).clone())
            }
            cell => Some(shared.get(cell).map_or_else(|| Arc::from(cell), Arc::clone)),
        })
        .collect()
}
