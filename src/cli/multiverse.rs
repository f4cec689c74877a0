//! `resorb multiverse`: every reasonable analysis of the same data.

use std::path::PathBuf;

use clap::Args;

use super::{
    args::{DataArgs, DataFile, GridArgs, OutputArgs, SaveArgs, brief},
    destination::{Destination, replace},
    failure::Failure,
    progress::Progress,
    source::{self, Source},
};
use crate::{
    analysis::{Grid, Multiverse, Printed, multiverse},
    plan::{Choices, GridPlan, MultiversePlan},
    report,
    study::Studies,
};

const EXAMPLES: &str = "\
Examples:
  resorb multiverse studies.csv
  resorb multiverse studies.csv --vary-by definition_class --vary-studies
  resorb multiverse studies.csv --holds 76.6% --data-out specifications.csv
  resorb multiverse studies.csv --families two-step,glmm --estimators REML,DL";

/// Carry out every reasonable analysis of the same data
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES, mut_args(|arg| brief(arg, SHORT)))]
pub(super) struct MultiverseCommand {
    #[command(flatten)]
    file: DataFile,

    #[command(flatten)]
    grid: GridArgs,

    /// Rate to look for in the intervals: 0.766 or 76.6%
    #[arg(long, value_name = "RATE", help_heading = "Grid")]
    holds: Option<String>,

    /// List every analysis in the JSON document
    #[arg(long, help_heading = "Output")]
    rows: bool,

    /// Write the numbers behind the figure to a CSV file
    #[arg(long, value_name = "FILE", help_heading = "Output", hide_short_help = true)]
    data_out: Option<PathBuf>,

    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    save: SaveArgs,
}

/// The options of `-h`.
const SHORT: &[&str] = &[
    "vary_by",
    "vary_where",
    "vary_studies",
    "families",
    "measures",
    "estimators",
    "intervals",
    "level",
    "holds",
    "rows",
    "data_out",
    "filters",
    "all_rows",
    "format",
    "output",
    "help",
];

/// The grid of `studies`, with a progress bar where it takes long.
pub(super) fn grid(studies: &Studies, args: &GridArgs) -> Result<Multiverse, Failure> {
    let mut progress = Progress::new();
    let level = args.level.unwrap_or_default();
    Ok(multiverse(studies, &Grid::from(args), level, &mut |done, total| {
        progress.tell(done, total);
    })?)
}

impl MultiverseCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(Some(&self.file.data))?;
        let destination = Destination::try_from(&self.output)?;
        let value = self
            .holds
            .as_deref()
            .map(Printed::rate)
            .transpose()
            .map_err(|error| Failure::Refused(error.to_string()))?;
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let all = grid(&table.studies, &self.grid)?;
        let summary = all.summary(value.map(Printed::value));
        destination.write(|mut out| {
            report::write_multiverse(
                &mut out,
                (&all, &summary),
                &info,
                (destination.format, self.rows),
                &destination.style,
            )
        })?;
        self.data_out.as_ref().map_or(Ok(()), |path| {
            replace(path, |mut out| Ok(report::write_multiverse_csv(&mut out, &all)?))
        })?;
        let read = (&*self.file.data, &self.reading);
        let settings = Choices { level: self.grid.level, ..Choices::default() };
        self.save.write(read, settings, &self.output, |plan| {
            let grid = GridPlan::from(&self.grid);
            let part = MultiversePlan { holds: self.holds.clone(), rows: self.rows, grid };
            plan.multiverse = Some(part);
        })
    }
}
