//! `resorb plot forest`: studies, their intervals and the pooled rate.

use clap::Args;

use super::{
    Format,
    common::{Common, Drawn},
    forest_input::Content,
};
use crate::{
    cli::failure::Failure,
    figure::{
        Rich, Spread,
        forest::{Column, Options, PredictionMark, Sort, forest, pages},
    },
};

const EXAMPLES: &str = "\
Examples:
  resorb plot forest studies.csv -o forest.pdf
  resorb plot forest studies.csv -o forest.svg --style jama --width 114
  resorb plot forest studies.csv -o forest.png --show \"study,year,counts | rate\"
  resorb plot forest studies.csv -o forest.svg --sort year --axis logit
  resorb plot forest studies.csv -o forest.svg --by country
  resorb plot forest studies.csv -o forest.svg --cumulative year
  resorb plot forest studies.csv -o forest.svg --leave-one-out
  resorb plot forest studies.csv -o forest.svg --models";

/// Forest plot: studies, their intervals and the pooled rate
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ForestPlot {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    content: Content,

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

    /// Order of the studies: rate, weight, any column
    #[arg(
        long,
        value_name = "ORDER",
        help_heading = "Figure",
        long_help = "Order of the studies: file, name, rate (the smallest first), weight (the \
                     heaviest first), precision (the narrowest interval first), or any column of \
                     DATA such as year [default: file]"
    )]
    sort: Option<String>,

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

    /// How the prediction interval is drawn: bar, line, density or hidden
    #[arg(
        long, value_name = "MARK", ignore_case = true, hide_possible_values = true,
        help_heading = "Figure", hide_short_help = true,
        long_help = crate::cli::values::described::<PredictionMark>(
            "How the prediction interval is drawn [default: bar]"
        )
    )]
    prediction_mark: Option<PredictionMark>,

    /// What the sides of no effect favour: "vaccine,control"
    #[arg(
        long,
        value_name = "LEFT,RIGHT",
        value_parser = sides,
        help_heading = "Figure",
        hide_short_help = true
    )]
    favours: Option<(String, String)>,

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
}

impl ForestPlot {
    pub(super) fn run(&self) -> Result<(), Failure> {
        self.common.run(174.0, |m| {
            let mut input = self.content.forest(m)?;
            if let Some(name) = &self.effect_name {
                input.effect.clone_from(name);
            }
            if let Some(order) = &self.sort {
                input.sort(Sort::read(order, &input)?);
            }
            if let (Some(limits), Some(_)) = (self.limits, m.studies.counts()) {
                check_limits(limits)?;
            }
            let columns = self.show.as_ref().map(|list| Column::parse(list, &input)).transpose()?;
            let (left, right) = columns.map_or((None, None), |(l, r)| (Some(l), Some(r)));
            let options = Options {
                style: m.look.style,
                width: m.look.width,
                scale: m.look.scale,
                spread: self.axis,
                limits: self.limits,
                left,
                right,
                prediction: self.prediction_mark.unwrap_or_default(),
                favours: self.favours.clone(),
                title: self.title.clone().map(Rich::from),
                ..Options::default()
            };
            let pages = if m.file.format == Format::Pdf {
                pages(&input, &options, self.page_height, m.fonts)?
            } else {
                vec![forest(&input, &options, m.fonts)?]
            };
            Ok(Drawn { pages, numbers: input.csv() })
        })
    }
}

fn sides(text: &str) -> Result<(String, String), String> {
    match text.split_once(',') {
        Some((left, right)) => Ok((left.trim().to_owned(), right.trim().to_owned())),
        None => Err("two names with a comma between them, such as \"vaccine,control\"".to_owned()),
    }
}

fn limits(text: &str) -> Result<(f64, f64), String> {
    let wrong = || "two numbers with a comma between them, such as 0.2,0.9".to_owned();
    let (lower, upper) = text.split_once(',').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    Ok((number(lower)?, number(upper)?))
}

/// Rates lie between 0 and 1; percentages are what was probably meant.
fn check_limits((lower, upper): (f64, f64)) -> Result<(), Failure> {
    if lower >= 0.0 && upper <= 1.0 {
        return Ok(());
    }
    let percent = (0.0..=100.0).contains(&lower) && (0.0..=100.0).contains(&upper);
    Err(Failure::Usage {
        message: format!("--limits {lower},{upper} lie outside the rates from 0 to 1"),
        help: if percent {
            format!("write percentages as --limits {},{}", lower / 100.0, upper / 100.0)
        } else {
            "give two rates between 0 and 1, such as --limits 0.2,0.9".to_owned()
        },
    })
}
