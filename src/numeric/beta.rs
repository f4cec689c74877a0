//! The beta distribution.

use super::tail::{Tail, beta_quantile, beta_tail, ln_beta_kernel};

/// The log density at x; −∞ outside `[0, 1]`, ∞ at an end where the density has a pole.
#[must_use]
pub fn ln_pdf(x: f64, a: f64, b: f64) -> f64 {
    if !valid(a, b) || x.is_nan() {
        return f64::NAN;
    }
    match x {
        _ if !(0.0..=1.0).contains(&x) => f64::NEG_INFINITY,
        0.0 => at_end(a, b),
        1.0 => at_end(b, a),
        _ => ln_beta_kernel(a, b, x, 1.0 - x) - x.ln() - (-x).ln_1p(),
    }
}

/// The log density at the end that belongs to parameter a.
fn at_end(a: f64, b: f64) -> f64 {
    match a.total_cmp(&1.0) {
        std::cmp::Ordering::Less => f64::INFINITY,
        std::cmp::Ordering::Equal => b.ln(),
        std::cmp::Ordering::Greater => f64::NEG_INFINITY,
    }
}

/// `P(X ≤ x)`, the regularised incomplete beta function `Iₓ(a, b)`.
#[must_use]
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    tail(x, a, b).map_or(f64::NAN, Tail::cdf)
}

/// `P(X > x)`.
#[must_use]
pub fn sf(x: f64, a: f64, b: f64) -> f64 {
    tail(x, a, b).map_or(f64::NAN, Tail::sf)
}

/// The x with `P(X ≤ x) = p`; NaN for p outside `[0, 1]` or a parameter not positive and finite.
///
/// ```
/// use resorb::numeric::beta;
/// // The upper Clopper–Pearson limit of 0 of 10.
/// assert!((beta::quantile_upper(0.025, 1.0, 10.0) - (1.0 - 0.025_f64.powf(0.1))).abs() < 1e-15);
/// ```
#[must_use]
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    solve(p, Tail::below, a, b)
}

/// The x with `P(X > x) = q`.
#[must_use]
pub fn quantile_upper(q: f64, a: f64, b: f64) -> f64 {
    solve(q, Tail::above, a, b)
}

fn valid(a: f64, b: f64) -> bool {
    [a, b].iter().all(|v| *v > 0.0 && v.is_finite())
}

fn tail(x: f64, a: f64, b: f64) -> Option<Tail> {
    (valid(a, b) && !x.is_nan()).then(|| beta_tail(a, b, x, 1.0 - x))
}

fn solve(p: f64, side: fn(f64) -> Tail, a: f64, b: f64) -> f64 {
    if valid(a, b) && (0.0..=1.0).contains(&p) { beta_quantile(a, b, side(p)).0 } else { f64::NAN }
}
