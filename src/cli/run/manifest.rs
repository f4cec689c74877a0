//! `manifest.json`: what results were made from, and what they were when they were written.

use std::{fs, io::ErrorKind, path::Path};

use serde::{Deserialize, Serialize};

use crate::cli::failure::Failure;

/// The schema that this program writes.
pub(super) const SCHEMA: &str = "resorb-manifest/1";

/// The file's name in the output folder.
pub(super) const NAME: &str = "manifest.json";

/// A file with the SHA-256 of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) file: String,
    pub(super) sha256: String,
}

/// The content of the file. It has no time and no path of a machine in it, so that its bytes repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) schema: String,
    /// The version of the program.
    pub(super) version: String,
    pub(super) seed: u64,
    /// The analysis file, by its content without comments.
    pub(super) plan: Entry,
    pub(super) data: Entry,
    pub(super) outputs: Vec<Entry>,
}

impl Manifest {
    /// The manifest of a folder, if there is one.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        let path = folder.join(NAME);
        let foreign = |what: String| Failure::Usage {
            message: format!("`{}` {what}", path.display()),
            help: "name another folder in [output], or move the file away".to_owned(),
        };
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(foreign(format!("cannot be read: {error}"))),
        };
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|_| foreign("is no manifest of this program".to_owned()))?;
        if manifest.schema == SCHEMA {
            Ok(Some(manifest))
        } else {
            Err(foreign(format!("has the schema {}, not {SCHEMA}", manifest.schema)))
        }
    }

    pub(super) fn text(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self).map_err(std::io::Error::from)?;
        Ok(text + "\n")
    }

    /// What a file was when it was written.
    pub(super) fn sha256(&self, name: &str) -> Option<&str> {
        self.outputs.iter().find(|entry| entry.file == name).map(|entry| entry.sha256.as_str())
    }
}
