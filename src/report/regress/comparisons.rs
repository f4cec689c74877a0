//! Contrasts, the trend, and predicted values.

use super::{
    super::{
        Style,
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, Values, p_cell, p_value},
        pool::limits,
    },
    coefficients::decimals,
    facts::omnibus,
    right, scale,
};
use crate::{
    effect::Measure,
    model::{Model, Regression},
};

/// Differences between levels.
pub(super) fn contrasts(fit: &Regression) -> Option<Table> {
    if fit.contrasts.is_empty() {
        return None;
    }
    let level = fit.settings.level.percent();
    let several = fit.contrasts.len() > 1;
    let ratios = fit.contrasts.iter().any(|contrast| contrast.ratio.is_some());
    let mut columns = vec![
        Column { label: Label::term("Difference", "contrast"), align: Align::Left },
        right(Label::plain("Estimate")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
    ];
    if ratios {
        let log = matches!(&fit.settings.model, Model::TwoStep(t) if t.measure != Measure::Plo);
        let name = if log { "Ratio" } else { "Odds ratio" };
        columns.push(right(Label::term(name, "contrast")));
    }
    columns.push(right(Label::term("p", "p-value")));
    if several {
        columns.push(right(Label::term("p adj.", "adjustment")));
    }
    let p = |p: Option<f64>| Cell::Text(p.map_or_else(|| UNDEFINED.to_owned(), p_cell));
    let smallest = fit.contrasts.iter().map(|c| c.value.se).fold(f64::INFINITY, f64::min);
    let show = |x: f64| decimals(x, smallest.max(0.1));
    let rows = fit.contrasts.iter().map(|contrast| {
        let value = &contrast.value;
        let mut cells = vec![
            Cell::Text(show(value.estimate)),
            Cell::Interval { lower: show(value.ci_lower), upper: show(value.ci_upper) },
        ];
        if ratios {
            let ratio = contrast.ratio.map(|ratio| three_digits(ratio.estimate));
            cells.push(Cell::Text(ratio.unwrap_or_else(|| UNDEFINED.to_owned())));
        }
        cells.push(p(value.p_value));
        if several {
            cells.push(p(contrast.p_adjusted));
        }
        Row { label: Label::Data(value.term.clone()), indent: 0, cells, headline: false }
    });
    Some(Table {
        heading: Some(Label::term(format!("Differences{}", scale(fit)), "contrast")),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}

/// A positive number with three significant digits, from 0.001 to 99,999.
fn three_digits(value: f64) -> String {
    match value {
        v if !(1e-3..1e5).contains(&v) => format!("{v:.2e}"),
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v if v >= 1.0 => format!("{v:.2}"),
        v => format!("{v:.3}"),
    }
}

/// The trend over ordered levels.
pub(super) fn trend(fit: &Regression) -> Option<Facts> {
    let trend = fit.trend.as_ref()?;
    let slope = &trend.slope;
    let show = |x: f64| decimals(x, slope.se.max(0.1));
    let p = slope.p_value.map_or_else(String::new, |p| format!(", {}", p_value(p)));
    let mut facts = vec![
        (Label::term("order", "trend"), trend.levels.join(" < ")),
        (
            Label::term("per step", "trend"),
            format!(
                "{} [{}, {}]{p}",
                show(slope.estimate),
                show(slope.ci_lower),
                show(slope.ci_upper)
            ),
        ),
    ];
    facts.extend(
        trend.departure.as_ref().map(|test| (Label::term("off a line", "trend"), omnibus(test))),
    );
    Some(Facts { heading: Label::term(format!("Trend{}", scale(fit)), "trend"), facts })
}

/// Pooled values at given moderators.
pub(super) fn predictions(fit: &Regression, style: &Style) -> Option<Table> {
    if fit.predictions.is_empty() {
        return None;
    }
    let values = Values::of_predictions(&fit.settings, &fit.predictions, style);
    let level = fit.settings.level.percent();
    let mut columns = vec![
        Column { label: Label::plain("At"), align: Align::Left },
        right(Label::term(values.heading(), "rate")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
    ];
    let new_study = fit.predictions.iter().any(|predicted| predicted.lower.is_some());
    if new_study {
        columns.push(right(Label::term(format!("{level} % prediction"), "prediction-interval")));
    }
    let rows = fit.predictions.iter().map(|predicted| {
        let mut cells = vec![
            Cell::Text(values.show(predicted.estimate)),
            limits(values, Some(predicted.ci_lower), Some(predicted.ci_upper)),
        ];
        if new_study {
            cells.push(limits(values, predicted.lower, predicted.upper));
        }
        Row { label: Label::Data(predicted.at.clone()), indent: 0, cells, headline: false }
    });
    Some(Table {
        heading: Some(Label::term("Predicted", "prediction-at")),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}
