//! The marginal likelihood of one study: its kernel averaged over the normal random effect.
//!
//! The integrand is centred at its mode and scaled by its curvature there, as in adaptive
//! Gauss–Hermite quadrature (Pinheiro and Bates 1995), and the nodes are doubled until the result
//! settles. The nodes are equidistant: for analytic integrands that fall off at both ends this
//! trapezoidal rule converges as fast as Gauss–Hermite (Trefethen and Weideman 2014), a doubling
//! keeps every value, and it also converges for a study without an event under a wide random
//! effect, whose integrand is a normal density cut off by a step: for 0/1000 at μ = −2, τ = 5,
//! Gauss–Hermite is off by 6e-5 with 25 nodes and by 3e-9 with 128, and beyond τ = 10 it is lost.

use super::kernel::Likelihood;
use crate::model::one_step::{Effort, Point};

/// Terms smaller than e to the minus this, relative to the largest, are left out.
const CUT: f64 = 33.0;
/// Twice as many nodes may move the integral by this much: the error left is about its square.
const MOVE: f64 = 4e-6;
/// The same around a step, where it falls more slowly.
const MOVE_AT_STEP: f64 = 1e-8;
const MAX_NODES: usize = 1 << 17;
/// A random effect wider than this many widths of a step gets nodes that are dense at the step.
const WIDE: f64 = 4.0;

/// Where the nodes lie, as a function of an equidistant `t`; `v = η − μ`.
#[derive(Clone, Copy)]
enum Grid {
    /// `v = mode + σt`.
    Linear { mode: f64, sigma: f64 },
    /// `v = step + width·sinh t`: dense around the step, spread out over the random effect.
    Sinh { step: f64, width: f64 },
}

/// The integrand of one study, scaled to about 1 at its mode.
struct Integrand<'a, K> {
    kernel: &'a K,
    mu: f64,
    tau: f64,
    grid: Grid,
    /// The log of the integrand at its mode.
    top: f64,
    /// Whether the study pins its effect down better than the random effect does.
    pinned: bool,
    /// Weights, and weights times what the derivatives need.
    sums: [f64; 6],
    nodes: usize,
}

/// Log-likelihood of one study (less its saturated one) with derivatives in `(μ, ln τ)`.
pub(in crate::model) fn study<K: Likelihood>(
    kernel: &K,
    mu: f64,
    tau: f64,
    effort: Effort,
) -> Point {
    let (mode, curvature, top) = mode(kernel, mu, tau);
    let sigma = curvature.sqrt().recip();
    let (grid, start, mut h, unit, tolerance) =
        match kernel.step().filter(|(_, width)| tau > WIDE * width) {
            // A step is no parabola: half the distance, so that a scan can be believed there too.
            None => {
                let h = if kernel.step().is_some_and(|(_, width)| tau > width) { 0.5 } else { 1.0 };
                (Grid::Linear { mode, sigma }, 0.0, h, sigma, MOVE)
            }
            Some((at, width)) => {
                let t = (mode - (at - mu)) / width;
                let local = sigma / (width * t.hypot(1.0));
                let grid = Grid::Sinh { step: at - mu, width };
                (grid, t.asinh(), local.min(0.4), width, MOVE_AT_STEP)
            }
        };
    let pinned = curvature * tau * tau > 2.0;
    let mut integrand = Integrand { kernel, mu, tau, grid, top, pinned, sums: [0.0; 6], nodes: 0 };
    integrand.walk(start, h);
    integrand.walk(start - h, -h);
    let mut settled = effort == Effort::Scan;
    while !settled && integrand.nodes < MAX_NODES {
        let before = integrand.sums[0];
        integrand.walk(start + 0.5 * h, h);
        integrand.walk(start - 0.5 * h, -h);
        h *= 0.5;
        settled = (0.5 * integrand.sums[0] / before - 1.0).abs() < tolerance;
    }
    integrand.finish(h * unit, settled)
}

