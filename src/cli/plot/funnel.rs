//! `resorb plot funnel`: do small studies find other rates than large ones?

use std::path::PathBuf;

use clap::Args;

use super::{File, file, options::FigureArgs};
use crate::{
    cli::{
        args::{DataArgs, SettingsArgs},
        choice::Choice,
        failure::Failure,
        source,
        values::described,
    },
    figure::funnel::{Against, Funnel, Options, funnel},
    model::pool,
};

/// Funnel plot: do small studies find other rates than large ones?
#[derive(Args, Clone, Debug)]
#[command(after_help = "The first of several values is the default; --help explains all of them.")]
pub(super) struct FunnelPlot {
    /// CSV or .xlsx file, - for standard input, or a bundled data set
    #[arg(
        value_name = "DATA",
        long_help = "CSV or .xlsx file with one study a row, - for standard input, or the name of \
                     a bundled data set (see `resorb datasets`); an existing file wins. Without \
                     DATA the bundled lumbar data are pooled"
    )]
    data: Option<PathBuf>,
    #[command(flatten)]
    figure: FigureArgs,

    /// Vertical axis: size, inverse-size or se
    #[arg(
        long, value_name = "AXIS", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = described::<Against>("Vertical axis [default: size]")
    )]
    against: Option<Against>,

    /// Shade p < .10, .05, .01 around a value of the analysis scale
    #[arg(
        long,
        value_name = "VALUE",
        help_heading = "Figure",
        hide_short_help = true,
        allow_negative_numbers = true
    )]
    contours: Option<f64>,

    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

impl FunnelPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let choice = Choice::try_from(&self.settings)?;
        let file = File::try_from(&self.figure)?;
        let fonts = file::fonts(&self.figure.font)?;
        let fonts = file::with_fonts(&fonts)?;
        let source = source::read(self.data.as_deref(), &self.reading)?;
        if self.data.is_none() {
            anstream::eprintln!("no DATA was given: these are the bundled lumbar data");
        }
        let fit = pool(&source.table.studies, &choice.settings)?;
        let input = Funnel::from(&fit);
        // Contours are of p values, which need the standard error on the axis.
        let usual = if self.contours.is_some() { Against::Se } else { Against::default() };
        let options = Options {
            style: self.figure.style(),
            width: self.figure.width(85.0),
            scale: self.figure.scale(),
            against: self.against.unwrap_or(usual),
            contours: self.contours,
        };
        let scene = funnel(&input, &options, &fonts)?;
        file.write(&[scene], &fonts)?;
        self.figure
            .data_out
            .as_ref()
            .map_or(Ok(()), |path| file::write(path, input.csv().as_bytes()))
    }
}
