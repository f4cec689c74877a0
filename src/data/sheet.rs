//! A table of texts: what is no table of studies, such as judgements or the counts of a search.

use super::{decode::decode, dialect::detect, records::grid};

/// A table cut into cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows under them.
    pub rows: Vec<SheetRow>,
}

/// A row of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Its line in the file.
    pub line: u64,
    /// One text for each column, without space around it.
    pub cells: Vec<String>,
}

/// Why a text is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SheetError(String);

/// Cuts a CSV file into cells; its encoding and its delimiter are found as those of a table of studies.
///
/// # Errors
/// [`SheetError`]: no text, or a row that has not as many cells as the header.
///
/// ```
/// let sheet = resorb::data::sheet("study;D1\nMüller;low\n".as_bytes())?;
/// assert_eq!(sheet.header, ["study", "D1"]);
/// assert_eq!((sheet.rows[0].line, sheet.rows[0].cells[1].as_str()), (2, "low"));
/// # Ok::<(), resorb::data::SheetError>(())
/// ```
pub fn sheet(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let none = |kind: super::ProblemKind| SheetError(kind.to_string());
    let decoded = decode(bytes).map_err(none)?;
    let (delimiter, from) = detect(&decoded.text);
    let grid = grid(&decoded.text, delimiter, from).map_err(none)?;
    if let Some(fault) = grid.faults.into_iter().next() {
        let line = decoded.text.get(..fault.start).unwrap_or_default().matches('\n').count() + 1;
        return Err(SheetError(format!("line {line}: {}", fault.kind)));
    }
    let cells = |row| grid.columns.iter().map(|column| column.get(row).trim().to_owned()).collect();
    let rows = grid.lines.iter().enumerate();
    let rows = rows.map(|(row, &line)| SheetRow { line, cells: cells(row) }).collect();
    Ok(Sheet { header: grid.header, rows })
}
