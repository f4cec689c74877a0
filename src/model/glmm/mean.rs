//! The mean rate over studies that a binomial-normal model implies.

use crate::model::Link;

const MAX_DOUBLINGS: usize = 16;

/// `E[p]` over studies with its complement and its derivatives in `μ` and `ln τ`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mean {
    pub(super) rate: f64,
    pub(super) complement: f64,
    pub(super) by_mu: f64,
    pub(super) by_ln_tau: f64,
}

/// The mean of `g⁻¹(μ + τz)` over a standard normal `z`, for `τ > 0`.
///
/// Equidistant nodes in `t`, doubled until nothing moves. For a wide random effect the rate is a
/// step in `z`, and `z = −μ/τ + sinh(t)/τ` puts the nodes there.
pub(super) fn marginal(link: Link, mu: f64, tau: f64) -> Mean {
    let step = -mu / tau;
    let wide = tau > 4.0 && step.abs() < 12.0;
    // Rates of the order of e^η pull the integrand τ to the side; beyond 12 nothing is left of φ.
    let reach = 12.0 + tau.min(4.0);
    let (from, to) = if wide {
        ((-(reach + step) * tau).asinh(), ((reach - step) * tau).asinh())
    } else {
        (-reach, reach)
    };
    let node = |t: f64| {
        let (z, jacobian) = if wide { (step + t.sinh() / tau, t.cosh() / tau) } else { (t, 1.0) };
        let eta = mu + tau * z;
        let weight = jacobian * (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let (p, q) = link.inverse(eta);
        let slope = weight * link.slope(eta);
        [weight * p, weight * q, slope, slope * tau * z]
    };
    let mut cells = 32.0;
    let mut sums = [0.0; 4];
    let add = |sums: &mut [f64; 4], offset: f64, cells: f64| {
        let h = (to - from) / cells;
        let mut i = offset;
        while i < cells {
            for (sum, term) in sums.iter_mut().zip(node(from + i * h)) {
                *sum += term;
            }
            i += 1.0;
        }
    };
    add(&mut sums, 0.0, cells);
    for _ in 0..MAX_DOUBLINGS {
        let before = sums;
        add(&mut sums, 0.5, cells);
        cells *= 2.0;
        let settled =
            before.iter().zip(&sums).take(3).all(|(b, s)| (0.5 * s - b).abs() <= 1e-7 * b.abs());
        if settled {
            break;
        }
    }
    let [rate, complement, by_mu, by_ln_tau] = sums.map(|s| s * (to - from) / cells);
    Mean { rate, complement, by_mu, by_ln_tau }
}
