//! `resorb sensitivity`: how much of the result hangs on single studies.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, DataFile, OutputArgs, SaveArgs, SettingsArgs},
    choice::Choice,
    destination::{Destination, replace},
    failure::Failure,
    progress::Progress,
    source::{self, Source},
    values::described,
};
use crate::{
    analysis::{Order, Resampling, sensitivity_telling},
    plan::{Choices, SensitivityPlan},
    report,
};

const EXAMPLES: &str = "\
Examples:
  resorb sensitivity studies.csv
  resorb sensitivity studies.csv --cumulative year --above 0.7
  resorb sensitivity studies.csv --whole-studies -o sensitivity.json
  resorb sensitivity studies.csv --bootstrap studies --resamples 1999 --seed 7";

/// Leave out, add up, resample: what the result hangs on
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_arg("digits", |option| option.hide_short_help(true)),
    mut_arg("study_ci", |option| option.hide_short_help(true)),
    mut_arg("tau2_ci", |option| option.hide_short_help(true)),
    mut_arg("year", |option| option.hide_short_help(true)),
    mut_arg("link", |option| option.hide_short_help(true))
)]
pub(super) struct Sensitivity {
    #[command(flatten)]
    file: DataFile,

    /// Order in which studies come in: data, name, size or a column
    #[arg(
        long,
        value_name = "ORDER",
        help_heading = "Sensitivity",
        long_help = "Order in which studies come into the cumulative analysis: data (as in the \
                     file), name, size (the largest first), or the name of a column, such as year \
                     [default: data]"
    )]
    cumulative: Option<Order>,

    /// Leave out all rows of a study at a time
    #[arg(long, help_heading = "Sensitivity", hide_short_help = true)]
    whole_studies: bool,

    /// Chance of a rate above RATE in a new study
    #[arg(
        long,
        value_name = "RATE",
        help_heading = "Sensitivity",
        long_help = "A rate from 0 to 1: how likely a new study has a true rate above it, and which \
                     share of all settings has"
    )]
    above: Option<f64>,

    /// Bootstrap intervals: parametric or studies
    #[arg(
        long, value_name = "HOW", ignore_case = true, hide_possible_values = true,
        help_heading = "Sensitivity",
        long_help = described::<Resampling>(
            "Bootstrap intervals of the rate, τ², I² and the prediction limits"
        )
    )]
    bootstrap: Option<Resampling>,

    /// Resamples of the bootstrap [default: 999]
    #[arg(long, value_name = "COUNT", help_heading = "Sensitivity", hide_short_help = true)]
    resamples: Option<u32>,

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

/// Resamples unless said otherwise.
const RESAMPLES: u32 = SensitivityPlan::RESAMPLES;

/// With fewer the outer quantiles mean little.
const FEWEST: u32 = 100;

impl From<&Sensitivity> for SensitivityPlan {
    fn from(args: &Sensitivity) -> Self {
        Self {
            cumulative: args.cumulative.clone().unwrap_or_default(),
            whole_studies: args.whole_studies,
            above: args.above,
            bootstrap: args.bootstrap,
            resamples: args.resamples,
        }
    }
}

impl Sensitivity {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(Some(&self.file.data))?;
        if self.resamples.is_some() && self.bootstrap.is_none() {
            return Err(Failure::Usage {
                message: "`--resamples` belongs to a bootstrap, and none is asked for".to_owned(),
                help: "add --bootstrap parametric or --bootstrap studies".to_owned(),
            });
        }
        if let Some(few) = self.resamples.filter(|&resamples| resamples < FEWEST) {
            return Err(Failure::Usage {
                message: format!(
                    "`--resamples {few}` is too few: the limits are quantiles of the resamples, and below {FEWEST} they are left to chance"
                ),
                help: format!("give {FEWEST} or more, such as --resamples {RESAMPLES}"),
            });
        }
        let choice = Choice::try_from(&self.settings)?;
        let mut destination = Destination::try_from(&self.output)?;
        destination.style.model_remark =
            choice.selected_by.map(|option| format!("selected by {option}"));
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let choice = Choice::suited(&self.settings, &table)?;
        let part = SensitivityPlan::from(self);
        let mut progress = Progress::new();
        let mut tell = |done, total| progress.tell(done, total);
        let answer =
            sensitivity_telling(&table.studies, &choice.settings, &part.options(), &mut tell)?;
        drop(progress);
        destination.write(|mut out| {
            report::write_sensitivity(
                &mut out,
                &answer,
                &info,
                destination.format,
                &destination.style,
            )
        })?;
        self.data_out.as_ref().map_or(Ok(()), |path| {
            replace(path, |mut out| Ok(report::write_sensitivity_csv(&mut out, &answer)?))
        })?;
        let (read, settings) = ((&*self.file.data, &self.reading), Choices::from(&choice.settings));
        self.save.write(read, settings, &self.output, |plan| plan.sensitivity = Some(part))
    }
}
