//! The result in plain words, and the few numbers to see first.

use super::super::{
    Style,
    number::{Values, fixed, grouped, precise},
};
use crate::{
    analysis::Pooled,
    effect::Measure,
    model::{Estimand, Estimate, Fit, Model},
};

/// A number to see first.
#[cfg(feature = "html")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Figure {
    pub(in crate::report) name: String,
    pub(in crate::report) value: String,
    /// Its interval, or what it is of.
    pub(in crate::report) beside: String,
}

/// What came out, as one would say it.
pub(super) fn sentences(pooled: &Pooled, style: &Style) -> Vec<String> {
    let fit = &pooled.fit;
    let values = Values::of(pooled, style);
    let mut sentences = vec![result(fit, values)];
    sentences.extend(fit.prediction.as_ref().map(|prediction| {
        let level = fit.settings.level.percent();
        let what = if fit.crude.is_some() { "true rate" } else { "true value" };
        format!(
            "In a new setting like these the {what} would lie between {} and {} (the {level} % prediction interval).",
            values.with_unit(prediction.lower),
            values.with_unit(prediction.upper)
        )
    }));
    if fit.k == 1 {
        sentences.push(
            "One study says nothing about how studies differ: there is no random-effects result, no heterogeneity and no prediction.".to_owned(),
        );
    } else if fit.k < 5 && fit.random.is_some() {
        sentences.push("With so few studies, how much they differ is hardly known.".to_owned());
    }
    sentences
}

fn result(fit: &Fit, values: Values) -> String {
    let whose = studies(fit);
    match (&fit.random, &fit.common) {
        (Some(random), _) => {
            let what = match random.estimand {
                _ if fit.crude.is_none() => String::new(),
                Estimand::Median => ", that of the study in the middle,".to_owned(),
                Estimand::Mean => ", the mean over studies,".to_owned(),
            };
            let value = with_interval(fit, &random.pooled, values);
            format!("{whose}, {}{what} is {value}.", effect(fit))
        }
        (None, Some(common)) if fit.k == 1 => format!(
            "{whose}: {} is {}.",
            effect(fit).replace("pooled ", ""),
            with_interval(fit, common, values)
        ),
        (None, Some(common)) => format!(
            "{whose}, {} is {}, if one true value holds for all of them.",
            effect(fit),
            with_interval(fit, common, values)
        ),
        (None, None) => format!("{whose}: there is no pooled result."),
    }
}

/// `Across 15 studies with 1,322 patients`.
fn studies(fit: &Fit) -> String {
    let patients = fit
        .total
        .and_then(|total| usize::try_from(total).ok())
        .map_or_else(String::new, |total| format!(" with {} patients", grouped(total)));
    match fit.k {
        1 => format!("In the one study{patients}"),
        k => format!("Across {} studies{patients}", grouped(k)),
    }
}

/// What is pooled, by name.
fn effect(fit: &Fit) -> String {
    let measure = match &fit.settings.model {
        Model::TwoStep(two_step) => two_step.measure,
        Model::MantelHaenszel { measure, .. } => *measure,
        Model::Peto => Measure::Peto,
        Model::TwoGroupGlmm { .. } => fit.studies.measure(),
        Model::Glmm { .. } | Model::BetaBinomial { .. } => return "the pooled rate".to_owned(),
    };
    match measure.symbol() {
        "Rate" => "the pooled rate".to_owned(),
        _ if measure == Measure::Gen => "the pooled effect".to_owned(),
        symbol => format!("the pooled {} ({symbol})", measure.name()),
    }
}

fn with_interval(fit: &Fit, estimate: &Estimate, values: Values) -> String {
    let value = values.with_unit(estimate.estimate);
    let level = fit.settings.level.percent();
    match (estimate.ci_lower, estimate.ci_upper) {
        (Some(lower), Some(upper)) => {
            format!("{value} ({level} % CI {} to {})", values.show(lower), values.with_unit(upper))
        }
        (None, Some(upper)) => format!("{value} (at most {})", values.with_unit(upper)),
        (Some(lower), None) => format!("{value} (at least {})", values.with_unit(lower)),
        (None, None) => value,
    }
}

/// The few numbers to see first.
#[cfg(feature = "html")]
pub(in crate::report) fn key_figures(pooled: &Pooled, style: &Style) -> Vec<Figure> {
    let fit = &pooled.fit;
    let values = Values::of(pooled, style);
    let level = fit.settings.level.percent();
    let range = |lower: Option<f64>, upper: Option<f64>| match (lower, upper) {
        (Some(lower), Some(upper)) => {
            format!("{level} % CI {} to {}", values.show(lower), values.show(upper))
        }
        _ => String::new(),
    };
    let figure =
        |name: &str, value: String, beside: String| Figure { name: name.to_owned(), value, beside };
    let patients = fit.events.zip(fit.total).map(|(events, total)| {
        let count = |n: u64| usize::try_from(n).map_or_else(|_| n.to_string(), grouped);
        format!("{} of {} patients", count(events), count(total))
    });
    let mut figures = vec![figure("Studies", grouped(fit.k), patients.unwrap_or_default())];
    let leading = fit.random.map(|random| random.pooled).or(fit.common);
    figures.extend(leading.map(|estimate| {
        let name = if fit.k == 1 { "The study" } else { "Pooled" };
        figure(
            name,
            values.with_unit(estimate.estimate),
            range(estimate.ci_lower, estimate.ci_upper),
        )
    }));
    figures.extend(fit.prediction.as_ref().map(|prediction| {
        let text =
            format!("{} – {}", values.show(prediction.lower), values.with_unit(prediction.upper));
        figure("New setting", text, format!("{level} % prediction interval"))
    }));
    let spread = &fit.heterogeneity;
    if let Some(i2) = spread.i2.or(spread.i2_q) {
        let beside = match (spread.tau, spread.rho) {
            (Some(tau), _) => format!("τ = {}", precise(tau, 3)),
            (None, Some(rho)) => format!("ρ = {}", precise(rho, 3)),
            (None, None) => String::new(),
        };
        figures.push(figure("I²", format!("{} %", fixed(i2, 1)), beside));
    }
    figures
}
