//! What other methods make of the same data, one line each.

use super::{
    super::document::{Align, Cell, Column, Group, Label, Row, Table},
    Context, choices,
    studies::limits,
};
use crate::{
    analysis::Alternative,
    model::{Estimand, Fit, Model, PredictionMethod},
};

/// The methods that gave a result; the others are named in the notes.
pub(super) fn table(context: Context<'_>, alternatives: &[Alternative]) -> Option<Table> {
    let rows: Vec<Row> = alternatives
        .iter()
        .filter_map(|alternative| row(context, alternative.fit.as_ref().ok()?))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let right = |label| Column { label, align: Align::Right };
    let mut columns = vec![
        Column { label: Label::plain("Method (what it estimates)"), align: Align::Left },
        right(Label::term(context.values.heading(), "rate")),
        right(context.ci_label()),
    ];
    if rows.iter().any(|row| row.cells.last().is_some_and(|cell| *cell != Cell::Empty)) {
        let level = context.fit.settings.level.percent();
        columns.push(right(Label::term(format!("{level} % prediction"), "prediction-interval")));
    }
    let heading = Some(Label::term("The same data, other methods", "alternatives"));
    Some(Table { heading, columns, groups: vec![Group { rows, after: None }] })
}

fn row(context: Context<'_>, fit: &Fit) -> Option<Row> {
    let values = context.values;
    let random = fit.random.as_ref()?;
    let (estimand, term) = match random.estimand {
        Estimand::Median => ("median", term_of(fit)),
        Estimand::Mean => ("mean", term_of(fit)),
    };
    let label = Label::term(format!("{} ({estimand})", choices::method(&fit.settings)), term);
    let predicted = fit.prediction.as_ref();
    // The beta-binomial model predicts by 2,000 fits, which a comparison leaves to a run of its own.
    let prediction = match (fit.settings.model, fit.settings.prediction) {
        (Model::BetaBinomial { .. }, PredictionMethod::None)
            if fit.k >= 3 && fit.heterogeneity.rho.is_some() =>
        {
            Cell::Text("bootstrap only".to_owned())
        }
        _ => limits(values, predicted.map(|p| p.lower), predicted.map(|p| p.upper)),
    };
    let cells = vec![
        Cell::Text(values.show(random.pooled.estimate)),
        limits(values, random.pooled.ci_lower, random.pooled.ci_upper),
        prediction,
    ];
    Some(Row { label, indent: 0, cells, headline: false })
}

const fn term_of(fit: &Fit) -> &'static str {
    match fit.settings.model {
        Model::TwoStep(_) => "two-step",
        Model::Glmm { .. } | Model::RateGlmm { .. } => "glmm",
        Model::BetaBinomial { .. } => "beta-binomial",
        Model::MantelHaenszel { .. } => "mantel-haenszel",
        Model::Peto => "peto",
        Model::TwoGroupGlmm { kind, .. } => kind.term(),
    }
}
