//! Results without a study, with one study more, of resamples.

use super::{
    super::{
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, Values, degrees, fixed, precise},
        pool::limits,
    },
    Context, right,
};
use crate::{
    analysis::{Quantity, Resampling, Threshold},
    model::{Estimate, Fit},
};

/// The line that a fit comes to: its random-effects result, or the study itself.
fn line(fit: &Fit) -> Option<Estimate> {
    fit.random.map_or(fit.common, |random| Some(random.pooled))
}

fn row(label: Label, fit: &Fit, values: Values, headline: bool) -> Row {
    let estimate = line(fit);
    let h = &fit.heterogeneity;
    // The beta-binomial model has ρ in the place of τ².
    let spread = h.tau2.or(h.rho);
    let optional =
        |value: Option<String>| Cell::Text(value.unwrap_or_else(|| UNDEFINED.to_owned()));
    let cells = vec![
        optional(estimate.map(|e| values.show(e.estimate))),
        limits(values, estimate.and_then(|e| e.ci_lower), estimate.and_then(|e| e.ci_upper)),
        optional(spread.map(|spread| precise(spread, 3))),
        optional(h.i2.or(h.i2_q).map(|i2| fixed(i2, 1))),
        optional(h.q.map(|q| fixed(q, 1))),
    ];
    Row { label, indent: 0, cells, headline }
}

fn columns(first: Label, context: Context<'_>) -> Vec<Column> {
    let fit = &context.answer.fit;
    let level = fit.settings.level.percent();
    let spread = if fit.heterogeneity.rho.is_some() {
        Label::term("ρ", "rho")
    } else {
        Label::term("τ²", "tau2")
    };
    let q = match fit.settings.model {
        crate::model::Model::TwoStep(_) => Label::term("Q", "q"),
        _ => Label::term("LRT", "lrt"),
    };
    vec![
        Column { label: first, align: Align::Left },
        right(Label::term(context.values.heading(), "rate")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(spread),
        right(Label::term("I² %", "i2")),
        right(q),
    ]
}

/// The result without each study.
pub(super) fn leave_one_out(context: Context<'_>) -> Table {
    let Context { answer, values } = context;
    let all = row(Label::plain("none"), &answer.fit, values, true);
    let rows = answer
        .leave_one_out
        .iter()
        .map(|left| row(Label::Data(left.left_out.clone()), &left.fit, values, false));
    Table {
        heading: Some(Label::term("Leave one out", "leave-one-out")),
        columns: columns(Label::plain("Left out"), context),
        groups: vec![
            Group { rows: vec![all], after: None },
            Group { rows: rows.collect(), after: None },
        ],
    }
}

/// The result as the studies come in.
pub(super) fn cumulative(context: Context<'_>) -> Table {
    let Context { answer, values } = context;
    let rows = answer
        .cumulative
        .iter()
        .map(|step| row(Label::Data(step.added.clone()), &step.fit, values, false));
    Table {
        heading: Some(Label::term("Cumulative", "cumulative")),
        columns: columns(Label::plain("Added"), context),
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}

/// How likely rates above a threshold are.
pub(in crate::report) fn threshold(threshold: Option<Threshold>, values: Values) -> Option<Facts> {
    let Threshold { c, probability, expected_share, df } = threshold?;
    let percent = |p: Option<f64>| {
        p.map_or_else(
            || "not defined for these data".to_owned(),
            |p| format!("{} %", fixed(100.0 * p, 1)),
        )
    };
    let how = df.map_or_else(String::new, |df| format!(" (t on {} df)", degrees(df)));
    Some(Facts {
        heading: Label::term(format!("Rates above {}", values.with_unit(c)), "threshold"),
        facts: vec![
            (
                Label::term("in a new study", "threshold"),
                format!("probability {}{how}", percent(probability)),
            ),
            (
                Label::term("among all settings", "threshold"),
                format!("expected share {}", percent(expected_share)),
            ),
        ],
    })
}

/// What a share of settings is worth where the studies show no heterogeneity.
pub(in crate::report) fn boundary(threshold: Option<Threshold>, fit: &Fit) -> Option<String> {
    threshold?.expected_share?;
    let found = &fit.heterogeneity;
    let name = match (found.tau2, found.rho) {
        (Some(0.0), _) => "τ̂² = 0",
        (None, Some(0.0)) => "ρ̂ = 0",
        _ => return None,
    };
    Some(format!(
        "{name}: the share of settings above the threshold takes it to be exact, so that all lie on the side of the pooled rate; it is no evidence that they do."
    ))
}

/// Bootstrap intervals.
pub(super) fn bootstrap(context: Context<'_>) -> Option<Table> {
    let bootstrap =
        context.answer.bootstrap.as_ref().filter(|bootstrap| !bootstrap.intervals.is_empty())?;
    let values = context.values;
    let rows = bootstrap.intervals.iter().map(|interval| {
        let show = |value: f64| match interval.quantity {
            Quantity::Estimate | Quantity::PredictionLower | Quantity::PredictionUpper => {
                values.show(value)
            }
            Quantity::Tau2 | Quantity::Rho => precise(value, 3),
            Quantity::I2 | Quantity::I2Q => fixed(value, 1),
        };
        let label = match interval.quantity {
            Quantity::Estimate => Label::term("rate", "rate"),
            Quantity::Tau2 => Label::term("τ²", "tau2"),
            Quantity::I2 => Label::term("I² from τ²", "i2"),
            Quantity::I2Q => Label::term("I² from Q", "i2"),
            Quantity::Rho => Label::term("ρ", "rho"),
            Quantity::PredictionLower => Label::term("prediction, lower", "prediction-interval"),
            Quantity::PredictionUpper => Label::term("prediction, upper", "prediction-interval"),
        };
        let estimate = interval.estimate.map_or_else(|| UNDEFINED.to_owned(), show);
        let cells = vec![
            Cell::Text(estimate),
            Cell::Interval { lower: show(interval.lower), upper: show(interval.upper) },
            Cell::Text(interval.resamples.to_string()),
        ];
        Row { label, indent: 0, cells, headline: false }
    });
    let level = context.answer.fit.settings.level.percent();
    let heading = match bootstrap.resampling {
        Resampling::Parametric => "Bootstrap from the fitted model",
        Resampling::Studies => "Bootstrap over studies",
    };
    Some(Table {
        heading: Some(Label::term(heading, "bootstrap")),
        columns: vec![
            Column { label: Label::plain("Quantity"), align: Align::Left },
            right(Label::plain("Value")),
            right(Label::term(format!("{level} % interval"), "bootstrap")),
            right(Label::plain("Resamples")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}
