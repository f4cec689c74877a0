//! `resorb plot multiverse`: the specification curve.

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    cli::{
        args::{DataArgs, DataFileOrBundled, GridArgs, brief},
        failure::Failure,
        multiverse::{Holds, grid},
        source,
    },
    figure::{
        Look, Scale,
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

    #[command(flatten)]
    holds: Holds,

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
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let source = source::read(self.file.data.as_deref(), &self.reading)?;
        if self.file.data.is_none() {
            anstream::eprintln!("no DATA was given: these are the bundled lumbar data");
        }
        let value = self.holds.value(&source.table)?;
        let all = grid(&source.table, &self.grid)?;
        let input = Specifications::new(&all, value);
        let look = Look {
            style: self.figure.style(),
            width: self.figure.width(174.0),
            scale: if all.is_of_rates() { self.figure.scale() } else { Scale::Plain },
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
