//! The way through a file: decode, cut, find columns, select rows, check counts.

use std::borrow::Cow;

use super::columns::Place;
use super::decode::{Decoded, Encoding, decode};
use super::dialect::detect;
use super::findings::{At, Findings};
use super::moderators::Convention;
use super::outcome::Read;
use super::problem::{Problem, ProblemKind, Problems};
use super::records::grid;
use super::select::{label, nothing_left, select, unknown_columns};
use super::table::{Dialect, Stated, Table};
use super::{ConvertTo, Mapping, columns, counts, moderators, outcome, repeats, xlsx};
use crate::study::{OutcomeKind, Outcomes, Studies};

/// Reads a table of counts, one study a row: CSV in any of its usual forms, or with the feature `xlsx`
/// a workbook.
///
/// The rows that are used are those which the column `include`, the names and the predicates of
/// `mapping` leave. Only their cells are checked, and only in the columns an analysis uses.
///
/// # Errors
/// [`Problems`] with everything that is wrong, each with its line, column and what to do; warnings and
/// notes are among them. When there is no error they are in [`Table::notes`].
///
/// ```
/// use resorb::data::{self, Mapping};
/// let csv = "study;resorbed;total;year\nBush 1992;64;84;1992\nKomori 1996;35;77;1996\n";
/// let table = data::read(csv.as_bytes(), &Mapping::default())?;
/// assert_eq!(table.studies.k(), 2);
/// assert_eq!(table.columns.moderators, ["year"]);
///
/// let csv = "study,events,total\nBush 1992,90,84\n";
/// let problems = data::read(csv.as_bytes(), &Mapping::default()).unwrap_err();
/// assert!(problems.to_string().contains("line 2, column `events`, 90 events exceed the total of 84"));
/// # Ok::<(), data::Problems>(())
/// ```
pub fn read(bytes: &[u8], mapping: &Mapping) -> Result<Table, Problems> {
    let is_workbook = xlsx::is_workbook(bytes);
    let bytes = if is_workbook {
        let converted = xlsx::to_csv_bytes(bytes, mapping.sheet.as_deref(), mapping.decimal);
        Cow::Owned(converted.map_err(|error| alone(ProblemKind::Workbook(error)))?)
    } else if let Some(sheet) = &mapping.sheet {
        let error = xlsx::XlsxError::NotAWorkbook { sheet: sheet.clone() };
        return Err(alone(ProblemKind::Workbook(error)));
    } else {
        Cow::Borrowed(bytes)
    };
    let decoded = decode(&bytes).map_err(alone)?;
    read_text(&decoded, mapping)
}

/// What [`check`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The table, when there is no error.
    pub table: Option<Table>,
    /// Errors, warnings and notes.
    pub problems: Problems,
}

/// Reads a table as [`read`] does to report on it, with a note on every moderator that has missing
/// values.
#[must_use]
pub fn check(bytes: &[u8], mapping: &Mapping) -> Check {
    let table = match read(bytes, mapping) {
        Ok(table) => table,
        Err(problems) => return Check { table: None, problems },
    };
    let mut problems = table.notes.clone();
    for moderator in table.studies.moderators() {
        let missing = moderator.column.missing();
        if missing > 0 {
            let (column, studies) = (moderator.name.clone(), table.used);
            let kind = ProblemKind::MissingInModerator { column, missing, studies };
            if problems.has_room(kind.severity()) {
                problems.push(Problem::new(kind, None));
            }
        }
    }
    Check { table: Some(table), problems }
}

/// A problem that leaves nothing else to look at.
fn alone(kind: ProblemKind) -> Problems {
    let mut problems = Problems::default();
    problems.push(Problem::new(kind, None));
    problems
}

