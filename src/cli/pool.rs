//! `resorb pool`: the pooled rate of a table of counts.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, OutputArgs, SettingsArgs},
    choice::Choice,
    destination::Destination,
    failure::{Failure, say},
    source::{self, Source},
};
use crate::{
    analysis,
    report::{self, Format},
};

const EXAMPLES: &str = "\
Examples:
  resorb pool studies.csv
  resorb pool studies.csv --events cured --total treated -o result.json
  resorb pool studies.csv --where \"year >= 2000\" --exclude-study \"Lee 2017\"
  resorb pool studies.csv --measure PFT --tau2 DL --inversion harmonic
  resorb pool studies.csv --preset cochrane-2025";

/// Pool the studies into one rate, with heterogeneity and a prediction interval
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES
)]
pub(super) struct Pool {
    /// CSV or .xlsx file, - for standard input, or a bundled data set
    #[arg(
        value_name = "DATA",
        long_help = "CSV or .xlsx file with one study a row, - for standard input, or the name of \
                     a bundled data set (see `resorb datasets`); an existing file wins. Without \
                     DATA the bundled lumbar data are pooled"
    )]
    data: Option<PathBuf>,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Leave out the block "the same data, other methods"
    #[arg(long, help_heading = "Analysis")]
    no_alternatives: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl Pool {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let choice = Choice::try_from(&self.settings)?;
        let mut destination = Destination::try_from(&self.output)?;
        let preset = || self.settings.preset.map(|preset| format!("preset {}", preset.name()));
        let selected = choice.selected_by.map(|option| format!("selected by {option}"));
        destination.style.model_remark = selected.or_else(preset);
        let Source { table, mut info } = source::read(self.data.as_deref(), &self.reading)?;
        let choice = Choice::suited(&self.settings, &table)?;
        let pooled = analysis::pooled(&table.studies, &choice.settings, !self.no_alternatives)?;
        let machine = matches!(destination.format, Format::Json | Format::Csv);
        if self.data.is_none() && machine {
            say("no DATA was given: these are the bundled lumbar data\n");
        } else if self.data.is_none() {
            info.source = format!("bundled lumbar data {}", info.source);
        }
        destination.write(|mut out| {
            report::write(&mut out, &pooled, &info, destination.format, &destination.style)
        })
    }
}
