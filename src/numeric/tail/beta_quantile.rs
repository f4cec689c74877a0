//! Quantiles of Beta(a, b), as the pair (x, 1 − x) so that neither end loses digits.

use super::super::normal;
use super::super::special::{expit, ln_gamma_1p, ln_rising};
use super::beta::Shape;
use super::solve::{MAX_STEPS, halley};
use super::{Side, Tail};

/// (x, 1 − x) with the probability `target`.
pub(in crate::numeric) fn beta_quantile(a: f64, b: f64, target: Tail) -> (f64, f64) {
    if target.ln == f64::NEG_INFINITY {
        return if target.side == Side::Lower { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let shape = Shape::new(a, b);
    let (mut x, mut y) = start(a, b, target);
    // Brackets in logit x.
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..MAX_STEPS {
        let slope = a * y - b * x;
        let step = halley(target, shape.tail(x, y), shape.ln_kernel(x, y), slope);
        if step.du.is_nan() {
            break;
        }
        let u = x.ln() - y.ln();
        if step.up {
            lo = u;
        } else {
            hi = u;
        }
        let du = step.du.clamp(-700.0, 700.0);
        let scale = 1.0 / (1.0 + (a + b) * x * y).sqrt();
        if step.du.abs() <= 1e-5 * scale {
            return moved(x, y, du);
        }
        let next = u + du;
        if next > lo && next < hi {
            (x, y) = if du.abs() < 1.0 { moved(x, y, du) } else { (expit(next), expit(-next)) };
        } else {
            let middle = match (lo.is_finite(), hi.is_finite()) {
                (true, true) => 0.5 * (lo + hi),
                (true, false) => lo + 1.0,
                _ => hi - 1.0,
            };
            (x, y) = (expit(middle), expit(-middle));
        }
    }
    (x, y)
}

/// The pair moved by du in the logit, with full relative precision in both.
fn moved(x: f64, y: f64, du: f64) -> (f64, f64) {
    let e = du.exp_m1();
    let shift = x * y * e / (1.0 + x * e);
    (x + shift, y - shift)
}

/// Carter's approximation (1947; Abramowitz and Stegun 26.5.22) where both parameters are above 1,
/// else the power law of the nearer end.
fn start(a: f64, b: f64, target: Tail) -> (f64, f64) {
    if a > 1.0 && b > 1.0 {
        let z = normal::quantile_of(target);
        let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let h = 2.0 / (s + t);
        let l = (z * z - 3.0) / 6.0;
        let w = -z * (h + l).max(0.0).sqrt() / h - (t - s) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
        let u = ((a / b).ln() - 2.0 * w).clamp(-700.0, 700.0);
        return (expit(u), expit(-u));
    }
    let ln_lower = power(a, b, target.ln_at(Side::Lower));
    let ln_upper = power(b, a, target.ln_at(Side::Upper));
    let u = if ln_lower < ln_upper { ln_lower.min(0.0) } else { -ln_upper.min(0.0) };
    let u = u.clamp(-700.0, 700.0);
    (expit(u), expit(-u))
}

/// ln x of `xᵃ / (a B(a, b)) = p`.
fn power(a: f64, b: f64, ln_p: f64) -> f64 {
    (ln_p + ln_gamma_1p(a) - ln_rising(b, a)) / a
}
