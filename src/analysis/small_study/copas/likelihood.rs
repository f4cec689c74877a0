//! The likelihood of the Copas model at a given strength of selection.

use crate::{
    analysis::small_study::{Funnel, Side, SmallStudyError},
    model::{
        tau2::{Criterion, maximise},
        weighted::Weighted,
    },
    numeric::{
        derivative, linalg, normal,
        quasi_newton::{Optimum, Options, bfgs},
        sum,
    },
};

/// `|ρ|` at most: at 1 the chance of being seen is a step in the result, and the likelihood has no limit.
const LARGEST_RHO: f64 = 0.9999;

/// What does not change with the strength of selection: the studies, where a search starts and the sign
/// of `ρ`.
pub(super) struct Studies<'a> {
    y: &'a [f64],
    se: &'a [f64],
    /// 1 or −1.
    sign: f64,
    mean: f64,
    /// The standard error of the mean without selection.
    pub(super) scale: f64,
    ln_tau: f64,
    least: f64,
}

impl<'a> Studies<'a> {
    /// `side` is the one where studies would be missing.
    pub(super) fn new(funnel: &'a Funnel, se: &'a [f64], side: Side) -> Self {
        let tau2 = maximise(funnel.yi(), funnel.vi(), Criterion::Ml).value;
        let Weighted { mean, w, .. } = Weighted::at(funnel.yi(), funnel.vi(), tau2);
        let least = se.iter().copied().fold(f64::INFINITY, f64::min);
        let ln_tau = tau2.sqrt().max(0.05 * least).ln();
        let sign = if side == Side::Left { 1.0 } else { -1.0 };
        Self { y: funnel.yi(), se, sign, mean, scale: w.sqrt().recip(), ln_tau, least }
    }
}

/// The likelihood at fixed `(γ₀, γ₁)` in `x = (μ, ln τ, z)`, `ρ` = ±.9999 tanh z², and, where there is a
/// fourth, a slope on the standard error (Copas and Shi 2000, equations 3 to 5). `ρ` keeps the sign of the
/// asymmetry: with the other, selection would hide the very studies that are there.
pub(super) struct Likelihood<'a> {
    studies: &'a Studies<'a>,
    seen: Vec<Seen>,
}

/// What a study's chance of being seen comes to before its result is looked at.
struct Seen {
    /// `u = γ₀ + γ₁/se`.
    u: f64,
    /// `ln Φ(u)`.
    ln: f64,
    /// `λ(u + λ)`, `λ = φ/Φ`: a seen study's variance is less than σ² by (ρσ)² times this.
    shrink: f64,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(studies: &'a Studies<'a>, gamma0: f64, gamma1: f64) -> Self {
        let seen = studies.se.iter().map(|s| {
            let u = gamma0 + gamma1 / s;
            let ln = normal::ln_cdf(u);
            let lambda = hazard(u, ln);
            Seen { u, ln, shrink: lambda * (u + lambda) }
        });
        Self { studies, seen: seen.collect() }
    }

    /// `ρ` of the third coordinate, and its derivative.
    fn rho(&self, z: f64) -> (f64, f64) {
        let largest = self.studies.sign * LARGEST_RHO;
        (largest * (z * z).tanh(), largest * 2.0 * z / (z * z).cosh().powi(2))
    }

    /// `(μ, τ², ρ)` of a minimum, with τ² at its lower limit, 0, and `ρ` at either of its own where the
    /// search ends within rounding of them; and which of the three are free, being at no limit.
    pub(super) fn read(&self, x: &[f64]) -> ([f64; 3], [bool; 3]) {
        let [mu, ln_tau, z] = [0, 1, 2].map(|i| x.get(i).copied().unwrap_or(f64::NAN));
        let (tau2, rho) = ((2.0 * ln_tau).exp(), self.rho(z).0);
        let spread = tau2 > 1e-6 * self.studies.least.powi(2);
        let selects = rho.abs() > 1e-5;
        let inside = rho.abs() < LARGEST_RHO - 1e-5;
        let rho = if !selects {
            0.0
        } else if inside {
            rho
        } else {
            rho.signum() * LARGEST_RHO
        };
        ([mu, if spread { tau2 } else { 0.0 }, rho], [true, spread, selects && inside])
    }

    /// Minus the log-likelihood and its gradient.
    fn descent(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let [mu, ln_tau, z] = [0, 1, 2].map(|i| x.get(i).copied().unwrap_or(0.0));
        let slope = x.get(3).copied().unwrap_or(0.0);
        let (tau2, (rho, d_rho)) = ((2.0 * ln_tau).exp(), self.rho(z));
        let mut terms = Vec::with_capacity(self.seen.len());
        let mut gradient = [0.0; 4];
        for ((y, s), seen) in self.studies.y.iter().zip(self.studies.se).zip(&self.seen) {
            let narrower = 1.0 - rho * rho * seen.shrink;
            let sigma2 = s * s / narrower;
            let total = tau2 + sigma2;
            let root = total.sqrt();
            let r = y - mu - slope * s;
            let share = (sigma2 / total).sqrt();
            let a = rho * share;
            let rest = 1.0 - a * a;
            let v = (seen.u + a * r / root) / rest.sqrt();
            let ln_v = normal::ln_cdf(v);
            terms.push(
                -0.5 * ((2.0 * std::f64::consts::PI * total).ln() + r * r / total) - seen.ln + ln_v,
            );
            // The chain of derivatives: of σ² + τ² and of a in ln τ and in ρ, then of v.
            let lambda = hazard(v, ln_v);
            let by_mean = r / total - lambda * a / (root * rest.sqrt());
            let through = |d_total: f64, d_a: f64| {
                let top = r / root * (d_a - 0.5 * a * d_total / total);
                let d_v = top / rest.sqrt() + v * a * d_a / rest;
                0.5 * d_total / total * (r * r / total - 1.0) + lambda * d_v
            };
            let d_sigma2 = 2.0 * rho * seen.shrink * sigma2 / narrower;
            let d_share = 0.5 * share * d_sigma2 * (1.0 / sigma2 - 1.0 / total);
            let steps = [
                by_mean,
                through(2.0 * tau2, -a * tau2 / total),
                through(d_sigma2, share + rho * d_share) * d_rho,
                by_mean * s,
            ];
            gradient.iter_mut().zip(steps).for_each(|(g, step)| *g -= step);
        }
        (-sum(terms), gradient.into_iter().take(x.len()).collect())
    }

