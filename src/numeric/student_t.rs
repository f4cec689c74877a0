//! Student's t distribution with real degrees of freedom; `df = ∞` is the normal distribution.

use super::normal;
use super::tail::{Side, Tail, beta_quantile, beta_tail};

/// `P(T ≤ t)`.
#[must_use]
pub fn cdf(t: f64, df: f64) -> f64 {
    if t <= 0.0 { half_tail(t, df) } else { 1.0 - half_tail(t, df) }
}

/// `P(T > t)`.
#[must_use]
pub fn sf(t: f64, df: f64) -> f64 {
    cdf(-t, df)
}

/// `P(|T| > |t|)`, the two-sided p value.
///
/// ```
/// use resorb::numeric::student_t;
/// assert!((student_t::two_sided(12.706204736174698, 1.0) - 0.05).abs() < 1e-15);
/// ```
#[must_use]
pub fn two_sided(t: f64, df: f64) -> f64 {
    2.0 * half_tail(t, df)
}

/// The t with `P(T ≤ t) = p`; NaN for p outside `[0, 1]` or df not positive.
#[must_use]
pub fn quantile(p: f64, df: f64) -> f64 {
    if !valid(df) || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if df == f64::INFINITY {
        return normal::quantile(p);
    }
    if p <= 0.5 { -magnitude(p, df) } else { magnitude(1.0 - p, df) }
}

/// The t with `P(T > t) = q`.
#[must_use]
pub fn quantile_upper(q: f64, df: f64) -> f64 {
    -quantile(q, df)
}

fn valid(df: f64) -> bool {
    df > 0.0
}

/// `P(T > |t|)`.
fn half_tail(t: f64, df: f64) -> f64 {
    if !valid(df) || t.is_nan() {
        return f64::NAN;
    }
    if df == f64::INFINITY {
        return normal::sf(t.abs());
    }
    let (x, y) = pair(t.abs(), df);
    0.5 * beta_tail(0.5 * df, 0.5, x, y).cdf()
}

/// `x = ν/(ν + t²)` and `1 − x`, without overflow.
fn pair(t: f64, df: f64) -> (f64, f64) {
    let root = df.sqrt();
    if t <= root {
        let r = t / root * (t / root);
        (1.0 / (1.0 + r), r / (1.0 + r))
    } else {
        let r = root / t * (root / t);
        (r / (1.0 + r), 1.0 / (1.0 + r))
    }
}

/// `t ≥ 0` with `P(T > t) = q ≤ ½`.
fn magnitude(q: f64, df: f64) -> f64 {
    // P(|T| > t) = 2q is a lower tail of Beta(ν/2, ½); 1 − 2q is exact where it is the smaller.
    let target = if q <= 0.25 {
        Tail::new(Side::Lower, (2.0 * q).ln())
    } else {
        Tail::new(Side::Upper, (1.0 - 2.0 * q).ln())
    };
    let (x, y) = beta_quantile(0.5 * df, 0.5, target);
    (df * y / x).sqrt()
}
