//! `resorb predictors`: each predictor of a table pooled on its own.

use clap::Args;

use super::{
    args::{AnalysisArgs, DataFile, brief},
    choice::Choice,
    destination::Destination,
    failure::Failure,
    source::{self, Source},
};
use crate::{
    data::Mapping,
    plan::{Choices, PredictorsPlan},
    report,
};

const EXAMPLES: &str = "\
Examples:
  resorb predictors ldh_predictors --by predictor
  resorb predictors ldh_predictors --by predictor --baseline 0.35
  resorb predictors studies.csv --by marker --measure RR -o predictors.json";

/// What `-h` shows.
const BRIEF: &[&str] = &[
    "help",
    "by",
    "baseline",
    "study",
    "kind",
    "filters",
    "exclude_study",
    "missing",
    "model",
    "measure",
    "tau2",
    "ci",
    "prediction",
    "level",
    "format",
    "output",
];

/// Pool each predictor on its own: which, how strong, how certain
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES,
    mut_args(|arg| brief(arg, BRIEF))
)]
pub(super) struct Predictors {
    #[command(flatten)]
    file: DataFile,

    /// Column that names the predictor
    #[arg(long, value_name = "COL", help_heading = "Predictors")]
    by: String,

    /// Risk of the unexposed at which absolute differences are stated
    #[arg(
        long,
        value_name = "RISK",
        help_heading = "Predictors",
        long_help = "Risk of the unexposed, from 0 to 1, at which risks, absolute differences and \
                     numbers needed are stated"
    )]
    baseline: Option<f64>,

    #[command(flatten)]
    shared: AnalysisArgs,
}

impl Predictors {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.shared.save.ready(Some(&self.file.data))?;
        Choice::try_from(&self.shared.settings)?;
        let destination = Destination::try_from(&self.shared.output)?;
        let mapping =
            Mapping { grouping: Some(self.by.clone()), ..Mapping::from(&self.shared.reading) };
        let Source { table, info } = source::read_as(&self.file.data, &mapping)?;
        let choice = Choice::suited(&self.shared.settings, &table)?;
        let part = PredictorsPlan { by: self.by.clone(), baseline: self.baseline };
        let answer = part.run(&table.studies, &choice.settings)?;
        destination.write(|mut out| {
            report::write_predictors(
                &mut out,
                &answer,
                &info,
                destination.format,
                &destination.style,
            )
        })?;
        let (read, settings) =
            ((&*self.file.data, &self.shared.reading), Choices::from(&choice.settings));
        self.shared
            .save
            .write(read, settings, &self.shared.output, |plan| plan.predictors.push(part))
    }
}
