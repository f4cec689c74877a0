//! PET and PEESE: the effect of a study without sampling error, by extrapolation.

use serde::Serialize;

use super::{Dispersion, Funnel, Predictor, SmallStudyError, regression_test};

/// A pooled effect adjusted for small-study effects.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Adjusted {
    /// On the analysis scale.
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
    /// Degrees of freedom of the interval.
    pub df: f64,
    /// The slope that is extrapolated.
    pub slope: f64,
    /// Its standard error.
    pub slope_se: f64,
    /// The two-sided p value of that slope.
    pub slope_p_value: Option<f64>,
}

/// The precision-effect test: the intercept of the effects on their standard errors (Stanley 2008).
///
/// # Errors
/// Those of [`regression_test`].
pub fn pet(funnel: &Funnel) -> Result<Adjusted, SmallStudyError> {
    extrapolate(funnel, Predictor::Se)
}

/// The precision-effect estimate with standard error: the intercept of the effects on their variances
/// (Stanley and Doucouliagos 2014).
///
/// # Errors
/// Those of [`regression_test`].
pub fn peese(funnel: &Funnel) -> Result<Adjusted, SmallStudyError> {
    extrapolate(funnel, Predictor::Variance)
}

fn extrapolate(funnel: &Funnel, predictor: Predictor) -> Result<Adjusted, SmallStudyError> {
    let test = regression_test(funnel, predictor, Dispersion::Multiplicative)?;
    let back = |y| funnel.back(y, test.limit_se);
    Ok(Adjusted {
        yi: test.limit,
        se: test.limit_se,
        yi_lower: test.limit_lower,
        yi_upper: test.limit_upper,
        estimate: back(test.limit),
        ci_lower: back(test.limit_lower),
        ci_upper: back(test.limit_upper),
        df: funnel.k() as f64 - 2.0,
        slope: test.slope,
        slope_se: test.se,
        slope_p_value: test.p_value,
    })
}
