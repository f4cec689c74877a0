//! Cochran's Q as a function of `τ²`: Paule–Mandel estimators and the Q-profile interval.
//!
//! `Q(τ²) = Σ (yᵢ − μ̂(τ²))²/(vᵢ + τ²)` falls strictly from `Q(0)` to 0, so every equation
//! `Q(τ²) = c` has one root or none.

use super::Tau2;
use crate::{
    model::{ModelError, weighted::Weighted},
    numeric::root,
};
use std::cell::Cell;

/// The root of `Q(τ²) = target`, 0 where `Q(0) ≤ target` (Paule and Mandel 1982 for `target = k − 1`).
pub(super) fn solve(yi: &[f64], vi: &[f64], target: f64) -> Result<Tau2, ModelError> {
    let evaluations = Cell::new(0);
    let excess = |tau2: f64| {
        evaluations.set(evaluations.get() + 1);
        Weighted::at(yi, vi, tau2).q - target
    };
    let value = decreasing_root(excess, vi, "the Q-profile equation")?.unwrap_or(0.0);
    Ok(Tau2 { value, modes: 1, iterations: evaluations.get() })
}

/// Below this share of the smallest sampling variance a root is as good as 0.
const NEGLIGIBLE: f64 = 1e-6;

/// The root at or above 0 of a decreasing function of `τ²`; `None` where it is not above 0 at 0.
pub(crate) fn decreasing_root(
    f: impl Fn(f64) -> f64,
    vi: &[f64],
    what: &'static str,
) -> Result<Option<f64>, ModelError> {
    if f(0.0) <= 0.0 {
        return Ok(None);
    }
    // By factors of 4 from the largest sampling variance, up or down: the bracket is then of the
    // size of the root, however much the variances differ.
    let (smallest, largest) = range(vi);
    let (mut lower, mut upper) = (0.0, largest);
    if f(upper) > 0.0 {
        while f(upper) > 0.0 {
            (lower, upper) = (upper, 4.0 * upper);
        }
    } else {
        while upper > NEGLIGIBLE * smallest {
            lower = 0.25 * upper;
            if f(lower) > 0.0 {
                break;
            }
            (lower, upper) = (0.0, lower);
        }
    }
    root::brent(f, lower, upper, 1e-14)
        .map(Some)
        .map_err(|source| ModelError::Numeric { what, source })
}

/// The smallest and the largest sampling variance.
fn range(vi: &[f64]) -> (f64, f64) {
    vi.iter().fold((f64::INFINITY, 0.0), |(low, high), &v| (v.min(low), v.max(high)))
}
