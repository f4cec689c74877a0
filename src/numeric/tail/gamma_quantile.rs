//! Quantiles of Gamma(a, 1).

use super::super::normal;
use super::super::special::{ln_gamma_1p, trigamma};
use super::solve::{MAX_STEPS, halley};
use super::{Side, Tail, gamma_tail, ln_gamma_kernel};

/// x with the probability `target`.
pub(in crate::numeric) fn gamma_quantile(a: f64, target: Tail) -> f64 {
    solve(a, target).0
}

/// The quantile, and how many evaluations it took.
fn solve(a: f64, target: Tail) -> (f64, u32) {
    if target.ln == f64::NEG_INFINITY {
        return (if target.side == Side::Lower { 0.0 } else { f64::INFINITY }, 0);
    }
    if a <= 1.0 && ln_power_quantile(a, target) < -UNDERFLOW {
        return (ln_power_quantile(a, target).exp(), 0);
    }
    let mut x = start(a, target);
    let (mut lo, mut hi) = (0.0, f64::INFINITY);
    // The scale of u = ln x; the next error is the cube of the step in these units.
    let scale = trigamma(a).sqrt().min(1.0);
    for steps in 1..=MAX_STEPS {
        let step = halley(target, gamma_tail(a, x), ln_gamma_kernel(a, x), a - x);
        if step.du.is_nan() {
            return (x, steps);
        }
        if step.up {
            lo = x;
        } else {
            hi = x;
        }
        let next = x + x * step.du.clamp(-UNDERFLOW, 2.0).exp_m1();
        if step.du.abs() <= (1e-5 * scale).max(f64::EPSILON) {
            return (next, steps);
        }
        x = match () {
            () if next > lo && next < hi => next,
            () if hi == f64::INFINITY => 2.0 * lo,
            () if lo == 0.0 => 0.1 * hi,
            () => (lo * hi).sqrt(),
        };
    }
    (x, MAX_STEPS)
}

/// Wilson and Hilferty (1931) in the middle, the power law `xᵃ/Γ(a+1)` in the lower tail.
fn start(a: f64, target: Tail) -> f64 {
    let z = normal::quantile_of(target);
    let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    let ln_power = ln_power_quantile(a, target);
    let power = ln_power.exp();
    if a < 0.5 || root < 0.3 || ln_power < -2.0 {
        let tail = -target.ln_at(Side::Upper);
        return power.min(a + 2.0 * tail).max(1e-300);
    }
    a * root * root * root
}

/// ln x of `xᵃ / Γ(a+1) = p`, the lower tail as x → 0; exact where x would underflow.
fn ln_power_quantile(a: f64, target: Tail) -> f64 {
    (target.ln_at(Side::Lower) + ln_gamma_1p(a)) / a
}

/// e to the minus this is near the smallest f64.
const UNDERFLOW: f64 = 680.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_evaluations_everywhere() {
        for e in -120..=240 {
            let a = 10_f64.powf(0.05 * f64::from(e));
            for k in 1..=120 {
                let p = 0.5 * 10_f64.powf(-0.02 * f64::from(k * k));
                for target in [Tail::below(p), Tail::above(p)] {
                    let (x, steps) = solve(a, target);
                    assert!(steps <= 8, "{steps} steps for a = {a}, {target:?}");
                    assert!(x.is_finite(), "a = {a}, {target:?}");
                }
            }
        }
    }
}
