//! The one-step models fitted.

use super::{
    TwoGroupKind,
    arms::{Arm, Arms},
    direct::Direct,
    fixed::Fixed,
    hypergeometric::Hypergeometric,
    poisson::Poisson,
    random::Random,
    shifted::Shifted,
};
use crate::{
    model::{
        Level, Link, Test, TestName,
        glmm::{Kernel, Likelihood},
        one_step::{
            self, Effort, Ladder, Maximum, NoFit, Point, Surface, Zero, location_interval,
            scale_interval,
        },
    },
    numeric::{self, binomial, chi_squared},
    study::{Counts, PersonTime, TwoGroups},
};

/// A one-step model of two groups (or of single rates) fitted by maximum likelihood.
///
/// The marginal likelihood is integrated by adaptive quadrature whose nodes are doubled until it
/// settles, and searched for several maxima along `τ`; `τ² = 0` is compared explicitly.
///
/// ```
/// use resorb::{model::{OneStepFit, TwoGroupKind}, study::{Counts, TwoGroups}};
/// let studies = [(4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (17, 1716, 65, 1665)]
///     .map(|(x1, n1, x2, n2)| {
///         Ok(TwoGroups { first: Counts::new(x1, n1)?, second: Counts::new(x2, n2)? })
///     })
///     .into_iter()
///     .collect::<Result<Vec<_>, resorb::study::StudyError>>()?;
/// let fit = OneStepFit::counts(&studies, TwoGroupKind::CmEl)?;
/// assert!(fit.mu() < -1.0 && fit.converged());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct OneStepFit {
    surface: Any,
    maximum: Maximum,
    /// How many studies were given, and which of them the model uses.
    k: usize,
    used: Vec<usize>,
    /// Raw values of the used studies with both sides finite, with their informations.
    interior: Vec<(f64, f64)>,
}

/// The likelihood of one of the models.
#[derive(Clone, Debug)]
pub(super) enum Any {
    Hypergeometric(Direct<Hypergeometric>),
    Binomial(Direct<Shifted>),
    Poisson(Direct<Poisson>),
    Fixed(Fixed),
    Random(Random),
}

/// On which side of a study's table the counts pile up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Inside,
    Above,
}

impl OneStepFit {
    /// Fits log odds ratios to 2×2 counts. Studies without events in either group, or without
    /// non-events, say nothing about the odds ratio and drop out.
    ///
    /// # Errors
    /// [`NoFit`] for studies whose likelihood has no maximum inside.
    pub fn counts(studies: &[TwoGroups<Counts>], kind: TwoGroupKind) -> Result<Self, NoFit> {
        let used = chosen(studies, |g| !silent_table(g));
        let kept: Vec<TwoGroups<Counts>> =
            used.iter().filter_map(|&i| studies.get(i).copied()).collect();
        let side = |g: &TwoGroups<Counts>| {
            let approximate = kind == TwoGroupKind::CmAl;
            let full = |c: Counts| !approximate && c.events() == c.total();
            match () {
                () if g.first.events() == 0 || full(g.second) => Side::Below,
                () if g.second.events() == 0 || full(g.first) => Side::Above,
                () => Side::Inside,
            }
        };
        check(kept.iter().map(side))?;
        let arm = |c: Counts| Arm::Binomial(Kernel::new(Link::Logit, c.x(), c.n() - c.x()));
        let arms = || {
            let most = |c: Counts| binomial::ln_pmf(c.x(), c.n(), c.x() / c.n());
            let saturated = numeric::sum(kept.iter().map(|g| most(g.first) + most(g.second)));
            let pairs: Vec<Arms> =
                kept.iter().map(|g| Arms { first: arm(g.first), second: arm(g.second) }).collect();
            (pairs, saturated)
        };
        let surface = match kind {
            TwoGroupKind::UmFs => {
                let (pairs, saturated) = arms();
                Any::Fixed(Fixed::new(pairs, saturated))
            }
            TwoGroupKind::UmRs => {
                let (pairs, saturated) = arms();
                Any::Random(Random::new(pairs, saturated))
            }
            TwoGroupKind::CmEl => {
                if kept.iter().any(Hypergeometric::is_too_large) {
                    return Err(NoFit::TooManyEvents);
                }
                let likelihoods: Vec<_> = kept.iter().filter_map(Hypergeometric::new).collect();
                let saturated = numeric::sum(likelihoods.iter().map(Hypergeometric::ln_most));
                Any::Hypergeometric(Direct::new(likelihoods, saturated))
            }
            TwoGroupKind::CmAl => Any::Binomial(shares(
                kept.iter().map(|g| (g.first.x(), g.second.x(), (g.first.n() / g.second.n()).ln())),
            )),
        };
        let inside: Vec<bool> = kept.iter().map(|g| side(g) == Side::Inside).collect();
        Self::maximise(surface, studies.len(), used, &inside)
    }

