//! `resorb compare-tools`: what other tools print for the same table, and why.

use clap::Args;

use super::{
    args::{DataArgs, DataFile, OutputArgs},
    destination::Destination,
    failure::Failure,
    source::{self, Source},
};
use crate::{analysis::compare_tools, report};

const EXAMPLES: &str = "\
Examples:
  resorb compare-tools studies.csv
  resorb compare-tools ldh_resorption -o tools.json";

/// Say why tools print different numbers for a table
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct CompareTools {
    #[command(flatten)]
    file: DataFile,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl CompareTools {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let destination = Destination::try_from(&self.output)?;
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let tools = compare_tools(&table.studies)?;
        destination.write(|mut out| {
            report::write_compared(&mut out, &tools, &info, destination.format, &destination.style)
        })
    }
}
