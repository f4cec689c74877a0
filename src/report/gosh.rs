//! The document of `resorb gosh`.

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, List, Row, Sentences, Table},
    number::{UNDEFINED, Values, fixed, grouped, precise},
    pool::{level_label, model_items, source_line},
    sensitivity::model_line,
};
use crate::{
    analysis::{Gosh, GoshEstimator, Quantiles, Sampling, Separation},
    model::Fit,
};

/// The result of `resorb gosh` with what is drawn from it once.
#[derive(Clone, Debug, PartialEq)]
pub struct GoshSummary<'a> {
    /// All studies together, by the two-step model.
    pub fit: &'a Fit,
    /// The subsets.
    pub gosh: &'a Gosh,
    /// How a sample was drawn.
    pub sampling: Sampling,
    /// Quantiles over subsets.
    pub quantiles: Quantiles,
    /// How each study parts them.
    pub by_study: Vec<Separation>,
}

impl<'a> GoshSummary<'a> {
    /// Sorts the subsets once for everything that is printed.
    #[must_use]
    pub fn new(fit: &'a Fit, gosh: &'a Gosh, sampling: Sampling) -> Self {
        Self { fit, gosh, sampling, quantiles: gosh.quantiles(), by_study: gosh.by_study() }
    }

    /// The study that parts the subsets most, if there are some with and without it that differ.
    fn most(&self) -> Option<&Separation> {
        self.by_study
            .iter()
            .filter(|study| study.median_without.is_some() && study.separation > 0.0)
            .max_by(|a, b| a.separation.total_cmp(&b.separation))
    }
}

/// Fewer subsets than this make no cloud.
const FEW: usize = 30;

fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// The result of `resorb gosh` as sections of words and tables.
#[must_use]
pub fn gosh_document(summary: &GoshSummary<'_>, input: &InputInfo, style: &Style) -> Document {
    let fit = summary.fit;
    let values = Values::of_fits(fit, std::iter::empty(), style);
    let settings = &fit.settings;
    let mut items = model_items(settings, summary.gosh.estimator != GoshEstimator::Common);
    items.push(level_label(settings));
    if let Some(seed) = summary.gosh.seed {
        items.push(Label::term(format!("seed {seed}"), "seed"));
    }
    Document {
        title: vec![source_line(input), model_line(settings, fit.k, style)],
        blocks: vec![
            Block::Facts(subsets(summary)),
            Block::Table(quantiles(summary, values)),
            Block::Table(by_study(summary, values)),
            Block::List(List { heading: Label::plain("Choices"), items }),
            Block::Sentences(Sentences {
                heading: Label::plain("Notes"),
                sentences: notes(summary),
            }),
        ],
    }
}

fn subsets(summary: &GoshSummary<'_>) -> Facts {
    let n = grouped(summary.gosh.len());
    let how = match (summary.gosh.is_exhaustive(), summary.sampling) {
        (true, _) => format!("all {n} subsets of the studies"),
        (false, Sampling::Subsets) => {
            format!("a sample of {n} subsets, each subset equally likely")
        }
        (false, Sampling::Sizes) => format!("a sample of {n} subsets, each size equally likely"),
    };
    let estimator = match summary.gosh.estimator {
        GoshEstimator::Common => "common-effect model, I² from Q".to_owned(),
        GoshEstimator::Random(_) => "random-effects model".to_owned(),
    };
    Facts {
        heading: Label::term("Subsets", "gosh"),
        facts: vec![
            (Label::term("pooled", "gosh"), how),
            (Label::term("by", "random-effects"), estimator),
        ],
    }
}

fn quantiles(summary: &GoshSummary<'_>, values: Values) -> Table {
    let Quantiles { p, estimate, i2, tau2 } = &summary.quantiles;
    let heads = p.iter().map(|p| match *p {
        0.0 => "least".to_owned(),
        0.5 => "median".to_owned(),
        1.0 => "most".to_owned(),
        p => format!("{} %", 100.0 * p),
    });
    let row = |label, numbers: &[f64; 7], show: &dyn Fn(f64) -> String| Row {
        label,
        indent: 0,
        cells: numbers.iter().map(|value| Cell::Text(show(*value))).collect(),
        headline: false,
    };
    let mut rows = vec![
        row(Label::term(values.heading(), "rate"), estimate, &|value| values.show(value)),
        row(Label::term("I² %", "i2"), i2, &|value| fixed(value, 1)),
    ];
    if summary.gosh.estimator != GoshEstimator::Common {
        rows.push(row(Label::term("τ²", "tau2"), tau2, &|value| precise(value, 3)));
    }
    let first = Column { label: Label::plain("Quantile"), align: Align::Left };
    let columns = heads.map(|head| right(Label::plain(head)));
    Table {
        heading: Some(Label::term("Over all subsets of two studies and more", "gosh")),
        columns: std::iter::once(first).chain(columns).collect(),
        groups: vec![Group { rows, after: None }],
    }
}

fn by_study(summary: &GoshSummary<'_>, values: Values) -> Table {
    let text = |value: Option<String>| Cell::Text(value.unwrap_or_else(|| UNDEFINED.to_owned()));
    let most = summary.most().map(|most| most.separation);
    let rows = summary.by_study.iter().map(|study| Row {
        label: Label::Data(study.study.clone()),
        indent: 0,
        cells: vec![
            text(study.median_with.map(|value| values.show(value))),
            text(study.median_without.map(|value| values.show(value))),
            text(study.i2_with.map(|value| fixed(value, 1))),
            text(study.i2_without.map(|value| fixed(value, 1))),
            Cell::Text(fixed(study.separation, 3)),
        ],
        headline: Some(study.separation) == most,
    });
    let rate = values.heading();
    Table {
        heading: Some(Label::term("Medians with and without each study", "separation")),
        columns: vec![
            Column { label: Label::plain("Study"), align: Align::Left },
            right(Label::term(format!("{rate} with"), "rate")),
            right(Label::plain("without")),
            right(Label::term("I² % with", "i2")),
            right(Label::plain("without")),
            right(Label::term("separation", "separation")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}

/// What a reader needs to know beside the numbers.
pub(super) fn notes(summary: &GoshSummary<'_>) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(most) = summary.most() {
        sentences.push(format!(
            "Subsets with {} lie furthest from those without it (separation {}; 0: no difference, 1: apart).",
            most.study,
            fixed(most.separation, 3)
        ));
    }
    if summary.gosh.len() < FEW {
        sentences.push(format!(
            "{} subsets are few: their quantiles and separations are coarse and hang on single studies.",
            summary.gosh.len()
        ));
    }
    sentences.push("Subsets share studies and are not independent: the cloud shows what the result hangs on, it is no sampling distribution.".to_owned());
    sentences
}
