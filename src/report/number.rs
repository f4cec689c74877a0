//! Numbers as people read them: enough digits to tell results apart, no more.

use super::{Scale, Style};
use crate::{
    analysis::Pooled,
    effect::{Display, Measure},
    model::{Fit, Model, Predicted, Settings},
};

/// Decimals that a value is never pushed beyond.
const MOST_DECIMALS: usize = 8;
/// Values below this keep fewer than two digits with so many decimals.
const TINY: f64 = 9.5e-8;

/// What stands where a number is not defined.
pub(super) const UNDEFINED: &str = "–";

/// How the display values of one result are shown: all with the same decimals, so that columns
/// align on the decimal point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Values {
    /// Rates, shown as `factor · p`.
    Rates { scale: Scale, decimals: usize },
    /// Ratios, differences, correlations, means, shown as they are under the measure's symbol.
    Effects { decimals: usize, symbol: &'static str },
}

impl Values {
    /// Chooses decimals so that every pooled rate keeps two significant digits (0.12 % does not
    /// become 0.1 %), and so does its distance from 100 %.
    pub(super) fn of(pooled: &Pooled, style: &Style) -> Self {
        let fit = &pooled.fit;
        if let Some(symbol) = symbol_of(fit) {
            let decimals = style.digits.unwrap_or_else(|| effect_decimals(fit));
            return Self::Effects { decimals, symbol };
        }
        let scale = style.scale;
        let decimals = style.digits.unwrap_or_else(|| {
            let own = rate_decimals(fit, scale);
            // Another method may need more, but a stray one shall not fill the table with zeros.
            pooled
                .alternatives
                .iter()
                .filter_map(|other| other.fit.as_ref().ok())
                .map(|other| rate_decimals(other, scale).min(own + 1))
                .fold(own, usize::max)
        });
        Self::Rates { scale, decimals }
    }

    /// For several fits of one scale, such as groups: enough for each, but not driven by one.
    pub(super) fn of_fits<'a>(
        lead: &Fit,
        others: impl Iterator<Item = &'a Fit>,
        style: &Style,
    ) -> Self {
        if let Some(symbol) = symbol_of(lead) {
            let decimals = style.digits.unwrap_or_else(|| effect_decimals(lead));
            return Self::Effects { decimals, symbol };
        }
        let scale = style.scale;
        let decimals = style.digits.unwrap_or_else(|| {
            let own = rate_decimals(lead, scale);
            others.map(|other| rate_decimals(other, scale).min(own + 1)).fold(own, usize::max)
        });
        Self::Rates { scale, decimals }
    }

    /// For predicted values: two significant digits of every rate, three of an effect's interval.
    pub(super) fn of_predictions(
        settings: &Settings,
        predicted: &[Predicted],
        style: &Style,
    ) -> Self {
        let scale = style.scale;
        let digits = |value: f64, digits: i32, fewest: usize| {
            significant_decimals(value, digits).clamp(fewest, fewest + 2)
        };
        if let Some(symbol) = effect_symbol(settings) {
            let width = |p: &Predicted| {
                let width = p.ci_upper.zip(p.ci_lower).map_or(1.0, |(upper, lower)| upper - lower);
                digits(0.5 * width, 3, 1)
            };
            let decimals =
                style.digits.unwrap_or_else(|| predicted.iter().map(width).fold(1, usize::max));
            return Self::Effects { decimals, symbol };
        }
        let of = |p: &Predicted| {
            digits(p.estimate.min(1.0 - p.estimate) * scale.factor(), 2, scale.decimals())
        };
        let decimals = style
            .digits
            .unwrap_or_else(|| predicted.iter().map(of).fold(scale.decimals(), usize::max));
        Self::Rates { scale, decimals }
    }

    /// `value` on the display scale. A rate that would round to 0 (or to 100 %) without being it
    /// is shown as `<0.1` (or `>99.9`).
    pub(super) fn show(self, value: f64) -> String {
        match self {
            Self::Effects { decimals, .. } => fixed(value, decimals),
            Self::Rates { scale, decimals } => {
                let factor = scale.factor();
                let step = 0.1f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
                let text = fixed(value * factor, decimals);
                if value > 0.0 && text == fixed(0.0, decimals) {
                    format!("<{}", fixed(step, decimals))
                } else if value < 1.0 && text == fixed(factor, decimals) {
                    format!(">{}", fixed(factor - step, decimals))
                } else {
                    text
                }
            }
        }
    }

    /// `value` with its unit, for sentences.
    pub(super) fn with_unit(self, value: f64) -> String {
        let text = self.show(value);
        match self {
            Self::Rates { scale: Scale::Percent, .. } => format!("{text} %"),
            Self::Rates { scale: Scale::Per1000, .. } => format!("{text} per 1000"),
            Self::Rates { scale: Scale::Proportion, .. } | Self::Effects { .. } => text,
        }
    }

    /// What heads a column of such values.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Rates { scale: Scale::Percent, .. } => "Rate %",
            Self::Rates { scale: Scale::Per1000, .. } => "Per 1000",
            Self::Rates { scale: Scale::Proportion, .. } => "Rate",
            Self::Effects { symbol, .. } => symbol,
        }
    }
}

