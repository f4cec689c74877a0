//! The distribution of `Σ λᵢ χ²₁` with positive weights.
//!
//! Both tails are integrals of `e^{sq} Π(1 + 2λᵢs)^{−½} / s` over a path around the negative axis
//! (Imhof 1961 on the imaginary axis; Rice 1980 and Helstrom 1983 through the saddle point, where the
//! integrand falls fastest and nothing cancels). Along that path the trapezoidal rule in
//! `y = w sinh t` converges faster than any power of its step.

use std::f64::consts::PI;

use super::Sum;

const MAX_LEVELS: u32 = 12;
const MAX_NEWTON: u32 = 200;

/// `P(Σ λᵢ χ²₁ ≤ q)` for weights λᵢ > 0 (zeros are left out); NaN for a negative or infinite weight.
///
/// Both tails keep relative precision (about 1e-12) as long as they are above 1e-300.
///
/// ```
/// use resorb::numeric::{chi_squared, quadratic_form};
/// let p = quadratic_form::cdf(&[0.5, 0.5, 0.5], 2.0);
/// assert!((p - chi_squared::cdf(4.0, 3.0)).abs() < 1e-13);
/// ```
#[must_use]
pub fn cdf(weights: &[f64], q: f64) -> f64 {
    probabilities(weights, q).map_or(f64::NAN, |(cdf, _)| cdf)
}

/// `P(Σ λᵢ χ²₁ > q)`.
#[must_use]
pub fn sf(weights: &[f64], q: f64) -> f64 {
    probabilities(weights, q).map_or(f64::NAN, |(_, sf)| sf)
}

/// Both tails, the smaller one computed.
fn probabilities(weights: &[f64], q: f64) -> Option<(f64, f64)> {
    let max = weights.iter().copied().fold(0.0, f64::max);
    if q.is_nan() || !weights.iter().all(|w| *w >= 0.0 && w.is_finite()) {
        return None;
    }
    // In units of the largest weight, so that no product overflows.
    let scaled: Vec<f64> = weights.iter().map(|w| w / max).filter(|w| *w > 0.0).collect();
    let q = q / max;
    if q <= 0.0 || scaled.is_empty() || max == 0.0 {
        let p = f64::from(u8::from(max == 0.0 && q >= 0.0));
        return Some((p, 1.0 - p));
    }
    if q == f64::INFINITY {
        return Some((1.0, 0.0));
    }
    let lower = q < super::sum(scaled.iter().copied());
    let form = Form { weights: scaled, q, lower };
    let tail = form.tail().clamp(0.0, 1.0);
    Some(if lower { (tail, 1.0 - tail) } else { (1.0 - tail, tail) })
}

struct Form {
    weights: Vec<f64>,
    q: f64,
    lower: bool,
}

impl Form {
    /// The lower or upper tail by the path through its saddle point.
    fn tail(&self) -> f64 {
        let s = self.saddle();
        let [k0, _, k2, k3] = self.cumulants(s);
        // The path of steepest descent is s + iy − c y² near the saddle.
        let c = (-k3 / (6.0 * k2)).max(0.0);
        // The largest width the integrand has: of its peak, and of the distance to the pole.
        let width = k2.sqrt().recip();
        let mut step = 0.5_f64;
        let mut total = self.nodes(s, c, width, k0, step, 0.0);
        let mut estimate = total * step;
        for _ in 0..MAX_LEVELS {
            total += self.nodes(s, c, width, k0, step, 0.5 * step);
            step *= 0.5;
            let next = total * step;
            if (next - estimate).abs() <= 1e-13 * next.abs() {
                estimate = next;
                break;
            }
            estimate = next;
        }
        estimate * k0.exp() / PI
    }

