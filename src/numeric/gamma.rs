//! The gamma distribution with a shape and a rate (mean = shape / rate).

use super::tail::{Tail, gamma_quantile, gamma_tail};

/// `P(X ≤ x)`.
#[must_use]
pub fn cdf(x: f64, shape: f64, rate: f64) -> f64 {
    tail(x, shape, rate).map_or(f64::NAN, Tail::cdf)
}

/// `P(X > x)`.
#[must_use]
pub fn sf(x: f64, shape: f64, rate: f64) -> f64 {
    tail(x, shape, rate).map_or(f64::NAN, Tail::sf)
}

/// The x with `P(X ≤ x) = p`; NaN for p outside `[0, 1]` or a parameter not positive and finite.
///
/// ```
/// use resorb::numeric::gamma;
/// assert!((gamma::quantile(0.5, 1.0, 2.0) - 0.5 * 2_f64.ln()).abs() < 1e-15);
/// ```
#[must_use]
pub fn quantile(p: f64, shape: f64, rate: f64) -> f64 {
    solve(p, Tail::below, shape, rate)
}

/// The x with `P(X > x) = q`.
#[must_use]
pub fn quantile_upper(q: f64, shape: f64, rate: f64) -> f64 {
    solve(q, Tail::above, shape, rate)
}

fn valid(v: f64) -> bool {
    v > 0.0 && v.is_finite()
}

fn tail(x: f64, shape: f64, rate: f64) -> Option<Tail> {
    (valid(shape) && valid(rate) && !x.is_nan()).then(|| gamma_tail(shape, x * rate))
}

fn solve(p: f64, side: fn(f64) -> Tail, shape: f64, rate: f64) -> f64 {
    if valid(shape) && valid(rate) && (0.0..=1.0).contains(&p) {
        let x = gamma_quantile(shape, side(p)) / rate;
        if p > 0.0 && p < 1.0 { x.min(f64::MAX) } else { x }
    } else {
        f64::NAN
    }
}
