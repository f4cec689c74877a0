//! The document of `resorb sensitivity`.

mod influence;
mod results;

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Column, Label, List, Sentences},
    number::Values,
    pool::{ci, level_label, method, model_items, source_line},
};
use crate::{analysis::Sensitivity, model::Settings};

/// What every part of the document needs to know.
#[derive(Clone, Copy)]
struct Context<'a> {
    answer: &'a Sensitivity,
    values: Values,
}

/// A column of numbers.
fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// The result of `resorb sensitivity` as sections of words and tables.
#[must_use]
pub fn sensitivity_document(answer: &Sensitivity, input: &InputInfo, style: &Style) -> Document {
    let fits = answer.leave_one_out.iter().map(|left| &left.fit);
    let context = Context { answer, values: Values::of_fits(&answer.fit, fits, style) };
    let blocks = [
        Some(Block::Table(results::leave_one_out(context))),
        Some(Block::Table(results::cumulative(context))),
        Some(Block::Table(influence::table(context))),
        Some(Block::Facts(influence::marked(context))),
        Some(Block::Table(influence::baujat(context))),
        results::threshold(context.answer.threshold, context.values).map(Block::Facts),
        results::bootstrap(context).map(Block::Table),
        Some(Block::List(choices(&answer.fit.settings, answer))),
        Some(Block::Sentences(Sentences {
            heading: Label::plain("Notes"),
            sentences: notes(answer),
        })),
    ];
    Document {
        title: vec![source_line(input), model_line(&answer.fit.settings, answer.fit.k, style)],
        blocks: blocks.into_iter().flatten().collect(),
    }
}

/// How many studies, and what was fitted.
pub(in crate::report) fn model_line(settings: &Settings, k: usize, style: &Style) -> String {
    let studies = if k == 1 { "1 study".to_owned() } else { format!("{k} studies") };
    let remark = style.model_remark.as_ref().map(|remark| format!(" ({remark})"));
    format!("{studies}; model: {}{}", method(settings), remark.unwrap_or_default())
}

fn choices(settings: &Settings, answer: &Sensitivity) -> List {
    let mut items = model_items(settings, true);
    items.extend(ci(&answer.fit));
    items.push(level_label(settings));
    if answer.bootstrap.is_some() || answer.fit.resamples().is_some() {
        items.push(Label::term(format!("seed {}", settings.seed), "seed"));
    }
    List { heading: Label::plain("Choices"), items }
}

/// What a reader needs to know beside the numbers.
pub(in crate::report) fn notes(answer: &Sensitivity) -> Vec<String> {
    let mut sentences = vec![
        "A study is marked as influential by a rule of thumb, not by a test; find out what is different about it before leaving it out.".to_owned(),
        "The rules: |DFFITS| > 3√(1/(k − 1)), Cook's D > 0.455 (the median of χ² on 1 df), weight > 3/k, or |DFBETAS| > 1. All use Wald standard errors, whatever the interval.".to_owned(),
    ];
    if !matches!(answer.fit.settings.model, crate::model::Model::TwoStep(_)) {
        sentences.push(
            "The model works on counts; residuals use the studies' logits with their variances, and the fits without each study.".to_owned(),
        );
    }
    if let Some(bootstrap) = answer.bootstrap.as_ref().filter(|all| all.intervals.is_empty()) {
        sentences.push(format!(
            "No bootstrap intervals: none of the {} resamples could be pooled to a random-effects result.",
            bootstrap.resamples
        ));
    } else if let Some(bootstrap) = answer.bootstrap.as_ref().filter(|all| all.failed > 0) {
        sentences.push(format!(
            "{} of {} resamples could not be pooled and are left out of the intervals.",
            bootstrap.failed, bootstrap.resamples
        ));
    }
    sentences.extend(boundary(answer.threshold, &answer.fit));
    sentences.extend(answer.fit.diagnostics.warnings.iter().map(ToString::to_string));
    sentences
}

pub(in crate::report) use results::{boundary, threshold};
