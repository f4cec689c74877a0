//! Options that all figures share.

use std::path::PathBuf;

use clap::Args;

use crate::{
    cli::{args::SaveArgs, values::described},
    figure::{self, Embedding, Style},
    report::Scale,
};

/// Options of a figure.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Figure")]
pub(super) struct FigureArgs {
    /// Write to FILE: .svg, .png or .pdf
    #[arg(
        short = 'o',
        long = "output",
        id = "figure",
        value_name = "FILE",
        long_help = "Write to FILE; its extension says what: .svg, .png or .pdf. Without it the SVG \
                     goes to standard output. The file is replaced in one step"
    )]
    pub(super) output: Option<PathBuf>,

    /// Look: resorb, jama, bmj, lancet, revman or mono
    #[arg(
        long, value_name = "STYLE", ignore_case = true, hide_possible_values = true,
        long_help = described::<Style>("Look of the figure [default: resorb]")
    )]
    style: Option<Style>,

    /// Width in mm (a column is 85, a page 174)
    #[arg(long, value_name = "MM", value_parser = width)]
    width: Option<f64>,

    /// Scale of rates: percent, proportion or per-1000
    #[arg(
        long, value_name = "SCALE", ignore_case = true, hide_possible_values = true,
        long_help = described::<Scale>("Scale of rates in the figure [default: percent]")
    )]
    scale: Option<Scale>,

    /// Dots per inch of a PNG
    #[arg(long, value_name = "DPI", default_value_t = 300, hide_short_help = true,
          value_parser = clap::value_parser!(u16).range(36..=2400))]
    pub(super) dpi: u16,

    /// Fonts of an SVG: subset, none or outlines
    #[arg(
        long, value_name = "HOW", ignore_case = true, hide_short_help = true,
        hide_possible_values = true,
        long_help = described::<Embedding>("How an SVG carries its fonts [default: subset]")
    )]
    font_embedding: Option<Embedding>,

    /// Font file for letters that Open Sans lacks (repeatable)
    #[arg(long, value_name = "FONTFILE", hide_short_help = true)]
    pub(super) font: Vec<PathBuf>,

    /// Write the numbers behind the figure to a CSV file
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(super) data_out: Option<PathBuf>,

    #[command(flatten)]
    pub(super) save: SaveArgs,
}

impl FigureArgs {
    pub(super) fn style(&self) -> Style {
        self.style.unwrap_or_default()
    }

    pub(super) fn embedding(&self) -> Embedding {
        self.font_embedding.unwrap_or_default()
    }

    pub(super) fn width(&self, usual: f64) -> f64 {
        self.width.unwrap_or(usual)
    }

    pub(super) fn scale(&self) -> figure::Scale {
        match self.scale.unwrap_or_default() {
            Scale::Percent => figure::Scale::Percent,
            Scale::Proportion => figure::Scale::Proportion,
            Scale::Per1000 => figure::Scale::Per1000,
        }
    }
}

fn width(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if (10.0..=2000.0).contains(&width) => Ok(width),
        _ => Err("a width is a number of mm from 10 to 2000".to_owned()),
    }
}