impl Scale {
    /// What a proportion is multiplied by.
    const fn factor(self) -> f64 {
        match self {
            Self::Percent => 100.0,
            Self::Proportion => 1.0,
            Self::Per1000 => 1000.0,
        }
    }

    /// The fewest decimals: a tenth of a percent, or what is nearest to it.
    const fn decimals(self) -> usize {
        match self {
            Self::Percent => 1,
            Self::Proportion => 3,
            Self::Per1000 => 0,
        }
    }
}

/// What the display values are called where they are no proportions.
pub(super) fn effect_symbol(settings: &Settings) -> Option<&'static str> {
    measure(settings).map(Measure::symbol)
}

/// The same of a fit, which knows whether its ratios are of odds or of rates.
fn symbol_of(fit: &Fit) -> Option<&'static str> {
    match fit.settings.model {
        Model::TwoGroupGlmm { .. } => Some(fit.studies.measure().symbol()),
        _ => effect_symbol(&fit.settings),
    }
}

/// The measure where its display values are no proportions.
pub(super) const fn measure(settings: &Settings) -> Option<Measure> {
    match &settings.model {
        Model::TwoStep(two_step) => match two_step.measure.display() {
            Display::Proportion => None,
            _ => Some(two_step.measure),
        },
        Model::MantelHaenszel { measure, .. } => Some(*measure),
        Model::Peto => Some(Measure::Peto),
        Model::TwoGroupGlmm { .. } => Some(Measure::Or),
        Model::RateGlmm { .. } => Some(Measure::Irln),
        Model::Glmm { .. } | Model::BetaBinomial { .. } => None,
    }
}

/// Two significant digits of every pooled rate, or of the limits where all rates are 0 or 1.
fn rate_decimals(fit: &Fit, scale: Scale) -> usize {
    let inner = |p: &f64| *p > 0.0 && *p < 1.0;
    let estimates: Vec<f64> = pooled_estimates(fit).filter(inner).collect();
    let leading =
        if estimates.is_empty() { pooled_limits(fit).filter(inner).collect() } else { estimates };
    leading
        .into_iter()
        .map(|p| significant_decimals(p.min(1.0 - p) * scale.factor(), 2))
        .fold(scale.decimals(), usize::max)
}

fn pooled_estimates(fit: &Fit) -> impl Iterator<Item = f64> {
    let random = fit.random.as_ref();
    let mean = random.and_then(|r| r.marginal_mean);
    [
        random.map(|r| r.pooled.estimate),
        random.and_then(|r| r.median),
        mean.map(|m| m.estimate),
        fit.common.map(|c| c.estimate),
        fit.crude.map(|c| c.estimate),
    ]
    .into_iter()
    .flatten()
}

fn pooled_limits(fit: &Fit) -> impl Iterator<Item = f64> {
    let random = fit.random.as_ref().map(|r| &r.pooled);
    [random, fit.common.as_ref()]
        .into_iter()
        .flatten()
        .flat_map(|e| [e.ci_lower, e.ci_upper])
        .flatten()
}

/// Three significant digits of the width of the interval that leads.
fn effect_decimals(fit: &Fit) -> usize {
    let limits: Vec<f64> = pooled_limits(fit).take(2).collect();
    let bounded = measure(&fit.settings).is_some_and(|m| m.display() == Display::Correlation);
    let most = if bounded { 3 } else { 6 };
    match limits.as_slice() {
        [lower, upper] if upper > lower => significant_decimals(0.5 * (upper - lower), 3).min(most),
        _ => 3,
    }
}

/// Three significant digits of half the distance between two values; at most six decimals.
pub(super) fn effect_decimals_of(lower: f64, upper: f64) -> usize {
    let half = 0.5 * (upper - lower);
    if half > 0.0 && half.is_finite() { significant_decimals(half, 3).clamp(2, 6) } else { 3 }
}

