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
    analysis::{Multiverse, multiverse},
    data::Table,
    plan::{Choices, GridPlan, MultiversePlan},
    report,
};

const EXAMPLES: &str = "\
Examples:
  resorb multiverse studies.csv
  resorb multiverse studies.csv --vary-by definition_class --vary-studies
  resorb multiverse studies.csv --holds 76.6% --data-out specifications.csv
  resorb multiverse studies.csv --families two-step,glmm --estimators REML,DL
  resorb multiverse trials.csv --measures RR";

/// Carry out every reasonable analysis of the same data
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES, mut_args(|arg| brief(arg, SHORT)))]
pub(super) struct MultiverseCommand {
    #[command(flatten)]
    file: DataFile,

    #[command(flatten)]
    grid: GridArgs,

    #[command(flatten)]
    holds: Holds,

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

/// A value to look for in the intervals.
#[derive(Args, Clone, Debug)]
pub(super) struct Holds {
    /// Value to look for in the intervals: 76.6% of a rate
    #[arg(
        long,
        value_name = "VALUE",
        help_heading = "Grid",
        allow_negative_numbers = true,
        long_help = "Value to look for in the intervals: a rate such as 0.766 or 76.6%, or a ratio, \
                     difference or mean [default: that of no effect, where there is one]"
    )]
    holds: Option<String>,
}

impl Holds {
    /// The value, read as what the table is about.
    pub(super) fn value(&self, table: &Table) -> Result<Option<f64>, Failure> {
        let asked = MultiversePlan { holds: self.holds.clone(), ..MultiversePlan::default() };
        asked.value(table).map_err(|error| Failure::Refused(error.to_string()))
    }
}

/// The grid of a table, with a progress bar where it takes long.
pub(super) fn grid(table: &Table, args: &GridArgs) -> Result<Multiverse, Failure> {
    let mut progress = Progress::new();
    let level = args.level.unwrap_or_default();
    Ok(multiverse(&table.studies, &args.grid(table), level, &mut |done, total| {
        progress.tell(done, total);
    })?)
}

impl MultiverseCommand {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.save.ready(Some(&self.file.data))?;
        let destination = Destination::try_from(&self.output)?;
        let Source { table, info } = source::read(Some(&self.file.data), &self.reading)?;
        let value = self.holds.value(&table)?;
        let all = grid(&table, &self.grid)?;
        let summary = all.summary(value);
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
            let part = MultiversePlan { holds: self.holds.holds.clone(), rows: self.rows, grid };
            plan.multiverse = Some(part);
        })
    }
}