    /// Fits log rate ratios to events over person-time. Studies without events drop out.
    ///
    /// Given all events of a study, those of the first group are binomial: the conditional model is
    /// exact, and there is no approximate one.
    ///
    /// # Errors
    /// [`NoFit`] for studies whose likelihood has no maximum inside, and for [`TwoGroupKind::CmAl`].
    pub fn rates(studies: &[TwoGroups<PersonTime>], kind: TwoGroupKind) -> Result<Self, NoFit> {
        let used = chosen(studies, |g| !silent_pair(g));
        let kept: Vec<TwoGroups<PersonTime>> =
            used.iter().filter_map(|&i| studies.get(i).copied()).collect();
        let side = |g: &TwoGroups<PersonTime>| match () {
            () if g.first.events() == 0 => Side::Below,
            () if g.second.events() == 0 => Side::Above,
            () => Side::Inside,
        };
        check(kept.iter().map(side))?;
        let arms = || {
            let of = |g: &TwoGroups<PersonTime>| (Poisson::new(g.first), Poisson::new(g.second));
            let saturated =
                numeric::sum(kept.iter().map(of).map(|(a, b)| a.ln_most() + b.ln_most()));
            let pair = |(a, b)| Arms { first: Arm::Poisson(a), second: Arm::Poisson(b) };
            (kept.iter().map(of).map(pair).collect::<Vec<_>>(), saturated)
        };
        let surface = match kind {
            TwoGroupKind::UmFs => {
                let (pairs, saturated) = arms();
                Any::Fixed(Fixed::new(pairs, saturated))
            }
            TwoGroupKind::UmRs => {
                let (pairs, saturated) = arms();
                Any::Random(Random::new(pairs, saturated))
            }
            TwoGroupKind::CmEl => Any::Binomial(shares(
                kept.iter()
                    .map(|g| (g.first.x(), g.second.x(), (g.first.time() / g.second.time()).ln())),
            )),
            TwoGroupKind::CmAl => return Err(NoFit::NotForRates),
        };
        let inside: Vec<bool> = kept.iter().map(|g| side(g) == Side::Inside).collect();
        Self::maximise(surface, studies.len(), used, &inside)
    }

    /// The fit of a likelihood of `k` studies, those `used`; of these `inside` have a finite raw value.
    pub(super) fn maximise(
        surface: Any,
        k: usize,
        used: Vec<usize>,
        inside: &[bool],
    ) -> Result<Self, NoFit> {
        let maximum = one_step::maximise(&surface)?;
        let values = surface.values();
        let interior = values.into_iter().zip(inside).filter(|(_, i)| **i).map(|(v, _)| v);
        Ok(Self { interior: interior.collect(), surface, maximum, k, used })
    }

    /// `μ̂` (or `θ̂`) on the log scale.
    #[must_use]
    pub fn mu(&self) -> f64 {
        self.maximum.location()
    }

    /// Its standard error from the full joint observed information; at `τ̂² = 0` without `τ²`, in which
    /// the likelihood has no quadratic shape there.
    #[must_use]
    pub fn se(&self) -> f64 {
        self.maximum.covariance()[0].sqrt()
    }

    /// The between-study variance `τ̂²`.
    #[must_use]
    pub fn tau2(&self) -> f64 {
        self.maximum.inside.map_or(0.0, |rung| (2.0 * rung.log_scale).exp())
    }

    /// The standard error of `τ̂²`; `None` at 0.
    #[must_use]
    pub fn tau2_se(&self) -> Option<f64> {
        self.maximum.inside?;
        Some(2.0 * self.tau2() * self.maximum.covariance()[2].max(0.0).sqrt())
    }

    /// The variance of the random intercepts, in the model that has them.
    #[must_use]
    pub fn sigma2(&self) -> Option<f64> {
        match &self.surface {
            Any::Random(random) => Some(random.sigma2(self.mu(), self.tau2().sqrt())),
            _ => None,
        }
    }

