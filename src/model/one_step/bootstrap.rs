//! What a parametric bootstrap leaves to predict from: a mixture of distributions.

use crate::{
    model::{Prediction, PredictionMethod},
    numeric::{NumericError, root},
};

/// Beyond this a location is as good as infinite.
const INFINITE: f64 = 1e6;

/// The `probability` quantile, on the location scale, of a distribution function that may have steps
/// and may keep some of its mass at ±∞.
pub(crate) fn mixture_quantile(
    cdf: impl Fn(f64) -> f64,
    probability: f64,
    start: f64,
) -> Result<Quantile, NumericError> {
    let mut step = 1.0;
    let mut lo = start;
    while cdf(lo) >= probability {
        lo = start - step;
        step *= 2.0;
        if step > 2.0 * INFINITE {
            return Ok(Quantile::Lowest);
        }
    }
    let mut hi = start;
    let mut step = 1.0;
    while cdf(hi) < probability {
        hi = start + step;
        step *= 2.0;
        if step > 2.0 * INFINITE {
            return Ok(Quantile::Highest);
        }
    }
    root::brent(|y| cdf(y) - probability, lo, hi, 1e-9).map(Quantile::At)
}

/// A quantile on an unbounded scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Quantile {
    /// More than the asked probability sits at the lower end of the scale.
    Lowest,
    /// At a value.
    At(f64),
    /// Less than the asked probability sits below the upper end of the scale.
    Highest,
}

/// A prediction interval from two quantiles of a bootstrap mixture.
pub(crate) fn mixture_prediction(
    lower: Quantile,
    upper: Quantile,
    back: impl Fn(f64) -> f64,
) -> Prediction {
    let on_scale = |quantile| match quantile {
        Quantile::At(y) => Some(y),
        Quantile::Lowest | Quantile::Highest => None,
    };
    let rate = |quantile| match quantile {
        Quantile::Lowest => 0.0,
        Quantile::At(y) => back(y),
        Quantile::Highest => 1.0,
    };
    Prediction {
        method: PredictionMethod::Bootstrap,
        df: None,
        yi_lower: on_scale(lower),
        yi_upper: on_scale(upper),
        lower: rate(lower),
        upper: rate(upper),
    }
}
