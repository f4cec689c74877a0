//! What a funnel plot shows.

use std::fmt::Write as _;

use crate::{
    analysis::small_study::TrimAndFill,
    figure::{
        Labels, Look, Numbers,
        behind::{cell, maybe, table},
        labels::corrected,
        words::studies,
    },
    model::Fit,
};

/// The content of a funnel plot, on the analysis scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Funnel {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the analysis scale is labelled.
    pub labels: Labels,
    /// The studies.
    pub points: Vec<Point>,
    /// The pooled value.
    pub centre: Option<f64>,
    /// The pooled value with the studies that trim and fill added.
    pub adjusted: Option<f64>,
}

/// A study in a funnel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its effect.
    pub yi: f64,
    /// Its standard error.
    pub se: f64,
    /// Its number of patients.
    pub size: Option<f64>,
    /// Whether trim and fill added it.
    pub filled: bool,
    /// Whether it has no events or no non-events and stands where a correction puts it.
    pub corrected: bool,
}

impl From<&Fit> for Funnel {
    fn from(fit: &Fit) -> Self {
        let labels = Labels::of(&fit.settings);
        let points = fit.studies.iter().zip(corrected(fit)).map(|(study, corrected)| Point {
            label: study.study.to_owned(),
            yi: study.yi,
            se: study.vi.sqrt(),
            size: study.total.map(|total| total as f64),
            filled: false,
            corrected,
        });
        Self {
            effect: Labels::effect_of(fit).to_owned(),
            labels,
            points: points.collect(),
            centre: fit.random.as_ref().and_then(|random| random.pooled.yi),
            adjusted: None,
        }
    }
}

impl Funnel {
    /// The studies with their mirror images, and the pooled value with them; `fit` is the two-step
    /// result without.
    #[must_use]
    pub fn filled(fit: &Fit, filled: &TrimAndFill) -> Self {
        let mut funnel = Self::from(fit);
        let with = || filled.fit.random.as_ref().and_then(|random| random.pooled.yi);
        funnel.adjusted = if filled.filled.is_empty() { None } else { with() };
        funnel.points.extend(filled.filled.iter().map(|mirror| Point {
            label: mirror.study.clone(),
            yi: mirror.yi,
            se: mirror.vi.sqrt(),
            filled: true,
            ..Point::default()
        }));
        funnel
    }
}

impl Funnel {
    /// The numbers behind the figure as CSV: name, effect, standard error, patients, filled, corrected.
    #[must_use]
    pub fn csv(&self) -> String {
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let rows = self.points.iter().map(|p| {
            let numbers = [cell(p.yi), cell(p.se), maybe(p.size)];
            let kinds = [yes(p.filled), yes(p.corrected)];
            std::iter::once(p.label.clone()).chain(numbers).chain(kinds).collect()
        });
        table(&["label", "yi", "se", "size", "filled", "corrected"], rows)
    }
}

/// The figure in words.
pub(super) fn describe(
    input: &Funnel,
    points: &[&Point],
    titles: (&str, &str),
    look: &Look,
) -> String {
    let numbers = |y: f64| {
        let value = input.labels.shown(y);
        let numbers = Numbers::new(input.labels.scale(look), None, '.', value);
        format!("{}{}", numbers.value(value), numbers.scale.unit())
    };
    let filled = points.iter().filter(|p| p.filled).count();
    let mut text = format!(
        "Funnel plot of {}, {} against {}",
        studies(points.len() - filled),
        titles.0.to_lowercase(),
        titles.1.to_lowercase()
    );
    let pooled = input.centre.map(|y| format!(", around the pooled value of {}", numbers(y)));
    text.extend(pooled);
    if filled > 0 {
        let with = input.adjusted.map(|y| format!("; with them it is {}", numbers(y)));
        let added = studies(filled);
        let _ = write!(text, "; trim and fill adds {added}{}", with.unwrap_or_default());
    }
    let sides = input.centre.map(|centre| {
        let own = || points.iter().filter(|p| !p.filled);
        let (below, above) =
            (own().filter(|p| p.yi < centre).count(), own().filter(|p| p.yi > centre).count());
        format!(". {below} lie below it and {above} above")
    });
    text.extend(sides.filter(|_| filled == 0));
    text.push('.');
    text
}
