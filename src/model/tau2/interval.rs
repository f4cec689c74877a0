//! Intervals of `τ²`.

use super::{
    Criterion, Tau2, generalised_q::GeneralisedQ, likelihood, log_likelihood, maximise,
    q_profile::decreasing_root,
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

/// The interval of `τ²` for two or more studies.
///
/// An interval that does not go with the estimator is [`ModelError::Tau2CiNeeds`].
pub(crate) fn limits(
    yi: &[f64],
    vi: &[f64],
    method: Tau2Method,
    estimate: &Tau2,
    ci: Tau2Ci,
    genq: GenqWeights,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let needs = |needs| Err(ModelError::Tau2CiNeeds { ci, tau2: method, needs });
    match (ci, method) {
        (Tau2Ci::Qp, _) => q_profile(yi, vi, level),
        (Tau2Ci::Pl, Tau2Method::Ml) => {
            profile_likelihood(yi, vi, Criterion::Ml, estimate.value, level)
        }
        (Tau2Ci::Pl, Tau2Method::Reml) => {
            profile_likelihood(yi, vi, Criterion::Reml, estimate.value, level)
        }
        (Tau2Ci::Pl, _) => needs("ML or REML"),
        (Tau2Ci::Genq, _) => generalised_q(yi, vi, genq, level),
        (Tau2Ci::Bt, Tau2Method::Dl) => biggerstaff_tweedie(yi, vi, level),
        (Tau2Ci::Bt, _) => needs("DL"),
    }
}

/// A pair of roots of a decreasing function: the lower limit may be 0, and without an upper root
/// the set is empty.
fn from_roots(lower: Option<f64>, upper: Option<f64>) -> Tau2Limits {
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

/// Profile likelihood (Hardy and Thompson 1996): all `τ²` whose log-likelihood is within half a
/// `χ²₁` quantile of the maximum. With several maxima the limits enclose all parts of that set.
fn profile_likelihood(
    yi: &[f64],
    vi: &[f64],
    criterion: Criterion,
    estimate: f64,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let cut = log_likelihood(yi, vi, criterion, estimate)
        - 0.5 * chi_squared::quantile_upper(2.0 * level.tail(), 1.0);
    let above = |tau2: f64| log_likelihood(yi, vi, criterion, tau2) - cut;
    let largest = vi.iter().copied().fold(0.0, f64::max);
    let mut end = estimate.max(largest);
    while above(end) > 0.0 {
        end *= 2.0;
    }
    // Beyond the last stationary point the likelihood only falls, so no part hides after `end`.
    end = end.max(likelihood::last_possible_maximum(yi, vi, criterion));
    let points: Vec<f64> =
        std::iter::once(0.0).chain(likelihood::grid(vi, end)).chain([estimate]).collect();
    let (first, last) = points
        .iter()
        .filter(|&&tau2| above(tau2) >= 0.0)
        .fold((estimate, estimate), |(lo, hi), &tau2| (lo.min(tau2), hi.max(tau2)));
    let outside = |inside: f64, upwards: bool| {
        points
            .iter()
            .copied()
            .filter(|&t| if upwards { t > inside } else { t < inside })
            .reduce(if upwards { f64::min } else { f64::max })
    };
    let cross = |inside: f64, outside: Option<f64>, edge: f64| match outside {
        None => Ok(edge),
        Some(outside) => {
            root::brent(above, inside.min(outside), inside.max(outside), 1e-13).map_err(|source| {
                ModelError::Numeric { what: "the profile-likelihood interval of τ²", source }
            })
        }
    };
    let lower = cross(first, outside(first, false), 0.0)?;
    let upper = cross(last, outside(last, true), last)?;
    Ok(Tau2Limits::Interval(lower, upper))
}

/// The largest likelihood over `τ²` at a fixed mean, for the profile of the mean.
pub(crate) fn profile_at_mean(yi: &[f64], vi: &[f64], mean: f64) -> Result<f64, ModelError> {
    let criterion = Criterion::MlAt(mean);
    let tau2 = maximise(yi, vi, criterion)?.value;
    Ok(log_likelihood(yi, vi, criterion, tau2))
}
