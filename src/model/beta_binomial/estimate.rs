//! The beta-binomial model fitted to counts.

use super::likelihood::{ONE, Overdispersed};
use crate::{
    model::{
        Level,
        one_step::{
            self, Maximum, NoFit, Rough, Rung, Surface, location_interval, profile_location,
            scale_interval,
        },
    },
    numeric::{NumericError, beta, special},
    study::Counts,
};

/// The beta-binomial model: true rates follow Beta(α, β), fitted by maximum likelihood.
///
/// Mean `μ = α/(α+β)`, overdispersion `ρ = 1/(α+β+1)`: the correlation of two patients of one study,
/// 0 for the binomial model and 1 where every study is all or nothing.
///
/// ```
/// use resorb::{model::BetaBinomialFit, study::Counts};
/// let counts = [(64, 84), (35, 77), (25, 36), (14, 15)]
///     .map(|(events, total)| Counts::new(events, total))
///     .into_iter()
///     .collect::<Result<Vec<_>, _>>()?;
/// let fit = BetaBinomialFit::new(&counts)?;
/// assert!((0.6..0.8).contains(&fit.mean()) && fit.rho() > 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct BetaBinomialFit {
    surface: Overdispersed,
    maximum: Maximum,
}

impl BetaBinomialFit {
    /// Fits the model; the order of the studies does not matter.
    ///
    /// # Errors
    /// [`NoFit`] for studies whose likelihood has no maximum.
    pub fn new(counts: &[Counts]) -> Result<Self, NoFit> {
        Self::with(counts, one_step::maximise)
    }

    /// A fit to a resample, with fewer steps.
    pub(super) fn rough(counts: &[Counts]) -> Result<Self, NoFit> {
        Self::with(counts, |surface| one_step::maximise(&Rough(surface)))
    }

    fn with(
        counts: &[Counts],
        maximise: impl Fn(&Overdispersed) -> Result<Maximum, NumericError>,
    ) -> Result<Self, NoFit> {
        let surface = Overdispersed::new(counts);
        let maximum = match one_step::check(counts) {
            Ok(()) => maximise(&surface)?,
            Err(NoFit::AllOrNothing) => all_or_nothing(&surface),
            Err(reason) => return Err(reason),
        };
        Ok(Self { surface, maximum })
    }

    /// The logit of the mean.
    #[must_use]
    pub fn logit_mean(&self) -> f64 {
        self.maximum.location()
    }

    /// The mean rate over studies.
    #[must_use]
    pub fn mean(&self) -> f64 {
        special::expit(self.logit_mean())
    }

    /// The standard error of the logit of the mean, from the full joint observed information (of
    /// the mean alone where ρ̂ is 0 or 1).
    #[must_use]
    pub fn se(&self) -> f64 {
        self.maximum.covariance()[0].sqrt()
    }

    /// The overdispersion `ρ̂`.
    #[must_use]
    pub fn rho(&self) -> f64 {
        self.maximum.inside.map_or(0.0, |rung| rho_at(rung.log_scale))
    }

    /// `(α̂, β̂)`; `None` where `ρ̂` is 0 or 1 and there is no beta distribution.
    #[must_use]
    pub fn shape(&self) -> Option<(f64, f64)> {
        let rung = self.maximum.inside.filter(|rung| rung.log_scale < ONE)?;
        let s = (-rung.log_scale).exp();
        Some((s * self.mean(), s * special::expit(-self.logit_mean())))
    }

    /// The rate of the median study: the quantile of Beta(α̂, β̂) at ½. `None` where half of the
    /// studies lie at 0 and half at 1 (`ρ̂ = 1`, mean ½): any rate is a median then.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        match self.shape() {
            Some((a, b)) => Some(beta::quantile(0.5, a, b)),
            None if self.maximum.inside.is_none() => Some(self.mean()),
            // All or nothing: the more frequent of the two.
            None => {
                let logit = self.logit_mean();
                (logit.abs() > 1e-9).then(|| f64::from(u8::from(logit > 0.0)))
            }
        }
    }

    /// The log-likelihood at the maximum, binomial coefficients included.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.maximum.value()
    }

    /// The log-likelihood of the binomial model, `ρ = 0`.
    #[must_use]
    pub const fn log_likelihood_common(&self) -> f64 {
        self.maximum.zero.value
    }

    /// Local maxima of the profile likelihood of `ρ`, the boundary included.
    #[must_use]
    pub const fn modes(&self) -> usize {
        self.maximum.modes
    }

    /// Evaluations of the likelihood.
    #[must_use]
    pub const fn evaluations(&self) -> usize {
        self.maximum.evaluations
    }

    /// Whether every search met its stopping rule.
    #[must_use]
    pub const fn converged(&self) -> bool {
        self.maximum.converged
    }

    /// The profile-likelihood interval of `ρ`, within 0 and 1.
    #[must_use]
    pub fn rho_interval(&self, level: Level) -> (f64, f64) {
        let interval = scale_interval(&self.surface, &self.maximum, one_step::drop_at(level));
        (interval.lower.map_or(0.0, rho_at), interval.upper.map_or(1.0, rho_at))
    }

    /// The profile-likelihood interval of the logit of the mean; a limit is `None` where it is
    /// infinite.
    #[must_use]
    pub fn logit_mean_interval(&self, level: Level) -> (Option<f64>, Option<f64>) {
        location_interval(&self.surface, &self.maximum, one_step::drop_at(level))
    }

    /// The profile log-likelihood over `ρ` at a logit of the mean.
    #[must_use]
    pub fn profile_logit_mean(&self, logit_mean: f64) -> f64 {
        profile_location(&self.surface, &self.maximum, logit_mean)
    }

    /// Each study's share of the expected information on the mean, `nᵢ/(1 + (nᵢ−1)ρ̂)`, in percent.
    #[must_use]
    pub fn weights(&self, counts: &[Counts]) -> Vec<f64> {
        let rho = self.rho();
        let information: Vec<f64> =
            counts.iter().map(|c| c.n() / (1.0 + (c.n() - 1.0) * rho)).collect();
        one_step::shares(&information)
    }
}

/// `ρ` from its logit.
fn rho_at(logit: f64) -> f64 {
    if logit >= ONE { 1.0 } else { special::expit(logit) }
}

/// The maximum where every study is all or nothing: `ρ = 1`, each study one observation.
fn all_or_nothing(surface: &Overdispersed) -> Maximum {
    let mut rungs = one_step::rungs_to_the_end(surface);
    let inside = rungs.pop().map(|mut top: Rung| {
        // At the edge the scale carries no information: the location's variance stands alone.
        top.point.hessian = [top.point.hessian[0], 0.0, 0.0];
        top
    });
    let evaluations = rungs.len() + 1;
    Maximum { zero: surface.zero(), inside, rungs, modes: 1, evaluations, converged: true }
}
