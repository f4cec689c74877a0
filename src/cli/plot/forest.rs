//! `resorb plot forest`: studies, their intervals and the pooled rate.

use std::path::PathBuf;

use clap::Args;

use super::{File, Format, file, options::FigureArgs};
use crate::{
    cli::{
        args::{DataArgs, SettingsArgs},
        choice::Choice,
        failure::Failure,
        source,
    },
    figure::{
        Rich, Spread,
        forest::{Column, Forest, Options, PredictionMark, Sort, forest, pages},
    },
    model::pool,
};

const EXAMPLES: &str = "\
Examples:
  resorb plot forest studies.csv -o forest.pdf
  resorb plot forest studies.csv -o forest.svg --style jama --width 114
  resorb plot forest studies.csv -o forest.png --show \"study,year,counts | rate\"
  resorb plot forest studies.csv -o forest.svg --sort rate --axis logit";

/// Forest plot: studies, their intervals and the pooled rate
#[derive(Args, Clone, Debug)]
#[command(
    after_help = "The first of several values is the default; --help explains all of them.",
    after_long_help = EXAMPLES
)]
pub(super) struct ForestPlot {
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

    /// Columns left and right of the plot: "study,year | rate"
    #[arg(
        long,
        hide_short_help = true,
        value_name = "COLUMNS",
        help_heading = "Figure",
        long_help = "Columns left | right of the plot, in order: study, events, total, counts, \
                     rate, weight, weight-common, or any other column of DATA"
    )]
    show: Option<String>,

    /// Order of the studies: file, name, rate, weight or precision
    #[arg(
        long, value_name = "ORDER", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = crate::cli::values::described::<Sort>("Order of the studies [default: file]")
    )]
    sort: Option<Sort>,

    /// Axis: linear or logit
    #[arg(
        long, value_name = "AXIS", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = crate::cli::values::described::<Spread>("Axis of the rates [default: linear]")
    )]
    axis: Option<Spread>,

    /// Ends of the axis as rates from 0 to 1: "0.2,0.9"
    #[arg(long, value_name = "FROM,TO", value_parser = limits, help_heading = "Figure", hide_short_help = true)]
    limits: Option<(f64, f64)>,

    /// How the prediction interval is drawn: bar, line or hidden
    #[arg(
        long, value_name = "MARK", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = crate::cli::values::described::<PredictionMark>(
            "How the prediction interval is drawn [default: bar]"
        )
    )]
    prediction_mark: Option<PredictionMark>,

    /// Title over the figure
    #[arg(long, value_name = "TEXT", help_heading = "Figure", hide_short_help = true)]
    title: Option<String>,

    /// What the rate is, in the head and under the axis
    #[arg(long, value_name = "TEXT", help_heading = "Figure", hide_short_help = true)]
    effect_name: Option<String>,

    /// Height of a page in mm, for a PDF
    #[arg(
        long,
        value_name = "MM",
        default_value_t = 257.0,
        help_heading = "Figure",
        hide_short_help = true
    )]
    page_height: f64,

    #[command(flatten)]
    reading: DataArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

impl ForestPlot {
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
        let mut input = Forest::from(&fit);
        if let Some(name) = &self.effect_name {
            input.effect.clone_from(name);
        }
        input.sort(self.sort.unwrap_or_default());
        let columns = self.show.as_ref().map(|list| Column::parse(list, &input)).transpose()?;
        let (left, right) = columns.map_or((None, None), |(l, r)| (Some(l), Some(r)));
        let options = Options {
            style: self.figure.style(),
            width: self.figure.width(174.0),
            scale: self.figure.scale(),
            spread: self.axis.unwrap_or_default(),
            limits: self.limits,
            left,
            right,
            prediction: self.prediction_mark.unwrap_or_default(),
            title: self.title.clone().map(Rich::from),
            ..Options::default()
        };
        let scenes = if file.format == Format::Pdf {
            pages(&input, &options, self.page_height, &fonts)?
        } else {
            vec![forest(&input, &options, &fonts)?]
        };
        file.write(&scenes, &fonts)?;
        self.figure
            .data_out
            .as_ref()
            .map_or(Ok(()), |path| file::write(path, input.csv().as_bytes()))
    }
}

fn limits(text: &str) -> Result<(f64, f64), String> {
    let wrong = || "two numbers with a comma between them, such as 0.2,0.9".to_owned();
    let (lower, upper) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    Ok((number(lower)?, number(upper)?))
}
