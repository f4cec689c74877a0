//! The maximum of a likelihood in a box: projected Newton steps, damped until they rise (Bertsekas 1982;
//! Levenberg 1944).

use super::likelihood::{Likelihood, Value};
use crate::numeric::linalg;

/// The range of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Box1 {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

/// A local maximum.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Optimum {
    pub(super) x: Vec<f64>,
    pub(super) value: f64,
    /// Row by row.
    pub(super) hessian: Vec<f64>,
    /// Which parameters stand at an end of their range.
    pub(super) on_bound: Vec<bool>,
    pub(super) converged: bool,
}

impl Optimum {
    pub(super) fn at(&self, i: usize) -> f64 {
        self.x.get(i).copied().unwrap_or(f64::NAN)
    }
}

/// Steps of a search that is to end at a maximum.
pub(super) const ALL_STEPS: usize = 400;
/// Steps that tell a good start from a bad one.
pub(super) const FIRST_STEPS: usize = 20;
/// What a Newton step still promises at the end, in units of the log-likelihood.
const PROMISE: f64 = 1e-18;
const MOST_DAMPED: f64 = 1e12;

/// Climbs from `start` for at most `steps` steps; `None` where the likelihood is not defined there.
pub(super) fn ascend(
    likelihood: &Likelihood<'_>,
    start: &[f64],
    bounds: &[Box1],
    steps: usize,
) -> Option<Optimum> {
    let mut x = inside(start, bounds);
    let mut here = likelihood.at(&x)?;
    let mut damping = 1e-3;
    let mut converged = false;
    for _ in 0..steps {
        let free = free(&x, &here, bounds);
        let Some((step, promise)) = newton(&here, &free, damping) else {
            damping = (damping * 10.0).max(1e-6);
            if damping > MOST_DAMPED {
                break;
            }
            continue;
        };
        if promise < PROMISE && damping <= 1e-3 {
            converged = true;
            break;
        }
        let moved: Vec<f64> = x.iter().zip(&step).map(|(x, s)| x + s).collect();
        let next = inside(&moved, bounds);
        let there = likelihood.at(&next).filter(|there| there.value > here.value);
        if let Some(there) = there {
            (x, here) = (next, there);
            damping = if damping < 1e-9 { 0.0 } else { damping * 0.1 };
        } else if damping > MOST_DAMPED || next == x {
            // No direction rises: rounding has the last word.
            converged = promise < 1e-9;
            break;
        } else {
            damping = (damping * 10.0).max(1e-6);
        }
    }
    let on_bound = x.iter().zip(bounds).map(|(x, b)| *x <= b.lower || *x >= b.upper).collect();
    Some(Optimum { x, value: here.value, hessian: here.hessian, on_bound, converged })
}

fn inside(x: &[f64], bounds: &[Box1]) -> Vec<f64> {
    x.iter().zip(bounds).map(|(x, b)| x.clamp(b.lower, b.upper)).collect()
}

/// Parameters that are not held at an end of their range by the slope.
fn free(x: &[f64], here: &Value, bounds: &[Box1]) -> Vec<usize> {
    x.iter()
        .zip(bounds)
        .zip(&here.gradient)
        .enumerate()
        .filter(|(_, ((x, b), g))| {
            !((**x <= b.lower && **g <= 0.0) || (**x >= b.upper && **g >= 0.0))
        })
        .map(|(i, _)| i)
        .collect()
}

/// The damped Newton step and the gain it promises; `None` where the damped Hessian is not negative
/// definite.
fn newton(here: &Value, free: &[usize], damping: f64) -> Option<(Vec<f64>, f64)> {
    let n = here.gradient.len();
    let mut step = vec![0.0; n];
    if free.is_empty() {
        return Some((step, 0.0));
    }
    let entry = |i: usize, j: usize| here.hessian.get(i * n + j).copied().unwrap_or(0.0);
    let matrix: Vec<f64> = free
        .iter()
        .flat_map(|&i| free.iter().map(move |&j| (i, j)))
        .map(|(i, j)| {
            let damped = if i == j { damping * entry(i, i).abs().max(1e-8) } else { 0.0 };
            damped - entry(i, j)
        })
        .collect();
    let slope: Vec<f64> =
        free.iter().map(|&i| here.gradient.get(i).copied().unwrap_or(0.0)).collect();
    let solved = linalg::solve_spd(&matrix, &slope).ok()?;
    let promise: f64 = solved.iter().zip(&slope).map(|(s, g)| s * g).sum();
    for (&i, s) in free.iter().zip(solved) {
        if let Some(place) = step.get_mut(i) {
            *place = s;
        }
    }
    promise.is_finite().then_some((step, promise))
}
