//! The document of `resorb predictors`.

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, List, Row, Sentences, Table},
    number::{UNDEFINED, Values, fixed, p_cell, precise},
    pool::{level_label, limits, method, model_items, source_line, study_ci},
};
use crate::{
    analysis::{Predictor, Predictors},
    model::{Fit, Rate},
};

/// The result of `resorb predictors` as sections of words and tables.
#[must_use]
pub fn predictors_document(answer: &Predictors, input: &InputInfo, style: &Style) -> Document {
    let fits = || answer.predictors.iter().map(|predictor| &predictor.fit);
    let values = fits().next().map(|lead| Values::of_fits(lead, fits(), style));
    let remark = style.model_remark.as_ref().map(|remark| format!(" ({remark})"));
    let count = match answer.predictors.len() {
        1 => "1 predictor".to_owned(),
        several => format!("{several} predictors"),
    };
    let line = format!(
        "{count} by {}; model: {}{}",
        answer.by,
        method(&answer.settings),
        remark.unwrap_or_default()
    );
    let blocks = [
        values.map(|values| Block::Table(table(answer, values))),
        answer.baseline.map(|baseline| Block::Table(absolute(answer, baseline))),
        overlap(answer).map(Block::Facts),
        Some(Block::List(choices(answer))),
        notes(answer).map(Block::Sentences),
    ];
    Document {
        title: vec![source_line(input), line],
        blocks: blocks.into_iter().flatten().collect(),
    }
}

fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// Which predictors, how strong, how certain.
fn table(answer: &Predictors, values: Values) -> Table {
    let level = answer.settings.level.percent();
    let mut columns = vec![
        Column { label: Label::plain("Predictor"), align: Align::Left },
        right(Label::term("k", "k")),
    ];
    let outcomes = answer.predictors.first().map(|p| p.fit.studies.studies().outcomes().kind());
    let groups = outcomes.map_or(&[][..], |kind| kind.groups());
    let heads: &[&str] = if groups.len() == 2 { &["Exposed", "Unexposed"] } else { groups };
    columns.extend(heads.iter().map(|head| right(Label::plain(*head))));
    columns.extend([
        right(Label::term(values.heading(), "yi")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::term("p", "p-value")),
        right(Label::term("τ²", "tau2")),
    ]);
    let rows = answer.predictors.iter().map(|Predictor { predictor, fit, .. }| {
        let mut cells = vec![Cell::Text(fit.k.to_string())];
        cells.extend(fit.studies.studies().outcomes().sum_cells().into_iter().map(Cell::Text));
        let pooled = fit.random.map(|random| random.pooled).or(fit.common);
        match pooled {
            Some(pooled) => cells.extend([
                Cell::Text(values.show(pooled.estimate)),
                limits(values, pooled.ci_lower, pooled.ci_upper),
                Cell::Text(pooled.p_value.map_or_else(undefined, p_cell)),
            ]),
            None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        }
        cells.push(Cell::Text(spread(fit)));
        Row { label: Label::Data(predictor.clone()), indent: 0, cells, headline: false }
    });
    Table { heading: None, columns, groups: vec![Group { rows: rows.collect(), after: None }] }
}

fn undefined() -> String {
    UNDEFINED.to_owned()
}

fn spread(fit: &Fit) -> String {
    fit.heterogeneity.tau2.map_or_else(undefined, |tau2| precise(tau2, 3))
}

/// What each means at the baseline.
fn absolute(answer: &Predictors, baseline: f64) -> Table {
    let level = answer.settings.level.percent();
    let percent = |p: f64| fixed(100.0 * p, 1);
    let columns = vec![
        Column { label: Label::plain("Predictor"), align: Align::Left },
        right(Label::plain("Risk %")),
        right(Label::plain("Difference")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::plain("Number needed")),
    ];
    let interval = |rate: Rate| match rate.ci_lower.zip(rate.ci_upper) {
        Some((lower, upper)) => Cell::Interval { lower: percent(lower), upper: percent(upper) },
        None => Cell::Empty,
    };
    let rows = answer.predictors.iter().map(|predictor| {
        let cells = match &predictor.absolute {
            None => vec![Cell::Text(undefined())],
            Some(found) => vec![
                Cell::Text(percent(found.risk.estimate)),
                Cell::Text(percent(found.difference.estimate)),
                interval(found.difference),
                Cell::Text(needed(found.number_needed, found.number_needed_interval)),
            ],
        };
        Row { label: Label::Data(predictor.predictor.clone()), indent: 0, cells, headline: false }
    });
    let heading = format!("Where {} % of the unexposed have the event", percent(baseline));
    Table {
        heading: Some(Label::plain(heading)),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}

/// A number needed, with its interval where that does not run through infinity.
fn needed(number: Option<f64>, interval: Option<(f64, f64)>) -> String {
    let Some(number) = number else { return undefined() };
    match interval {
        Some((lower, upper)) => {
            format!("{} [{}, {}]", fixed(number, 1), fixed(lower, 1), fixed(upper, 1))
        }
        None => format!("{} [not bounded]", fixed(number, 1)),
    }
}

/// Studies that count in several predictors.
fn overlap(answer: &Predictors) -> Option<Facts> {
    if answer.overlap.is_empty() {
        return None;
    }
    let facts = answer.overlap.iter();
    let facts = facts.map(|found| (Label::Data(found.study.clone()), found.groups.join(", ")));
    Some(Facts { heading: Label::plain("Studies in several predictors"), facts: facts.collect() })
}

fn choices(answer: &Predictors) -> List {
    let mut items = model_items(&answer.settings, true);
    items.push(Label::plain("each predictor on its own"));
    items.push(study_ci(&answer.settings));
    items.push(level_label(&answer.settings));
    List { heading: Label::plain("Choices"), items }
}

/// What the table does not say.
pub(super) fn sentences(answer: &Predictors) -> Vec<String> {
    let mut sentences = Vec::new();
    let alone: Vec<&str> = answer
        .predictors
        .iter()
        .filter(|predictor| predictor.fit.k == 1)
        .map(|predictor| predictor.predictor.as_str())
        .collect();
    if !alone.is_empty() {
        sentences.push(format!(
            "One study alone is behind {}: nothing says how much studies would differ.",
            alone.join(", ")
        ));
    }
    if !answer.overlap.is_empty() {
        sentences.push(
            "Studies that report several predictors lend their patients to each: the rows are not independent, and no row is adjusted for another."
                .to_owned(),
        );
    }
    if answer.baseline.is_none() {
        sentences.push(
            "A ratio says nothing about how many more have the event: --baseline 0.35 gives risks where 35 % of the unexposed have it."
                .to_owned(),
        );
    } else if answer.predictors.iter().any(|predictor| predictor.absolute.is_none()) {
        sentences.push("Absolute risks follow from OR, RR, RD, PETO and HR only.".to_owned());
    }
    if !answer.missing.is_empty() {
        sentences.push(format!("Left out without a predictor: {}.", answer.missing.join(", ")));
    }
    sentences
}

fn notes(answer: &Predictors) -> Option<Sentences> {
    let mut sentences = sentences(answer);
    for predictor in &answer.predictors {
        let warnings = predictor.fit.diagnostics.warnings.iter();
        let corrected = warnings
            .filter(|note| matches!(note, crate::model::Note::CorrectedGroups { .. }))
            .map(|note| format!("{}: {note}", predictor.predictor));
        sentences.extend(corrected);
    }
    (!sentences.is_empty()).then(|| Sentences { heading: Label::plain("Notes"), sentences })
}
