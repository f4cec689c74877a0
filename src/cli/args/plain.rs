//! The output of commands that describe things and compute nothing.

use clap::Args;
use serde::Serialize;

use crate::cli::{destination::stdout, failure::Failure, values::described};

/// How a description is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) enum Plain {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

/// Options of a description.
#[derive(Args, Clone, Copy, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct PlainArgs {
    /// Format: table or json
    #[arg(
        long, value_name = "FORMAT", ignore_case = true, hide_possible_values = true,
        long_help = described::<Plain>("Format [default: table]")
    )]
    format: Option<Plain>,
}

impl PlainArgs {
    pub(in crate::cli) fn is_json(self) -> bool {
        self.format.unwrap_or_default() == Plain::Json
    }
}

/// The keys that every JSON document begins with, and what a command adds to them.
#[derive(Serialize)]
struct Document<T> {
    schema: &'static str,
    command: &'static str,
    version: &'static str,
    #[serde(flatten)]
    content: T,
}

/// Writes the JSON document of `command` to standard output.
pub(in crate::cli) fn json(command: &'static str, content: impl Serialize) -> Result<(), Failure> {
    let version = env!("CARGO_PKG_VERSION");
    let document = Document { schema: "resorb/1", command, version, content };
    stdout(|out| -> std::io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    })
}
