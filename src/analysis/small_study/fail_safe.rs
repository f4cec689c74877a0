//! Fail-safe N: how many studies without effect would undo the result.

use serde::Serialize;

use super::{Funnel, SmallStudyError};
use crate::{model::weighted::Weighted, numeric::normal};

const METHOD: &str = "fail-safe N";

/// How the number is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FailSafeMethod {
    /// Rosenthal 1979: Stouffer's combined z stays below the one-sided .05 quantile.
    Rosenthal,
    /// Orwin 1983: the unweighted mean shrinks to a target (half of it when none is given).
    Orwin,
    /// Rosenberg 2005: the common-effect mean loses significance at two-sided .05.
    Rosenberg,
}

impl FailSafeMethod {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Rosenthal, Self::Orwin, Self::Rosenberg];
}

/// A fail-safe N.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FailSafe {
    /// How it was counted.
    pub method: FailSafeMethod,
    /// Studies at the null value that would undo the result; 0 where there is nothing to undo.
    pub n: f64,
    /// The mean effect less the null value, which the method dilutes.
    pub mean: f64,
    /// The effect it is diluted to, for Orwin's.
    pub target: Option<f64>,
}

/// The number of studies without effect, of average precision, that would undo the result.
///
/// `null` is the rate that means "no effect"; `target` the effect, on the analysis scale as a difference
/// from it, that Orwin's N dilutes the mean to.
///
/// # Errors
/// [`SmallStudyError::NoNull`] for proportions without a null value, [`SmallStudyError::Target`].
pub fn fail_safe_n(
    funnel: &Funnel,
    method: FailSafeMethod,
    null: Option<f64>,
    target: Option<f64>,
) -> Result<FailSafe, SmallStudyError> {
    let null = funnel.null(null, METHOD)?;
    let k = funnel.k() as f64;
    let (yi, vi) = (funnel.yi(), funnel.vi());
    let up = |n: f64| n.max(0.0).ceil();
    match method {
        FailSafeMethod::Rosenthal => {
            let total: f64 = yi.iter().zip(vi).map(|(y, v)| (y - null) / v.sqrt()).sum();
            let ratio = total / normal::quantile_upper(0.05);
            let mean = yi.iter().sum::<f64>() / k - null;
            Ok(FailSafe { method, n: up(ratio * ratio - k), mean, target: None })
        }
        FailSafeMethod::Orwin => {
            let mean = yi.iter().sum::<f64>() / k - null;
            let target = target.unwrap_or(0.5 * mean);
            if target == 0.0 || target.is_nan() || target.abs() > mean.abs() {
                return Err(SmallStudyError::Target { target });
            }
            let n = up(k * (mean.abs() - target.abs()) / target.abs());
            Ok(FailSafe { method, n, mean, target: Some(target) })
        }
        FailSafeMethod::Rosenberg => {
            let common = Weighted::at(yi, vi, 0.0);
            let mean = common.mean - null;
            let ratio = common.w * mean / normal::quantile_upper(0.025);
            let n = up(k * (ratio * ratio / common.w - 1.0));
            Ok(FailSafe { method, n, mean, target: None })
        }
    }
}
