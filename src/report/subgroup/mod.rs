//! The document of `resorb subgroup`.

mod dependence;
mod groups;
pub(in crate::report) mod notes;
mod tests_table;

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Column, Label, List},
    number::Values,
    pool::{ci_name, level_label, method, model_items, prediction_name, source_line, study_ci},
    rows,
};
use crate::{
    analysis::Subgroups,
    model::{Model, Settings},
};

/// What every part of the document needs to know.
#[derive(Clone, Copy)]
struct Context<'a> {
    subgroups: &'a Subgroups,
    values: Values,
}

impl Context<'_> {
    const fn settings(&self) -> &Settings {
        &self.subgroups.overall.settings
    }

    /// `studies`, or `clusters by COLUMN`.
    fn clusters(&self) -> String {
        let by = &self.subgroups.clustered_by;
        format!("{}{}", by.many(), by.suffix())
    }

    /// ` (logit)`, or nothing for effects computed elsewhere.
    fn scale(&self) -> String {
        match super::pool::scale_name(self.settings()) {
            "" => String::new(),
            name => format!(" ({name})"),
        }
    }
}

/// A column of numbers.
fn right(label: Label) -> Column {
    Column { label, align: Align::Right }
}

/// The result of `resorb subgroup` as sections of words and tables.
#[must_use]
pub fn subgroup_document(subgroups: &Subgroups, input: &InputInfo, style: &Style) -> Document {
    let fits = subgroups.groups.iter().map(|group| &group.fit);
    let values = Values::of_fits(&subgroups.overall, fits, style);
    let context = Context { subgroups, values };
    let blocks = [
        Some(Block::Table(groups::table(context))),
        Some(groups::heterogeneity(context)),
        tests_table::table(context).map(Block::Table),
        dependence::differences(context).map(Block::Table),
        dependence::variances(context).map(Block::Facts),
        dependence::overlap(context).map(Block::Facts),
        dependence::paired(context).map(Block::Table),
        Some(Block::List(choices(context))),
        notes::block(context.subgroups, |rate| values.with_unit(rate)).map(Block::Sentences),
    ];
    Document {
        title: vec![source_line(input), model_line(subgroups, style)],
        blocks: blocks.into_iter().flatten().collect(),
    }
}

/// How many groups of what, and what was fitted.
fn model_line(subgroups: &Subgroups, style: &Style) -> String {
    let settings = &subgroups.overall.settings;
    let count = match subgroups.groups.len() {
        1 => "1 group".to_owned(),
        several => format!("{several} groups"),
    };
    let remark = style.model_remark.as_ref().map(|remark| format!(" ({remark})"));
    format!(
        "{count} by {}; {}; model: {}{}",
        subgroups.by.join(" and "),
        rows::counted(subgroups.overall.studies.studies()),
        method(settings),
        remark.unwrap_or_default()
    )
}

fn choices(context: Context<'_>) -> List {
    let settings = context.settings();
    let mut items = model_items(settings, true);
    items.push(if context.subgroups.tau2_common {
        Label::term("one τ² for all groups", "common-tau2")
    } else if matches!(settings.model, Model::BetaBinomial { .. }) {
        Label::term("each group with its own ρ", "rho")
    } else {
        Label::term("each group with its own τ²", "common-tau2")
    });
    let groups = || context.subgroups.groups.iter().map(|group| &group.fit);
    let ci = groups().find_map(|fit| fit.random.as_ref()).map(|random| random.pooled.method);
    items.extend(ci.map(ci_name).map(|(name, term)| Label::term(name, term)));
    let prediction = groups().find_map(|fit| fit.prediction.as_ref()).map(|p| p.method);
    let prediction = prediction.and_then(prediction_name);
    items.extend(
        prediction.map(|name| Label::term(format!("prediction by {name}"), "prediction-interval")),
    );
    items.push(study_ci(settings));
    items.push(level_label(settings));
    List { heading: Label::plain("Choices"), items }
}
