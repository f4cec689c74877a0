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
    pub(super) fn new(kappa: f64, delta: f64, scale: f64) -> Self {
        // g = v/η: the coefficients c of g² obey (n/2 + 1) cₙ = κ gₙ₋₁ − δ cₙ₋₂.
        let mut g = [0.0; TERMS];
        let mut c = [0.0; TERMS];
        let mut f = [0.0; TERMS];
        (g[0], c[0], f[0]) = (1.0, 1.0, 1.0);
        for n in 1..TERMS {
            let before = if n >= 2 { c[n - 2] } else { 0.0 };
            c[n] = (kappa * g[n - 1] - delta * before) / (0.5 * n as f64 + 1.0);
            let inner: f64 = (1..n).map(|j| g[j] * g[n - j]).sum();
            g[n] = 0.5 * (c[n] - inner);
            f[n] = -(1..=n).map(|j| g[j] * f[n - j]).sum::<f64>();
        }
        Self { f, scale }
    }

    /// Whether η is near enough to 0 for the series.
    pub(super) fn holds(&self, eta: f64) -> bool {
        eta.abs() <= self.scale
    }

    /// The tail on the far side of η (the smaller one), for exponent `e = ½ r η²`.
    pub(super) fn tail(&self, r: f64, eta: f64, e: f64) -> Tail {
        let (mut b1, mut b2) = (0.0, 0.0);
        let mut sum = 0.0;
        for (n, f) in self.f.iter().enumerate().skip(1).rev() {
            let b = (n as f64 + 1.0) / r * b2 + f;
            sum = sum * eta + b;
            (b2, b1) = (b1, b);
        }
        // After the loop b1 = b₀ and b2 = b₁, and sum = Σ bₙ ηⁿ.
        let _ = b1;
        let s = sum / (1.0 + b2 / r);
        let w = (2.0 * e).sqrt();
        let (side, correction) = if eta >= 0.0 { (Side::Upper, s) } else { (Side::Lower, -s) };
        Tail::new(side, (mills(w) + correction / r.sqrt()).ln() - e - HALF_LN_2PI)
    }
}
