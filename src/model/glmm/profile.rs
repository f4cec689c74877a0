//! Profile-likelihood intervals of the two variances of the nested model: for each value of one, the
//! likelihood is maximised over the other and the coefficients.

use std::cell::RefCell;

use super::nested::{Model, NestedGlmm};
use crate::{
    model::ModelError,
    numeric::{
        quasi_newton::{Options, bfgs},
        root,
    },
};

/// A variance and its limits; an upper limit of `None` is unbounded.
pub(super) type Limits = (f64, Option<f64>);

/// Which of the two variances is held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Cluster,
    Row,
}

/// Log standard deviations below this are a variance of 0, beyond the other there is no limit.
const LEAST: f64 = -7.0;
const MOST: f64 = 5.0;
/// Where a search starts whose variance is estimated as 0.
const START: f64 = -1.5;
/// The first step on `ln σ` in search of a limit; it doubles.
const STEP: f64 = 0.5;
/// A row variance this small tells whether one above 0 is better than none.
const SMALL: f64 = -3.0;

/// The coefficients and, unless it is 0, the other `ln σ` at which a profile is highest.
#[derive(Clone)]
struct Top {
    beta: Vec<f64>,
    other: Option<f64>,
    value: f64,
}

impl Model<'_> {
    /// The limits within which the profile of one variance stays above `cut`, relative to the saturated
    /// model; `at_zero` is its height at 0.
    pub(super) fn limits(
        &self,
        best: &NestedGlmm,
        held: Held,
        at_zero: f64,
        cut: f64,
    ) -> Result<Limits, ModelError> {
        let (own, other) = match held {
            Held::Cluster => (best.sigma2_cluster, best.sigma2_row),
            Held::Row => (best.sigma2_row, best.sigma2_cluster),
        };
        let ln = |variance: f64| (variance > 0.0).then(|| 0.5 * variance.ln());
        let start = Top { beta: best.coefficients.clone(), other: ln(other), value: f64::INFINITY };
        // From the estimate; from somewhere inside where it is 0.
        let mut from = ln(own).unwrap_or(START).max(LEAST);
        let mut inside = self.profile(held, from, &start);
        while inside.value < cut && from > LEAST {
            from -= 1.0;
            inside = self.profile(held, from, &start);
        }
        let upper = self.cross(held, from, &inside, STEP, cut)?;
        if at_zero >= cut {
            return Ok((0.0, upper));
        }
        Ok((self.cross(held, from, &inside, -STEP, cut)?.unwrap_or(0.0), upper))
    }

    /// Where the profile falls to `cut`, going from a place above it; `None` where it does not.
    fn cross(
        &self,
        held: Held,
        from: f64,
        inside: &Top,
        step: f64,
        cut: f64,
    ) -> Result<Option<f64>, ModelError> {
        let (mut at, mut step) = (from, step);
        let near = RefCell::new(inside.clone());
        let mut last = inside.value - cut;
        while (LEAST..MOST).contains(&at) {
            let next = self.profile(held, at + step, &near.borrow());
            let excess = next.value - cut;
            if excess < 0.0 {
                let height = |ln_sd: f64| {
                    if ln_sd == at {
                        return last;
                    }
                    if ln_sd == at + step {
                        return excess;
                    }
                    let found = self.profile(held, ln_sd, &near.borrow());
                    let height = found.value - cut;
                    *near.borrow_mut() = found;
                    height
                };
                return root::brent(height, at, at + step, 1e-6)
                    .map(|ln_sd| Some((2.0 * ln_sd).exp()))
                    .map_err(|source| ModelError::Numeric {
                        what: "the profile interval of a variance of the nested GLMM",
                        source,
                    });
            }
            at += step;
            step *= 2.0;
            last = excess;
            *near.borrow_mut() = next;
        }
        Ok(None)
    }

    /// The highest likelihood with one `ln σ` held, searched from `near`.
    fn profile(&self, held: Held, ln_sd: f64, near: &Top) -> Top {
        match held {
            Held::Row => self.inner(held, ln_sd, near, Some(near.other.unwrap_or(START))),
            Held::Cluster => {
                let without = self.inner(held, ln_sd, near, None);
                let mut small = without.beta.clone();
                small.extend([ln_sd, SMALL]);
                if near.other.is_none() && self.at(&small).value <= without.value {
                    return without;
                }
                let with = self.inner(held, ln_sd, near, Some(near.other.unwrap_or(START)));
                if with.value > without.value { with } else { without }
            }
        }
    }

    /// The same from one start of the other variance, or without it.
    fn inner(&self, held: Held, ln_sd: f64, near: &Top, other: Option<f64>) -> Top {
        let p = near.beta.len();
        let own = if held == Held::Cluster { p } else { p + 1 };
        let objective = |free: &[f64]| {
            let mut theta = free.to_vec();
            theta.insert(own, ln_sd);
            let at = self.at(&theta);
            let gradient = at.gradient.iter().enumerate().filter(|(i, _)| *i != own);
            (-at.value, gradient.map(|(_, g)| -g).collect())
        };
        let start: Vec<f64> = near.beta.iter().copied().chain(other).collect();
        let options = Options { gradient_tolerance: 1e-6, max_iterations: 100, max_step: 1.0 };
        let Ok(found) = bfgs(objective, &start, options) else {
            return Top { value: f64::NEG_INFINITY, ..near.clone() };
        };
        Top {
            other: other.and(found.x.get(p).copied()).filter(|ln_sd| *ln_sd > LEAST),
            beta: found.x.into_iter().take(p).collect(),
            value: -found.value,
        }
    }
}
