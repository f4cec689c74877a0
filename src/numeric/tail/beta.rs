//! The regularised incomplete beta function.

use super::super::special::{HALF_LN_2PI, ln_gamma_1p, ln_rising, stirling_error};
use super::uniform::Series;
use super::{Tail, deviance};

/// No series or fraction takes more terms; the slowest use needs 140.
const MAX_TERMS: u32 = 1000;
/// What a term may be of the sum to be left out.
const NEGLIGIBLE: f64 = 0.1 * f64::EPSILON;
/// From here on (both parameters) the uniform expansion is sharper than the fraction.
const UNIFORM_FROM: f64 = 100.0;

/// A beta distribution with what every evaluation at its parameters shares.
#[derive(Clone, Copy, Debug)]
pub(in crate::numeric) struct Shape {
    pub(super) a: f64,
    pub(super) b: f64,
    kernel: Kernel,
    uniform: Option<Series>,
}

/// How `xᵃ yᵇ / B(a, b)` is best computed.
#[derive(Clone, Copy, Debug)]
enum Kernel {
    /// Both parameters at least 1: the saddle-point form (Loader 2000), given ln of its factor.
    SaddlePoint(f64),
    /// A parameter below 1: `a ln x + b ln y − ln B`, given −ln B.
    Plain(f64),
}

impl Shape {
    /// For positive finite a and b.
    pub(super) fn new(a: f64, b: f64) -> Self {
        let r = a + b;
        let (small, large) = if a <= b { (a, b) } else { (b, a) };
        let kernel = if small >= 1.0 {
            let errors = stirling_error(r) - stirling_error(a) - stirling_error(b);
            Kernel::SaddlePoint(0.5 * (small * (large / r)).ln() - HALF_LN_2PI + errors)
        } else {
            Kernel::Plain(small.ln() - ln_gamma_1p(small) + ln_rising(large, small))
        };
        let uniform = (small >= UNIFORM_FROM)
            .then(|| Series::new((b - a) / r, a / r * (b / r), 1.06 * (r / large).sqrt()));
        Self { a, b, kernel, uniform }
    }

    /// The distribution of 1 − x.
    fn swapped(self) -> Self {
        Self { a: self.b, b: self.a, ..self }
    }

    /// `ln [xᵃ yᵇ / B(a, b)]`, the density in logit x.
    pub(super) fn ln_kernel(&self, x: f64, y: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        match self.kernel {
            Kernel::SaddlePoint(c) => c - self.exponent(x, y, self.lambda(x, y)),
            Kernel::Plain(c) => {
                let (ln_x, ln_y) =
                    if x <= 0.5 { (x.ln(), (-x).ln_1p()) } else { ((-y).ln_1p(), y.ln()) };
                c + a * ln_x + b * ln_y
            }
        }
    }

    /// `a − (a+b) x = (a+b) y − b`, from whichever of x and y is exact.
    fn lambda(&self, x: f64, y: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let r = a + b;
        // What rounding took from r.
        let lost = if a >= b { b - (r - a) } else { a - (r - b) };
        if x <= y { (-r).mul_add(x, a) - lost * x } else { r.mul_add(y, -b) + lost * y }
    }

    /// `a ln(x₀/x) + b ln(y₀/y)` at the mean x₀: the exponent of the kernel.
    fn exponent(&self, x: f64, y: f64, lambda: f64) -> f64 {
        let (a, b) = (self.a, self.b);
        let r = a + b;
        a * deviance(-lambda / a, x / a * r) + b * deviance(lambda / b, y / b * r)
    }

    /// The tail at x = 1 − y that is cheap and exact to compute.
    pub(super) fn tail(&self, x: f64, y: f64) -> Tail {
        self.counted_tail(x, y).0
    }

    /// The tail, and how many terms it took.
    fn counted_tail(&self, x: f64, y: f64) -> (Tail, u32) {
        if x <= 0.0 {
            return (Tail::BELOW, 0);
        }
        if y <= 0.0 {
            return (Tail::ABOVE, 0);
        }
        let lambda = self.lambda(x, y);
        if let Some(series) = &self.uniform {
            let m = self.a * (self.b / (self.a + self.b));
            let e = self.exponent(x, y, lambda);
            let zeta = (2.0 * e / m).sqrt().copysign(-lambda);
            if series.holds(zeta) {
                return (series.tail(m, zeta, e), 0);
            }
        }
        if lambda >= 0.0 {
            self.tail_below_mean(x, y, lambda)
        } else {
            let (tail, terms) = self.swapped().tail_below_mean(y, x, -lambda);
            (tail.swapped(), terms)
        }
    }

