//! Quantiles of Gamma(a, 1).

use super::super::normal;
use super::super::special::{ln_gamma_1p, trigamma};
use super::solve::{MAX_STEPS, halley};
use super::{Side, Tail, gamma_tail, ln_gamma_kernel};

/// x with the probability `target`.
pub(in crate::numeric) fn gamma_quantile(a: f64, target: Tail) -> f64 {
    if target.ln == f64::NEG_INFINITY {
        return if target.side == Side::Lower { 0.0 } else { f64::INFINITY };
    }
    let mut x = start(a, target);
    let (mut lo, mut hi) = (0.0, f64::INFINITY);
    // The scale of u: where the step is small against it, the next error is below rounding.
    let scale = trigamma(a).sqrt().min(1.0);
    for _ in 0..MAX_STEPS {
        let step = halley(target, gamma_tail(a, x), ln_gamma_kernel(a, x), a - x);
        if step.du.is_nan() {
            break;
        }
        if step.up {
            lo = x;
        } else {
            hi = x;
        }
        let mut next = x + x * step.du.clamp(-700.0, 2.0).exp_m1();
        if !(next > lo && next < hi) {
            let bisect = if hi.is_finite() { (lo * hi).sqrt() } else { 2.0 * lo };
            next = if step.du.abs() < 1e-13 { x } else { bisect };
        }
        x = next;
        if step.du.abs() <= 1e-5 * scale {
            break;
        }
    }
    x
}

/// Wilson and Hilferty (1931) in the middle, the power law `xᵃ/Γ(a+1)` in the lower tail.
fn start(a: f64, target: Tail) -> f64 {
    let z = normal::quantile_of(target);
    let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    let ln_power = (target.ln_at(Side::Lower) + ln_gamma_1p(a)) / a;
    let power = ln_power.max(-740.0).exp();
    if a < 0.5 || root < 0.3 || ln_power < -2.0 {
        let tail = -target.ln_at(Side::Upper);
        return power.min(a + 2.0 * tail).max(1e-300);
    }
    a * root * root * root
}
