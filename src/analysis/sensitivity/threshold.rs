//! How likely a rate above a threshold is: in a new study, and among all settings.

use serde::Serialize;

use crate::{
    effect::Measure,
    model::{Fit, Link, Model},
    numeric::{beta, normal, student_t},
};

/// The chance of rates above a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Threshold {
    /// The threshold, display scale.
    pub c: f64,
    /// `P(true rate in a new study > c)` with the uncertainty of the result, by the distribution of the
    /// prediction interval; `None` without one. For the beta-binomial model without that uncertainty.
    pub probability: Option<f64>,
    /// The share of all settings whose true rate is above `c`, as the fitted distribution has it.
    pub expected_share: Option<f64>,
    /// Degrees of freedom of the first.
    pub df: Option<f64>,
}

/// A threshold that no rate can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("a threshold of {c} is not possible: give a rate between 0 and 1, such as 0.7")]
pub struct ThresholdError {
    /// The value given.
    pub c: f64,
}

/// How likely rates above `c` are.
///
/// # Errors
/// [`ThresholdError`] for a `c` that has no place on the scale of the model.
///
/// ```
/// use resorb::{analysis::threshold, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 12, 30)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let above = threshold(&fit, 0.5)?;
/// assert!(above.probability.is_some_and(|p| p > 0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn threshold(fit: &Fit, c: f64) -> Result<Threshold, ThresholdError> {
    let nothing = Threshold { c, probability: None, expected_share: None, df: None };
    let place = match fit.settings.model {
        Model::TwoStep(choices) => choices.measure.of(c),
        Model::Glmm { link: Link::Logit, .. } | Model::BetaBinomial { .. } => Measure::Plo.of(c),
        Model::Glmm { link: Link::Probit, .. } => Measure::Prz.of(c),
        Model::Glmm { link: Link::Cloglog, .. } => (-(-c).ln_1p()).ln(),
        Model::MantelHaenszel { measure, .. } => measure.of(c),
        Model::Peto | Model::TwoGroupGlmm { .. } | Model::RateGlmm { .. } => c.ln(),
    };
    if !place.is_finite() {
        return Err(ThresholdError { c });
    }
    let Some(random) = fit.random else { return Ok(nothing) };
    if let (Model::BetaBinomial { .. }, Some(rho)) = (fit.settings.model, fit.heterogeneity.rho) {
        let mean = random.pooled.estimate;
        let share = if rho > 0.0 {
            let size = (1.0 - rho) / rho;
            beta::sf(c, mean * size, (1.0 - mean) * size)
        } else {
            f64::from(u8::from(mean > c))
        };
        return Ok(Threshold { probability: Some(share), expected_share: Some(share), ..nothing });
    }
    let (Some(mean), Some(se), Some(tau2)) =
        (random.pooled.yi, random.wald_se, fit.heterogeneity.tau2)
    else {
        return Ok(nothing);
    };
    let distance = place - mean;
    let expected_share = if tau2 > 0.0 {
        normal::sf(distance / tau2.sqrt())
    } else {
        f64::from(u8::from(distance < 0.0))
    };
    let df = fit.prediction.and_then(|prediction| prediction.df);
    let probability = fit.prediction.map(|_| {
        let z = distance / se.mul_add(se, tau2).sqrt();
        df.map_or_else(|| normal::sf(z), |df| student_t::sf(z, df))
    });
    Ok(Threshold { c, probability, expected_share: Some(expected_share), df })
}
