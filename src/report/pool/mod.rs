//! The document of `resorb pool`.

mod alternatives;
mod choices;
mod heterogeneity;
mod notes;
mod outcome;
mod permutation;
mod studies;

pub(in crate::report) use choices::{
    ci, ci_name, level as level_label, method, model_items, prediction_name, study_ci,
};
pub(in crate::report) use heterogeneity::{found, interval, scale_name};
#[cfg(feature = "html")]
pub(in crate::report) use outcome::heads as outcome_heads;
pub(in crate::report) use studies::{Shown, limits};

use super::{
    Document, InputInfo, Style,
    document::{Block, Facts, Label, List, Sentences, Table},
    number::{Values, grouped},
};
use crate::{analysis::Pooled, model::Fit, study::OutcomeKind};

/// What every part of a document needs to know.
#[derive(Clone, Copy)]
struct Context<'a> {
    fit: &'a Fit,
    values: Values,
}

impl Context<'_> {
    /// What heads a column of confidence intervals.
    fn ci_label(&self) -> Label {
        let level = self.fit.settings.level.percent();
        Label::term(format!("{level} % CI"), "confidence-interval")
    }
}

/// The result of `resorb pool` as sections of words and tables.
///
/// Of more than 100 studies it shows the first 50; CSV and JSON hold all of them.
#[must_use]
pub fn document(pooled: &Pooled, input: &InputInfo, style: &Style) -> Document {
    let parts = Parts::of(pooled, input, style, Shown::First);
    let blocks = [
        Some(Block::Table(parts.table)),
        Some(Block::Facts(parts.heterogeneity)),
        parts.corrected.map(Block::Facts),
        parts.permutation.map(Block::Facts),
        Some(Block::List(parts.choices)),
        parts.alternatives.map(Block::Table),
        parts.notes.map(Block::Sentences),
    ];
    Document { title: parts.title, blocks: blocks.into_iter().flatten().collect() }
}

/// The parts of a pooled result, for who gives each a section of its own.
pub(in crate::report) struct Parts {
    /// Where the data came from, and what was fitted.
    pub(in crate::report) title: Vec<String>,
    /// The studies and the pooled lines.
    pub(in crate::report) table: Table,
    /// How much the studies differ.
    pub(in crate::report) heterogeneity: Facts,
    /// Which studies got something added to their cells.
    pub(in crate::report) corrected: Option<Facts>,
    /// The permutation test.
    pub(in crate::report) permutation: Option<Facts>,
    /// What was chosen.
    pub(in crate::report) choices: List,
    /// The same data by other methods.
    pub(in crate::report) alternatives: Option<Table>,
    /// What a reader needs to know beside the numbers.
    pub(in crate::report) notes: Option<Sentences>,
}

impl Parts {
    /// Takes a result apart.
    pub(in crate::report) fn of(
        pooled: &Pooled,
        input: &InputInfo,
        style: &Style,
        shown: Shown,
    ) -> Self {
        let fit = &pooled.fit;
        let context = Context { fit, values: Values::of(pooled, style) };
        Self {
            title: vec![source_line(input), choices::model_line(fit, style)],
            table: studies::table(context, shown),
            heterogeneity: heterogeneity::facts(context),
            corrected: corrected(fit),
            permutation: pooled.permutation.map(|test| permutation::facts(context, &test)),
            choices: choices::list(fit),
            alternatives: alternatives::table(context, &pooled.alternatives),
            notes: notes::sentences(context, pooled),
        }
    }
}

/// Which studies of two groups, or of person-time, got something added to their cells.
fn corrected(fit: &Fit) -> Option<Facts> {
    let places = fit.studies.corrected();
    let outcomes = fit.studies.studies().outcomes();
    if places.is_empty() || outcomes.kind() == OutcomeKind::Proportions {
        return None;
    }
    let labels = fit.studies.studies().labels();
    let fact = |&i: &usize| {
        let cells = outcomes.cells(i).join(" and ");
        Some((Label::Data(labels.get(i)?.clone()), cells))
    };
    let facts = places.iter().take(50).filter_map(fact).collect();
    Some(Facts {
        heading: Label::term("Corrected for empty cells", "continuity-correction"),
        facts,
    })
}

/// The source, how many of its rows were used, and why the others were not.
pub(in crate::report) fn source_line(input: &InputInfo) -> String {
    let InputInfo { source, rows, used, excluded, .. } = input;
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for row in excluded {
        match reasons.iter_mut().find(|(reason, _)| *reason == row.reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((&row.reason, 1)),
        }
    }
    let left_out = match reasons.as_slice() {
        [] => String::new(),
        // "left out by column include" reads on; a clause such as "total is missing" is set off.
        [(reason, count)] if reason.starts_with("by ") || reason.starts_with("for ") => {
            format!("; {} left out {reason}", grouped(*count))
        }
        [(reason, count)] => format!("; {} left out: {reason}", grouped(*count)),
        several => {
            let each: Vec<String> = several
                .iter()
                .map(|(reason, count)| format!("{} {reason}", grouped(*count)))
                .collect();
            format!("; {} left out: {}", grouped(excluded.len()), each.join(", "))
        }
    };
    let rows_text = match (*rows, *used) {
        (1, 1) => "1 row".to_owned(),
        (rows, used) if rows == used => format!("{} rows", grouped(rows)),
        (rows, used) => format!("{} of {} rows", grouped(used), grouped(rows)),
    };
    format!("{source}: {rows_text}{left_out}")
}

/// That rows of one study are taken as independent, where a study has several.
pub(super) fn several_rows(fit: &Fit) -> Option<String> {
    notes::several_rows(fit)
}

/// A sentence for each alternative that gave no result.
pub(super) fn failed(pooled: &Pooled) -> impl Iterator<Item = String> {
    notes::failed(pooled)
}
