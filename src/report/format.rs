//! The formats a result is written in.

use std::{fmt, str::FromStr};

use crate::plan::OutputFormat;

/// A format of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A table for a terminal of 80 columns.
    #[default]
    Table,
    /// JSON, schema `resorb/1`, full precision.
    Json,
    /// One tidy table of studies and pooled lines, full precision.
    Csv,
    /// Markdown with pipe tables.
    Markdown,
    /// LaTeX with booktabs tables.
    Latex,
}

/// A name that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a format: use table, json, csv, markdown or latex")]
pub struct UnknownFormat(String);

impl Format {
    /// The format of a single result that a plan names; `None` for those of whole reports alone.
    #[must_use]
    pub const fn of(format: OutputFormat) -> Option<Self> {
        match format {
            OutputFormat::Table => Some(Self::Table),
            OutputFormat::Json => Some(Self::Json),
            OutputFormat::Csv => Some(Self::Csv),
            OutputFormat::Markdown => Some(Self::Markdown),
            OutputFormat::Latex => Some(Self::Latex),
            OutputFormat::Html | OutputFormat::Docx | OutputFormat::Xlsx => None,
        }
    }

    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Csv, Self::Markdown, Self::Latex];

    /// The name, as `--format` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Latex => "latex",
        }
    }

    /// The format that a file's extension (without the dot) stands for.
    ///
    /// ```
    /// use resorb::report::Format;
    /// assert_eq!(Format::from_extension("TeX"), Some(Format::Latex));
    /// assert_eq!(Format::from_extension("docx"), None);
    /// ```
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        OutputFormat::of_extension(extension).and_then(Self::of)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Reads a name in any case.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }
}
