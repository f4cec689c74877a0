//! Student's t distribution with real degrees of freedom; `df = ∞` is the normal distribution.

use super::normal;
use super::special::ln_beta;
use super::tail::{Tail, beta_quantile, beta_tail};

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
    // Rounding must not carry a p value above 1.
    (2.0 * half_tail(t, df)).min(1.0)
}

/// The t with `P(T ≤ t) = p`; NaN for p outside `[0, 1]` or df not positive. Infinite only at 0 and 1:
/// a t beyond the largest f64 is returned as that.
#[must_use]
pub fn quantile(p: f64, df: f64) -> f64 {
    if !valid(df) || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if df == f64::INFINITY {
        return normal::quantile(p);
    }
    match p {
        0.5 => 0.0,
        _ if p < 0.5 => -magnitude(p, df),
        _ => magnitude(1.0 - p, df),
    }
}

/// The t with `P(T > t) = q`.
#[must_use]
pub fn quantile_upper(q: f64, df: f64) -> f64 {
    0.0 - quantile(q, df)
}

fn valid(df: f64) -> bool {
    df > 0.0
}

/// Beyond this many `√ν` the tail is its leading power to the last bit, and t² may overflow.
const FAR: f64 = 1e100;

/// `P(T > |t|)`.
fn half_tail(t: f64, df: f64) -> f64 {
    if !valid(df) || t.is_nan() {
        return f64::NAN;
    }
    if df == f64::INFINITY {
        return normal::sf(t.abs());
    }
    let ratio = t.abs() / df.sqrt();
    if ratio > FAR {
        return 0.5 * (ln_power(df) - df * ratio.ln()).exp();
    }
    let odds = ratio * ratio;
    0.5 * beta_tail(0.5 * df, 0.5, 1.0 / (1.0 + odds), odds / (1.0 + odds)).cdf()
}

/// `ln c` of the far tail `P(|T| > t) ≈ c (t/√ν)^−ν`.
fn ln_power(df: f64) -> f64 {
    -(0.5 * df).ln() - ln_beta(0.5 * df, 0.5)
}

/// `t ≥ 0` with `P(T > t) = q ≤ ½`.
fn magnitude(q: f64, df: f64) -> f64 {
    let ln_ratio = (ln_power(df) - (2.0 * q).ln()) / df;
    if ln_ratio > FAR.ln() {
        return if q == 0.0 { f64::INFINITY } else { (df.sqrt() * ln_ratio.exp()).min(f64::MAX) };
    }
    // P(|T| > t) = 2q is a lower tail of Beta(ν/2, ½); 1 − 2q is exact where it is the smaller.
    let target =
        if q <= 0.25 { Tail::lower((2.0 * q).ln()) } else { Tail::upper((1.0 - 2.0 * q).ln()) };
    let (x, y) = beta_quantile(0.5 * df, 0.5, target);
    (y / x).sqrt() * df.sqrt()
}
