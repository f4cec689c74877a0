//! Intervals of the location of a one-step model, and the sentences both models share.

use super::report::two_studies;
use crate::{
    model::{
        CiMethod, Fit, Level, Note, OneStepCi,
        ci::{self, Interval},
        note,
    },
    numeric::{normal, quantile_of_sorted},
};

/// Beyond this a resampled location stands for counts without events, or without anything else.
const INFINITE: f64 = 1e6;

/// A fitted location, with what only some intervals need computed on demand.
pub(crate) struct Location<'a> {
    pub(crate) value: f64,
    pub(crate) se: f64,
    pub(crate) k: usize,
    pub(crate) level: Level,
    /// The profile-likelihood limits; `None` for an infinite one.
    pub(crate) profile: &'a dyn Fn() -> (Option<f64>, Option<f64>),
    /// The log-likelihood lost when the location is 0.
    pub(crate) lost_at_0: &'a dyn Fn() -> f64,
    /// Locations of the resamples, infinite ones included.
    pub(crate) resampled: &'a [f64],
}

impl Location<'_> {
    /// The interval by `ci`, with its test of location 0.
    pub(crate) fn interval(&self, ci: OneStepCi) -> Interval {
        let wald = ci::wald(self.value, self.se, None, self.level, CiMethod::Z);
        let within = |(lower, upper): (Option<f64>, Option<f64>), method| Interval {
            lower: lower.unwrap_or(f64::NEG_INFINITY),
            upper: upper.unwrap_or(f64::INFINITY),
            method,
            ..wald
        };
        match ci {
            OneStepCi::Z => wald,
            OneStepCi::T => {
                ci::wald(self.value, self.se, Some(self.k as f64 - 1.0), self.level, CiMethod::T)
            }
            OneStepCi::Pl => {
                // The signed root of the likelihood ratio stands beside the Wald statistics.
                let root = (2.0 * (self.lost_at_0)()).max(0.0).sqrt() * self.value.signum();
                Interval {
                    statistic: Some(root),
                    p_value: Some(2.0 * normal::sf(root.abs())),
                    ..within((self.profile)(), CiMethod::Pl)
                }
            }
            OneStepCi::Bootstrap => Interval {
                p_value: Some(self.bootstrap_p_value()),
                ..within(self.percentiles(), CiMethod::Bootstrap)
            },
        }
    }

    /// The equal-tailed percentile limits (Efron 1981), which a transformation of the scale does not
    /// move; resamples without events count as −∞ and keep their place in the order.
    fn percentiles(&self) -> (Option<f64>, Option<f64>) {
        let mut sorted: Vec<f64> = self.resampled.iter().map(|a| a.clamp(-1e300, 1e300)).collect();
        sorted.sort_by(f64::total_cmp);
        let limit = |p: f64| Some(quantile_of_sorted(&sorted, p)).filter(|q| q.abs() < INFINITE);
        (limit(self.level.tail()), limit(1.0 - self.level.tail()))
    }

    /// Twice the smaller share of resamples on one side of 0.
    fn bootstrap_p_value(&self) -> f64 {
        let beyond = |side: fn(&f64) -> bool| {
            self.resampled.iter().copied().filter(side).count() as f64 + 1.0
        };
        let smaller = beyond(|a| *a <= 0.0).min(beyond(|a| *a >= 0.0));
        (2.0 * smaller / (self.resampled.len() as f64 + 1.0)).min(1.0)
    }
}

/// How a search went.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Course {
    pub(crate) converged: bool,
    pub(crate) boundary: bool,
    pub(crate) modes: usize,
    pub(crate) evaluations: usize,
}

/// Puts into `fit` how its search went, and the sentences that follow from it.
pub(crate) fn diagnose(
    fit: &mut Fit,
    course: Course,
    (value, se): (f64, f64),
    back: impl Fn(f64) -> f64,
) {
    let diagnostics = &mut fit.diagnostics;
    diagnostics.converged = course.converged;
    diagnostics.boundary = course.boundary;
    diagnostics.modes = course.modes;
    diagnostics.iterations = course.evaluations;
    if fit.k == 2 {
        let own = fit.random.as_ref().and_then(|random| note::own_interval(&random.pooled));
        diagnostics.warnings.push(two_studies(value, se, fit.settings.level, own, back));
    }
    if !course.converged {
        diagnostics.warnings.push(Note::NotConverged);
    }
    if course.modes > 1 {
        diagnostics.warnings.push(Note::SeveralModes { modes: course.modes });
    }
}
