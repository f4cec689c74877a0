//! The Copas selection model (Copas 1999; Copas and Shi 2000): the chance that a study is seen depends
//! on its precision and, through a correlation, on its result.

use serde::Serialize;

use super::{Funnel, SmallStudyError};
use crate::{
    model::{
        CiMethod,
        ci::wald,
        tau2::{Criterion, maximise},
        weighted::Weighted,
    },
    numeric::{
        chi_squared, derivative, linalg, normal,
        quasi_newton::{Optimum, Options, bfgs},
    },
};

const METHOD: &str = "the Copas selection model";

/// `|ρ|` at most: at 1 the chance of being seen is a step in the result, and the likelihood has no limit.
const LARGEST_RHO: f64 = 0.9999;

/// The model at one strength of selection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CopasPoint {
    /// The chance that a study as imprecise as the least precise one is seen.
    pub publication: f64,
    /// `γ₀` of the chance `Φ(γ₀ + γ₁/se)`.
    pub gamma0: f64,
    /// `γ₁` of it.
    pub gamma1: f64,
    /// The mean, adjusted for this selection, analysis scale.
    pub yi: f64,
    /// Its standard error; `None` where the likelihood has no curvature.
    pub se: Option<f64>,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit, display scale.
    pub ci_lower: Option<f64>,
    /// Upper limit, display scale.
    pub ci_upper: Option<f64>,
    /// The between-study variance.
    pub tau2: f64,
    /// The correlation of a study's result with its chance to be seen; 0 without selection, where it
    /// means nothing.
    pub rho: f64,
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// The p value of the test that no small-study effect is left at this strength.
    pub p_value: f64,
    /// Studies that this strength implies were not seen.
    pub unseen: f64,
}

/// The model along a line of growing selection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Copas {
    /// From no selection to strong selection.
    pub path: Vec<CopasPoint>,
    /// The weakest selection that leaves no small-study effect (p > .1); `None` where none does.
    pub adjusted: Option<CopasPoint>,
}

/// The chance that the most precise study is seen.
const PRECISE: f64 = 0.99;

/// Chances that the least precise study is seen: the path.
const PATH: [f64; 12] = [1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05];

/// The residual p value above which selection explains the asymmetry (Carpenter et al. 2009).
const ENOUGH: f64 = 0.1;

/// Fits the model for a most precise study that is seen with chance .99 and a least precise one whose
/// chance falls from 1 (the usual model) to .05, by maximum likelihood in the mean, `τ` and `ρ`.
///
/// Software differs in the line through `(γ₀, γ₁)` it follows; this one is stated in these two
/// chances, which a reader can judge.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below four studies, [`SmallStudyError::NoSpread`] for equal variances,
/// [`SmallStudyError::Numeric`].
pub fn copas(funnel: &Funnel) -> Result<Copas, SmallStudyError> {
    funnel.at_least(4, METHOD)?;
    let se = funnel.sei();
    let (least, most) = se.iter().fold((f64::INFINITY, 0.0), |(a, b), &s| (s.min(a), s.max(b)));
    if most - least <= 1e-9 * most {
        return Err(SmallStudyError::NoSpread { method: METHOD, what: "standard error" });
    }
    let mut path = Vec::with_capacity(PATH.len());
    for publication in PATH {
        let (gamma0, gamma1) = if publication == 1.0 {
            (10.0, 0.0)
        } else {
            let (low, high) = (normal::quantile(publication), normal::quantile(PRECISE));
            // Φ(γ₀ + γ₁/se) through both chances; a chance above the precise study's is flat.
            let slope = (high - low).max(0.0) / (1.0 / least - 1.0 / most);
            (low - slope / most, slope)
        };
        path.push(point(funnel, &se, publication, gamma0, gamma1)?);
    }
    let adjusted = path.iter().find(|point| point.p_value > ENOUGH).copied();
    Ok(Copas { path, adjusted })
}

/// The fit at one `(γ₀, γ₁)`.
pub(super) fn point(
    funnel: &Funnel,
    se: &[f64],
    publication: f64,
    gamma0: f64,
    gamma1: f64,
) -> Result<CopasPoint, SmallStudyError> {
    let model = Model::new(funnel, se, gamma0, gamma1);
    let three = model.fit(false)?;
    let four = model.fit(true)?;
    let curvature = derivative::hessian(|x| -model.log_likelihood(x), &three.x).ok();
    let selects = publication < 1.0;
    // Without selection ρ means nothing, and at the end of its range it is taken as known: then the mean
    // and τ together; at τ = 0 the mean alone.
    let of_mean = |h: &Vec<f64>| {
        (1..=if selects { 3 } else { 2 }).rev().find_map(|n| {
            let part: Vec<f64> =
                (0..n).flat_map(|i| h.iter().skip(3 * i).take(n).copied()).collect();
            let variance = linalg::inverse_spd(&part, n).ok()?.first().copied()?;
            Some(variance.sqrt()).filter(|se| se.is_finite())
        })
    };
    let yi = three.x.first().copied().unwrap_or(f64::NAN);
    let tau2 = (2.0 * three.x.get(1).copied().unwrap_or(f64::NAN)).exp();
    let z = three.x.get(2).copied().unwrap_or(f64::NAN);
    let rho = if selects { LARGEST_RHO * z.tanh() } else { 0.0 };
    let se_yi = curvature.as_ref().and_then(of_mean);
    let limits = se_yi.map(|se| wald(yi, se, None, funnel.level(), CiMethod::Z));
    let back = |y: f64| funnel.back(y, se_yi.unwrap_or(f64::NAN));
    let gain = (2.0 * (three.value - four.value)).max(0.0);
    let unseen = se
        .iter()
        .map(|s| {
            let u = gamma0 + gamma1 / s;
            normal::sf(u) / normal::cdf(u)
        })
        .sum();
    Ok(CopasPoint {
        publication,
        gamma0,
        gamma1,
        yi,
        se: se_yi,
        estimate: back(yi),
        ci_lower: limits.map(|l| back(l.lower)),
        ci_upper: limits.map(|l| back(l.upper)),
        tau2,
        rho,
        log_likelihood: -three.value,
        p_value: chi_squared::sf(gain, 1.0),
        unseen,
    })
}

