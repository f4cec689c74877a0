//! `resorb gosh`: the result of every subset of the studies.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, DataFile, OutputArgs, SaveArgs, SettingsArgs},
    bias::{two_step, two_step_for},
    destination::{Destination, replace},
    failure::{Failure, say},
    progress::Progress,
    source::{self, Source},
    values::described,
};
use crate::{
    analysis::{Sampling, gosh},
    model::pool,
    plan::{Choices, GoshPlan},
    report::{self, GoshSummary},
};

const EXAMPLES: &str = "\
Examples:
  resorb gosh studies.csv
  resorb gosh studies.csv --tau2 DL --data-out subsets.csv
  resorb gosh studies.csv --budget 100000 --sampling sizes --seed 7
  resorb gosh studies.csv --common-effect -o gosh.json";

/// Pool every subset of the studies
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_arg("study_ci", |option| option.hide_short_help(true)),
    mut_arg("link", |option| option.hide_short_help(true)),
    mut_arg("ci", |option| option.hide_short_help(true))
)]
pub(super) struct Gosh {
    #[command(flatten)]
    file: DataFile,

    #[command(flatten)]
    subsets: Subsets,

    /// Write the numbers behind the figure to a CSV file
    #[arg(long, value_name = "FILE", help_heading = "Output", hide_short_help = true)]
    data_out: Option<PathBuf>,

    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    save: SaveArgs,
}

/// Which subsets are pooled, and how.
#[derive(Args, Clone, Debug)]
pub(super) struct Subsets {
    /// Pool subsets by the common-effect model
    #[arg(long, help_heading = "Subsets")]
    common_effect: bool,

    /// Most subsets [default: 4194304]
    #[arg(
        long,
        value_name = "COUNT",
        help_heading = "Subsets",
        long_help = "All subsets are pooled when there are at most this many, else a sample \
                     [default: 4194304, the subsets of 22 studies]"
    )]
    budget: Option<u64>,

    /// Size of a sample of subsets [default: 1000000]
    #[arg(
        long,
        value_name = "COUNT",
        help_heading = "Subsets",
        hide_short_help = true,
        long_help = "Size of the sample where there are more subsets than the budget; at most the \
                     budget [default: 1000000]"
    )]
    sample: Option<u64>,

    /// How a sample is drawn: subsets or sizes
    #[arg(
        long, value_name = "HOW", ignore_case = true, hide_possible_values = true,
        help_heading = "Subsets", hide_short_help = true,
        long_help = described::<Sampling>("How a sample of subsets is drawn [default: subsets]")
    )]
    sampling: Option<Sampling>,
}

impl From<&Subsets> for GoshPlan {
    fn from(args: &Subsets) -> Self {
        Self {
            common_effect: args.common_effect,
            budget: args.budget,
            sample: args.sample,
            sampling: args.sampling.unwrap_or_default(),
        }
    }
}

impl Gosh {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(Some(&self.file.data))?;
        let choice = two_step(&self.settings, "a sweep over subsets")?;
        if self.settings.ci.is_some() || self.settings.prediction.is_some() {
            say("subsets are pooled to points: --ci and --prediction change nothing here\n");
        }
        let mut destination = Destination::try_from(&self.output)?;
        destination.style.model_remark =
            choice.selected_by.map(|option| format!("selected by {option}"));
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let choice = two_step_for(&self.settings, Some(&table), "a sweep over subsets")?;
        let fit = pool(&table.studies, &choice.settings)?;
        let part = GoshPlan::from(&self.subsets);
        let options = part.options(&choice.settings);
        let mut progress = Progress::new();
        let subsets = gosh(&table.studies, &choice.settings, &options, &mut |done, total| {
            progress.tell(done, total);
        })?;
        drop(progress);
        let summary = GoshSummary::new(&fit, &subsets, options.sampling);
        destination.write(|mut out| {
            report::write_gosh(&mut out, &summary, &info, destination.format, &destination.style)
        })?;
        self.data_out.as_ref().map_or(Ok(()), |path| {
            replace(path, |mut out| Ok(report::write_gosh_csv(&mut out, &subsets)?))
        })?;
        let (read, settings) = ((&*self.file.data, &self.reading), Choices::from(&choice.settings));
        self.save.write(read, settings, &self.output, |plan| plan.gosh = Some(part))
    }
}
