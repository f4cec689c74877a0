//! Opens a workbook and walks one of its sheets.

use std::io::Cursor;

use calamine::{Data, Range, Reader, StyleRange, Xlsx};

use super::super::Decimal;
use super::XlsxError;
use super::cell::text;
use crate::study::nearest;

/// A million rows of a hundred columns; a sheet with one stray cell in its last corner has more.
const MOST_CELLS: usize = 100_000_000;

pub(super) fn convert(
    bytes: &[u8],
    sheet: Option<&str>,
    decimal: Option<Decimal>,
) -> Result<Vec<u8>, XlsxError> {
    let unreadable =
        |error: calamine::XlsxError| XlsxError::Unreadable { reason: error.to_string() };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let name = choose(&workbook.sheet_names(), sheet)?;
    let cells = workbook.worksheet_range(&name).map_err(unreadable)?;
    // A workbook whose formats cannot be read still has its values.
    let styles = workbook.worksheet_style(&name).unwrap_or_else(|_| StyleRange::empty());
    write(&cells, &styles, decimal)
}

fn choose(sheets: &[String], wanted: Option<&str>) -> Result<String, XlsxError> {
    let Some(wanted) = wanted else {
        return sheets.first().cloned().ok_or(XlsxError::NoSheet);
    };
    let same = |name: &&String| name.to_lowercase() == wanted.trim().to_lowercase();
    sheets
        .iter()
        .find(|name| *name == wanted)
        .or_else(|| sheets.iter().find(same))
        .cloned()
        .ok_or_else(|| XlsxError::UnknownSheet {
            name: wanted.to_owned(),
            nearest: nearest(wanted, sheets.iter().map(String::as_str)).map(str::to_owned),
            sheets: sheets.to_vec(),
        })
}

fn write(
    cells: &Range<Data>,
    styles: &StyleRange,
    decimal: Option<Decimal>,
) -> Result<Vec<u8>, XlsxError> {
    let (rows, columns) = cells.get_size();
    if rows.saturating_mul(columns) > MOST_CELLS {
        return Err(XlsxError::TooLarge { rows, columns });
    }
    let (top, left) = cells.start().unwrap_or((0, 0));
    let mut csv = "\n".repeat(top as usize);
    for (row, values) in (top..).zip(cells.rows()) {
        let mut line = String::new();
        for (column, value) in (left..).zip(values) {
            let percent = styles
                .get((row, column))
                .and_then(|style| style.number_format.as_ref())
                .is_some_and(|format| format.format_code.contains('%'));
            let separator = if column == left { "" } else { "," };
            line.push_str(separator);
            line.push_str(&quoted(&text(value, percent, decimal)));
        }
        // An empty row is an empty line, and `#` in a workbook does not begin a comment.
        if values.iter().any(|value| *value != Data::Empty) {
            csv.push_str(&line);
        }
        csv.push('\n');
    }
    Ok(csv.into_bytes())
}

/// A field on one line, in quotation marks where it needs them.
fn quoted(text: &str) -> String {
    let line = text.replace(['\r', '\n'], " ");
    if line.contains([',', '"', ';', '\t', '#']) {
        format!("\"{}\"", line.replace('"', "\"\""))
    } else {
        line
    }
}
