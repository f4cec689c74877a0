//! How much the studies differ, in sentences for who has never met I².

use super::super::{
    Style,
    number::{Values, fixed, p_value, precise},
    pool::scale_name,
};
use crate::{
    analysis::Pooled,
    model::{Fit, TestName},
};

/// The sentences; what is not defined is not said.
pub(super) fn sentences(pooled: &Pooled, style: &Style) -> Vec<String> {
    let fit = &pooled.fit;
    if fit.k == 1 {
        return vec![
            "With one study there is nothing to compare it with: how much studies differ cannot be said.".to_owned(),
        ];
    }
    let values = Values::of(pooled, style);
    [test(fit), share(fit), standard_deviation(fit), range(fit, values)]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether they differ at all.
fn test(fit: &Fit) -> Option<String> {
    let found = &fit.heterogeneity;
    let test = found.tests.iter().find(|test| {
        matches!(test.name, TestName::Q | TestName::Lrt | TestName::Wald)
            && Some(test.statistic) == found.q
    })?;
    let p = p_value(test.p_value);
    Some(if test.p_value < 0.05 {
        format!("The studies differ by more than chance within them explains ({p}).")
    } else {
        format!(
            "The studies do not differ by more than chance within them may explain ({p}); with few studies that is no proof that they agree."
        )
    })
}

/// What I² says, and what not.
fn share(fit: &Fit) -> Option<String> {
    let found = &fit.heterogeneity;
    let (i2, limits) = match (found.i2, found.i2_q) {
        (Some(i2), _) => (i2, found.i2_lower.zip(found.i2_upper)),
        (None, Some(i2)) => (i2, found.i2_q_lower.zip(found.i2_q_upper)),
        (None, None) => return None,
    };
    let level = fit.settings.level.percent();
    let limits = limits.map_or_else(String::new, |(lower, upper)| {
        format!(" ({level} % CI {} to {} %)", fixed(lower, 1), fixed(upper, 1))
    });
    Some(format!(
        "Of the variation between their results, {} %{limits} is due to real differences and not to chance: this is I². It grows with the size of the studies, and does not say how large the differences are.",
        fixed(i2, 1)
    ))
}

/// What τ says.
fn standard_deviation(fit: &Fit) -> Option<String> {
    let tau = fit.heterogeneity.tau?;
    let scale = match scale_name(&fit.settings) {
        "" => String::new(),
        name => format!(" on the {name} scale"),
    };
    Some(if tau == 0.0 {
        format!(
            "The estimated standard deviation of the true values, τ, is 0{scale}: no differences were found, which is not the same as none."
        )
    } else {
        format!(
            "The true values of the studies have a standard deviation of {}{scale}: this is τ.",
            precise(tau, 3)
        )
    })
}

/// What that means for a new study.
fn range(fit: &Fit, values: Values) -> Option<String> {
    let prediction = fit.prediction.as_ref()?;
    Some(format!(
        "The easiest way to read it is the prediction interval: the true value of a new study is expected between {} and {}.",
        values.with_unit(prediction.lower),
        values.with_unit(prediction.upper)
    ))
}