    /// The tail at an x not above the mean.
    fn tail_below_mean(&self, x: f64, y: f64, lambda: f64) -> (Tail, u32) {
        let (a, b) = (self.a, self.b);
        if a < 1.0 && b * x <= 0.7 && x <= 0.7 {
            let (ln, terms) = self.ln_small_shape(x);
            return (Tail::lower(ln), terms);
        }
        if b < 1.0 && a * y <= 0.7 && y <= 0.7 {
            let (ln, terms) = self.swapped().ln_small_shape(y);
            return (Tail::upper(ln), terms);
        }
        let (factor, terms) =
            if (a + b) * x <= 1.0 { self.series(x) } else { self.fraction(x, y, lambda) };
        (Tail::lower(self.ln_kernel(x, y) + factor.ln()), terms)
    }

    /// ln I for a < 1 and small x, where I may be so near 1 that its complement needs ln I to
    /// relative precision: `xᵃ/(a B) [1 + a Σ (1−b)ₙ xⁿ/(n!(a+n))]` (DLMF 8.17.7).
    fn ln_small_shape(&self, x: f64) -> (f64, u32) {
        let (a, b) = (self.a, self.b);
        let (mut term, mut sum, mut terms) = (1.0, 0.0_f64, 0);
        while terms < MAX_TERMS {
            terms += 1;
            let n = f64::from(terms);
            term *= (n - b) * x / n;
            let add = term / (a + n);
            sum += add;
            if add.abs() <= NEGLIGIBLE * sum.abs() {
                break;
            }
        }
        (a * x.ln() - ln_gamma_1p(a) + ln_rising(b, a) + (a * sum).ln_1p(), terms)
    }

    /// `Σ (a+b)ₙ xⁿ / (a)ₙ₊₁`, so that I = kernel × series (DLMF 8.17.8); all terms positive.
    fn series(&self, x: f64) -> (f64, u32) {
        let (a, b) = (self.a, self.b);
        let (mut term, mut sum, mut terms) = (1.0 / a, 1.0 / a, 0);
        while terms < MAX_TERMS && term > NEGLIGIBLE * sum {
            let n = f64::from(terms);
            term *= (a + b + n) / (a + 1.0 + n) * x;
            sum += term;
            terms += 1;
        }
        (sum, terms)
    }

    /// The continued fraction of Didonato and Morris (1992, eq. 9), the even part of DLMF 8.17.22,
    /// so that I = kernel × fraction; by forward recurrence, rescaled at each step.
    fn fraction(&self, x: f64, y: f64, lambda: f64) -> (f64, u32) {
        let (a, b) = (self.a, self.b);
        // Numerator and denominator before the last, both over the last denominator.
        let beta = a / (a + 1.0) * (lambda + 1.0);
        let (mut p, mut q, mut value, mut terms) = (0.0, 1.0 / beta, 1.0 / beta, 0);
        while terms < MAX_TERMS {
            terms += 1;
            let n = f64::from(terms);
            let m = 1.0 / (a + 2.0 * n - 1.0);
            let w = n * (b - n) * x * m;
            let alpha = (a + n - 1.0) * m * (a + b + n - 1.0) * x * w;
            let beta = n + w + (a + n) / (a + 2.0 * n + 1.0) * (lambda + 1.0 + n * (1.0 + y));
            let scale = 1.0 / (beta + alpha * q);
            let next = (beta * value + alpha * p) * scale;
            let done = (next - value).abs() <= f64::EPSILON * next;
            (p, q, value) = (value * scale, scale, next);
            if done {
                break;
            }
        }
        (value, terms)
    }
}

/// The tail of a Beta(a, b) variable at x = 1 − y.
pub(in crate::numeric) fn beta_tail(a: f64, b: f64, x: f64, y: f64) -> Tail {
    Shape::new(a, b).tail(x, y)
}

/// `ln [xᵃ yᵇ / B(a, b)]`.
pub(in crate::numeric) fn ln_beta_kernel(a: f64, b: f64, x: f64, y: f64) -> f64 {
    Shape::new(a, b).ln_kernel(x, y)
}

#[cfg(test)]
mod tests {
    use super::super::super::special::expit;
    use super::*;

    /// The bound on work that keeps every call in microseconds: no expansion takes 200 terms.
    #[test]
    fn expansions_are_short_everywhere() {
        let magnitudes: Vec<f64> = (-32..=56).map(|e| 10_f64.powf(0.25 * f64::from(e))).collect();
        for a in &magnitudes {
            for b in &magnitudes {
                let shape = Shape::new(*a, *b);
                for u in -60..=60 {
                    // Around the mean in steps of a fraction of the logit's standard deviation.
                    let sd = (1.0 / a + 1.0 / b).sqrt();
                    let logit = (a / b).ln() + 0.25 * f64::from(u) * sd;
                    let (x, y) = (expit(logit), expit(-logit));
                    let (tail, terms) = shape.counted_tail(x, y);
                    assert!(terms < 200, "{terms} terms at a = {a}, b = {b}, x = {x}");
                    assert!(tail.ln <= 1e-14, "{tail:?} at a = {a}, b = {b}, x = {x}");
                }
            }
        }
    }
}
