//! The distribution of `Σ λᵢ χ²₁` with positive weights.
//!
//! Both tails are integrals of `e^{sq} Π(1 + 2λᵢs)^{−½} / s` over a path around the negative axis
//! (Imhof 1961 on the imaginary axis; Rice 1980 and Helstrom 1983 through the saddle point, where the
//! integrand falls fastest and nothing cancels). Along that path the trapezoidal rule in
//! `y = w sinh t` converges faster than any power of its step.

use std::f64::consts::PI;

use super::special::ln_gamma;

/// Halvings of the step; two or three are usual.
const MAX_HALVINGS: u32 = 8;
/// Nodes on one pass; `sinh` takes t = 40 beyond any integrand.
const MAX_NODES: u32 = 100_000;
const MAX_NEWTON: u32 = 200;
/// Of the change by the last halving; the error of the last estimate is about its square.
const TOLERANCE: f64 = 1e-11;

/// `P(Σ λᵢ χ²₁ ≤ q)` for weights λᵢ > 0 (zeros are left out); NaN for a negative or infinite weight.
///
/// Both tails keep relative precision (about 1e-12) down to 1e-300, for q above 1e-90 of the largest
/// weight.
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
    if q < TINY {
        let p = leading_power(&scaled, q);
        return Some((p, 1.0 - p));
    }
    let lower = q < super::sum(scaled.iter().copied());
    let form = Form { weights: scaled, q, lower };
    let tail = if form.is_beyond_range() { 0.0 } else { form.tail().clamp(0.0, 1.0) };
    Some(if lower { (tail, 1.0 - tail) } else { (1.0 - tail, tail) })
}

/// Below this share of the largest weight q is taken to be small against all weights.
const TINY: f64 = 1e-90;

/// `(q/2)^{k/2} / (Γ(k/2 + 1) Π √λ)`, the lower tail as q → 0.
fn leading_power(weights: &[f64], q: f64) -> f64 {
    let half = 0.5 * weights.len() as f64;
    let ln_weights = super::sum(weights.iter().map(|w| w.ln()));
    (half * (0.5 * q).ln() - ln_gamma(half + 1.0) - 0.5 * ln_weights).exp().min(1.0)
}

/// The integral of one tail, with `weights` at most 1.
struct Form {
    weights: Vec<f64>,
    q: f64,
    lower: bool,
}

/// The path `s + iy − c y²`, `y = w sinh t`, on which the modulus at the saddle is `e^{k0}`.
#[derive(Clone, Copy)]
struct Path {
    s: f64,
    c: f64,
    width: f64,
    k0: f64,
}

impl Form {
    /// Whether Chernoff's bound at s = −¼ already puts the upper tail below the smallest f64: the
    /// saddle of such a q may lie nearer to the pole at −½ than f64 can tell.
    fn is_beyond_range(&self) -> bool {
        let spread = super::sum(self.weights.iter().map(|w| (-0.5 * w).ln_1p()));
        !self.lower && 0.25 * self.q + 0.5 * spread > 750.0
    }

    /// The tail by the trapezoidal rule along the path through its saddle point.
    fn tail(&self) -> f64 {
        let path = self.path();
        let mut step = 0.5_f64;
        let mut total = self.nodes(path, step, 0.0);
        let mut estimate = total * step;
        for _ in 0..MAX_HALVINGS {
            total += self.nodes(path, step, 0.5 * step);
            step *= 0.5;
            let before = estimate;
            estimate = total * step;
            if (estimate - before).abs() <= TOLERANCE * estimate.abs() {
                break;
            }
        }
        estimate * path.k0.exp() / PI
    }

    fn path(&self) -> Path {
        let s = self.saddle();
        let ratio = |w: f64| 2.0 * w / (1.0 + 2.0 * w * s);
        let over = |f: fn(f64) -> f64| super::sum(self.weights.iter().map(|w| f(ratio(*w))));
        let k0 = s * self.q
            - s.abs().ln()
            - 0.5 * super::sum(self.weights.iter().map(|w| (2.0 * w * s).ln_1p()));
        let k2 = (s * s).recip() + 0.5 * over(|r| r * r);
        let k3 = -2.0 / (s * s * s) - over(|r| r * r * r);
        // Steepest descent leaves the saddle along x = K‴/(6 K″) y².
        Path { s, c: (-k3 / (6.0 * k2)).max(0.0), width: k2.sqrt().recip(), k0 }
    }

