//! Regression tests of funnel asymmetry: effects on a measure of how small a study is.

use nalgebra::DMatrix;
use serde::Serialize;

use super::{Funnel, SmallStudyError, line::Line};
use crate::{
    model::{
        CiMethod, GenqWeights, Level, Tau2Method,
        ci::wald,
        regression::{Sample, residual},
    },
    numeric::{normal, student_t},
};

/// What effects are regressed on; each is small for large studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Predictor {
    /// The standard error (Egger et al. 1997).
    Se,
    /// The sampling variance.
    Variance,
    /// `1/n`.
    InverseSize,
    /// `√(1/n)`.
    RootInverseSize,
}

impl Predictor {
    /// Its value for each study.
    fn of(self, funnel: &Funnel) -> Result<Vec<f64>, SmallStudyError> {
        match self {
            Self::Se => Ok(funnel.sei()),
            Self::Variance => Ok(funnel.vi().to_vec()),
            Self::InverseSize => Ok(funnel.sizes(METHOD)?.into_iter().map(f64::recip).collect()),
            Self::RootInverseSize => {
                Ok(funnel.sizes(METHOD)?.into_iter().map(|n| n.sqrt().recip()).collect())
            }
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Se | Self::Variance => "standard error",
            Self::InverseSize | Self::RootInverseSize => "size",
        }
    }
}

const METHOD: &str = "a regression test of funnel asymmetry";

/// How the scatter around the line is modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dispersion {
    /// Weights `1/vᵢ`, their variance multiplied by the scatter; t with k − 2 degrees of freedom.
    Multiplicative,
    /// Weights `1/(vᵢ + τ²)`, `τ²` by this estimator; normal quantiles.
    Additive(Tau2Method),
    /// The same with t and k − 2 degrees of freedom.
    AdditiveT(Tau2Method),
}

/// A regression test with its line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RegressionTest {
    /// The slope, on the analysis scale.
    pub slope: f64,
    /// Its standard error.
    pub se: f64,
    /// `slope/se`; `None` where the points lie on a line exactly.
    pub statistic: Option<f64>,
    /// Degrees of freedom; `None` for a normal statistic.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// The effect at which the line meets an infinitely large study, on the analysis scale.
    pub limit: f64,
    /// Its standard error.
    pub limit_se: f64,
    /// Lower limit of its interval.
    pub limit_lower: f64,
    /// Upper limit of its interval.
    pub limit_upper: f64,
    /// The residual between-study variance, where the model has one.
    pub tau2: Option<f64>,
}

/// Regresses the effects on `predictor` and tests the slope (Egger et al. 1997; with an additive
/// variance Thompson and Sharp 1999).
///
/// # Errors
/// [`SmallStudyError::TooFew`] below three studies, [`SmallStudyError::NoSpread`],
/// [`SmallStudyError::EmptyCells`] where no study has both events and non-events,
/// [`SmallStudyError::NeedsSizes`] for a size-based test of generic effects.
///
/// ```
/// use resorb::analysis::small_study::{Dispersion, Funnel, Predictor, regression_test};
/// use resorb::{model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 14, 15)])?;
/// let funnel = Funnel::new(&studies, &Settings::two_step())?;
/// let test = regression_test(&funnel, Predictor::InverseSize, Dispersion::Multiplicative)?;
/// assert_eq!(test.df, Some(2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn regression_test(
    funnel: &Funnel,
    predictor: Predictor,
    dispersion: Dispersion,
) -> Result<RegressionTest, SmallStudyError> {
    let weights: Vec<f64> = funnel.vi().iter().map(|v| v.recip()).collect();
    weighted_test(funnel, predictor, dispersion, &weights)
}

/// The same with the weights of the multiplicative model given.
pub(super) fn weighted_test(
    funnel: &Funnel,
    predictor: Predictor,
    dispersion: Dispersion,
    weights: &[f64],
) -> Result<RegressionTest, SmallStudyError> {
    funnel.at_least(3, METHOD)?;
    funnel.has_rates(METHOD)?;
    let x = predictor.of(funnel)?;
    let df = funnel.k() as f64 - 2.0;
    let mut points = Points {
        x,
        y: funnel.yi().to_vec(),
        w: weights.to_vec(),
        method: METHOD,
        what: predictor.words(),
    };
    let (Dispersion::Additive(method) | Dispersion::AdditiveT(method)) = dispersion else {
        return points.test(funnel.level());
    };
    // Points without spread have no line, whatever their weights.
    points.line()?;
    let tau2 = residual_tau2(funnel, &points.x, method)?;
    points.w = funnel.vi().iter().map(|v| 1.0 / (v + tau2)).collect();
    let df = matches!(dispersion, Dispersion::AdditiveT(_)).then_some(df);
    Ok(RegressionTest { tau2: Some(tau2), ..read(&points.line()?, 1.0, df, funnel.level()) })
}

/// Studies as points of a weighted regression.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) w: Vec<f64>,
    /// The method, for errors.
    pub(super) method: &'static str,
    /// What `x` is, for errors.
    pub(super) what: &'static str,
}

impl Points {
    fn line(&self) -> Result<Line, SmallStudyError> {
        Line::of(&self.x, &self.y, &self.w, self.method, self.what)
    }

    /// The test of the slope with the variance multiplied by the scatter.
    pub(super) fn test(&self, level: Level) -> Result<RegressionTest, SmallStudyError> {
        let (k, method) = (self.x.len(), self.method);
        if k < 3 {
            return Err(SmallStudyError::TooFew { method, k, minimum: 3 });
        }
        let (line, df) = (self.line()?, k as f64 - 2.0);
        Ok(read(&line, line.residual / df, Some(df), level))
    }
}

/// The test of a line's slope whose variances are multiplied by `scale`.
fn read(line: &Line, scale: f64, df: Option<f64>, level: Level) -> RegressionTest {
    let se = (scale * line.slope_variance()).sqrt();
    let statistic = (se > 0.0).then(|| line.slope / se);
    let p_value = statistic.map(|t| match df {
        Some(df) => student_t::two_sided(t, df),
        None => 2.0 * normal::sf(t.abs()),
    });
    let limit_se = (scale * line.variance_at(0.0)).sqrt();
    let limit = wald(line.intercept, limit_se, df, level, CiMethod::T);
    RegressionTest {
        slope: line.slope,
        se,
        statistic,
        df,
        p_value,
        limit: limit.yi,
        limit_se,
        limit_lower: limit.lower,
        limit_upper: limit.upper,
        tau2: None,
    }
}

/// The between-study variance that a line on `x` leaves.
fn residual_tau2(funnel: &Funnel, x: &[f64], method: Tau2Method) -> Result<f64, SmallStudyError> {
    // Centred: the fit is the same, and a nearly constant x keeps its digits.
    let centre = x.iter().sum::<f64>() / x.len() as f64;
    let matrix = DMatrix::from_fn(x.len(), 2, |i, j| {
        if j == 0 { 1.0 } else { x.get(i).map_or(0.0, |x| x - centre) }
    });
    let sample = Sample { yi: funnel.yi(), vi: funnel.vi(), x: &matrix };
    Ok(residual::estimate(&sample, method, GenqWeights::default())?.value)
}
