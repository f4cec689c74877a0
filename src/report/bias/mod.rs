//! The document of `resorb bias`.

mod adjusted;
mod facts;
mod tests_table;

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Column, Label, List, Sentences},
    number::Values,
    pool::{ci, level_label, model_items, source_line},
    sensitivity::{boundary, model_line, threshold},
};
use crate::analysis::small_study::Bias;

/// What every part of the document needs to know.
#[derive(Clone, Copy)]
struct Context<'a> {
    bias: &'a Bias,
    values: Values,
}

/// A column of numbers.
fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// The result of `resorb bias` as sections of words and tables.
#[must_use]
pub fn bias_document(bias: &Bias, input: &InputInfo, style: &Style) -> Document {
    let fits = bias.trim_and_fill.iter().map(|filled| &filled.fit);
    let context = Context { bias, values: Values::of_fits(&bias.fit, fits, style) };
    let blocks = [
        tests_table::table(context).map(Block::Table),
        Some(Block::Table(adjusted::table(context))),
        facts::selection(context).map(Block::Facts),
        facts::copas(context).map(Block::Table),
        Some(Block::Facts(facts::measures(context))),
        threshold(bias.threshold, context.values).map(Block::Facts),
        Some(Block::List(choices(bias))),
        Some(Block::Sentences(Sentences {
            heading: Label::plain("Notes"),
            sentences: notes(bias),
        })),
    ];
    Document {
        title: vec![source_line(input), model_line(&bias.fit.settings, bias.fit.k, style)],
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn choices(bias: &Bias) -> List {
    let settings = &bias.fit.settings;
    let mut items = model_items(settings, true);
    items.extend(ci(&bias.fit));
    items.push(level_label(settings));
    if bias.fit.resamples().is_some() {
        items.push(Label::term(format!("seed {}", settings.seed), "seed"));
    }
    List { heading: Label::plain("Choices"), items }
}

/// What a reader needs to know beside the numbers.
pub(in crate::report) fn notes(bias: &Bias) -> Vec<String> {
    let mut sentences = bias.notes.clone();
    for fit in &bias.selection {
        if let Some(note) = fit.note.as_ref().filter(|_| fit.boundary || !fit.converged) {
            sentences.push(format!("Selection model, {}: {note}", fit.kind.label()));
        }
    }
    if let Some(lfk) = &bias.lfk {
        sentences.push(lfk.note.to_owned());
    }
    sentences.extend(boundary(bias.threshold, &bias.fit));
    sentences.extend(bias.fit.diagnostics.warnings.iter().map(ToString::to_string));
    sentences
}
