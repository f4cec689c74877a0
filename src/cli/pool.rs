//! `resorb pool`: the pooled rate of a table of counts.

use std::path::Path;

use clap::Args;

use super::{
    args::{DataArgs, DataFileOrBundled, OutputArgs, SaveArgs, SettingsArgs},
    choice,
    destination::Destination,
    failure::{Failure, say},
    progress::Waiting,
    source::{self, Source},
};
use crate::{
    plan::{Choices, PoolPlan},
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
    #[command(flatten)]
    file: DataFileOrBundled,
    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Leave out the block "the same data, other methods"
    #[arg(long, help_heading = "Analysis")]
    no_alternatives: bool,
    /// Permutation test with at most COUNT permutations
    #[arg(
        long, value_name = "COUNT", hide_short_help = true, help_heading = "Analysis",
        value_parser = clap::value_parser!(u32).range(1..=10_000_000),
        long_help = "Permutation test of the pooled value (two-step) against --null: the signs of \
                     the differences from it are dealt anew; exact where all 2^k changes are at \
                     most COUNT, else COUNT sampled ones, with --seed"
    )]
    permutations: Option<u32>,
    /// Rate that means no effect, for methods that need one
    #[arg(
        long,
        value_name = "RATE",
        hide_short_help = true,
        help_heading = "Analysis",
        requires = "permutations",
        long_help = "A rate from 0 to 1 that means no effect, which --permutations tests against; a \
                     single proportion has none of its own"
    )]
    null: Option<f64>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    save: SaveArgs,
}

impl From<&Pool> for PoolPlan {
    fn from(args: &Pool) -> Self {
        let Pool { no_alternatives, permutations, null, .. } = *args;
        Self { no_alternatives, permutations, null }
    }
}

impl Pool {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(self.file.data.as_deref())?;
        let only = self.permutations.map(|_| "--permutations");
        choice::of_two_step(&self.settings, only, None)?;
        let mut destination = Destination::try_from(&self.output)?;
        let Source { table, mut info } = source::read(self.file.data.as_deref(), &self.reading)?;
        let (choice, selected) = choice::of_two_step(&self.settings, only, Some(&table))?;
        let preset = || self.settings.preset.map(|preset| format!("preset {}", preset.name()));
        destination.style.model_remark = selected.or_else(preset);
        let waiting = Waiting::new("pooling");
        let pooled = PoolPlan::from(self).run(&table.studies, &choice.settings);
        drop(waiting);
        let pooled = pooled?;
        let machine = matches!(destination.format, Format::Json | Format::Csv);
        if self.file.data.is_none() && machine {
            say("no DATA was given: these are the bundled lumbar data\n");
        } else if self.file.data.is_none() {
            info.source = format!("bundled lumbar data {}", info.source);
        }
        destination.write(|mut out| {
            report::write(&mut out, &pooled, &info, destination.format, &destination.style)
        })?;
        let data = self.file.data.as_deref().unwrap_or(Path::new(source::LUMBAR));
        let settings = Choices::from(&choice.settings);
        self.save.write((data, &self.reading), settings, &self.output, |plan| {
            plan.pool = Some(PoolPlan::from(self));
        })
    }
}