    /// The saddle point: the minimum of the convex log integrand right or left of the pole at 0.
    fn saddle(&self) -> f64 {
        // K′ is monotone: −∞ at the near end of the interval, +∞ (or q > 0) at the far one.
        let (mut lo, mut hi) = if self.lower { (0.0, f64::INFINITY) } else { (-0.5, 0.0) };
        let mut s =
            if self.lower { 0.5 * (1.0 + self.weights.len() as f64) / self.q } else { -0.25 };
        for _ in 0..MAX_NEWTON {
            let [_, k1, k2, _] = self.cumulants(s);
            if k1 > 0.0 {
                hi = s;
            } else {
                lo = s;
            }
            let newton = s - k1 / k2;
            let next = if newton > lo && newton < hi {
                newton
            } else if hi.is_finite() {
                0.5 * (lo + hi)
            } else {
                2.0 * s
            };
            let done = (next - s).abs() <= 1e-6 * s.abs().min((s + 0.5).abs());
            s = next;
            if done {
                break;
            }
        }
        s
    }

    /// K(s) = sq − ½ Σ ln(1 + 2λs) − ln|s| and its first three derivatives.
    fn cumulants(&self, s: f64) -> [f64; 4] {
        let mut k = [Sum::default(); 4];
        k[0].extend([s * self.q, -s.abs().ln()]);
        k[1].extend([self.q, -1.0 / s]);
        k[2].add(1.0 / (s * s));
        k[3].add(-2.0 / (s * s * s));
        for w in &self.weights {
            let r = 2.0 * w / (1.0 + 2.0 * w * s);
            k[0].add(-0.5 * (2.0 * w * s).ln_1p());
            k[1].add(-0.5 * r);
            k[2].add(0.5 * r * r);
            k[3].add(-r * r * r);
        }
        k.map(Sum::value)
    }

    /// The sum of the integrand over t = offset, offset ± step, …, relative to the saddle value.
    fn nodes(&self, s: f64, c: f64, width: f64, k0: f64, step: f64, offset: f64) -> f64 {
        let mut sum = Sum::default();
        for i in 0..100_000 {
            let t = offset + step * f64::from(i);
            let term = self.term(s, c, width, k0, t);
            // The integrand is even in t: each node but the one at 0 counts for two halves.
            sum.add(if t == 0.0 { 0.5 * term } else { term });
            if t > 1.0
                && term.abs() <= 1e-17 * sum.value().abs()
                && self.is_spent(s, c, width, k0, t)
            {
                break;
            }
        }
        sum.value()
    }

    /// Whether the modulus (not only a zero of the oscillation) is below rounding.
    fn is_spent(&self, s: f64, c: f64, width: f64, k0: f64, t: f64) -> bool {
        let y = width * t.sinh();
        let (modulus, _) = self.integrand(s - c * y * y, y, k0);
        modulus + (width * t.cosh() * (1.0 + 2.0 * c * y)).ln() < -40.0 + width.ln()
    }

    /// Re[F(s(t)) ds/dt / i] over e^{K(s₀)}.
    fn term(&self, s: f64, c: f64, width: f64, k0: f64, t: f64) -> f64 {
        let y = width * t.sinh();
        let (modulus, phase) = self.integrand(s - c * y * y, y, k0);
        // ds/dt = (i − 2cy) w cosh t; divided by i it is (1 + 2icy) w cosh t.
        let (sin, cos) = phase.sin_cos();
        modulus.exp() * (cos - 2.0 * c * y * sin) * width * t.cosh()
    }

    /// ln|F| − K(s₀) and arg F at x + iy, up to the sign that makes F(s₀) positive.
    fn integrand(&self, x: f64, y: f64, k0: f64) -> (f64, f64) {
        let mut modulus = Sum::default();
        let mut phase = Sum::default();
        modulus.extend([x * self.q, -0.5 * (x * x + y * y).ln(), -k0]);
        phase.add(self.q * y);
        // The upper tail is the integral of −F: take −s, so that the phase at the saddle is 0.
        phase.add(if self.lower { -y.atan2(x) } else { -(-y).atan2(-x) });
        for w in &self.weights {
            let (re, im) = (1.0 + 2.0 * w * x, 2.0 * w * y);
            modulus.add(-0.25 * (re * re + im * im).ln());
            phase.add(-0.5 * im.atan2(re));
        }
        (modulus.value(), phase.value())
    }
}
