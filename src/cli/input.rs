//! Opens what DATA names: a file, standard input or a bundled data set.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::data::bundled::{self, Dataset};
use crate::study::nearest;

/// The bytes of a table and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file as it is.
    pub bytes: Cow<'static, [u8]>,
    /// Its path, `standard input`, or the name of the bundled data set.
    pub source_name: String,
    /// The bundled data set that it is.
    pub bundled: Option<&'static Dataset>,
}

/// Why DATA cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Neither a file nor a bundled data set.
    #[error("there is no file or bundled data set `{}`{}", name.display(), meant(nearest.as_deref()))]
    NotFound {
        /// What was given.
        name: PathBuf,
        /// The file or data set probably meant.
        nearest: Option<String>,
    },
    /// A directory.
    #[error("`{}` is a directory; give a file{}", name.display(), within(tables))]
    Directory {
        /// What was given.
        name: PathBuf,
        /// Files in it that may be tables.
        tables: Vec<String>,
    },
    /// A file that cannot be read.
    #[error("`{}` cannot be read: {error}; check its permissions", name.display())]
    Unreadable {
        /// What was given.
        name: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
}

/// Opens a path, `-` for standard input, or a bundled data set by name; an existing path wins.
///
/// # Errors
/// [`OpenError`], with the nearest name where there is no such file.
pub fn open(data: &Path) -> Result<Input, OpenError> {
    let unreadable = |error| OpenError::Unreadable { name: data.to_owned(), error };
    if data == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        return Ok(Input {
            bytes: bytes.into(),
            source_name: "standard input".to_owned(),
            bundled: None,
        });
    }
    if data.is_dir() {
        return Err(OpenError::Directory { name: data.to_owned(), tables: tables(data) });
    }
    match std::fs::read(data) {
        Ok(bytes) => {
            let source_name = data.display().to_string();
            Ok(Input { bytes: bytes.into(), source_name, bundled: None })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => bundled(data),
        Err(error) => Err(unreadable(error)),
    }
}

fn bundled(data: &Path) -> Result<Input, OpenError> {
    if let Some(dataset) = data.to_str().and_then(bundled::find) {
        let bytes = Cow::Borrowed(dataset.csv.as_bytes());
        return Ok(Input { bytes, source_name: dataset.name.to_owned(), bundled: Some(dataset) });
    }
    Err(OpenError::NotFound { name: data.to_owned(), nearest: suggestion(data) })
}

/// The file of the same directory, or the bundled data set, whose name is nearest.
fn suggestion(data: &Path) -> Option<String> {
    let name = data.file_name()?.to_string_lossy();
    let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty());
    let files = names(parent.unwrap_or(Path::new(".")));
    let own = bundled::ALL.iter().map(|dataset| dataset.name).filter(|_| parent.is_none());
    let found = nearest(&name, own.chain(files.iter().map(String::as_str)))?;
    let path = parent.map(|parent| parent.join(found).display().to_string());
    Some(path.unwrap_or_else(|| found.to_owned()))
}

/// The names of the files of a directory, sorted; none when it cannot be listed.
fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_unstable();
    names
}

fn tables(directory: &Path) -> Vec<String> {
    let is_table = |name: &String| {
        let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase());
        extension.is_some_and(|e| ["csv", "tsv", "txt", "xlsx"].contains(&e.as_str()))
    };
    names(directory).into_iter().filter(is_table).take(5).collect()
}

fn meant(nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => "; check the path, or see the names with `resorb datasets`".to_owned(),
    }
}

fn within(tables: &[String]) -> String {
    match tables {
        [] => String::new(),
        _ => format!(" of it, such as {}", tables.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::open;

    #[test]
    fn a_bundled_name_opens_unless_a_file_is_called_so() {
        let input = open(Path::new("ldh_resorption")).unwrap();
        assert_eq!(input.source_name, "ldh_resorption");
        assert!(input.bytes.starts_with(b"study,year"));
    }

    #[test]
    fn a_path_opens_as_it_is() {
        let input = open(Path::new("datasets/ldh_resorption.csv")).unwrap();
        assert_eq!(input.source_name, "datasets/ldh_resorption.csv");
    }

    #[test]
    fn what_cannot_be_opened_says_what_to_do() {
        let message = |path: &str| open(Path::new(path)).unwrap_err().to_string();
        assert_eq!(
            message("ldh_resorbtion"),
            "there is no file or bundled data set `ldh_resorbtion`; did you mean `ldh_resorption`?"
        );
        assert_eq!(
            message("datasets/ldh_predictor.csv"),
            "there is no file or bundled data set `datasets/ldh_predictor.csv`; did you mean \
             `datasets/ldh_predictors.csv`?"
        );
        assert!(message("datasets").starts_with(
            "`datasets` is a directory; give a file of it, such as ldh_predictors.csv, "
        ));
        assert!(message("nowhere/at/all.csv").ends_with("see the names with `resorb datasets`"));
    }
}
