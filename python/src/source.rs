//! From the bytes of a table to studies, with what a result says about where they come from.

use pyo3::FromPyObject;
use resorb::{
    data::{self, Mapping, Problems, Severity, Table, bundled, bundled::Rows},
    report::{Excluded, InputInfo, SIMULATED},
};

use crate::failure::Failure;

/// A table as the Python side hands it over.
#[derive(FromPyObject)]
pub(crate) struct Raw {
    /// Its path, or what it is.
    pub(crate) name: String,
    /// The file, or the text that was made of a frame.
    pub(crate) content: Vec<u8>,
    /// The hash of the file.
    pub(crate) sha256: Option<String>,
    /// Whether a frame says that it is simulated.
    pub(crate) simulated: bool,
}

/// Studies and where they come from.
pub(crate) struct Source {
    pub(crate) table: Table,
    pub(crate) info: InputInfo,
    pub(crate) warnings: Vec<String>,
    simulated: bool,
}

/// What a result of simulated data says.
const SIMULATED_WORDS: &str = "simulated data, not real studies";

impl Raw {
    fn is_simulated(&self) -> bool {
        self.simulated || self.content.starts_with(SIMULATED.as_bytes())
    }

    /// What a result says about the data; of a table that cannot be used only where it came from.
    pub(crate) fn info(&self, table: Option<&Table>) -> InputInfo {
        let excluded = table.map_or(&[][..], |table| &table.excluded).iter().map(|row| Excluded {
            row: row.row,
            label: row.label.clone(),
            reason: row.reason.phrase(),
        });
        let source = if self.is_simulated() {
            format!("{} ({SIMULATED_WORDS})", self.name)
        } else {
            self.name.clone()
        };
        InputInfo {
            source,
            sha256: self.sha256.clone(),
            rows: table.map_or(0, |table| table.rows),
            used: table.map_or(0, |table| table.used),
            excluded: excluded.collect(),
        }
    }
}

impl Source {
    /// Reads a table of studies.
    pub(crate) fn read(raw: &Raw, mapping: &Mapping) -> Result<Self, Failure> {
        let own = bundled::find(&raw.name).filter(|own| own.csv.as_bytes() == raw.content);
        if let Some(dataset) = own.filter(|own| own.rows == Rows::Reviews) {
            return Err(Failure::with_help(
                format!("{} holds the results of reviews, not studies", dataset.name),
                format!(
                    "reviews share studies, so that pooling them counts patients twice; \
                     `resorb datasets show {}` says what the data are for",
                    dataset.name
                ),
            ));
        }
        let unusable = |problems: Problems| Failure::Table { name: raw.name.clone(), problems };
        let table = data::read(&raw.content, mapping).map_err(unusable)?;
        let warnings = table.notes.at_least(Severity::Warning);
        let warnings = warnings.iter().map(|warning| format!("{}: {warning}", raw.name));
        Ok(Self {
            warnings: warnings.collect(),
            info: raw.info(Some(&table)),
            simulated: raw.is_simulated(),
            table,
        })
    }

    /// What a figure of these data must say under itself.
    pub(crate) fn footnote(&self) -> Option<&'static str> {
        self.simulated.then_some(SIMULATED_WORDS)
    }
}
