//! What `resorb` says without a command, and to a file where a command belongs.

use std::{
    ffi::OsStr,
    io::{self, Write},
    path::Path,
};

use crate::data::bundled;

/// A dozen lines with three commands to try.
pub(super) fn write(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\
resorb {}: meta-analysis of the rates that studies report

Three commands to try:

  resorb pool                pool the bundled studies of lumbar disc herniation
  resorb pool studies.csv    pool your own: one row for each study, with columns
                             such as study, events and total
  resorb explain glmm        what a word in the result means

`resorb check studies.csv` says what is wrong with a file, `resorb datasets`
lists the bundled data, and `resorb --help` shows everything else.",
        env!("CARGO_PKG_VERSION")
    )
}

/// Whether a word in the place of a command was meant as data.
pub(super) fn looks_like_data(word: &OsStr) -> bool {
    let path = Path::new(word);
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    word == "-"
        || word.to_str().is_some_and(|name| bundled::find(name).is_some())
        || path.is_file()
        || ["csv", "tsv", "txt", "xlsx"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
