//! `resorb bias`: small-study effects and what the result would be without them.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, DataFile, OutputArgs, SaveArgs, SettingsArgs},
    choice::Choice,
    destination::{Destination, replace},
    failure::Failure,
    source::{self, Source},
    values::{ModelKind, described},
};
use crate::{
    analysis::small_study::{Direction, Side, bias},
    data::Table,
    plan::{BiasPlan, Choices},
    report,
};

const EXAMPLES: &str = "\
Examples:
  resorb bias studies.csv
  resorb bias studies.csv --measure PAS --side left -o bias.json
  resorb bias studies.csv --null 0.5 --cut-points 0.025,0.5
  resorb bias studies.csv --above 0.7";

/// Funnel asymmetry, trim and fill, selection models
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_arg("study_ci", |option| option.hide_short_help(true)),
    mut_arg("link", |option| option.hide_short_help(true))
)]
pub(super) struct Bias {
    #[command(flatten)]
    file: DataFile,

    /// Rate that means no effect, for methods that need one
    #[arg(
        long,
        value_name = "RATE",
        help_heading = "Small studies",
        long_help = "A rate from 0 to 1 that means no effect. Selection models, fail-safe N and \
                     excess significance ask which studies differ from it; a single proportion has \
                     none of its own, and without this option they are left out"
    )]
    null: Option<f64>,

    /// Side on which studies are missing [default: detected]
    #[arg(
        long, value_name = "SIDE", ignore_case = true, hide_possible_values = true,
        help_heading = "Small studies", hide_short_help = true,
        long_help = described::<Side>(
            "Side of the funnel on which trim and fill takes studies to be missing [default: \
             detected by the slope of the effects on their standard errors]"
        )
    )]
    side: Option<Side>,

    /// Cut points of the step function [default: 0.025]
    #[arg(
        long,
        value_name = "P,P",
        value_delimiter = ',',
        help_heading = "Small studies",
        hide_short_help = true,
        long_help = "One-sided p values, ascending, at which the step function of the selection \
                     model changes [default: 0.025]"
    )]
    cut_points: Vec<f64>,

    /// Studies more likely seen: greater or less than --null
    #[arg(
        long, value_name = "SIDE", ignore_case = true, hide_possible_values = true,
        help_heading = "Small studies", hide_short_help = true,
        long_help = described::<Direction>(
            "Which studies selection models take to be more likely seen [default: greater]"
        )
    )]
    direction: Option<Direction>,

    /// Chance of a rate above RATE in a new study
    #[arg(
        long,
        value_name = "RATE",
        help_heading = "Small studies",
        hide_short_help = true,
        long_help = "A rate from 0 to 1: how likely a new study has a true rate above it, and which \
                     share of all settings has"
    )]
    above: Option<f64>,

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

impl From<&Bias> for BiasPlan {
    fn from(args: &Bias) -> Self {
        Self {
            null: args.null,
            side: args.side,
            cut_points: args.cut_points.clone(),
            direction: args.direction.unwrap_or_default(),
            above: args.above,
        }
    }
}

impl Bias {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(Some(&self.file.data))?;
        let choice = two_step(&self.settings, "a funnel")?;
        if self.null.is_none() && (self.direction.is_some() || !self.cut_points.is_empty()) {
            return Err(Failure::Usage {
                message: "`--cut-points` and `--direction` belong to selection models, which need a null value".to_owned(),
                help: "add --null with the rate that means no effect, such as --null 0.5".to_owned(),
            });
        }
        let mut destination = Destination::try_from(&self.output)?;
        destination.style.model_remark =
            choice.selected_by.map(|option| format!("selected by {option}"));
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let choice = two_step_for(&self.settings, Some(&table), "a funnel")?;
        let part = BiasPlan::from(self);
        let answer = bias(&table.studies, &choice.settings, &part.options())?;
        destination.write(|mut out| {
            report::write_bias(&mut out, &answer, &info, destination.format, &destination.style)
        })?;
        self.data_out.as_ref().map_or(Ok(()), |path| {
            replace(path, |mut out| Ok(report::write_bias_csv(&mut out, &answer)?))
        })?;
        let (read, settings) = ((&*self.file.data, &self.reading), Choices::from(&choice.settings));
        self.save.write(read, settings, &self.output, |plan| plan.bias = Some(part))
    }
}

/// The choices of a command that pools effects: the two-step model unless another is asked for, which
/// is refused.
pub(super) fn two_step(args: &SettingsArgs, what: &str) -> Result<Choice, Failure> {
    two_step_for(args, None, what)
}

/// The same once the table is known.
pub(super) fn two_step_for(
    args: &SettingsArgs,
    table: Option<&Table>,
    what: &str,
) -> Result<Choice, Failure> {
    let mut args = args.clone();
    let typed = args.model.is_some() || args.preset.is_some();
    if !typed {
        args.model = Some(ModelKind::TwoStep);
    }
    let choice = match table {
        Some(table) => Choice::suited(&args, table)?,
        None => Choice::try_from(&args)?,
    };
    if matches!(choice.settings.model, crate::model::Model::TwoStep(_)) {
        return Ok(choice);
    }
    Err(Failure::Usage {
        message: format!(
            "{what} needs effects with standard errors, which only the two-step model has"
        ),
        help: "leave out --model or the preset, or use --model two-step".to_owned(),
    })
}
