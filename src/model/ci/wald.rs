//! Wald intervals with normal or t quantiles, and the Hartung–Knapp factor.

use super::{Interval, Pooling};
use crate::{
    model::{CiMethod, Level},
    numeric::{normal, student_t},
};

/// `yi ± quantile·se`, with `t(df)` quantiles where `df` is given, and the test of `yi = 0`.
pub(crate) fn wald(yi: f64, se: f64, df: Option<f64>, level: Level, method: CiMethod) -> Interval {
    let quantile = match df {
        Some(df) => student_t::quantile_upper(level.tail(), df),
        None => normal::quantile_upper(level.tail()),
    };
    // A Hartung–Knapp factor of 0 leaves no standard error to divide by.
    let statistic = (se > 0.0).then(|| yi / se);
    let p_value = statistic.map(|t| match df {
        Some(df) => student_t::two_sided(t, df),
        None => 2.0 * normal::sf(t.abs()),
    });
    Interval {
        yi,
        se,
        lower: quantile.mul_add(-se, yi),
        upper: quantile.mul_add(se, yi),
        method,
        hk_scale: None,
        statistic,
        df,
        p_value,
    }
}

/// `q = Σw*(y−μ̂)²/(k−1)` (Hartung and Knapp 2001; Sidik and Jonkman 2002). Where the studies differ by
/// less than rounding does, that is 0, and not the noise that would become an interval and a test.
pub(crate) fn hk_factor(pooling: &Pooling<'_>) -> f64 {
    /// The square of a hundred roundings.
    const ROUNDING: f64 = 1e-28;
    let pairs = pooling.yi.iter().zip(pooling.vi);
    let size: f64 = pairs.map(|(y, v)| y * y / (v + pooling.tau2)).sum();
    if pooling.fit.q <= ROUNDING * size { 0.0 } else { pooling.fit.q / (pooling.k() - 1.0) }
}