impl<K: Likelihood> Integrand<'_, K> {
    /// Adds the nodes `from, from + h, …` until the integrand is negligible.
    fn walk(&mut self, from: f64, h: f64) {
        let precision = 1.0 / (self.tau * self.tau);
        let mut t = from;
        loop {
            let (v, jacobian) = match self.grid {
                Grid::Linear { mode, sigma } => (mode + sigma * t, 1.0),
                Grid::Sinh { step, width } => (step + width * t.sinh(), t.cosh()),
            };
            let jet = self.kernel.at(self.mu + v);
            let height = jet.value - 0.5 * v * v * precision - self.top;
            self.nodes += 1;
            if height < -CUT {
                return;
            }
            let w = height.exp() * jacobian;
            let terms = if self.pinned {
                let z = v / self.tau;
                let z2 = z * z;
                [1.0, z, z2, z2 * z, z2 * z2, 0.0]
            } else {
                let second = jet.curvature + jet.slope * jet.slope;
                [1.0, jet.slope, second, v * jet.slope, v * second, v * v * second]
            };
            for (sum, term) in self.sums.iter_mut().zip(terms) {
                *sum += w * term;
            }
            t += h;
        }
    }

    /// The log of the integral and its derivatives, for nodes `spacing` apart in `v`.
    ///
    /// The derivatives are moments of the random effect given the data, `z = v/τ`. They can be taken
    /// through the prior (`E z/τ`, `E z² − 1`, …) or through the likelihood (`E ℓ′`, `E vℓ′`, …):
    /// the first cancels for a study that says little about its effect, the second for one that
    /// says much.
    fn finish(self, spacing: f64, settled: bool) -> Point {
        let [s0, s1, s2, s3, s4, s5] = self.sums;
        let tau = self.tau;
        let half_ln_2pi = 0.5 * (2.0 * std::f64::consts::PI).ln();
        let value = self.top + (s0 * spacing / tau).ln() - half_ln_2pi;
        let (e1, e2, e3, e4, e5) = (s1 / s0, s2 / s0, s3 / s0, s4 / s0, s5 / s0);
        let (score, hessian) = if self.pinned {
            (
                [e1 / tau, e2 - 1.0],
                [
                    (e2 - e1 * e1 - 1.0) / (tau * tau),
                    (e3 - e1 * e2 - 2.0 * e1) / tau,
                    e4 - e2 * e2 - 2.0 * e2,
                ],
            )
        } else {
            ([e1, e3], [e2 - e1 * e1, e4 - e1 * e3, e3 + e5 - e3 * e3])
        };
        Point { value, score, hessian, settled }
    }
}

/// The mode of the integrand in `v = η − μ`, the curvature there, and its log height.
///
/// The integrand is log-concave, so Newton's method inside a bracket cannot miss; a hundredth of a
/// standard deviation is near enough, for the mode only places the nodes.
fn mode<K: Likelihood>(kernel: &K, mu: f64, tau: f64) -> (f64, f64, f64) {
    let precision = 1.0 / (tau * tau);
    let mut v = match kernel.step() {
        None => {
            let information = kernel.information();
            (kernel.peak() - mu) * information / (information + precision)
        }
        // Where the likelihood is still flat the prior places the mode, else the step does.
        Some(_) if kernel.at(mu).value > -1.0 => 0.0,
        Some((at, _)) => at - mu,
    };
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..200 {
        let jet = kernel.at(mu + v);
        let slope = jet.slope - v * precision;
        let curvature = precision - jet.curvature;
        let newton = slope / curvature;
        let height = jet.value - 0.5 * v * v * precision;
        if newton * newton * curvature < 1e-4 || lo >= hi {
            return (v + newton, curvature, height + 0.5 * slope * newton);
        }
        if slope > 0.0 {
            lo = v;
        } else {
            hi = v;
        }
        let inside = v + newton > lo && v + newton < hi;
        v = if inside { v + newton } else { 0.5 * (lo.max(v - 1e3) + hi.min(v + 1e3)) };
    }
    (v, precision, -0.5 * v * v * precision)
}
