//! The logistic family and sums of exponentials.

use std::f64::consts::LN_2;

/// `1 / (1 + e⁻ˣ)`, the inverse of [`logit`].
#[must_use]
pub fn expit(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// `ln(p / (1 − p))`; −∞ at 0, ∞ at 1, NaN outside `[0, 1]`.
#[must_use]
pub fn logit(p: f64) -> f64 {
    if (0.25..=0.75).contains(&p) {
        // 1 − 2p is exact here, so the digits near ½ survive.
        let d = 1.0 - 2.0 * p;
        -2.0 * d.atanh()
    } else {
        p.ln() - (-p).ln_1p()
    }
}

/// `ln(1 + eˣ)` (softplus), without overflow and with full relative precision for large negative x.
#[must_use]
pub fn log1p_exp(x: f64) -> f64 {
    if x <= 0.0 { x.exp().ln_1p() } else { x + (-x).exp().ln_1p() }
}

/// `ln(expit(x))`, stable for every x.
#[must_use]
pub fn ln_expit(x: f64) -> f64 {
    -log1p_exp(-x)
}

/// `ln(1 − eˣ)` for `x ≤ 0` (Mächler 2012).
pub(in crate::numeric) fn ln_1m_exp(x: f64) -> f64 {
    if x > -LN_2 { (-x.exp_m1()).ln() } else { (-x.exp()).ln_1p() }
}

/// `ln Σ exp(xᵢ)`, without overflow; −∞ for no terms.
///
/// ```
/// use resorb::numeric::special::log_sum_exp;
/// assert_eq!(log_sum_exp(&[-1000.0, -1000.0]), -1000.0 + 2_f64.ln());
/// ```
#[must_use]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max.is_infinite() {
        return if x.iter().any(|v| v.is_nan()) { f64::NAN } else { max };
    }
    max + crate::numeric::sum(x.iter().map(|v| (v - max).exp())).ln()
}

/// `(atanh s − s) / s³ = 1/3 + s²/5 + s⁴/7 + …` for `|s| ≤ ¼`.
pub(in crate::numeric) fn atanh_tail(s: f64) -> f64 {
    let v = s * s;
    (0..13).rev().fold(0.0, |sum, k| sum * v + 1.0 / f64::from(2 * k + 3))
}
