//! Where results go, in which formats, and which figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words;

/// The table `[output]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Output {
    /// The folder, from that of the file.
    pub folder: String,
    /// The formats that each result is written in.
    #[serde(deserialize_with = "words::one_or_many")]
    pub formats: Vec<OutputFormat>,
    /// The formats of a report of all results in one file: any of html, markdown, latex, docx, xlsx.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub report: Vec<OutputFormat>,
    /// The scale of rates in tables and reports, as `--scale` takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// Decimals of rates in tables and reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<u8>,
}

impl Default for Output {
    fn default() -> Self {
        Self {
            folder: "results".to_owned(),
            formats: vec![OutputFormat::Table, OutputFormat::Json],
            report: Vec::new(),
            scale: None,
            digits: None,
        }
    }
}

/// `[methods]`: the methods and the results paragraph of what the plan asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MethodsPlan {
    /// The file of the works cited, in the folder of results: BibTeX where it ends with .bib, CSL-JSON
    /// where it ends with .json.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bibliography: Option<String>,
}

/// What results are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OutputFormat {
    /// Plain text.
    #[serde(alias = "txt")]
    Table,
    /// Schema `resorb/1`.
    Json,
    /// The rows behind it.
    Csv,
    /// Pipe tables.
    #[serde(alias = "md")]
    Markdown,
    /// Booktabs tables.
    #[serde(alias = "tex")]
    Latex,
    /// A page that needs nothing else.
    Html,
    /// A text document.
    Docx,
    /// A workbook.
    Xlsx,
}

impl OutputFormat {
    /// The format that the extension of a file stands for, in any case.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Table,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "md" | "markdown" => Self::Markdown,
            "tex" | "latex" => Self::Latex,
            "html" | "htm" => Self::Html,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            _ => return None,
        })
    }

    /// Whether a report of all results can be written so; the others are of single results.
    #[must_use]
    pub const fn is_report(self) -> bool {
        matches!(self, Self::Html | Self::Markdown | Self::Latex | Self::Docx | Self::Xlsx)
    }

    /// The extension of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Latex => "tex",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// One `[[figure]]`: what `resorb plot` draws, and its options by their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FigurePlan {
    /// The figure as `resorb plot` calls it, such as `forest`.
    pub plot: String,
    /// The file's name without its extension; that of the plot unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Any of svg, png, pdf.
    #[serde(default = "svg", deserialize_with = "words::one_or_many")]
    pub formats: Vec<String>,
    /// Every other key: an option of that figure.
    #[serde(flatten)]
    pub options: BTreeMap<String, Value>,
}

fn svg() -> Vec<String> {
    vec!["svg".to_owned()]
}

/// The value of an option of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A flag.
    Flag(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// One value for each time the option is given.
    Several(Vec<Value>),
}

impl Value {
    /// The values as the command line takes them; a flag has none.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Flag(_) => Vec::new(),
            Self::Whole(number) => vec![number.to_string()],
            Self::Number(number) => vec![number.to_string()],
            Self::Text(text) => vec![text.clone()],
            Self::Several(values) => values.iter().flat_map(Self::words).collect(),
        }
    }
}
