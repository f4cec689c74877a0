//! The χ² distribution with real degrees of freedom: Gamma(df/2, rate ½).

use super::gamma;

/// `P(X ≤ x)`.
#[must_use]
pub fn cdf(x: f64, df: f64) -> f64 {
    gamma::cdf(x, 0.5 * df, 0.5)
}

/// `P(X > x)`, the p value of a χ² test.
///
/// ```
/// use resorb::numeric::chi_squared;
/// assert!((chi_squared::sf(3.841458820694124, 1.0) - 0.05).abs() < 1e-15);
/// ```
#[must_use]
pub fn sf(x: f64, df: f64) -> f64 {
    gamma::sf(x, 0.5 * df, 0.5)
}

/// The x with `P(X ≤ x) = p`; NaN for p outside `[0, 1]` or df not positive.
#[must_use]
pub fn quantile(p: f64, df: f64) -> f64 {
    gamma::quantile(p, 0.5 * df, 0.5)
}

/// The x with `P(X > x) = q`.
#[must_use]
pub fn quantile_upper(q: f64, df: f64) -> f64 {
    gamma::quantile_upper(q, 0.5 * df, 0.5)
}
