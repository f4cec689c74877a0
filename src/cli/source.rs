//! From DATA and its options to studies, with what a result says about where they come from.

use std::{fmt::Write, io, path::Path};

use sha2::{Digest, Sha256};

use super::{
    args::DataArgs,
    destination::colour,
    diagnostics,
    failure::{Failure, say},
    input::{self, Input, STANDARD_INPUT},
};
use crate::{
    data::{self, Mapping, Problems, Severity, Table, bundled::Rows},
    report::{Excluded, InputInfo, SIMULATED},
};

/// The bundled data that stand in where DATA is not given.
pub(super) const LUMBAR: &str = "ldh_resorption";

/// Studies and where they come from.
pub(super) struct Source {
    pub(super) table: Table,
    pub(super) info: InputInfo,
}

/// A file as it was read, and what to call a copy of it.
pub(super) struct Copy {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Opens and reads DATA, the bundled lumbar data without it; warnings and notes go to standard error.
pub(super) fn read(data: Option<&Path>, args: &DataArgs) -> Result<Source, Failure> {
    let (data, mapping) = (data.unwrap_or(Path::new(LUMBAR)), Mapping::from(args));
    if args.quiet { read_input(&open(data)?, &mapping) } else { read_as(data, &mapping) }
}

/// Opens and reads DATA as `mapping` says.
pub(super) fn read_as(data: &Path, mapping: &Mapping) -> Result<Source, Failure> {
    Ok(read_and_copy(data, mapping)?.0)
}

/// The same, with what was read.
pub(super) fn read_and_copy(data: &Path, mapping: &Mapping) -> Result<(Source, Copy), Failure> {
    let input = open(data)?;
    let source = read_input(&input, mapping)?;
    source.tell(&input.source_name);
    let copy = Copy::of(data, input);
    Ok((source, copy))
}

impl Copy {
    /// Of DATA as it was opened.
    pub(super) fn of(data: &Path, input: Input) -> Self {
        let name = data.file_name().filter(|_| input.source_name != STANDARD_INPUT);
        let name = name.and_then(|name| name.to_str()).unwrap_or("data.csv");
        let extended = Path::new(name).extension().is_some();
        Self {
            name: if extended { name.to_owned() } else { format!("{name}.csv") },
            bytes: input.bytes.into_owned(),
        }
    }
}

/// Reads what was opened, without a word about warnings and notes.
pub(super) fn read_input(input: &Input, mapping: &Mapping) -> Result<Source, Failure> {
    if let Some(dataset) = input.bundled.filter(|dataset| dataset.rows == Rows::Reviews) {
        return Err(Failure::Usage {
            message: format!("{} holds the results of reviews, not studies", dataset.name),
            help: format!(
                "reviews share studies, so that pooling them counts patients twice; \
                 `resorb datasets show {}` says what the data are for",
                dataset.name
            ),
        });
    }
    let render = |problems: &Problems| {
        diagnostics::render(problems, &input.source_name, colour(&io::stderr()))
    };
    let table =
        data::read(&input.bytes, mapping).map_err(|problems| Failure::Input(render(&problems)))?;
    let info = info(input, Some(&table));
    Ok(Source { table, info })
}

/// Shows warnings, and counts notes: what they say is for `resorb check`.
fn report_notes(found: &Problems, name: &str) {
    let warnings = found.at_least(Severity::Warning);
    if !warnings.is_empty() {
        say(&diagnostics::render(&warnings, name, colour(&io::stderr())));
    }
    let plain = name.chars().all(|c| c.is_alphanumeric() || "_-./".contains(c));
    let file = match name {
        STANDARD_INPUT => "FILE".to_owned(),
        _ if plain => name.to_owned(),
        _ => format!("\"{name}\""),
    };
    match found.count_of(Severity::Note) {
        0 => {}
        1 => say(&format!("{name}: 1 note; see it with `resorb check {file}`\n")),
        notes => say(&format!("{name}: {notes} notes; see them with `resorb check {file}`\n")),
    }
}

/// Opens DATA, or says in a reader's words why not.
pub(super) fn open(data: &Path) -> Result<Input, Failure> {
    input::open(data).map_err(Failure::Open)
}

/// What a result says about its data; of a table that cannot be used only where it came from.
pub(super) fn info(input: &Input, table: Option<&Table>) -> InputInfo {
    let excluded = table.map_or(&[][..], |table| &table.excluded).iter().map(|row| Excluded {
        row: row.row,
        label: row.label.clone(),
        reason: row.reason.phrase(),
    });
    InputInfo {
        source: named(input),
        sha256: Some(hex(&input.bytes)),
        rows: table.map_or(0, |table| table.rows),
        used: table.map_or(0, |table| table.used),
        excluded: excluded.collect(),
    }
}

/// The name of the data; those that are simulated never go without saying so.
fn named(input: &Input) -> String {
    let simulated = input.bytes.starts_with(SIMULATED.as_bytes());
    let name = &input.source_name;
    if simulated { format!("{name} ({SIMULATED_WORDS})") } else { name.clone() }
}

/// What a result of simulated data says.
const SIMULATED_WORDS: &str = "simulated data, not real studies";

impl Source {
    /// Shows warnings and counts notes.
    pub(super) fn tell(&self, name: &str) {
        report_notes(&self.table.notes, name);
    }

    /// What a figure of these data must say under itself.
    #[cfg(feature = "plot")]
    pub(super) fn footnote(&self) -> Option<&'static str> {
        self.info.source.ends_with(&format!("({SIMULATED_WORDS})")).then_some(SIMULATED_WORDS)
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    /// FIPS 180-2, appendix B.1.
    #[test]
    fn sha_256_of_abc() {
        assert_eq!(
            super::hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
