//! The binomial-normal model fitted to counts.

use super::marginal::Marginal;
use crate::{
    model::{
        Level, Link,
        one_step::{self, Maximum, NoFit, ProfileSearch, location_interval, scale_interval},
    },
    study::Counts,
};

/// The binomial-normal model `g(pᵢ) = μ + uᵢ`, `uᵢ ~ N(0, τ²)`, fitted by maximum likelihood.
///
/// The marginal likelihood is integrated by adaptive quadrature whose nodes are doubled until it
/// settles (at every evaluation, to about 1e-10), and searched for several maxima along `τ`;
/// `τ² = 0` is compared explicitly.
///
/// ```
/// use resorb::{model::{GlmmFit, Link}, study::Counts};
/// let counts = [(64, 84), (35, 77), (25, 36), (14, 15)]
///     .map(|(events, total)| Counts::new(events, total))
///     .into_iter()
///     .collect::<Result<Vec<_>, _>>()?;
/// let fit = GlmmFit::new(&counts, Link::Logit)?;
/// assert!(fit.tau2() > 0.1 && fit.converged());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct GlmmFit {
    link: Link,
    surface: Marginal,
    maximum: Maximum,
}

impl GlmmFit {
    /// Fits the model; the order of the studies does not matter.
    ///
    /// # Errors
    /// [`NoFit`] for studies whose likelihood has no maximum inside.
    pub fn new(counts: &[Counts], link: Link) -> Result<Self, NoFit> {
        one_step::check(counts)?;
        let surface = Marginal::new(counts, link);
        let maximum = one_step::maximise(&surface)?;
        Ok(Self { link, surface, maximum })
    }

    /// The link.
    #[must_use]
    pub const fn link(&self) -> Link {
        self.link
    }

    /// `μ̂` on the link scale: the value of the median study.
    #[must_use]
    pub fn mu(&self) -> f64 {
        self.maximum.location()
    }

    /// The standard error of `μ̂` from the full joint observed information; at `τ̂² = 0`, where the
    /// likelihood has no quadratic shape in `τ²`, from the information of `μ` alone.
    #[must_use]
    pub fn se(&self) -> f64 {
        self.maximum.covariance()[0].sqrt()
    }

    /// The between-study variance `τ̂²` on the link scale.
    #[must_use]
    pub fn tau2(&self) -> f64 {
        self.maximum.inside.map_or(0.0, |rung| (2.0 * rung.log_scale).exp())
    }

    /// The covariance matrix of `(μ̂, ln τ̂²)`; `None` at `τ̂² = 0`.
    #[must_use]
    pub fn covariance(&self) -> Option<[[f64; 2]; 2]> {
        let [mu, both, ln_tau] = self.maximum.covariance();
        self.maximum.inside?;
        Some([[mu, 2.0 * both], [2.0 * both, 4.0 * ln_tau]])
    }

    /// The log-likelihood at the maximum, binomial coefficients included.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.maximum.value()
    }

    /// The log-likelihood of the common-effect model, `τ² = 0`.
    #[must_use]
    pub const fn log_likelihood_common(&self) -> f64 {
        self.maximum.zero.value
    }

    /// Local maxima of the profile likelihood of `τ²`, the boundary included.
    #[must_use]
    pub const fn modes(&self) -> usize {
        self.maximum.modes
    }

    /// Evaluations of the likelihood.
    #[must_use]
    pub const fn evaluations(&self) -> usize {
        self.maximum.evaluations
    }

    /// Whether every search and every integral met its stopping rule.
    #[must_use]
    pub const fn converged(&self) -> bool {
        self.maximum.converged
    }

    /// The profile-likelihood interval of `τ²`: lower limit (may be 0), and upper limit, `None`
    /// where the likelihood rejects no large value.
    #[must_use]
    pub fn tau2_interval(&self, level: Level) -> (f64, Option<f64>) {
        let interval = scale_interval(&self.surface, &self.maximum, one_step::drop_at(level));
        let variance = |ln_tau: f64| (2.0 * ln_tau).exp();
        (interval.lower.map_or(0.0, variance), interval.upper.map(variance))
    }

    /// The profile-likelihood interval of `μ`; a limit is `None` where it is infinite.
    #[must_use]
    pub fn mu_interval(&self, level: Level) -> (Option<f64>, Option<f64>) {
        location_interval(&self.surface, &self.maximum, one_step::drop_at(level))
    }

    /// The profile log-likelihood at values of `τ²` above 0 (or the common-effect one at 0), for a
    /// figure.
    #[must_use]
    pub fn profile(&self, tau2: &[f64]) -> Vec<f64> {
        let mut search = ProfileSearch::new(&self.surface, &self.maximum);
        tau2.iter()
            .map(|&tau2| match tau2 {
                0.0 => self.log_likelihood_common(),
                _ => search.value(0.5 * tau2.ln()),
            })
            .collect()
    }

    /// The profile log-likelihood over `τ²` at a value of `μ`.
    #[must_use]
    pub fn profile_mu(&self, mu: f64) -> f64 {
        one_step::profile_location(&self.surface, &self.maximum, mu)
    }

    /// Each study's share of the observed information on `μ` at `τ̂²`, in percent: not negative,
    /// and together 100. `counts` are the studies of the fit.
    #[must_use]
    pub fn weights(&self, counts: &[Counts]) -> Vec<f64> {
        let tau = self.tau2().sqrt();
        let information = if tau == 0.0 {
            counts.iter().map(|c| c.n()).collect()
        } else {
            self.surface.information(counts, self.mu(), tau)
        };
        one_step::shares(&information)
    }
}
