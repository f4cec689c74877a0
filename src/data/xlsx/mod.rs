//! A sheet of an `.xlsx` workbook as the CSV text that the reader takes.
//!
//! Every row of the sheet becomes one line, empty rows included, so that a line number in a diagnostic
//! is the row number of the sheet.

#[cfg(feature = "xlsx")]
mod cell;
#[cfg(feature = "xlsx")]
mod sheet;

use super::Decimal;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XlsxError {
    /// The feature `xlsx` is not compiled in.
    #[error("this is a workbook, and this build reads CSV only")]
    NotCompiled,
    /// Not a workbook after all, or a damaged or encrypted one.
    #[error("this looks like an .xlsx workbook but cannot be read: {reason}")]
    Unreadable {
        /// What the reader says.
        reason: String,
    },
    /// A workbook without a sheet of cells.
    #[error("the workbook has no sheet")]
    NoSheet,
    /// A sheet that was asked for and is not there.
    #[error("there is no sheet `{name}`")]
    UnknownSheet {
        /// The name given.
        name: String,
        /// The sheet probably meant.
        nearest: Option<String>,
        /// The sheets there are.
        sheets: Vec<String>,
    },
    /// A sheet so wide and long that it cannot be a table of studies.
    #[error("the sheet has {rows} rows of {columns} columns, more than can be read")]
    TooLarge {
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// A sheet was asked for of a file that is not a workbook.
    #[error("sheet `{sheet}` was asked for, but this is not an .xlsx workbook")]
    NotAWorkbook {
        /// The sheet.
        sheet: String,
    },
}

impl XlsxError {
    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::NotCompiled | Self::Unreadable { .. } => {
                "save the sheet as CSV (UTF-8) and pass that file".to_owned()
            }
            Self::NoSheet => "put the table into a sheet".to_owned(),
            Self::UnknownSheet { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::UnknownSheet { sheets, .. } => format!("the sheets are {}", sheets.join(", ")),
            Self::TooLarge { .. } => "remove what stands far outside the table".to_owned(),
            Self::NotAWorkbook { .. } => "leave --sheet out".to_owned(),
        }
    }
}

/// Whether bytes begin as those of a workbook, a zip archive, do.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The sheet of that name, or the first, as CSV in UTF-8.
///
/// Numbers are written in full with the decimal mark that `decimal` sets, so that they read as
/// themselves. A cell shown as a percentage becomes one (`76.6%`), a date `2017-03-01`.
///
/// # Errors
/// [`XlsxError`]; the sheets are listed where the one asked for is not there.
#[cfg(feature = "xlsx")]
pub fn to_csv_bytes(
    bytes: &[u8],
    sheet: Option<&str>,
    decimal: Option<Decimal>,
) -> Result<Vec<u8>, XlsxError> {
    sheet::convert(bytes, sheet, decimal)
}

/// Says that workbooks cannot be read, in a build without the feature `xlsx`.
///
/// # Errors
/// Always [`XlsxError::NotCompiled`].
#[cfg(not(feature = "xlsx"))]
pub fn to_csv_bytes(
    _bytes: &[u8],
    _sheet: Option<&str>,
    _decimal: Option<Decimal>,
) -> Result<Vec<u8>, XlsxError> {
    Err(XlsxError::NotCompiled)
}
