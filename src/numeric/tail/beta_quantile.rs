//! Quantiles of Beta(a, b), as the pair (x, 1 − x) so that neither end loses digits.

use super::super::normal;
use super::super::special::{expit, ln_gamma_1p, ln_rising};
use super::beta::Shape;
use super::solve::{MAX_STEPS, halley};
use super::{Side, Tail};

/// (x, 1 − x) with the probability `target`.
pub(in crate::numeric) fn beta_quantile(a: f64, b: f64, target: Tail) -> (f64, f64) {
    solve(a, b, target).0
}

/// The pair, and how many evaluations it took.
fn solve(a: f64, b: f64, target: Tail) -> ((f64, f64), u32) {
    if target.ln == f64::NEG_INFINITY {
        return (if target.side == Side::Lower { (0.0, 1.0) } else { (1.0, 0.0) }, 0);
    }
    let (mut x, mut y) = match start(a, b, target) {
        Start::Done(x, y) => return ((x, y), 0),
        Start::At(x, y) => (x, y),
    };
    let shape = Shape::new(a, b);
    // Brackets in logit x.
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    for steps in 1..=MAX_STEPS {
        let slope = a * y - b * x;
        let step = halley(target, shape.tail(x, y), shape.ln_kernel(x, y), slope);
        if step.du.is_nan() {
            return ((x, y), steps);
        }
        let u = x.ln() - y.ln();
        if step.up {
            lo = u;
        } else {
            hi = u;
        }
        let du = step.du.clamp(-UNDERFLOW, UNDERFLOW);
        // The scale of u; the next error is the cube of the step in these units. Where even that is below
        // the rounding of u, nothing is left to gain.
        let scale = 1.0 / (1.0 + (a + b) * x * y).sqrt();
        if step.du.abs() <= (1e-5 * scale).max(2.0 * f64::EPSILON * (1.0 + u.abs().min(UNDERFLOW)))
        {
            return (moved(x, y, du), steps);
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
    ((x, y), MAX_STEPS)
}

/// The pair moved by du in the logit, with full relative precision in both.
fn moved(x: f64, y: f64, du: f64) -> (f64, f64) {
    let e = du.exp_m1();
    let shift = x * y * e / (1.0 + x * e);
    (x + shift, y - shift)
}

/// Where to start, or where to stop at once.
enum Start {
    At(f64, f64),
    Done(f64, f64),
}

/// Carter's approximation (1947; Abramowitz and Stegun 26.5.22) where both parameters are above 1,
/// else the power law of the nearer end, which is exact where x would underflow.
fn start(a: f64, b: f64, target: Tail) -> Start {
    let from_logit = |u: f64| Start::At(expit(u), expit(-u));
    if a > 1.0 && b > 1.0 {
        let z = normal::quantile_of(target);
        let (s, t) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
        let h = 2.0 / (s + t);
        let l = (z * z - 3.0) / 6.0;
        let w = -z * (h + l).max(0.0).sqrt() / h - (t - s) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
        return from_logit(((a / b).ln() - 2.0 * w).clamp(-UNDERFLOW, UNDERFLOW));
    }
    let ln_x = ln_power_quantile(a, b, target.ln_at(Side::Lower));
    let ln_y = ln_power_quantile(b, a, target.ln_at(Side::Upper));
    match () {
        () if ln_x < -UNDERFLOW => Start::Done(ln_x.exp(), 1.0),
        () if ln_y < -UNDERFLOW => Start::Done(1.0, ln_y.exp()),
        () if ln_x < ln_y => from_logit(exponential_floor(ln_x, target.ln_at(Side::Upper), b)),
        () => from_logit(-exponential_floor(ln_y, target.ln_at(Side::Lower), a)),
    }
}

/// Against a large parameter c the far tail is about `e^{−cx}`: where that gives the larger x, take it.
fn exponential_floor(ln_x: f64, ln_far: f64, c: f64) -> f64 {
    let x = -ln_far / c;
    if x < 0.5 { ln_x.max(x.ln()).min(0.0) } else { ln_x.min(0.0) }
}

/// e to the minus this is near the smallest f64.
const UNDERFLOW: f64 = 680.0;

/// ln x of `xᵃ / (a B(a, b)) = p`, the lower tail as x → 0.
pub(in crate::numeric) fn ln_power_quantile(a: f64, b: f64, ln_p: f64) -> f64 {
    (ln_p + ln_gamma_1p(a) - ln_rising(b, a)) / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_evaluations_everywhere() {
        let magnitudes: Vec<f64> = (-18..=36).map(|e| 10_f64.powf(f64::from(e) / 3.0)).collect();
        for a in &magnitudes {
            for b in &magnitudes {
                for k in 1..=40 {
                    let target = Tail::below(0.5 * 10_f64.powf(-0.18 * f64::from(k * k)));
                    let ((x, y), steps) = solve(*a, *b, target);
                    assert!(steps <= 20, "{steps} steps for a = {a}, b = {b}, {target:?}");
                    assert!((x + y - 1.0).abs() < 1e-15, "a = {a}, b = {b}, {target:?}");
                }
            }
        }
    }
}
