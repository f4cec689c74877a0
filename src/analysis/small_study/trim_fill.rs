//! Trim and fill (Duval and Tweedie 2000): the number of studies missing on one side of the funnel, and
//! the result with their mirror images filled in.

use serde::{Deserialize, Serialize};

use super::{Dispersion, Funnel, Predictor, SmallStudyError, regression_test};
use crate::{
    effect::{BackContext, Measure},
    model::{Estimate, Fit, Model, Settings, Tau2Method, TwoStep, pool, tau2, weighted::Weighted},
    study::Studies,
};

const METHOD: &str = "trim and fill";

/// Estimators of the number of missing studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum TrimEstimator {
    /// By the sum of ranks, linear.
    L0,
    /// By the longest run of extreme ranks on one side.
    R0,
    /// By the sum of ranks, quadratic.
    Q0,
}

impl TrimEstimator {
    /// All three.
    pub const ALL: [Self; 3] = [Self::L0, Self::R0, Self::Q0];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::L0 => "L0",
            Self::R0 => "R0",
            Self::Q0 => "Q0",
        }
    }
}

/// The side of the funnel on which studies are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Low effects are missing.
    Left,
    /// High effects are missing.
    Right,
}

/// A mirrored study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Filled {
    /// The study whose mirror image it is.
    pub study: String,
    /// Its effect, analysis scale.
    pub yi: f64,
    /// Its variance.
    pub vi: f64,
    /// Its effect on the display scale.
    pub estimate: f64,
}

/// A trim-and-fill analysis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrimAndFill {
    /// How missing studies were counted.
    pub estimator: TrimEstimator,
    /// Their number.
    pub k0: usize,
    /// The standard error of that number.
    pub k0_se: f64,
    /// Their side.
    pub side: Side,
    /// The mirror images.
    pub filled: Vec<Filled>,
    /// The result with them; its studies are effects, the mirror images last.
    #[serde(flatten)]
    pub fit: Fit,
}

/// Trims the more extreme side until what is left is symmetric, and fills in mirror images.
///
/// `side` is detected when `None`: studies are missing opposite to where the slope of the effects on
/// their standard errors points. `common` trims by the common-effect mean instead of the random-effects
/// one (the result is by the funnel's settings either way).
///
/// # Errors
/// [`SmallStudyError::Alternates`] and [`SmallStudyError::NoRoot`] where the estimator has no value,
/// [`SmallStudyError::TooFew`] below three studies.
///
/// ```
/// use resorb::analysis::small_study::{Funnel, TrimEstimator, trim_and_fill};
/// use resorb::{model::Settings, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 14, 15)])?;
/// let funnel = Funnel::new(&studies, &Settings::two_step())?;
/// let filled = trim_and_fill(&funnel, TrimEstimator::L0, None, false)?;
/// assert_eq!(filled.fit.k, 4 + filled.k0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn trim_and_fill(
    funnel: &Funnel,
    estimator: TrimEstimator,
    side: Option<Side>,
    common: bool,
) -> Result<TrimAndFill, SmallStudyError> {
    funnel.at_least(3, METHOD)?;
    funnel.differ(METHOD)?;
    let choices = *funnel.choices();
    let side = match side {
        Some(side) => side,
        None => detected(funnel, choices.tau2)?,
    };
    let sign = if side == Side::Right { -1.0 } else { 1.0 };
    let mut order: Vec<usize> = (0..funnel.k()).collect();
    let y_at = |i: usize| funnel.yi().get(i).map_or(f64::NAN, |y| sign * y);
    let v_at = |i: usize| funnel.vi().get(i).copied().unwrap_or(f64::NAN);
    order.sort_by(|&a, &b| y_at(a).total_cmp(&y_at(b)));
    let y: Vec<f64> = order.iter().map(|&i| y_at(i)).collect();
    let v: Vec<f64> = order.iter().map(|&i| v_at(i)).collect();
    let Missing { k0, se, mean } = missing(&y, &v, estimator, common, &choices)?;
    let filled: Vec<Filled> = order
        .iter()
        .skip(funnel.k() - k0)
        .map(|&i| {
            let yi = sign * (2.0 * mean - y_at(i));
            let context = funnel
                .counts
                .as_ref()
                .and_then(|counts| counts.get(i))
                .map_or(BackContext::Plain, |c| BackContext::Size(c.n()));
            Filled {
                study: funnel.labels().get(i).cloned().unwrap_or_default(),
                yi,
                vi: v_at(i),
                estimate: funnel.measure().back(yi, context),
            }
        })
        .collect();
    let fit = refit(funnel, &filled, &choices)?;
    Ok(TrimAndFill { estimator, k0, k0_se: se, side, filled, fit })
}

/// The side on which small studies are missing, by the slope of the effects on their standard errors.
fn detected(funnel: &Funnel, method: Tau2Method) -> Result<Side, SmallStudyError> {
    match regression_test(funnel, Predictor::Se, Dispersion::Additive(method)) {
        Ok(test) if test.slope < 0.0 => Ok(Side::Right),
        // Equally precise studies have no slope.
        Ok(_) | Err(SmallStudyError::NoSpread { .. }) => Ok(Side::Left),
        Err(error) => Err(error),
    }
}

/// The number of missing studies, with the mean that the remaining ones are symmetric around.
struct Missing {
    k0: usize,
    se: f64,
    mean: f64,
}