    /// The minimum that a search from `start` comes to.
    pub(super) fn from(&self, start: &[f64]) -> Result<Optimum, SmallStudyError> {
        let options = Options { gradient_tolerance: 1e-9, max_step: 1.0, ..Options::default() };
        bfgs(|x: &[f64]| self.descent(x), start, options)
            .map_err(|source| SmallStudyError::Numeric { what: super::METHOD, source })
    }

    /// The lowest minimum from several starts; the first is the model without selection.
    pub(super) fn fit(&self, with_slope: bool) -> Result<Optimum, SmallStudyError> {
        let Studies { mean, ln_tau, least, .. } = *self.studies;
        let n = if with_slope { 4 } else { 3 };
        let starts = [
            (0.0, ln_tau),
            (0.3, ln_tau),
            (0.9, ln_tau),
            (1.4, ln_tau),
            (0.9, least.ln()),
            (1.4, least.ln()),
            // Maxima at τ = 0 have a valley of their own.
            (0.9, (0.1 * least).ln()),
            (1.4, (0.1 * least).ln()),
        ];
        let found = starts.map(|(z, ln_tau)| {
            let start = [mean, ln_tau, z, 0.0];
            self.from(start.get(..n).unwrap_or(&start))
        });
        found
            .into_iter()
            .reduce(|best, next| match (&best, &next) {
                (Ok(a), Ok(b)) if b.value < a.value => next,
                (Err(_), Ok(_)) => next,
                _ => best,
            })
            .unwrap_or(Err(SmallStudyError::TooFew { method: super::METHOD, k: 0, minimum: 4 }))
    }

    /// The lower minimum of those from the usual model with `ρ` = ±.5 and from a neighbouring strength's.
    pub(super) fn near(&self, neighbour: Option<&[f64]>) -> Option<Optimum> {
        let usual = [self.studies.mean, self.studies.ln_tau, 0.5_f64.atanh().sqrt()];
        let fresh = self.from(&usual).ok();
        let kept = neighbour.and_then(|start| self.from(start).ok());
        match (fresh, kept) {
            (Some(a), Some(b)) => Some(if b.value < a.value { b } else { a }),
            (a, b) => a.or(b),
        }
    }

    /// The standard error of the mean from the second derivatives in the `free` ones of `(μ, τ, ρ)`, the
    /// others being taken as known.
    pub(super) fn se(&self, x: &[f64], free: [bool; 3]) -> Option<f64> {
        let hessian = derivative::hessian(|x| self.descent(x).0, x).ok()?;
        let free: Vec<usize> = (0..3).filter(|i| free.get(*i) == Some(&true)).collect();
        let part = free.iter().flat_map(|i| free.iter().map(move |j| 3 * i + j));
        let part: Vec<f64> = part.filter_map(|at| hessian.get(at).copied()).collect();
        let variance = linalg::inverse_spd(&part, free.len()).ok()?.first().copied()?;
        Some(variance.sqrt()).filter(|se| se.is_finite())
    }
}

/// `φ(u)/Φ(u)`, from `ln Φ(u)`.
fn hazard(u: f64, ln_cdf: f64) -> f64 {
    (-0.5 * u * u - 0.5 * (2.0 * std::f64::consts::PI).ln() - ln_cdf).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gradient against differences of the value.
    #[test]
    fn the_gradient_is_that_of_the_value() {
        let (y, se) = ([0.1, 0.9, 1.4, -0.3], [0.1, 0.4, 0.6, 0.25]);
        let studies =
            Studies { y: &y, se: &se, sign: -1.0, mean: 0.3, scale: 0.1, ln_tau: -1.0, least: 0.1 };
        for (gamma0, gamma1) in [(-0.4, 0.3), (1.2, 0.0), (-2.0, 0.6)] {
            let likelihood = Likelihood::new(&studies, gamma0, gamma1);
            for x in [[0.3, -1.0, 0.4, 0.2], [0.5, 0.3, -1.2, -1.0], [-0.2, -3.0, 1.6, 0.7]] {
                let (_, gradient) = likelihood.descent(&x);
                for (i, slope) in gradient.iter().enumerate() {
                    let value = |step: f64| {
                        let mut at = x;
                        at[i] += step;
                        likelihood.descent(&at).0
                    };
                    let h = 1e-3;
                    // Richardson's extrapolation of central differences: error of order h⁴.
                    let wide = (value(h) - value(-h)) / (2.0 * h);
                    let narrow = (value(h / 2.0) - value(-h / 2.0)) / h;
                    let difference = (4.0 * narrow - wide) / 3.0;
                    assert!((slope - difference).abs() < 1e-7 * slope.abs().max(1.0), "{i} {x:?}");
                }
            }
        }
    }
}
