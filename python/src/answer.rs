//! A result in every form that the Python side hands out.

use pyo3::prelude::*;
use resorb::report::{Document, Format, ReportError, fragment};
use serde::Serialize;

use crate::failure::Failure;

/// The result of a command.
#[pyclass(frozen, get_all, module = "resorb._resorb")]
pub(crate) struct Answer {
    json: String,
    table: String,
    markdown: String,
    latex: String,
    /// Its page for a notebook, where it is more than the table in one typeface.
    html: Option<String>,
    warnings: Vec<String>,
    /// Works to cite as BibTeX and as CSL-JSON, where the result is text for a paper.
    bibliography: Option<(String, String)>,
}

impl Answer {
    /// The result that `write` writes, and `page` for a notebook.
    pub(crate) fn new(
        warnings: Vec<String>,
        page: Option<&Document>,
        write: impl Fn(&mut Vec<u8>, Format) -> Result<(), ReportError>,
    ) -> Result<Self, Failure> {
        let text = |format| -> Result<String, Failure> {
            let mut out = Vec::new();
            write(&mut out, format)?;
            Ok(String::from_utf8(out)?)
        };
        Ok(Self {
            json: text(Format::Json)?,
            table: text(Format::Table)?,
            markdown: text(Format::Markdown)?,
            latex: text(Format::Latex)?,
            html: page.map(fragment),
            warnings,
            bibliography: None,
        })
    }

    /// The same with works to cite.
    pub(crate) fn citing(self, bibtex: String, csl: String) -> Self {
        Self { bibliography: Some((bibtex, csl)), ..self }
    }

    /// A description, which has a table for people and a document for programs.
    pub(crate) fn described(
        command: &'static str,
        content: impl Serialize,
        table: String,
    ) -> Result<Self, Failure> {
        /// The keys that every document begins with.
        #[derive(Serialize)]
        struct Whole<T> {
            schema: &'static str,
            command: &'static str,
            version: &'static str,
            #[serde(flatten)]
            content: T,
        }
        let version = env!("CARGO_PKG_VERSION");
        let json = serde_json::to_string(&Whole { schema: "resorb/1", command, version, content })?;
        Ok(Self {
            json,
            markdown: table.clone(),
            latex: table.clone(),
            table,
            html: None,
            warnings: Vec::new(),
            bibliography: None,
        })
    }
}