/// Counts the studies missing on the left of ascending effects.
fn missing(
    y: &[f64],
    v: &[f64],
    estimator: TrimEstimator,
    common: bool,
    choices: &TwoStep,
) -> Result<Missing, SmallStudyError> {
    let k = y.len();
    let mut seen: Vec<usize> = Vec::new();
    let mut k0 = 0;
    loop {
        let kept = k - k0.min(k - 1);
        let (y_kept, v_kept) = (y.get(..kept).unwrap_or(y), v.get(..kept).unwrap_or(v));
        let tau2 = if common || kept < 2 {
            0.0
        } else {
            tau2::estimate(y_kept, v_kept, choices.tau2, choices.genq_weights)?.value
        };
        let mean = Weighted::at(y_kept, v_kept, tau2).mean;
        let (raw, se) = estimate(&signed_ranks(y, mean), estimator)?;
        // To even at a half, as ranks of few studies often give one.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to k")]
        let next = raw.round_ties_even().clamp(0.0, k as f64 - 1.0) as usize;
        if next == k0 {
            return Ok(Missing { k0, se, mean });
        }
        if seen.contains(&next) {
            return Err(SmallStudyError::Alternates {
                estimator: estimator.name(),
                first: k0.min(next),
                second: k0.max(next),
            });
        }
        seen.push(k0);
        k0 = next;
    }
}

/// Ranks of the distances from `mean`, with the sign of the side; ties by their order.
fn signed_ranks(y: &[f64], mean: f64) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = y.iter().map(|y| y - mean).enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
    let mut ranks = vec![0.0; y.len()];
    for (rank, (i, distance)) in order.into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(i) {
            let sign = if distance == 0.0 { 0.0 } else { distance.signum() };
            *place = sign * (rank as f64 + 1.0);
        }
    }
    ranks
}

/// The estimate before rounding, with its standard error.
fn estimate(ranks: &[f64], estimator: TrimEstimator) -> Result<(f64, f64), SmallStudyError> {
    let k = ranks.len() as f64;
    let right: f64 = ranks.iter().filter(|r| **r > 0.0).sum();
    let variance = |k0: f64| {
        (k * (k + 1.0) * (2.0 * k + 1.0) + 10.0 * k0.powi(3) + 27.0 * k0 * k0 + 17.0 * k0
            - 18.0 * k * k0 * k0
            - 18.0 * k * k0
            + 6.0 * k * k * k0)
            / 24.0
    };
    match estimator {
        TrimEstimator::L0 => {
            let k0 = (4.0 * right - k * (k + 1.0)) / (2.0 * k - 1.0);
            Ok((k0, 4.0 * variance(k0).max(0.0).sqrt() / (2.0 * k - 1.0)))
        }
        TrimEstimator::R0 => {
            let left = ranks.iter().filter(|r| **r < 0.0).fold(0.0, |m, r| f64::max(m, -r));
            let k0 = k - left - 1.0;
            Ok((k0, (2.0 * k0.max(0.0) + 2.0).sqrt()))
        }
        TrimEstimator::Q0 => {
            let square = 2.0 * k * k - 4.0 * right + 0.25;
            if square < 0.0 {
                return Err(SmallStudyError::NoRoot);
            }
            let k0 = k - 0.5 - square.sqrt();
            let slope = (k - 0.5).mul_add(k - 0.5, -k0 * (2.0 * k - k0 - 1.0));
            Ok((k0, 2.0 * (variance(k0).max(0.0) / slope.abs()).sqrt()))
        }
    }
}

/// The result with the mirror images, on the funnel's display scale.
fn refit(funnel: &Funnel, filled: &[Filled], choices: &TwoStep) -> Result<Fit, SmallStudyError> {
    let given = funnel.labels().iter().zip(funnel.yi()).zip(funnel.vi());
    let rows = given
        .map(|((label, &y), &v)| (label.clone(), y, v))
        .chain(filled.iter().map(|f| (format!("filled: {}", f.study), f.yi, f.vi)));
    let studies = Studies::from_effects(rows).map_err(|_| SmallStudyError::TooFew {
        method: METHOD,
        k: 0,
        minimum: 3,
    })?;
    let settings = Settings {
        model: Model::TwoStep(TwoStep { measure: Measure::Gen, ..*choices }),
        ..funnel.settings
    };
    let mut fit = pool(&studies, &settings)?;
    let common_se = fit.common.and_then(|common| common.se).unwrap_or(f64::NAN);
    let random_se = fit.random.and_then(|random| random.wald_se).unwrap_or(f64::NAN);
    if let Some(common) = &mut fit.common {
        show(funnel, common, common_se);
    }
    if let Some(random) = &mut fit.random {
        show(funnel, &mut random.pooled, random_se);
        random.median = Some(random.pooled.estimate);
    }
    if let Some(prediction) = &mut fit.prediction {
        prediction.lower = funnel.back(prediction.lower, random_se);
        prediction.upper = funnel.back(prediction.upper, random_se);
    }
    fit.settings = Settings { model: Model::TwoStep(*choices), ..funnel.settings };
    Ok(fit)
}

/// Puts an estimate whose Wald standard error is `se` on the display scale.
fn show(funnel: &Funnel, estimate: &mut Estimate, se: f64) {
    let back = |y: f64| funnel.back(y, se);
    estimate.estimate = funnel.back(estimate.estimate, se);
    estimate.ci_lower = estimate.ci_lower.map(back);
    estimate.ci_upper = estimate.ci_upper.map(back);
}
