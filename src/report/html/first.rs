//! The few numbers to see first.

use super::super::{
    Style,
    number::{Values, fixed, grouped, precise},
    rows::unit,
};
use crate::analysis::Pooled;

/// A number to see first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: String,
    /// Its interval, or what it is of.
    pub(super) beside: String,
}

/// The few numbers to see first.
pub(super) fn key_figures(pooled: &Pooled, style: &Style) -> Vec<Figure> {
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
    let mut figures = vec![figure(
        if unit(fit.studies.studies()) == "rows" { "Rows" } else { "Studies" },
        grouped(fit.k),
        patients.unwrap_or_default(),
    )];
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
