//! Intervals of `τ²`.

use super::{
    Criterion, Landscape, Tau2, generalised_q::GeneralisedQ, log_likelihood, maximise,
    q_profile::decreasing_root, score::Equation,
};
use crate::{
    model::{
        GenqWeights, Level, ModelError, Tau2Ci, Tau2Method,
        weighted::{Traces, Weighted},
    },
    numeric::{chi_squared, gamma, root},
};

/// What an interval of `τ²` can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tau2Limits {
    /// Two limits.
    Interval(f64, f64),
    /// No `τ² ≥ 0` is compatible with the data: they agree more than sampling error allows.
    Null,
}

impl Tau2Limits {
    /// Both limits; the null set is shown as 0 and 0.
    pub(crate) const fn pair(self) -> (f64, f64) {
        match self {
            Self::Interval(lower, upper) => (lower, upper),
            Self::Null => (0.0, 0.0),
        }
    }
}

/// Whether the interval goes with the estimator: [`ModelError::Tau2CiNeeds`] where it does not.
pub(crate) fn check(ci: Tau2Ci, method: Tau2Method) -> Result<(), ModelError> {
    let (fits, needs) = match ci {
        Tau2Ci::Qp | Tau2Ci::Genq => return Ok(()),
        Tau2Ci::Pl => (matches!(method, Tau2Method::Ml | Tau2Method::Reml), "ML or REML"),
        Tau2Ci::Bt => (method == Tau2Method::Dl, "DL"),
    };
    if fits { Ok(()) } else { Err(ModelError::Tau2CiNeeds { ci, tau2: method, needs }) }
}

/// The interval of `τ²` for two or more studies, of a combination that [`check`] allows.
pub(crate) fn limits(
    yi: &[f64],
    vi: &[f64],
    method: Tau2Method,
    estimate: &Tau2,
    ci: Tau2Ci,
    genq: GenqWeights,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    match ci {
        Tau2Ci::Qp => q_profile(yi, vi, level),
        Tau2Ci::Pl => {
            let criterion = if method == Tau2Method::Ml { Criterion::Ml } else { Criterion::Reml };
            profile_likelihood(yi, vi, criterion, estimate.value, level)
        }
        Tau2Ci::Genq => generalised_q(yi, vi, genq, level),
        Tau2Ci::Bt => biggerstaff_tweedie(yi, vi, level),
    }
}

/// A pair of roots of a decreasing function: the lower limit may be 0, and without an upper root
/// the set is empty.
pub(crate) fn from_roots(lower: Option<f64>, upper: Option<f64>) -> Tau2Limits {
    upper.map_or(Tau2Limits::Null, |upper| Tau2Limits::Interval(lower.unwrap_or(0.0), upper))
}

/// Q-profile (Viechtbauer 2007): `Q(τ²)` at the quantiles of `χ²(k−1)`.
fn q_profile(yi: &[f64], vi: &[f64], level: Level) -> Result<Tau2Limits, ModelError> {
    let df = yi.len() as f64 - 1.0;
    let solve = |target: f64| {
        decreasing_root(|tau2| Weighted::at(yi, vi, tau2).q - target, vi, "the Q-profile interval")
    };
    let lower = solve(chi_squared::quantile_upper(level.tail(), df))?;
    let upper = solve(chi_squared::quantile(level.tail(), df))?;
    Ok(from_roots(lower, upper))
}

/// Generalised Q (Jackson 2013).
fn generalised_q(
    yi: &[f64],
    vi: &[f64],
    weights: GenqWeights,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let q = GeneralisedQ::new(yi, vi, weights)?;
    Ok(from_roots(q.solve(1.0 - level.tail())?, q.solve(level.tail())?))
}

/// Biggerstaff and Tweedie 1997: Q as a gamma variate with its exact first two moments.
fn biggerstaff_tweedie(yi: &[f64], vi: &[f64], level: Level) -> Result<Tau2Limits, ModelError> {
    let df = yi.len() as f64 - 1.0;
    let q = Weighted::at(yi, vi, 0.0).q;
    let traces = Traces::at(vi, 0.0);
    let (p, pp) = (traces.p(), traces.pp());
    let below = |tau2: f64| {
        let mean = p.mul_add(tau2, df);
        let variance = 2.0 * (2.0 * p).mul_add(tau2, df) + 2.0 * pp * tau2 * tau2;
        gamma::cdf(q, mean * mean / variance, mean / variance)
    };
    let solve = |probability: f64| {
        decreasing_root(|tau2| below(tau2) - probability, vi, "the Biggerstaff–Tweedie interval")
    };
    Ok(from_roots(solve(1.0 - level.tail())?, solve(level.tail())?))
}

/// Profile likelihood (Hardy and Thompson 1996) without moderators.
fn profile_likelihood(
    yi: &[f64],
    vi: &[f64],
    criterion: Criterion,
    estimate: f64,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let landscape = Landscape::new(&Equation::new(yi, vi, criterion));
    let height = |tau2: f64| log_likelihood(yi, vi, criterion, tau2);
    within_cut(landscape, height, estimate, vi, level)
}

/// All `τ²` whose log-likelihood is within half a `χ²₁` quantile of the maximum. With several maxima
/// the limits enclose all parts of that set.
pub(crate) fn within_cut(
    landscape: Landscape,
    height: impl Fn(f64) -> f64,
    estimate: f64,
    vi: &[f64],
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let Landscape { maxima, minima, .. } = landscape;
    let cut = height(estimate) - 0.5 * chi_squared::quantile_upper(2.0 * level.tail(), 1.0);
    let above = |tau2: f64| height(tau2) - cut;
    // The likelihood rises or falls between neighbours of this list, so that each part of the set
    // has one of them inside and each gap one outside.
    let mut points = [vec![0.0, estimate], maxima, minima].concat();
    points.sort_by(f64::total_cmp);
    let inside = |tau2: &f64| *tau2 == estimate || above(*tau2) >= 0.0;
    let first = points.iter().position(inside).unwrap_or(0);
    let last = points.iter().rposition(inside).unwrap_or(first);
    let crossing = |a: f64, b: f64| {
        root::brent(above, a, b, 1e-13).map_err(|source| ModelError::Numeric {
            what: "the profile-likelihood interval of τ²",
            source,
        })
    };
    let at = |i: usize| points.get(i).copied().unwrap_or(estimate);
    let lower = if first == 0 { 0.0 } else { crossing(at(first - 1), at(first))? };
    let upper = if let Some(&outside) = points.get(last + 1) {
        crossing(at(last), outside)?
    } else {
        let smallest = vi.iter().copied().fold(f64::INFINITY, f64::min);
        let (mut inside, mut outside) = (at(last), 2.0 * at(last).max(smallest));
        while above(outside) > 0.0 {
            (inside, outside) = (outside, 2.0 * outside);
        }
        crossing(inside, outside)?
    };
    Ok(Tau2Limits::Interval(lower, upper))
}

/// The largest likelihood over `τ²` at a fixed mean, for the profile of the mean.
pub(crate) fn profile_at_mean(yi: &[f64], vi: &[f64], mean: f64) -> f64 {
    let criterion = Criterion::MlAt(mean);
    log_likelihood(yi, vi, criterion, maximise(yi, vi, criterion).value)
}