fn read_text(decoded: &Decoded<'_>, mapping: &Mapping) -> Result<Table, Problems> {
    let text = decoded.text.as_ref();
    let (delimiter, from) = detect(text);
    let mut grid = grid(text, delimiter, from).map_err(alone)?;
    let dialect = Dialect { encoding: decoded.encoding, delimiter, comments: grid.comments };
    let mut findings = Findings::new(text, delimiter.byte());
    findings.name_columns(&grid);
    if let (Some(byte), Encoding::Windows1252) = (decoded.first_foreign, decoded.encoding) {
        findings.push(&grid, At::Character(byte), ProblemKind::Windows1252);
    }
    let ragged = matches!(grid.header.as_slice(), [_])
        && grid.faults.iter().any(|fault| matches!(fault.kind, ProblemKind::FieldCount { .. }));
    if ragged || columns::is_title(&grid) {
        findings.push(&grid, At::Byte(grid.header_start), ProblemKind::TitleLine);
        return Err(findings.finish());
    }
    for fault in std::mem::take(&mut grid.faults) {
        findings.push(&grid, At::Byte(fault.start), fault.kind);
    }
    if grid.header.is_empty() {
        findings.push(&grid, At::File, ProblemKind::Empty);
        return Err(findings.finish());
    }
    if grid.lines.is_empty() && !findings.has_errors() {
        findings.push(&grid, At::Byte(grid.header_start), ProblemKind::HeaderOnly);
    }
    let Some(roles) = columns::find(&grid, mapping, &mut findings) else {
        for error in unknown_columns(&grid, mapping) {
            findings.push(&grid, At::File, ProblemKind::Filter(error));
        }
        return Err(findings.finish());
    };
    let convention = Convention::new(&grid, mapping.decimal, delimiter);
    let mut selection = select(&grid, &roles, mapping, &convention, &mut findings);
    let Read { rows, outcomes } = match &roles.outcome {
        Place::Counts { .. } => {
            let checked =
                counts::check(&grid, &roles, mapping, &mut selection, &convention, &mut findings);
            repeats::counts(&grid, &roles, &checked, &mut findings);
            Read { rows: checked.rows, outcomes: Outcomes::Proportions(checked.counts) }
        }
        Place::Other(layout) => {
            let place = (&roles, layout);
            outcome::check(&grid, place, mapping, &mut selection, &convention, &mut findings)
        }
    };
    repeats::labels(&grid, &roles, &rows, &mut findings);
    if rows.is_empty() && !findings.has_errors() {
        let kind = nothing_left(&grid, &roles, mapping, &selection);
        findings.push(&grid, At::File, kind);
    }
    if findings.has_errors() {
        return Err(findings.finish());
    }
    let kinds =
        moderators::kinds(&grid, roles.moderators(&grid), &rows, &convention, &mut findings);
    let (columns, notes) = (roles.names(&grid), findings.finish());
    let moderators = moderators::build(&mut grid, &kinds, &rows);
    let labels = rows.iter().map(|row| label(&grid, &roles, *row).into_owned()).collect();
    let lines = rows.iter().filter_map(|row| grid.lines.get(*row).copied()).collect();
    let stated = match &roles.outcome {
        Place::Other(layout) if layout.kind == OutcomeKind::Generic => {
            mapping.convert_to.map(stated_by).or(layout.stated)
        }
        Place::Other(layout) => layout.stated,
        Place::Counts { .. } => None,
    };
    let studies = Studies::new(labels, lines, outcomes, moderators)
        .map_err(|error| alone(ProblemKind::Studies(error)))?;
    let mut excluded = selection.excluded;
    excluded.sort_by_key(|excluded| excluded.row);
    let used = studies.k();
    Ok(Table { used, rows: grid.lines.len(), excluded, notes, columns, stated, dialect, studies })
}

/// What effects are after their conversion.
const fn stated_by(target: ConvertTo) -> Stated {
    match target {
        ConvertTo::OddsRatio => Stated::OddsRatio,
        ConvertTo::Smd => Stated::StandardisedMeanDifference,
        ConvertTo::FishersZ => Stated::FishersZ,
    }
}
