//! Temme's uniform asymptotic expansion, one for both functions.
//!
//! With `½η²` the exponent per unit of the large parameter `r` and `w = η√r`, the upper tail is
//! `φ(w) [M(w) + S(η)/√r]` with Mills' ratio M. S satisfies `S′/r − ηS = 1 − F f(η)`, where f is
//! the density against the normal one and F its scaling; as power series `S = Σ βₙ ηⁿ` this gives a
//! backward recurrence for `bₙ = βₙ/F` (Temme 1987; Gil, Segura and Temme 2012, §2.5, for gamma).

use super::super::special::{HALF_LN_2PI, mills};
use super::{Side, Tail};

/// Terms of the series; the radius of convergence is 2√π in the scale in which f ≈ 1 + η/3, and
/// the expansion is used up to 0.3 of it: 0.3²⁶ < 1e-13, times a coefficient below 1e-2.
pub(super) const TERMS: usize = 26;

/// Taylor coefficients of f for one pair of parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series {
    f: [f64; TERMS],
    scale: f64,
}

impl Series {
    /// f = η/v where `v v′ = η (1 + κ v − δ v²)` and v ≈ η: the gamma function has κ = 1, δ = 0, the
    /// beta function with mean m has κ = (1 − 2m)/√(m(1−m)), δ = 1. `scale` is the radius of use.
    pub(super) const fn new(kappa: f64, delta: f64, scale: f64) -> Self {
        // g = v/η: the coefficients c of g² obey (n/2 + 1) cₙ = κ gₙ₋₁ − δ cₙ₋₂; f = 1/g.
        let mut g = [0.0; TERMS];
        let mut c = [0.0; TERMS];
        let mut f = [0.0; TERMS];
        (g[0], c[0], f[0]) = (1.0, 1.0, 1.0);
        let mut n = 1;
        while n < TERMS {
            let before = if n >= 2 { c[n - 2] } else { 0.0 };
            c[n] = (kappa * g[n - 1] - delta * before) / (0.5 * n as f64 + 1.0);
            // Σ gⱼ gₙ₋ⱼ and Σ gⱼ fₙ₋ⱼ for 0 < j < n.
            let (mut square, mut inverse) = (0.0, 0.0);
            let mut j = 1;
            while j < n {
                square += g[j] * g[n - j];
                inverse += g[j] * f[n - j];
                j += 1;
            }
            g[n] = 0.5 * (c[n] - square);
            f[n] = -inverse - g[n];
            n += 1;
        }
        Self { f, scale }
    }

    /// Whether η is near enough to 0 for the series.
    pub(super) fn holds(&self, eta: f64) -> bool {
        eta.abs() <= self.scale
    }

    /// The tail on the far side of η (the smaller one), for exponent `e = ½ r η²`.
    pub(super) fn tail(&self, r: f64, eta: f64, e: f64) -> Tail {
        // bₙ₋₁ = fₙ + (n+1)/r · bₙ₊₁ downwards; Σ bₙ ηⁿ by Horner's rule on the way.
        let (mut b0, mut b1) = (0.0, 0.0);
        let mut sum = 0.0;
        for (n, f) in self.f.iter().enumerate().skip(1).rev() {
            (b0, b1) = ((n as f64 + 1.0) / r * b1 + f, b0);
            sum = sum * eta + b0;
        }
        let s = sum / (1.0 + b1 / r);
        let w = (2.0 * e).sqrt();
        let (side, correction) = if eta >= 0.0 { (Side::Upper, s) } else { (Side::Lower, -s) };
        Tail::new(side, (mills(w) + correction / r.sqrt()).ln() - e - HALF_LN_2PI)
    }
}
