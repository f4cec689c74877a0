//! The F distribution with real degrees of freedom; `df2 = ∞` is χ² / df1.

use super::chi_squared;
use super::tail::{Side, Tail, beta_quantile, beta_tail, ln_power_quantile};

/// Below this a beta variable is in its power-law tail to the last bit, and may have underflowed.
const TINY: f64 = 1e-200;

/// `P(F ≤ f)`.
#[must_use]
pub fn cdf(f: f64, df1: f64, df2: f64) -> f64 {
    if limit(df1, df2) {
        return chi_squared::cdf(f * df1, df1);
    }
    tail(f, df1, df2).map_or(f64::NAN, Tail::cdf)
}

/// `P(F > f)`, the p value of an F test.
///
/// ```
/// use resorb::numeric::fisher_f;
/// assert!((fisher_f::sf(161.44763879758827, 1.0, 1.0) - 0.05).abs() < 1e-15);
/// ```
#[must_use]
pub fn sf(f: f64, df1: f64, df2: f64) -> f64 {
    if limit(df1, df2) {
        return chi_squared::sf(f * df1, df1);
    }
    tail(f, df1, df2).map_or(f64::NAN, Tail::sf)
}

/// The f with `P(F ≤ f) = p`; NaN for p outside `[0, 1]` or degrees of freedom not positive.
/// Infinite only at p = 1: an f beyond the largest f64 is returned as that.
#[must_use]
pub fn quantile(p: f64, df1: f64, df2: f64) -> f64 {
    if limit(df1, df2) {
        return chi_squared::quantile(p, df1) / df1;
    }
    solve(p, Tail::below, df1, df2)
}

/// The f with `P(F > f) = q`.
#[must_use]
pub fn quantile_upper(q: f64, df1: f64, df2: f64) -> f64 {
    if limit(df1, df2) {
        return chi_squared::quantile_upper(q, df1) / df1;
    }
    solve(q, Tail::above, df1, df2)
}

fn limit(df1: f64, df2: f64) -> bool {
    df2 == f64::INFINITY && df1.is_finite()
}

fn valid(df1: f64, df2: f64) -> bool {
    [df1, df2].iter().all(|d| *d > 0.0 && d.is_finite())
}

fn tail(f: f64, df1: f64, df2: f64) -> Option<Tail> {
    if !valid(df1, df2) || f.is_nan() {
        return None;
    }
    if f <= 0.0 {
        return Some(Tail::BELOW);
    }
    let odds = f * (df1 / df2);
    let (x, y) = if odds <= 1.0 {
        (odds / (1.0 + odds), 1.0 / (1.0 + odds))
    } else {
        (1.0 / (1.0 + 1.0 / odds), (1.0 / odds) / (1.0 + 1.0 / odds))
    };
    Some(beta_tail(0.5 * df1, 0.5 * df2, x, y))
}

fn solve(p: f64, side: fn(f64) -> Tail, df1: f64, df2: f64) -> f64 {
    if !valid(df1, df2) || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let (a, b) = (0.5 * df1, 0.5 * df2);
    let target = side(p);
    let (x, y) = beta_quantile(a, b, target);
    let odds = if x < TINY {
        ln_power_quantile(a, b, target.ln_at(Side::Lower)).exp()
    } else if y < TINY {
        (-ln_power_quantile(b, a, target.ln_at(Side::Upper))).exp()
    } else {
        x / y
    };
    let f = odds * (df2 / df1);
    if target.ln == f64::NEG_INFINITY { f } else { f.min(f64::MAX) }
}
