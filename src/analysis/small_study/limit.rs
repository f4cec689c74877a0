//! Limit meta-analysis: the random-effects model with a small-study effect, extrapolated to studies of
//! infinite precision (Rücker et al. 2011).

use serde::Serialize;

use super::{Funnel, SmallStudyError, line::Line};
use crate::{
    model::{CiMethod, ci::wald, tau2},
    numeric::normal,
};

const METHOD: &str = "limit meta-analysis";

/// A limit meta-analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Limit {
    /// The adjusted effect `β + τ·α` on the analysis scale.
    pub yi: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower limit, analysis scale.
    pub yi_lower: f64,
    /// Upper limit, analysis scale.
    pub yi_upper: f64,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit, display scale.
    pub ci_lower: f64,
    /// Upper limit, display scale.
    pub ci_upper: f64,
    /// `α`, by how much small studies differ: the slope on `√(vᵢ + τ²)`.
    pub alpha: f64,
    /// Its two-sided p value.
    pub alpha_p_value: f64,
    /// `β`, the effect at `√(vᵢ + τ²) = 0`.
    pub beta: f64,
    /// The between-study variance, by the funnel's estimator.
    pub tau2: f64,
    /// The heterogeneity that the small-study effect does not explain, a percentage.
    pub g2: f64,
    /// Each study's effect if it were infinitely precise, analysis scale.
    pub shrunken: Vec<f64>,
}

/// Extrapolates to infinitely precise studies.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below three studies, [`SmallStudyError::NoSpread`],
/// [`SmallStudyError::EmptyCells`].
pub fn limit(funnel: &Funnel) -> Result<Limit, SmallStudyError> {
    funnel.at_least(3, METHOD)?;
    funnel.has_rates(METHOD)?;
    let (yi, vi, choices) = (funnel.yi(), funnel.vi(), funnel.choices());
    let tau2 = tau2::estimate(yi, vi, choices.tau2, choices.genq_weights)?.value;
    let root: Vec<f64> = vi.iter().map(|v| (v + tau2).sqrt()).collect();
    let weights: Vec<f64> = vi.iter().map(|v| 1.0 / (v + tau2)).collect();
    // The radial regression of y/√(v+τ²) on 1/√(v+τ²), as a weighted line in √(v+τ²).
    let line = Line::of(&root, yi, &weights, METHOD, "standard error")?;
    let (alpha, beta, tau) = (line.slope, line.intercept, tau2.sqrt());
    let se = line.variance_at(tau).sqrt();
    let interval = wald(tau.mul_add(alpha, beta), se, None, funnel.level(), CiMethod::Z);
    let shrunken: Vec<f64> =
        yi.iter().zip(&root).map(|(y, root)| (tau / root).mul_add(y - beta, beta)).collect();
    let back = |y| funnel.back(y, se);
    Ok(Limit {
        yi: interval.yi,
        se,
        yi_lower: interval.lower,
        yi_upper: interval.upper,
        estimate: back(interval.yi),
        ci_lower: back(interval.lower),
        ci_upper: back(interval.upper),
        alpha,
        alpha_p_value: 2.0 * normal::sf((alpha / line.slope_variance().sqrt()).abs()),
        beta,
        tau2,
        g2: 100.0 * unexplained(&shrunken, funnel)?,
        shrunken,
    })
}

/// `G²`: the residual share of the radial regression of the limit effects.
fn unexplained(shrunken: &[f64], funnel: &Funnel) -> Result<f64, SmallStudyError> {
    let se = funnel.sei();
    let weights: Vec<f64> = funnel.vi().iter().map(|v| v.recip()).collect();
    let line = Line::of(&se, shrunken, &weights, METHOD, "standard error")?;
    let radial: Vec<f64> = shrunken.iter().zip(&se).map(|(y, se)| y / se).collect();
    let mean = radial.iter().sum::<f64>() / radial.len() as f64;
    let total: f64 = radial.iter().map(|r| (r - mean) * (r - mean)).sum();
    Ok(if total > 0.0 { line.residual / total } else { 0.0 })
}
