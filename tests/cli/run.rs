//! Runs the program in a folder of its own, with nothing of the environment that changes output.

use std::{fs, path::PathBuf};

use assert_cmd::{Command, assert::Assert, cargo::cargo_bin_cmd};
use tempfile::TempDir;

/// A table without a fault.
pub(crate) const GOOD: &str = "\
study,year,events,total
Bush 1992,1992,64,84
Komori 1996,1996,35,77
Ahn 2000,2000,25,36
Cribb 2007,2007,14,15
";

/// A folder with files, in which the program runs.
pub(crate) struct Folder {
    folder: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A folder with one file.
    pub(crate) fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::new().and(name, content)
    }

    pub(crate) fn and(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of the files in it, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        command.current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Assert {
        self.command(arguments).assert()
    }
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("resorb");
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
        command.env_remove(variable);
    }
    command.args(arguments);
    command
}

pub(crate) fn run(arguments: &[&str]) -> Assert {
    command(arguments).assert()
}

pub(crate) fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

pub(crate) fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// What a reader sees of a run: the command, the exit code and both streams.
pub(crate) fn transcript(folder: &Folder, arguments: &[&str]) -> String {
    let ran = folder.run(arguments);
    let code = ran.get_output().status.code().unwrap();
    let line: Vec<String> = arguments
        .iter()
        .map(|word| if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() })
        .collect();
    let mut text = format!("$ resorb {}\nexit code {code}\n", line.join(" "));
    for (name, stream) in [("stdout", stdout(&ran)), ("stderr", stderr(&ran))] {
        if !stream.is_empty() {
            text.extend(["--- ", name, "\n", &stream]);
        }
    }
    text
}