    /// The minimum of the convex `K(s) = sq − ½ Σ ln(1 + 2λs) − ln|s|`, right of the pole at 0 for the
    /// lower tail and left of it for the upper one.
    fn saddle(&self) -> f64 {
        // K′ rises from −∞ at the near end to q or ∞ at the far one.
        let (mut lo, mut hi) = if self.lower { (0.0, f64::INFINITY) } else { (-0.5, 0.0) };
        let mut s =
            if self.lower { 0.5 * (1.0 + self.weights.len() as f64) / self.q } else { -0.25 };
        for _ in 0..MAX_NEWTON {
            let (mut k1, mut k2) = (self.q - 1.0 / s, 1.0 / (s * s));
            for w in &self.weights {
                let r = 2.0 * w / (1.0 + 2.0 * w * s);
                k1 -= 0.5 * r;
                k2 += 0.5 * r * r;
            }
            if k1 > 0.0 {
                hi = s;
            } else {
                lo = s;
            }
            let newton = s - k1 / k2;
            let next = match newton {
                _ if newton > lo && newton < hi => newton,
                _ if hi.is_finite() => 0.5 * (lo + hi),
                _ => 2.0 * s,
            };
            // Any point near the saddle will do: the path may cross the axis anywhere.
            let done = (next - s).abs() <= 1e-4 * s.abs().min((s + 0.5).abs());
            s = next;
            if done {
                break;
            }
        }
        s
    }

    /// The sum of the integrand over t = offset, offset + step, …; the integral over t > 0 is half of
    /// an even one, so a node at 0 counts half.
    fn nodes(&self, path: Path, step: f64, offset: f64) -> f64 {
        let mut sum = 0.0;
        for i in 0..MAX_NODES {
            let t = offset + step * f64::from(i);
            let (term, size) = self.term(path, t);
            sum += if t == 0.0 { 0.5 * term } else { term };
            if t > 1.0 && size <= 1e-17 * path.width {
                break;
            }
        }
        sum
    }

    /// Re[F ds/dt / i] over `e^{k0}` at t, and the modulus of what it is the real part of.
    fn term(&self, path: Path, t: f64) -> (f64, f64) {
        let Path { s, c, width, k0 } = path;
        let (y, slope) = (width * t.sinh(), width * t.cosh());
        let x = s - c * y * y;
        let product = self.product(x, y);
        // The upper tail is the integral of −F: with −s for s the phase at the saddle is 0.
        let pole = if self.lower { y.atan2(x) } else { (-y).atan2(-x) };
        let ln_size = x * self.q - k0 - 0.5 * (x * x + y * y).ln() - 0.5 * product.ln_modulus;
        let (sin, cos) = (self.q * y - pole - 0.5 * product.argument).sin_cos();
        let scale = ln_size.exp() * slope;
        // ds/dt = (i − 2cy) w cosh t, divided by i.
        (scale * (cos - 2.0 * c * y * sin), scale * (1.0 + 2.0 * c * y))
    }

    /// `Σ ln(1 + 2λ(x + iy))` for y ≥ 0: one product, its turns around 0 counted.
    fn product(&self, x: f64, y: f64) -> Product {
        let (mut re, mut im) = (1.0_f64, 0.0_f64);
        let (mut turns, mut ln_scale) = (0.0, 0.0);
        for w in &self.weights {
            let (a, b) = (1.0 + 2.0 * w * x, 2.0 * w * y);
            let below = im < 0.0;
            (re, im) = (re * a - im * b, re * b + im * a);
            // Each argument is in [0, π): the product passes the positive axis from below only.
            if below && im >= 0.0 {
                turns += 1.0;
            }
            let size = re.abs() + im.abs();
            if !(1e-100..1e100).contains(&size) {
                (re, im) = (re / size, im / size);
                ln_scale += size.ln();
            }
        }
        let angle = im.atan2(re);
        let angle = if im < 0.0 { angle + 2.0 * PI } else { angle };
        Product {
            ln_modulus: ln_scale + 0.5 * (re * re + im * im).ln(),
            argument: angle + 2.0 * PI * turns,
        }
    }
}

struct Product {
    ln_modulus: f64,
    argument: f64,
}
