//! How much the studies differ, in sentences.

use super::super::Text;
use crate::{
    model::{Fit, Heterogeneity, I2, TestName},
    report::{
        number::{degrees, fixed, p_value, precise},
        pool::scale_name,
    },
};

pub(super) fn say(text: &mut Text, fit: &Fit) {
    let h = &fit.heterogeneity;
    let level = fit.settings.level.percent();
    let mut parts: Vec<String> = Vec::new();
    if let Some(tau2) = h.tau2 {
        let scale = match scale_name(&fit.settings) {
            "" => String::new(),
            scale => format!(" on the {scale} scale"),
        };
        let tau = h.tau.map_or_else(String::new, |tau| {
            format!("the between-study standard deviation τ was {}{scale} (", precise(tau, 3))
        });
        let range = range(level, h.tau2_lower, h.tau2_upper, "∞", |t| precise(t, 3));
        let close = if tau.is_empty() { "" } else { ")" };
        parts.push(format!("{tau}τ² = {}{range}{close}", precise(tau2, 3)));
    }
    if let Some(rho) = h.rho {
        let range = range(level, h.rho_lower, h.rho_upper, "1", |rho| precise(rho, 3));
        parts.push(format!("the overdispersion ρ was {}{}", precise(rho, 3), enclosed(&range)));
    }
    parts.extend(i2(fit.settings.i2, h, level));
    let mut sentence = parts.join(", and ");
    if !sentence.is_empty() {
        sentence.replace_range(..1, &sentence.get(..1).unwrap_or_default().to_uppercase());
        text.whole(&format!("{sentence}."));
    }
    let leading = h.tests.iter().find(|test| Some(test.statistic) == h.q);
    if let Some(test) = leading {
        let name = match test.name {
            TestName::Lrt => "The likelihood-ratio test of heterogeneity gave",
            TestName::Wald => "The Wald test of heterogeneity gave",
            _ => "The test of heterogeneity gave Q =",
        };
        text.whole(&format!(
            "{name} {} on {} df, {}.",
            fixed(test.statistic, 2),
            degrees(test.df),
            p_value(test.p_value)
        ));
    }
}

/// The I² that leads: from τ², or from Q where the settings prefer it or there is no other.
fn i2(prefer: I2, h: &Heterogeneity, level: f64) -> Option<String> {
    let from_tau2 = h.i2.map(|i2| ("", i2, h.i2_lower, h.i2_upper));
    let from_q = h.i2_q.map(|i2| (" (from Q)", i2, h.i2_q_lower, h.i2_q_upper));
    let (source, value, lower, upper) = match prefer {
        I2::Tau2 => from_tau2.or(from_q),
        I2::Q => from_q.or(from_tau2),
    }?;
    let range = range(level, lower, upper, "100 %", |i2| format!("{} %", fixed(i2, 1)));
    Some(format!("I²{source} was {} %{}", fixed(value, 1), enclosed(&range)))
}

/// In parentheses what reads after a comma.
fn enclosed(range: &str) -> String {
    range.strip_prefix(", ").map_or_else(String::new, |range| format!(" ({range})"))
}

/// `, 95 % CI a to b`; nothing without limits.
fn range(
    level: f64,
    lower: Option<f64>,
    upper: Option<f64>,
    open: &str,
    show: impl Fn(f64) -> String,
) -> String {
    lower.map_or_else(String::new, |lower| {
        let upper = upper.map_or_else(|| open.to_owned(), &show);
        format!(", {level} % CI {} to {upper}", show(lower))
    })
}