    /// The log-likelihood at the maximum, all constants included.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        self.maximum.value()
    }

    /// The log-likelihood of the common-effect model, `τ² = 0`.
    #[must_use]
    pub const fn log_likelihood_common(&self) -> f64 {
        self.maximum.zero.value
    }

    /// The common-effect estimate and its standard error.
    #[must_use]
    pub fn common(&self) -> (f64, f64) {
        (self.maximum.zero.location, self.maximum.zero.information.recip().sqrt())
    }

    /// The likelihood-ratio test of one common effect against one for each study; `None` for fewer than
    /// two informative studies, or where the model with one for each finds no maximum (UM.RS, whose
    /// intercepts stay random in it).
    #[must_use]
    pub fn lrt(&self) -> Option<Test> {
        let saturated = self.surface.saturated(self.maximum.zero.location)?;
        let statistic = (2.0 * (saturated - self.log_likelihood_common())).max(0.0);
        chi_squared_test(TestName::Lrt, statistic, self.used.len())
    }

    /// Cochran's Q of the studies without an empty cell, by the model's own values and informations.
    #[must_use]
    pub fn wald(&self) -> Option<Test> {
        let weight = numeric::sum(self.interior.iter().map(|(_, w)| *w));
        let mean = numeric::sum(self.interior.iter().map(|(y, w)| w * y)) / weight;
        let q = numeric::sum(self.interior.iter().map(|(y, w)| w * (y - mean).powi(2)));
        chi_squared_test(TestName::Wald, q, self.interior.len())
    }

    /// The test of `τ² = 0`, half a `χ²₁`.
    #[must_use]
    pub fn tau2_test(&self) -> Test {
        one_step::boundary_test(self.log_likelihood(), self.log_likelihood_common())
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

    /// The profile log-likelihood over `τ²` at a value of `μ`.
    #[must_use]
    pub fn profile_mu(&self, mu: f64) -> f64 {
        one_step::profile_location(&self.surface, &self.maximum, mu)
    }

    /// Each study's share of the observed information on `μ` at `τ̂²`, in percent; 0 for a study that
    /// dropped out.
    #[must_use]
    pub fn weights(&self) -> Vec<f64> {
        self.shares(self.mu(), self.tau2().sqrt())
    }

    /// The same for the common-effect model.
    #[must_use]
    pub fn weights_common(&self) -> Vec<f64> {
        self.shares(self.maximum.zero.location, 0.0)
    }

    fn shares(&self, mu: f64, tau: f64) -> Vec<f64> {
        let mut all = vec![0.0; self.k];
        let shares = one_step::shares(&self.surface.information(mu, tau));
        for (&place, share) in self.used.iter().zip(shares) {
            if let Some(weight) = all.get_mut(place) {
                *weight = share;
            }
        }
        all
    }

    /// The shares of the studies that the model uses, of the random-effects and of the common-effect
    /// result.
    pub(in crate::model) fn used_weights(&self) -> [Vec<f64>; 2] {
        let at = |mu, tau| one_step::shares(&self.surface.information(mu, tau));
        [at(self.mu(), self.tau2().sqrt()), at(self.maximum.zero.location, 0.0)]
    }

    /// Positions of the tables that say nothing about an odds ratio.
    pub(in crate::model) fn silent_counts(studies: &[TwoGroups<Counts>]) -> Vec<usize> {
        chosen(studies, silent_table)
    }

    /// Positions of the pairs that say nothing about a rate ratio.
    pub(in crate::model) fn silent_rates(studies: &[TwoGroups<PersonTime>]) -> Vec<usize> {
        chosen(studies, silent_pair)
    }

    /// The profile log-likelihood at values of `τ²` above 0 (or the common-effect one at 0), for a
    /// figure.
    #[must_use]
    pub fn profile(&self, tau2: &[f64]) -> Vec<f64> {
        let mut search = one_step::ProfileSearch::new(&self.surface, &self.maximum);
        tau2.iter()
            .map(|&tau2| match tau2 {
                0.0 => self.log_likelihood_common(),
                _ => search.value(0.5 * tau2.ln()),
            })
            .collect()
    }

    /// Positions of the studies that the model uses.
    #[must_use]
    pub fn used(&self) -> &[usize] {
        &self.used
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
}

/// No events in either group, or nothing but events in both.
fn silent_table(g: &TwoGroups<Counts>) -> bool {
    let (a, b) = (g.first, g.second);
    let none = a.events() == 0 && b.events() == 0;
    none || (a.events() == a.total() && b.events() == b.total())
}

/// No events in either group.
fn silent_pair(g: &TwoGroups<PersonTime>) -> bool {
    g.first.events() == 0 && g.second.events() == 0
}

fn chi_squared_test(name: TestName, statistic: f64, studies: usize) -> Option<Test> {
    let df = studies as f64 - 1.0;
    (df > 0.0).then(|| Test { name, statistic, df, p_value: chi_squared::sf(statistic, df) })
}

fn chosen<T>(studies: &[T], speaks: impl Fn(&T) -> bool) -> Vec<usize> {
    studies.iter().enumerate().filter(|(_, study)| speaks(study)).map(|(i, _)| i).collect()
}

/// The first group's share of the events, binomial given all of them.
fn shares(studies: impl Iterator<Item = (f64, f64, f64)>) -> Direct<Shifted> {
    let mut saturated = numeric::Sum::default();
    let mut likelihoods = Vec::new();
    for (x1, x2, offset) in studies {
        saturated.add(binomial::ln_pmf(x1, x1 + x2, x1 / (x1 + x2)));
        likelihoods.push(Shifted::new(x1, x2, offset));
    }
    Direct::new(likelihoods, saturated.value())
}

/// Whether the studies carry a random-effects model: with one whose value is finite the likelihood falls
/// on all sides.
fn check(sides: impl Iterator<Item = Side>) -> Result<(), NoFit> {
    let sides: Vec<Side> = sides.collect();
    let all = |side| sides.iter().all(|s| *s == side);
    match () {
        () if sides.is_empty() => Err(NoFit::NothingToCompare),
        () if sides.len() < 2 => Err(NoFit::SingleStudy),
        () if sides.contains(&Side::Inside) => Ok(()),
        () if all(Side::Below) || all(Side::Above) => Err(NoFit::OneSided),
        () => Err(NoFit::AllOrNothing),
    }
}

impl Any {
    /// The studies' raw values with their informations.
    fn values(&self) -> Vec<(f64, f64)> {
        fn own<K: Likelihood>(direct: &Direct<K>) -> Vec<(f64, f64)> {
            direct.studies.iter().map(|study| (study.peak(), study.information())).collect()
        }
        match self {
            Self::Hypergeometric(direct) => own(direct),
            Self::Binomial(direct) => own(direct),
            Self::Poisson(direct) => own(direct),
            Self::Fixed(fixed) => fixed.studies.iter().map(Arms::difference).collect(),
            Self::Random(random) => random.studies().iter().map(Arms::difference).collect(),
        }
    }

    fn information(&self, mu: f64, tau: f64) -> Vec<f64> {
        match self {
            Self::Hypergeometric(direct) => direct.information(mu, tau),
            Self::Binomial(direct) => direct.information(mu, tau),
            Self::Poisson(direct) => direct.information(mu, tau),
            Self::Fixed(fixed) => fixed.information(mu, tau),
            Self::Random(random) => random.information(mu, tau),
        }
    }

    /// The log-likelihood with a value for each study; `common` is the best common one.
    fn saturated(&self, common: f64) -> Option<f64> {
        match self {
            Self::Hypergeometric(direct) => Some(direct.saturated),
            Self::Binomial(direct) => Some(direct.saturated),
            Self::Poisson(direct) => Some(direct.saturated),
            Self::Fixed(fixed) => Some(fixed.saturated),
            Self::Random(random) => random.separate(common),
        }
    }
}

/// Runs a method of the surface that is there.
macro_rules! of_any {
    ($any:expr, $surface:ident => $call:expr) => {
        match $any {
            Any::Hypergeometric($surface) => $call,
            Any::Binomial($surface) => $call,
            Any::Poisson($surface) => $call,
            Any::Fixed($surface) => $call,
            Any::Random($surface) => $call,
        }
    };
}

impl Surface for Any {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        of_any!(self, surface => surface.at(location, log_scale, effort))
    }

    fn zero(&self) -> Zero {
        of_any!(self, surface => surface.zero())
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        of_any!(self, surface => surface.at_zero(location))
    }

    fn ladder(&self) -> Ladder {
        of_any!(self, surface => surface.ladder())
    }
}
