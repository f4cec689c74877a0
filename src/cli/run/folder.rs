//! The folder of results: what may be replaced, and what became of it since.

use std::{
    fmt, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::manifest::{Manifest, NAME};
use crate::cli::{destination::replace as replace_file, failure::Failure, source::hex};

/// A file that is to be written.
#[derive(Clone, Debug)]
pub(super) struct Output {
    /// Its name in the folder.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Output {
    pub(super) fn text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }
}

/// What became of a file since it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Missing,
    ChangedByHand,
    OutOfDate,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::ChangedByHand => "changed by hand",
            Self::OutOfDate => "out of date",
        })
    }
}

/// Two results of one name would overwrite each other.
pub(super) fn refuse_twins(made: &[Output]) -> Result<(), Failure> {
    let twin = made.iter().enumerate().find(|(i, output)| {
        let name = |other: &Output| other.name.eq_ignore_ascii_case(&output.name);
        made.iter().take(*i).any(name) || output.name == NAME
    });
    twin.map_or(Ok(()), |(_, output)| {
        Err(Failure::Usage {
            message: format!("two results would be written to `{}`", output.name),
            help: "give the figures different names, as in name = \"forest-by-type\"".to_owned(),
        })
    })
}

/// Replaces the results of the last run by new ones; the manifest comes last. Files that are not of the
/// last manifest are never touched, and one in the way stops everything before anything is written.
///
/// Returns what was done in words, and the results that had been changed by hand.
pub(super) fn replace(
    folder: &Path,
    made: &[Output],
    last: Option<&Manifest>,
) -> Result<(String, Vec<String>), Failure> {
    let mut changed = Vec::new();
    let mut same = 0;
    for output in made.iter().filter(|output| output.name != NAME) {
        let Some(there) = content(&folder.join(&output.name))? else { continue };
        if there == output.bytes {
            same += 1;
        }
        match last.and_then(|last| last.sha256(&output.name)) {
            Some(written) if there != output.bytes && written != hex(&there) => {
                changed.push(output.name.clone());
            }
            None if there != output.bytes => {
                return Err(Failure::Usage {
                    message: format!(
                        "`{}` exists already and is no result of this analysis file",
                        folder.join(&output.name).display()
                    ),
                    help: "move it away, or name another folder in [output]".to_owned(),
                });
            }
            _ => {}
        }
    }
    let failed = |source| Failure::Output { path: folder.to_owned(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    for output in made {
        let path = folder.join(&output.name);
        if content(&path)?.as_ref() != Some(&output.bytes) {
            let failed = |source| Failure::Output { path: path.clone(), source };
            replace_file(&path, |out| out.write_all(&output.bytes).map_err(failed))?;
        }
    }
    let removed = remove_former(folder, made, last)?;
    let count = made.len() - 1;
    let results = if count == 1 { "result" } else { "results" };
    let before = if same > 0 { format!(", {same} of them as before") } else { String::new() };
    let gone =
        if removed > 0 { format!("; {removed} of the last run removed") } else { String::new() };
    let words = format!("{count} {results}{before}{gone}");
    Ok((words, changed))
}

/// Removes results of the last run that this one does not have, unless somebody changed them.
fn remove_former(
    folder: &Path,
    made: &[Output],
    last: Option<&Manifest>,
) -> Result<usize, Failure> {
    let mut removed = 0;
    for former in last.iter().flat_map(|last| &last.outputs) {
        // A manifest that was tampered with must not reach outside its folder.
        let plain = Path::new(&former.file).file_name() == Some(former.file.as_ref());
        let gone = !made.iter().any(|output| output.name == former.file);
        let path = folder.join(&former.file);
        let own = plain && content(&path)?.is_some_and(|there| hex(&there) == former.sha256);
        if gone && own {
            fs::remove_file(&path)
                .map_err(|source| Failure::Output { path: path.clone(), source })?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// The results that are not what they were written as, or that are out of date.
pub(super) fn states(
    folder: &Path,
    last: &Manifest,
    stale: bool,
) -> Result<Vec<(String, State)>, Failure> {
    let mut states = Vec::new();
    for entry in &last.outputs {
        let state = match content(&folder.join(&entry.file))? {
            None => Some(State::Missing),
            Some(there) if hex(&there) != entry.sha256 => Some(State::ChangedByHand),
            Some(_) => stale.then_some(State::OutOfDate),
        };
        states.extend(state.map(|state| (entry.file.clone(), state)));
    }
    Ok(states)
}

/// The content of a file, if there is one.
fn content(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(source) => Err(Failure::Output { path: PathBuf::from(path), source }),
    }
}