/// The likelihood at fixed `(γ₀, γ₁)` in `(μ, ln τ, z)`, `ρ` = .9999 tanh z, and, for the test of what is
/// left, a slope on the standard error.
struct Model<'a> {
    y: &'a [f64],
    se: &'a [f64],
    seen: Vec<Seen>,
    start: (f64, f64),
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

impl<'a> Model<'a> {
    fn new(funnel: &'a Funnel, se: &'a [f64], gamma0: f64, gamma1: f64) -> Self {
        let tau2 = maximise(funnel.yi(), funnel.vi(), Criterion::Ml).value;
        let mean = Weighted::at(funnel.yi(), funnel.vi(), tau2).mean;
        let seen = se.iter().map(|s| {
            let u = gamma0 + gamma1 / s;
            let ln = normal::ln_cdf(u);
            let lambda = (-0.5 * u * u - 0.5 * (2.0 * std::f64::consts::PI).ln() - ln).exp();
            Seen { u, ln, shrink: lambda * (u + lambda) }
        });
        Self { y: funnel.yi(), se, seen: seen.collect(), start: (mean, tau2) }
    }

    /// `x` is `(μ, ln τ, z)` and, where there is a fourth, the slope.
    fn log_likelihood(&self, x: &[f64]) -> f64 {
        let [mu, ln_tau, z] = [0, 1, 2].map(|i| x.get(i).copied().unwrap_or(0.0));
        let slope = x.get(3).copied().unwrap_or(0.0);
        let (tau2, rho) = ((2.0 * ln_tau).exp(), LARGEST_RHO * z.tanh());
        let terms = self.y.iter().zip(self.se).zip(&self.seen).map(|((y, s), seen)| {
            let sigma2 = s * s / (1.0 - rho * rho * seen.shrink);
            let total = tau2 + sigma2;
            let r = y - mu - slope * s;
            let share = rho * (sigma2 / total).sqrt();
            let v = (seen.u + share * r / total.sqrt()) / (1.0 - share * share).sqrt();
            -0.5 * ((2.0 * std::f64::consts::PI * total).ln() + r * r / total) - seen.ln
                + normal::ln_cdf(v)
        });
        crate::numeric::sum(terms)
    }

    /// The minimum of minus the log-likelihood, from both signs of `ρ`.
    fn fit(&self, with_slope: bool) -> Result<Optimum, SmallStudyError> {
        let (mean, tau2) = self.start;
        let smallest = self.se.iter().copied().fold(f64::INFINITY, f64::min);
        let ln_tau = tau2.sqrt().max(0.05 * smallest).ln();
        let n = if with_slope { 4 } else { 3 };
        let objective = |x: &[f64]| (-self.log_likelihood(x), self.gradient(x));
        let mut best: Option<Optimum> = None;
        let mut failure = None;
        for (z, ln_tau) in [
            (0.0, ln_tau),
            (0.8, ln_tau),
            (-0.8, ln_tau),
            (2.0, ln_tau),
            (-2.0, ln_tau),
            (0.8, smallest.ln()),
            (-0.8, smallest.ln()),
        ] {
            let start = [mean, ln_tau, z, 0.0];
            let options = Options { gradient_tolerance: 1e-8, max_step: 1.0, ..Options::default() };
            match bfgs(objective, start.get(..n).unwrap_or(&start), options) {
                Ok(found) if best.as_ref().is_none_or(|b| found.value < b.value) => {
                    best = Some(found);
                }
                Ok(_) => {}
                Err(source) => failure = Some(source),
            }
        }
        match (best, failure) {
            (Some(best), _) => Ok(best),
            (None, Some(source)) => Err(SmallStudyError::Numeric { what: METHOD, source }),
            (None, None) => Err(SmallStudyError::TooFew { method: METHOD, k: 0, minimum: 4 }),
        }
    }

    /// Minus the gradient by central differences: their error, 1e-10, is far below what the search
    /// stops at.
    fn gradient(&self, x: &[f64]) -> Vec<f64> {
        let mut at = x.to_vec();
        x.iter()
            .enumerate()
            .map(|(i, &here)| {
                let h = 1e-5 * here.abs().max(0.1);
                let mut value = |to: f64| {
                    at.iter_mut().skip(i).take(1).for_each(|a| *a = to);
                    self.log_likelihood(&at)
                };
                let slope = (value(here + h) - value(here - h)) / (2.0 * h);
                at.iter_mut().skip(i).take(1).for_each(|a| *a = here);
                -slope
            })
            .collect()
    }
}
