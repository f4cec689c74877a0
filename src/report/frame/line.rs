//! The pooled lines of a result, each with the same fields.

use serde::Serialize;

use super::super::pool::method;
use crate::{
    analysis::Pooled,
    model::{Estimand, Estimate, Fit, Rate},
};

/// A pooled line; what it has no value for is `None`.
#[derive(Default)]
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) k: Option<u64>,
    pub(super) events: Option<u64>,
    pub(super) total: Option<u64>,
    pub(super) yi: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) estimate: Option<f64>,
    pub(super) ci_lower: Option<f64>,
    pub(super) ci_upper: Option<f64>,
    pub(super) method: Option<String>,
    pub(super) estimand: Option<String>,
    pub(super) statistic: Option<f64>,
    pub(super) df: Option<f64>,
    pub(super) p_value: Option<f64>,
    pub(super) tau2: Option<f64>,
    pub(super) tau2_lower: Option<f64>,
    pub(super) tau2_upper: Option<f64>,
    pub(super) i2: Option<f64>,
    pub(super) i2_q: Option<f64>,
    pub(super) rho: Option<f64>,
}

/// The lines of a result in the order of the table.
pub(super) fn of(pooled: &Pooled) -> Vec<Line> {
    let others = pooled.alternatives.iter().filter_map(|other| other.fit.as_ref().ok());
    let others = others.filter_map(|other| random("alternative", other));
    of_fit(&pooled.fit).into_iter().chain(others).collect()
}

/// The lines of one fit.
pub(super) fn of_fit(fit: &Fit) -> Vec<Line> {
    [
        random("random", fit),
        other_estimand(fit),
        prediction(fit),
        fit.common
            .map(|c| Line { label: "common effect".to_owned(), ..estimate("common", fit, &c) }),
        fit.crude.map(|c| Line { label: "crude rate".to_owned(), ..rate("crude", fit, c) }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn line(kind: &'static str, fit: &Fit) -> Line {
    Line {
        kind,
        label: method(&fit.settings),
        k: u64::try_from(fit.k).ok(),
        events: fit.events,
        total: fit.total,
        ..Line::default()
    }
}

fn rate(kind: &'static str, fit: &Fit, rate: Rate) -> Line {
    Line {
        estimate: Some(rate.estimate),
        ci_lower: rate.ci_lower,
        ci_upper: rate.ci_upper,
        ..line(kind, fit)
    }
}

fn estimate(kind: &'static str, fit: &Fit, pooled: &Estimate) -> Line {
    Line {
        yi: pooled.yi,
        se: pooled.se,
        estimate: Some(pooled.estimate),
        ci_lower: pooled.ci_lower,
        ci_upper: pooled.ci_upper,
        method: name(pooled.method),
        statistic: pooled.statistic,
        df: pooled.df,
        p_value: pooled.p_value,
        ..line(kind, fit)
    }
}

fn random(kind: &'static str, fit: &Fit) -> Option<Line> {
    let random = fit.random.as_ref()?;
    let h = &fit.heterogeneity;
    Some(Line {
        estimand: name(random.estimand),
        tau2: h.tau2,
        tau2_lower: h.tau2_lower,
        tau2_upper: h.tau2_upper,
        i2: h.i2,
        i2_q: h.i2_q,
        rho: h.rho,
        ..estimate(kind, fit, &random.pooled)
    })
}

fn other_estimand(fit: &Fit) -> Option<Line> {
    let random = fit.random.as_ref()?;
    let (kind, estimand, value) = match random.estimand {
        Estimand::Median => ("marginal-mean", Estimand::Mean, random.marginal_mean?),
        Estimand::Mean => {
            let median = random.median.filter(|median| *median != random.pooled.estimate)?;
            ("median", Estimand::Median, Rate { estimate: median, ci_lower: None, ci_upper: None })
        }
    };
    Some(Line { estimand: name(estimand), ..rate(kind, fit, value) })
}

fn prediction(fit: &Fit) -> Option<Line> {
    let prediction = fit.prediction?;
    Some(Line {
        ci_lower: Some(prediction.lower),
        ci_upper: Some(prediction.upper),
        method: name(prediction.method),
        df: prediction.df,
        ..line("prediction", fit)
    })
}

/// The name that JSON gives a value.
fn name(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
