//! The counts of the rows that are used, each checked.

use super::columns::{Place, Roles};
use super::findings::{At, Findings};
use super::moderators::{Convention, Kind};
use super::number::{self, Reading};
use super::problem::{Offer, ProblemKind, shortened};
use super::records::{Cells, Grid};
use super::select::{Reason, Selection};
use super::{Decimal, Mapping, Missing};
use crate::study::{Counts, MAX_TOTAL};

/// A cell of counts.
pub(super) enum Count {
    Missing,
    Value(u64),
    Wrong(ProblemKind),
}

/// The rows that passed, and their counts.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) rows: Vec<usize>,
    pub(super) counts: Vec<Counts>,
}

/// Checks every row that is used and returns the rows that passed with their counts. A row with a
/// missing value is reported or left out, as `mapping` says.
pub(super) fn check(
    grid: &Grid,
    roles: &Roles,
    mapping: &Mapping,
    selection: &mut Selection,
    convention: &Convention<'_>,
    findings: &mut Findings<'_>,
) -> Checked {
    let Place::Counts { events: events_at, total: total_at } = roles.outcome else {
        return Checked::default();
    };
    let (Some(events), Some(totals)) = (grid.columns.get(events_at), grid.columns.get(total_at))
    else {
        return Checked::default();
    };
    let needed = needed(grid, roles, selection, convention);
    let mut absent = Vec::new();
    let mut checked = Checked::default();
    for row in 0..grid.lines.len() {
        if selection.used.get(row) != Some(&true) {
            continue;
        }
        let total = match count(totals.get(row), mapping.decimal, None) {
            Count::Value(0) => Count::Wrong(ProblemKind::NoPatients),
            total => total,
        };
        let known = if let Count::Value(total) = total { Some(total) } else { None };
        let event = count(events.get(row), mapping.decimal, known);
        absent.clear();
        absent.extend(needed.iter().filter(|needed| needed.is_missing(row)).map(|n| n.column));
        absent.extend(matches!(event, Count::Missing).then_some(events_at));
        absent.extend(matches!(total, Count::Missing).then_some(total_at));
        if let (Some(column), Missing::Drop) = (absent.first(), mapping.missing) {
            let name = grid.header.get(*column).map_or("", String::as_str);
            selection.exclude(row, grid, roles, Reason::Missing(name.into()));
            continue;
        }
        for column in &absent {
            let column_name = grid.header.get(*column).cloned().unwrap_or_default();
            let kind = ProblemKind::Missing { column: column_name };
            findings.push(grid, At::Cell(row, *column), kind);
        }
        let complete = absent.is_empty();
        match (event, total) {
            (Count::Value(event), Count::Value(total)) => {
                if let Some(counts) =
                    pair(grid, events_at, row, (event, total), findings).filter(|_| complete)
                {
                    checked.rows.push(row);
                    checked.counts.push(counts);
                }
            }
            (event, total) => {
                for (count, column) in [(event, events_at), (total, total_at)] {
                    if let Count::Wrong(kind) = count {
                        findings.push(grid, At::Cell(row, column), kind);
                    }
                }
            }
        }
    }
    checked
}

/// A column beside the counts whose cells must be there.
pub(super) struct Needed<'a> {
    pub(super) column: usize,
    cells: &'a Cells,
    kind: Kind,
}

impl Needed<'_> {
    /// Whether a cell has no value; in a column of text `NA` is a text like any other.
    pub(super) fn is_missing(&self, row: usize) -> bool {
        let cell = self.cells.get(row);
        match self.kind {
            Kind::Number(_) => number::is_missing(cell),
            Kind::Text => cell.is_empty(),
        }
    }
}

/// The columns beside the counts whose cells must be there: names, and what the analysis uses.
pub(super) fn needed<'a>(
    grid: &'a Grid,
    roles: &Roles,
    selection: &Selection,
    convention: &Convention<'_>,
) -> Vec<Needed<'a>> {
    let names = roles.study.map(|column| (column, true)).into_iter();
    let others = roles.needed.iter().map(|column| (*column, false));
    let needed = names.chain(others).filter_map(|(column, is_name)| {
        let cells = grid.columns.get(column)?;
        let kind = if is_name { Kind::Text } else { convention.kind(cells, selection.rows()) };
        Some(Needed { column, cells, kind })
    });
    needed.collect()
}

/// Checks events against the total.
fn pair(
    grid: &Grid,
    events_at: usize,
    row: usize,
    (events, total): (u64, u64),
    findings: &mut Findings<'_>,
) -> Option<Counts> {
    if let Ok(counts) = Counts::new(events, total) {
        return Some(counts);
    }
    let cell = |cells: &Cells| cells.get(row).to_owned();
    let printed = grid.columns.get(events_at).map(cell).unwrap_or_default();
    let offer = Offer::new(events as f64, &printed, Some(total)).filter(|offer| offer.fits);
    let kind = ProblemKind::MoreEventsThanTotal { events, total, offer };
    findings.push(grid, At::Cell(row, events_at), kind);
    None
}

/// Reads a cell of counts; with the total known, a percentage can be turned into a count.
pub(super) fn count(cell: &str, decimal: Option<Decimal>, total: Option<u64>) -> Count {
    let value = || shortened(cell);
    let wrong = match number::read(cell, decimal) {
        Reading::Missing => return Count::Missing,
        Reading::Whole(count) if count <= MAX_TOTAL => return Count::Value(count),
        Reading::Whole(_) => ProblemKind::CountTooLarge { value: value() },
        Reading::Number(number) if number < 0.0 => ProblemKind::Negative { value: value() },
        Reading::Number(number) if number.fract() != 0.0 => {
            ProblemKind::NotWhole { value: value(), offer: Offer::new(number, cell, total) }
        }
        Reading::Number(number) if number > MAX_TOTAL as f64 => {
            ProblemKind::CountTooLarge { value: value() }
        }
        // Whole and at most 2^53, so nothing is lost.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Reading::Number(number) => return Count::Value(number as u64),
        Reading::Percent(percent) => {
            ProblemKind::Percentage { value: value(), offer: Offer::new(percent, cell, total) }
        }
        Reading::Either { point, comma } => {
            ProblemKind::TwoReadings { value: value(), point, comma }
        }
        Reading::Word => ProblemKind::NotANumber { value: value(), decimal },
    };
    Count::Wrong(wrong)
}

impl Offer {
    /// The count that `number`, printed as `printed`, stands for as a percentage of `total`, or as a
    /// proportion when it is below 1. `None` when it can be neither.
    fn new(number: f64, printed: &str, total: Option<u64>) -> Option<Self> {
        let total = total.filter(|total| *total > 0)?;
        let digits = number::decimals(printed);
        let is_proportion = number < 1.0 && !printed.contains('%');
        let (percent, digits) = if is_proportion {
            (number * 100.0, digits.saturating_sub(2))
        } else {
            (number, digits)
        };
        if !(0.0..=100.0).contains(&percent) || digits > 9 {
            return None;
        }
        let scale = 10_f64.powi(i32::try_from(digits).ok()?);
        let percent = (percent * scale).round() / scale;
        let count = (percent / 100.0 * total as f64).round();
        let back = (100.0 * count / total as f64 * scale).round() / scale;
        // A percentage of a total is not above the total.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let count = count as u64;
        Some(Self { percent, digits, total, count, fits: (back - percent).abs() < 0.5 / scale })
    }
}