/// The decimals that show `digits` significant digits of a positive `value`.
fn significant_decimals(value: f64, digits: i32) -> usize {
    if !(value.is_finite() && value > 0.0) {
        return 0;
    }
    // The exponent of the rounded value: 0.0996 is 0.10 with two digits.
    let text = format!("{value:.*e}", usize::try_from(digits - 1).unwrap_or(0));
    let exponent: i32 = text.split('e').nth(1).and_then(|e| e.parse().ok()).unwrap_or(0);
    usize::try_from(digits - 1 - exponent).unwrap_or(0).min(MOST_DECIMALS)
}

/// `value` with fixed decimals and a true minus; never `−0.0`. Huge values go to powers of ten.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return UNDEFINED.to_owned();
    }
    let text = if value.abs() < 1e9 {
        format!("{:.decimals$}", value.abs())
    } else {
        format!("{:.3e}", value.abs())
    };
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// `value` with at least `decimals` decimals, more where it takes them to show two digits of it;
/// an exact 0 is `0`, and what would take too many decimals a power of ten.
pub(super) fn precise(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() < TINY {
        return format!("{}{:.1e}", if value < 0.0 { "−" } else { "" }, value.abs());
    }
    fixed(value, decimals.max(significant_decimals(value.abs(), 2)))
}

/// A p value in a sentence: `p = 0.031`, `p < 0.0001`.
pub(super) fn p_value(p: f64) -> String {
    match p {
        p if !p.is_finite() => format!("p {UNDEFINED}"),
        p if p < 0.0001 => "p < 0.0001".to_owned(),
        p if p < 0.001 => format!("p = {p:.4}"),
        p if p < 0.9995 => format!("p = {p:.3}"),
        _ => "p > 0.999".to_owned(),
    }
}

/// A p value in a cell of a table.
pub(super) fn p_cell(p: f64) -> String {
    let text = p_value(p);
    text.strip_prefix("p = ")
        .or(text.strip_prefix("p "))
        .unwrap_or(&text)
        .replace("< ", "<")
        .replace("> ", ">")
}

/// Degrees of freedom: whole where they are, else with one decimal.
pub(super) fn degrees(df: f64) -> String {
    if df.fract() == 0.0 { fixed(df, 0) } else { fixed(df, 1) }
}

/// A whole number with thousands set off by commas, for sentences.
pub(super) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERCENT: Values = Values::Rates { scale: Scale::Percent, decimals: 1 };

    #[test]
    fn rates_that_round_to_an_edge_say_so() {
        assert_eq!(PERCENT.show(0.0), "0.0");
        assert_eq!(PERCENT.show(0.0002), "<0.1");
        assert_eq!(PERCENT.show(0.9999), ">99.9");
        assert_eq!(PERCENT.show(1.0), "100.0");
        assert_eq!(PERCENT.show(-0.0), "0.0");
        assert_eq!(Values::Rates { scale: Scale::Per1000, decimals: 0 }.show(0.0123), "12");
        assert_eq!(PERCENT.with_unit(0.5), "50.0 %");
    }

    #[test]
    fn p_values_read_as_in_a_paper() {
        let shown = [0.031, 0.00042, 0.0001, 0.00005, 0.0, 0.4, 0.9999, 1.0].map(p_value);
        assert_eq!(
            shown,
            [
                "p = 0.031",
                "p = 0.0004",
                "p = 0.0001",
                "p < 0.0001",
                "p < 0.0001",
                "p = 0.400",
                "p > 0.999",
                "p > 0.999"
            ]
        );
    }

    #[test]
    fn significant_digits_survive_rounding() {
        assert_eq!(significant_decimals(70.5, 2), 0);
        assert_eq!(significant_decimals(5.4, 2), 1);
        assert_eq!(significant_decimals(0.12, 2), 2);
        assert_eq!(significant_decimals(0.0996, 2), 2);
        assert_eq!(significant_decimals(0.0994, 2), 3);
        assert_eq!(significant_decimals(0.0, 2), 0);
        assert_eq!(significant_decimals(1e-300, 2), MOST_DECIMALS);
        assert_eq!(precise(0.000_45, 3), "0.00045");
        assert_eq!(precise(-0.0, 3), "0");
        assert_eq!(precise(1e-7, 3), "0.00000010");
        assert_eq!(precise(5.1e-10, 3), "5.1e-10");
    }

    #[test]
    fn minus_is_a_minus_and_zero_has_none() {
        assert_eq!(fixed(-0.04, 1), "0.0");
        assert_eq!(fixed(-1.25, 2), "−1.25");
        assert_eq!(fixed(f64::NAN, 2), "–");
        assert_eq!(fixed(1.5e12, 2), "1.500e12");
        assert_eq!(degrees(14.0), "14");
        assert_eq!(degrees(11.37), "11.4");
        assert_eq!(grouped(999_950), "999,950");
        assert_eq!(grouped(50), "50");
    }
}
