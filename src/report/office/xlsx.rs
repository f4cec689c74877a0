//! A workbook: a sheet for each frame of numbers, at full precision.

use polars::prelude::{AnyValue, DataFrame};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::super::{InputInfo, ReportError, frame, text::clean};
use crate::analysis::Pooled;

/// The longest name that a sheet may have.
const LONGEST: usize = 31;

impl From<XlsxError> for ReportError {
    fn from(error: XlsxError) -> Self {
        Self::Office(error.to_string())
    }
}

/// Writes a workbook with a sheet for each named frame; numbers are numbers, what is not defined is an
/// empty cell. Names longer than a sheet's may be are cut, and told apart where they are alike.
///
/// # Errors
/// [`ReportError::Office`] when the writer refuses: more rows or columns than a sheet has room for.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{InputInfo, office::{pooled_sheets, xlsx}},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::default(), false)?;
/// let bytes = xlsx(&pooled_sheets(&answer, &InputInfo::default())?)?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn xlsx(sheets: &[(String, DataFrame)]) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    // Always the same date, so that the bytes are.
    let properties = DocProperties::new()
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?)
        .set_comment(concat!("resorb ", env!("CARGO_PKG_VERSION")));
    workbook.set_properties(&properties);
    let mut names: Vec<String> = Vec::new();
    for (name, frame) in sheets {
        let name = sheet_name(name, &names);
        fill(workbook.add_worksheet().set_name(&name)?, frame)?;
        names.push(name.to_lowercase());
    }
    Ok(workbook.save_to_buffer()?)
}

/// The sheets of a pooled result: studies, pooled lines, and the choices that were made.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn pooled_sheets(
    pooled: &Pooled,
    input: &InputInfo,
) -> Result<Vec<(String, DataFrame)>, ReportError> {
    let sheet = |name: &str, frame| (name.to_owned(), frame);
    Ok(vec![
        sheet("studies", frame::studies(&pooled.fit)?),
        sheet("pooled", frame::summary(pooled)?),
        sheet("settings", settings(pooled, input)?),
    ])
}

/// Every choice by its name in JSON, with the source of the data first.
fn settings(pooled: &Pooled, input: &InputInfo) -> Result<DataFrame, ReportError> {
    let mut rows = vec![
        ("source".to_owned(), input.source.clone()),
        ("sha256".to_owned(), input.sha256.clone().unwrap_or_default()),
        ("rows".to_owned(), input.rows.to_string()),
        ("used".to_owned(), input.used.to_string()),
        ("resorb".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
    ];
    let choices = serde_json::to_value(pooled.fit.settings)
        .map_err(|error| ReportError::Office(error.to_string()))?;
    flatten(String::new(), &choices, &mut rows);
    let names = rows.iter().map(|(name, _)| Some(name.as_str()));
    let values = rows.iter().map(|(_, value)| Some(value.as_str()));
    let columns = vec![frame::words("choice", names), frame::words("value", values)];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// `correction.add` for what is inside a choice.
fn flatten(name: String, value: &serde_json::Value, rows: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(parts) => {
            for (part, value) in parts {
                let inner = if name.is_empty() { part.clone() } else { format!("{name}.{part}") };
                flatten(inner, value, rows);
            }
        }
        serde_json::Value::String(text) => rows.push((name, text.clone())),
        other => rows.push((name, other.to_string())),
    }
}

fn fill(sheet: &mut Worksheet, frame: &DataFrame) -> Result<(), ReportError> {
    let bold = Format::new().set_bold();
    for (place, column) in frame.columns().iter().enumerate() {
        let at = u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.write_string_with_format(0, at, clean(column.name()), &bold)?;
        let values = column.as_materialized_series();
        for (row, value) in values.iter().enumerate() {
            let row = u32::try_from(row + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            match value {
                AnyValue::Null => {}
                AnyValue::Float64(x) if !x.is_finite() => {}
                AnyValue::Float64(x) => _ = sheet.write_number(row, at, x)?,
                AnyValue::UInt64(n) => _ = sheet.write_number(row, at, n as f64)?,
                AnyValue::Boolean(yes) => _ = sheet.write_boolean(row, at, yes)?,
                AnyValue::String(text) => _ = sheet.write_string(row, at, clean(text))?,
                AnyValue::StringOwned(text) => _ = sheet.write_string(row, at, clean(&text))?,
                other => _ = sheet.write_string(row, at, other.to_string())?,
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(360).autofit();
    Ok(())
}

/// A name that a sheet may have and no other sheet has.
fn sheet_name(name: &str, taken: &[String]) -> String {
    let allowed = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c };
    let name: String = name.chars().map(allowed).collect();
    let cut = |name: &str, room: usize| -> String {
        let cut: String = name.trim().chars().take(room).collect();
        if cut.is_empty() { "sheet".to_owned() } else { cut }
    };
    let first = cut(&name, LONGEST);
    if !taken.contains(&first.to_lowercase()) {
        return first;
    }
    let numbered = (2..).map(|n| format!("{} {n}", cut(&name, LONGEST - 5)));
    numbered.take(9999).find(|name| !taken.contains(&name.to_lowercase())).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::sheet_name;

    #[test]
    fn names_fit_and_differ() {
        assert_eq!(sheet_name("studies", &[]), "studies");
        assert_eq!(sheet_name("by a/b [c]?", &[]), "by a b  c");
        let long = "subgroups by a column with a very long name";
        let first = sheet_name(long, &[]);
        assert_eq!(first.chars().count(), 31);
        let second = sheet_name(long, &[first.to_lowercase()]);
        assert_eq!(second, "subgroups by a column with 2");
        assert_eq!(sheet_name("''", &[]), "sheet");
        assert_eq!(sheet_name("Größe 研究", &[]), "Größe 研究");
    }
}
