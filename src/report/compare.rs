//! The document of `resorb compare-tools`.

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Sentences, Table},
    multiverse::rates,
    number::{UNDEFINED, Values, fixed},
    pool::{ci_name, method, prediction_name, source_line},
};
use crate::{
    analysis::{Changed, Compared, Printout, Step},
    model::{I2, Model, Settings},
};

/// The result of `resorb compare-tools` as sections of words and tables.
#[must_use]
pub fn compare_document(tools: &[Compared], input: &InputInfo, style: &Style) -> Document {
    let values = rates(style);
    let k = tools.iter().find_map(|tool| tool.fit.as_ref().ok()).map_or(0, |fit| fit.k);
    let mut blocks = vec![Block::Table(table(tools, values))];
    let first = tools.first().and_then(|tool| tool.fit.as_ref().ok()).map(Printout::of);
    for tool in tools {
        let mut facts = vec![(Label::plain("choices"), choices(tool))];
        if let Err(reason) = &tool.fit {
            facts.push((Label::plain("no result"), reason.clone()));
        }
        let mut before = first.unwrap_or_default();
        for step in &tool.steps {
            facts.push((Label::plain(word(step.choice)), change(before, step, values)));
            before = step.result;
        }
        blocks.push(Block::Facts(Facts { heading: Label::plain(tool.tool.name()), facts }));
    }
    blocks.push(Block::Sentences(Sentences {
        heading: Label::plain("Notes"),
        sentences: vec![
            "Each tool at its defaults for single proportions, its choices taken over one by one from metafor's; every line says what changes with it.".to_owned(),
            "RevMan pools proportions only as effects with standard errors: these are logits.".to_owned(),
        ],
    }));
    Document {
        title: vec![source_line(input), format!("{k} studies; {} tools", tools.len())],
        blocks,
    }
}

fn limits(pair: Option<(f64, f64)>, values: Values) -> Cell {
    pair.map_or(Cell::Empty, |(lower, upper)| Cell::Interval {
        lower: values.show(lower),
        upper: values.show(upper),
    })
}

fn table(tools: &[Compared], values: Values) -> Table {
    let right = |label| Column { label, align: Align::Right };
    let rows = tools.iter().map(|tool| {
        let shown = tool.fit.as_ref().map(Printout::of).unwrap_or_default();
        let text =
            |value: Option<String>| Cell::Text(value.unwrap_or_else(|| UNDEFINED.to_owned()));
        let kind = if tool.settings.i2 == I2::Q { "Q" } else { "τ²" };
        Row {
            label: Label::Data(tool.tool.name().to_owned()),
            indent: 0,
            cells: vec![
                text(shown.estimate.map(|value| values.show(value))),
                limits(shown.ci_lower.zip(shown.ci_upper), values),
                limits(shown.lower.zip(shown.upper), values),
                text(shown.tau2.map(|value| fixed(value, 3))),
                text(shown.i2.map(|value| format!("{} ({kind})", fixed(value, 1)))),
            ],
            headline: false,
        }
    });
    Table {
        heading: None,
        columns: vec![
            Column { label: Label::plain("Tool"), align: Align::Left },
            right(Label::term(values.heading(), "rate")),
            right(Label::term("CI", "confidence-interval")),
            right(Label::term("Prediction", "prediction-interval")),
            right(Label::term("τ²", "tau2")),
            right(Label::term("I² % (from)", "i2")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}

const fn word(choice: Changed) -> &'static str {
    match choice {
        Changed::Model => "model",
        Changed::Measure => "scale",
        Changed::Tau2 => "τ²",
        Changed::Interval => "interval",
        Changed::Prediction => "prediction",
        Changed::I2 => "I²",
    }
}

fn choices(tool: &Compared) -> String {
    let settings: &Settings = &tool.settings;
    let interval = tool.fit.as_ref().ok().and_then(|fit| fit.random);
    let mut parts = vec![method(settings)];
    if let Some(random) = interval {
        parts.push(ci_name(random.pooled.method).0.to_owned());
    }
    parts.push(prediction_name(settings.prediction).map_or_else(
        || "no prediction interval".to_owned(),
        |name| format!("prediction by {name}"),
    ));
    if matches!(settings.model, Model::TwoStep(_)) || settings.i2 == I2::Q {
        parts.push(if settings.i2 == I2::Q { "I² from Q" } else { "I² from τ²" }.to_owned());
    }
    parts.join("; ")
}

/// What a step moves: what it does not move is left out.
fn change(before: Printout, step: &Step, values: Values) -> String {
    let after = step.result;
    let mut parts = Vec::new();
    let one = |value: Option<f64>| value.map_or_else(|| UNDEFINED.to_owned(), |v| values.show(v));
    let pair = |lower: Option<f64>, upper: Option<f64>| {
        lower.zip(upper).map_or_else(
            || "none".to_owned(),
            |(lower, upper)| format!("[{}, {}]", values.show(lower), values.show(upper)),
        )
    };
    let mut moved = |name: &str, from: String, to: String| {
        if from != to {
            parts.push(format!("{name} from {from} to {to}"));
        }
    };
    moved("rate", one(before.estimate), one(after.estimate));
    moved("interval", pair(before.ci_lower, before.ci_upper), pair(after.ci_lower, after.ci_upper));
    moved("prediction", pair(before.lower, before.upper), pair(after.lower, after.upper));
    let i2 = |value: Option<f64>| value.map_or_else(|| UNDEFINED.to_owned(), |v| fixed(v, 1));
    moved("I²", i2(before.i2), i2(after.i2));
    if parts.is_empty() { "changes nothing that is printed".to_owned() } else { parts.join("; ") }
}
