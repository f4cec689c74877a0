//! The document of `resorb regress`.

mod coefficients;
mod comparisons;
mod facts;
pub(in crate::report) mod notes;

pub(in crate::report) use coefficients::decimals;
pub(in crate::report) use notes::few_studies;

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Column, Label, List},
    number::{degrees, fixed},
    pool::{ci_name, level_label, method, model_items, prediction_name, scale_name, source_line},
    rows,
};
use crate::model::{CiMethod, PredictionMethod, Regression};

/// The result of `resorb regress` as sections of words and tables.
#[must_use]
pub fn regression_document(regression: &Regression, input: &InputInfo, style: &Style) -> Document {
    let blocks = [
        Some(Block::Table(coefficients::table(regression))),
        coefficients::robust(regression).map(Block::Table),
        facts::moderators(regression).map(Block::Facts),
        Some(Block::Facts(facts::residual(regression))),
        comparisons::contrasts(regression).map(Block::Table),
        comparisons::trend(regression).map(Block::Facts),
        comparisons::predictions(regression, style).map(Block::Table),
        Some(Block::List(choices(regression))),
        notes::block(regression).map(Block::Sentences),
    ];
    Document {
        title: vec![source_line(input), model_line(regression, style)],
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn model_line(fit: &Regression, style: &Style) -> String {
    let remark = style.model_remark.as_ref().map(|remark| format!(" ({remark})"));
    format!(
        "{} on {}; model: {}{}",
        rows::counted(fit.studies()),
        fit.formula,
        method(&fit.settings),
        remark.unwrap_or_default()
    )
}

/// A column of numbers.
fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// ` (logit)`, or nothing for effects computed elsewhere.
fn scale(fit: &Regression) -> String {
    match scale_name(&fit.settings) {
        "" => String::new(),
        name => format!(" ({name})"),
    }
}

fn choices(fit: &Regression) -> List {
    let settings = &fit.settings;
    let mut items = model_items(settings, true);
    let (name, term) = ci_name(fit.method());
    let df = match fit.method() {
        CiMethod::Z => String::new(),
        _ => degrees((fit.k - fit.p) as f64) + " df",
    };
    let scale = fit.hk_scale().map(|scale| format!("variance × {}", fixed(scale, 3)));
    let details: Vec<String> =
        [Some(df).filter(|df| !df.is_empty()), scale].into_iter().flatten().collect();
    let details =
        if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
    items.push(Label::term(format!("{name}{details}"), term));
    if !fit.predictions.is_empty()
        && settings.prediction != PredictionMethod::None
        && let Some(name) = prediction_name(settings.prediction)
    {
        items.push(Label::term(format!("prediction by {name}"), "prediction-interval"));
    }
    items.push(level_label(settings));
    if fit.permutation.as_ref().is_some_and(|permutation| !permutation.exact) {
        items.push(Label::term(format!("seed {}", settings.seed), "seed"));
    }
    List { heading: Label::plain("Choices"), items }
}
