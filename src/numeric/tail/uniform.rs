//! Temme's uniform asymptotic expansion, one for both functions.
//!
//! Let m be the large parameter (a for gamma, ab/(a+b) for beta), `½mζ²` the exponent of the density
//! and `w = ζ√m`. The upper tail is `φ(w) [M(w) + S(ζ)/√m]` with Mills' ratio M, and S satisfies
//! `S′/m − ζS = 1 − F f(ζ)`, where f is the density against the normal one and F its scaling. For the
//! power series `S = F Σ bₙ ζⁿ` this is a backward recurrence (Temme 1987; Gil, Segura and Temme 2012,
//! §2.5, for gamma).

use super::super::special::{HALF_LN_2PI, mills};
use super::{Side, Tail};

/// Terms of the series; the radius of convergence is 2√π (more for beta), and the expansion is used up
/// to 0.3 of it: 0.3²⁶ < 1e-13, times a coefficient below 1e-2.
pub(super) const TERMS: usize = 26;

/// Taylor coefficients of f for one pair of parameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series {
    f: [f64; TERMS],
    radius: f64,
}

impl Series {
    /// f = ζ/v where `v v′ = ζ (1 + κ v − δ v²)` and v ≈ ζ: the gamma function has κ = 1, δ = 0, the
    /// beta function κ = (b − a)/(a + b), δ = ab/(a + b)². `radius` bounds the use.
    pub(super) const fn new(kappa: f64, delta: f64, radius: f64) -> Self {
        // g = v/ζ: the coefficients c of g² obey (n/2 + 1) cₙ = κ gₙ₋₁ − δ cₙ₋₂; f = 1/g.
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
        Self { f, radius }
    }

    /// Whether ζ is near enough to 0 for the series.
    pub(super) fn holds(&self, zeta: f64) -> bool {
        zeta.abs() <= self.radius
    }

    /// The tail on the far side of ζ (the smaller one), for the exponent `e = ½mζ²`.
    pub(super) fn tail(&self, m: f64, zeta: f64, e: f64) -> Tail {
        // bₙ₋₁ = fₙ + (n+1)/m · bₙ₊₁ downwards; Σ bₙ ζⁿ by Horner's rule on the way.
        let (mut b0, mut b1) = (0.0, 0.0);
        let mut sum = 0.0;
        for (n, f) in self.f.iter().enumerate().skip(1).rev() {
            (b0, b1) = ((n as f64 + 1.0) / m * b1 + f, b0);
            sum = sum * zeta + b0;
        }
        let s = sum / (1.0 + b1 / m);
        let w = (2.0 * e).sqrt();
        let (side, correction) = if zeta >= 0.0 { (Side::Upper, s) } else { (Side::Lower, -s) };
        Tail::new(side, (mills(w) + correction / m.sqrt()).ln() - e - HALF_LN_2PI)
    }
}
