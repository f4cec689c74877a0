//! What Stirling's formula leaves of `ln Γ`, `ψ` and `ψ′`, and its change from `a` to `a + m`.
//!
//! The beta-binomial likelihood is a difference of three such changes. With Stirling's part taken in
//! closed form these remainders are all that is left to compute, and they are small where the
//! arguments are large.

use crate::numeric::special;

/// From here on the asymptotic series are good to the last digit.
const LARGE: f64 = 10.0;

/// `ln Γ(z) − [(z−½) ln z − z + ½ ln 2π]` (DLMF 5.11.1).
fn gamma_rest(z: f64) -> f64 {
    const C: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    if z >= LARGE {
        return series(&C, z) / z;
    }
    let half_ln_2pi = 0.5 * (2.0 * std::f64::consts::PI).ln();
    special::ln_gamma(z) - ((z - 0.5) * z.ln() - z + half_ln_2pi)
}

/// `ψ(z) − [ln z − 1/(2z)]` (DLMF 5.11.2).
fn digamma_rest(z: f64) -> f64 {
    const C: [f64; 8] = [
        -1.0 / 12.0,
        1.0 / 120.0,
        -1.0 / 252.0,
        1.0 / 240.0,
        -1.0 / 132.0,
        691.0 / 32760.0,
        -1.0 / 12.0,
        3617.0 / 8160.0,
    ];
    if z >= LARGE {
        return series(&C, z) / (z * z);
    }
    special::digamma(z) - z.ln() + 0.5 / z
}

/// `ψ′(z) − [1/z + 1/(2z²)]`.
fn trigamma_rest(z: f64) -> f64 {
    const C: [f64; 8] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
    ];
    if z >= LARGE {
        return series(&C, z) / (z * z * z);
    }
    special::trigamma(z) - 1.0 / z - 0.5 / (z * z)
}

/// `Σ cⱼ z⁻²ʲ`, j from 0.
fn series(c: &[f64], z: f64) -> f64 {
    let v = 1.0 / (z * z);
    c.iter().rev().fold(0.0, |sum, c| c + v * sum)
}

/// The remainders at `a`, computed once for all studies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    a: f64,
    gamma: f64,
    digamma: f64,
    trigamma: f64,
}

/// How the remainders change from `a` to `a + m`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    /// `ln Γ` beyond `(z−½) ln z − z`.
    pub(super) gamma: f64,
    /// `ψ` beyond `ln z`.
    pub(super) digamma: f64,
    /// `ψ′` beyond `1/z`.
    pub(super) trigamma: f64,
}

impl Base {
    pub(super) fn new(a: f64) -> Self {
        Self { a, gamma: gamma_rest(a), digamma: digamma_rest(a), trigamma: trigamma_rest(a) }
    }

    pub(super) fn to(&self, m: f64) -> Change {
        if m == 0.0 {
            return Change { gamma: 0.0, digamma: 0.0, trigamma: 0.0 };
        }
        let a = self.a;
        let b = a + m;
        // −1/(2z) and 1/(2z²) change by closed forms that do not cancel for a large a.
        let recip = m / a / b;
        Change {
            gamma: gamma_rest(b) - self.gamma,
            digamma: 0.5 * recip + (digamma_rest(b) - self.digamma),
            trigamma: -0.5 * recip * (1.0 / a + 1.0 / b) + (trigamma_rest(b) - self.trigamma),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The series take over at 10 without a step, and the changes are those of the functions.
    #[test]
    fn changes_of_the_remainders() {
        for (a, m) in [(0.5, 3.0), (1e-6, 2.0), (9.0, 1.0), (9.99, 0.02), (12.0, 40.0)] {
            let change = Base::new(a).to(m);
            let gamma = |z: f64| special::ln_gamma(z) - ((z - 0.5) * z.ln() - z);
            let digamma = |z: f64| special::digamma(z) - z.ln();
            let trigamma = |z: f64| special::trigamma(z) - 1.0 / z;
            for (ours, f) in [
                (change.gamma, &gamma as &dyn Fn(f64) -> f64),
                (change.digamma, &digamma),
                (change.trigamma, &trigamma),
            ] {
                let exact = f(a + m) - f(a);
                let error = (ours - exact).abs();
                assert!(error < 1e-13 + 1e-11 * exact.abs(), "{a} {m}: {ours} {exact}");
            }
        }
    }
}
