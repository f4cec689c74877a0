//! Results for office programs: a text document (`.docx`) and a workbook (`.xlsx`).
//!
//! Both are the same bytes each time they are written from the same results. They need the feature
//! `office`; a build without it says so.

#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod whole;
#[cfg(feature = "office")]
mod widths;
#[cfg(feature = "office")]
mod xlsx;

use super::{Document, methods::Text, references::Reference};
#[cfg(not(feature = "office"))]
use super::{Report, ReportError};
#[cfg(feature = "office")]
pub use docx::docx;
#[cfg(feature = "office")]
pub use whole::{report_docx, report_xlsx};
#[cfg(feature = "office")]
pub use xlsx::{pooled_sheets, xlsx};

/// A part of a text document.
#[derive(Clone, Debug)]
pub enum Chapter<'a> {
    /// Sentences, then a result as its tables and words.
    Result {
        /// What heads it.
        heading: &'a str,
        /// What stands first.
        lead: &'a [String],
        /// The result.
        document: &'a Document,
    },
    /// Paragraphs with citations, by author and year.
    Words {
        /// What heads them.
        heading: &'a str,
        /// The paragraphs.
        text: &'a Text,
    },
    /// A list of works.
    References {
        /// What heads it.
        heading: &'a str,
        /// The works, in their order.
        works: &'a [&'static Reference],
    },
    /// A figure.
    Figure {
        /// The figure as a PNG file.
        png: Vec<u8>,
        /// Its width in mm.
        width: f64,
        /// Its height in mm.
        height: f64,
        /// What stands under it.
        caption: &'a str,
        /// What it shows, for who cannot see it.
        alt: &'a str,
    },
}

/// Refuses: this build writes no text documents.
///
/// # Errors
/// Always [`ReportError::NoOffice`].
#[cfg(not(feature = "office"))]
pub fn docx(_: &str, _: &[Chapter<'_>]) -> Result<Vec<u8>, ReportError> {
    Err(ReportError::NoOffice)
}

/// Refuses: this build writes no text documents.
///
/// # Errors
/// Always [`ReportError::NoOffice`].
#[cfg(not(feature = "office"))]
pub fn report_docx(_: &Report<'_>) -> Result<Vec<u8>, ReportError> {
    Err(ReportError::NoOffice)
}

/// Refuses: this build writes no workbooks.
///
/// # Errors
/// Always [`ReportError::NoOffice`].
#[cfg(not(feature = "office"))]
pub fn report_xlsx(_: &Report<'_>) -> Result<Vec<u8>, ReportError> {
    Err(ReportError::NoOffice)
}
