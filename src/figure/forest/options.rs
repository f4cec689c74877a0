//! The choices of a forest plot.

use super::Column;
use crate::figure::{Rich, Scale, Spread, Style};

/// The choices of a forest plot; the defaults make one for a full page width.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The look.
    pub style: Style,
    /// The width in mm; the height follows from the content.
    pub width: f64,
    /// Percent, proportion, per 1000; for values that are rates.
    pub scale: Scale,
    /// Digits behind the decimal mark; chosen by the values if `None`.
    pub digits: Option<usize>,
    /// Even, logit or log axis; what suits the values if `None`.
    pub spread: Option<Spread>,
    /// The ends of the axis; chosen by the values if `None`.
    pub limits: Option<(f64, f64)>,
    /// Columns left of the plot; chosen by the content if `None`.
    pub left: Option<Vec<Column>>,
    /// Columns right of the plot; chosen by the content if `None`.
    pub right: Option<Vec<Column>>,
    /// How a prediction interval is drawn.
    pub prediction: PredictionMark,
    /// Whether a dashed line stands at the pooled value.
    pub reference: bool,
    /// What the two sides of the line of no effect favour.
    pub favours: Option<(String, String)>,
    /// A title over the figure; journals print it in the legend instead.
    pub title: Option<Rich>,
    /// The axis title; the effect's name and unit if `None`.
    pub axis_title: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            style: Style::default(),
            width: 174.0,
            scale: Scale::default(),
            digits: None,
            spread: None,
            limits: None,
            left: None,
            right: None,
            prediction: PredictionMark::default(),
            reference: true,
            favours: None,
            title: None,
            axis_title: None,
        }
    }
}

/// How a prediction interval is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PredictionMark {
    /// A bar.
    #[default]
    Bar,
    /// A line with ends.
    Line,
    /// The density of a new study's value, where its distribution is known; else a bar.
    Density,
    /// Not at all; its numbers stay in the table.
    Hidden,
}
