//! Selection models in words, the Copas model along its line, and single numbers.

use super::{
    super::{
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{fixed, p_cell, p_value, precise},
        pool::limits,
    },
    Context, right,
};
use crate::analysis::small_study::{Asymmetry, FailSafeMethod, SelectionKind, Side};

/// How selection models describe the selection.
pub(super) fn selection(context: Context<'_>) -> Option<Facts> {
    let facts: Vec<(Label, String)> = context
        .bias
        .selection
        .iter()
        .map(|fit| {
            let numbers: Vec<String> = fit.delta.iter().map(|delta| precise(*delta, 2)).collect();
            let what = match &fit.kind {
                SelectionKind::Step(cuts) => {
                    let cuts: Vec<String> = cuts.iter().map(ToString::to_string).collect();
                    format!("weights {} with cut points {}", numbers.join(", "), cuts.join(", "))
                }
                // The one weight that needs a convention: without it its mean may be infinite.
                SelectionKind::Beta => {
                    format!("δ = {}, p held within .00001 and .99999", numbers.join(", "))
                }
                _ => format!("δ = {}", numbers.join(", ")),
            };
            let test =
                format!("likelihood ratio {}, {}", fixed(fit.lrt, 2), p_value(fit.lrt_p_value));
            let tau2 = precise(fit.tau2, 3);
            let text = format!("{what}; τ² = {tau2}; {test}");
            (Label::term(fit.kind.label(), "selection-model"), text)
        })
        .collect();
    let heading = Label::term("Selection models", "selection-model");
    (!facts.is_empty()).then_some(Facts { heading, facts })
}

/// The Copas model as selection grows.
pub(super) fn copas(context: Context<'_>) -> Option<Table> {
    let copas = context.bias.copas.as_ref()?;
    let values = context.values;
    let level = context.bias.fit.settings.level.percent();
    let rows = copas.path.iter().map(|point| Row {
        label: Label::plain(format!("{} %", fixed(100.0 * point.publication, 0))),
        indent: 0,
        cells: vec![
            Cell::Text(values.show(point.estimate)),
            limits(values, point.ci_lower, point.ci_upper),
            Cell::Text(fixed(point.unseen, 1)),
            Cell::Text(p_cell(point.p_value)),
        ],
        headline: copas.adjusted.as_ref() == Some(point),
    });
    Some(Table {
        heading: Some(Label::term(
            match copas.side {
                Side::Left => "Copas model: low effects are seen less",
                Side::Right => "Copas model: high effects are seen less",
            },
            "copas",
        )),
        columns: vec![
            Column { label: Label::plain("Least precise seen"), align: Align::Left },
            right(Label::term(values.heading(), "rate")),
            right(Label::term(format!("{level} % CI"), "confidence-interval")),
            right(Label::plain("Unseen studies")),
            right(Label::term("p of what is left", "p-value")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}

/// Numbers that are no estimate of the rate.
pub(super) fn measures(context: Context<'_>) -> Facts {
    let bias = context.bias;
    let mut facts = Vec::new();
    if let Some(lfk) = &bias.lfk {
        let reading = match lfk.asymmetry {
            Asymmetry::No => "no asymmetry",
            Asymmetry::Minor => "minor asymmetry",
            Asymmetry::Major => "major asymmetry",
        };
        let text = format!("{}, {reading} by its authors' limits", fixed(lfk.index, 2));
        facts.push((Label::term("LFK index", "lfk"), text));
    }
    for fail_safe in &bias.fail_safe_n {
        let (name, meaning) = match fail_safe.method {
            FailSafeMethod::Rosenthal => ("Rosenthal", "to make the combined p exceed .05"),
            FailSafeMethod::Orwin => ("Orwin", "to halve the mean effect"),
            FailSafeMethod::Rosenberg => ("Rosenberg", "to make the common effect's p exceed .05"),
        };
        let text = format!("{name}: {} studies without effect {meaning}", fixed(fail_safe.n, 0));
        facts.push((Label::term("fail-safe N", "fail-safe-n"), text));
    }
    if let Some(excess) = &bias.excess_significance {
        let text = format!(
            "{} studies, {} expected, {}",
            excess.observed,
            fixed(excess.expected, 1),
            p_value(excess.p_value)
        );
        facts.push((Label::term("significant", "excess-significance"), text));
    }
    Facts { heading: Label::term("Other measures", "small-study-effects"), facts }
}
