//! `resorb plot multiverse`: the specification curve.

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    analysis::Printed,
    cli::{
        args::{DataArgs, DataFileOrBundled, GridArgs, brief},
        failure::Failure,
        multiverse::grid,
        source,
    },
    figure::{
        Look,
        specifications::{Specifications, specifications},
    },
};

/// Specification curve: every analysis, and the choices that made it
#[derive(Args, Clone, Debug)]
#[command(mut_args(|arg| brief(arg, SHORT)))]
pub(super) struct MultiversePlot {
    #[command(flatten)]
    file: DataFileOrBundled,
    #[command(flatten)]
    figure: FigureArgs,
    #[command(flatten)]
    grid: GridArgs,

    /// Rate to look for in the intervals: 0.766 or 76.6%
    #[arg(long, value_name = "RATE", help_heading = "Grid")]
    holds: Option<String>,

    #[command(flatten)]
    reading: DataArgs,
}

/// The options of `-h`.
const SHORT: &[&str] = &[
    "figure",
    "style",
    "width",
    "scale",
    "vary_by",
    "vary_where",
    "vary_studies",
    "families",
    "measures",
    "estimators",
    "intervals",
    "holds",
    "filters",
    "all_rows",
    "help",
];

impl MultiversePlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let value = self.holds.as_deref().map(Printed::rate).transpose();
        let value = value.map_err(|error| Failure::Refused(error.to_string()))?;
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let source = source::read(self.file.data.as_deref(), &self.reading)?;
        if self.file.data.is_none() {
            anstream::eprintln!("no DATA was given: these are the bundled lumbar data");
        }
        let all = grid(&source.table.studies, &self.grid)?;
        let input = Specifications::new(&all, value.map(Printed::value));
        let look = Look {
            style: self.figure.style(),
            width: self.figure.width(174.0),
            scale: self.figure.scale(),
        };
        let mut scene = specifications(&input, &look, &fonts)?;
        if let Some(words) = source.footnote() {
            scene.footnote(words);
        }
        file.write(&[scene], &fonts)?;
        self.figure
            .data_out
            .as_ref()
            .map_or(Ok(()), |path| file::write(path, input.csv().as_bytes()))
    }
}
