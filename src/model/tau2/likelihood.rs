//! Maximum and restricted maximum likelihood by bracketed roots of the score.
//!
//! Both likelihoods can have several maxima in `τ²`. The score is scanned on a grid that ends where
//! it is provably negative, each change from plus to minus is refined, and the highest maximum wins.

use std::cell::Cell;

use super::Tau2;
use crate::{
    model::{
        ModelError,
        weighted::{Traces, Weighted, sums},
    },
    numeric::root,
};

/// What is maximised over `τ²`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Criterion {
    /// The likelihood, the mean profiled out.
    Ml,
    /// The restricted likelihood.
    Reml,
    /// The likelihood at a mean held fixed.
    MlAt(f64),
}

const GRID: usize = 40;

/// Twice the derivative of the criterion: `y'PPy − tr(P)` for REML, `y'PPy − Σw` for ML.
fn score(yi: &[f64], vi: &[f64], criterion: Criterion, tau2: f64) -> f64 {
    let origin = yi.first().copied().unwrap_or(0.0);
    match criterion {
        Criterion::MlAt(mean) => {
            let [s] = sums(yi, vi, |y, v| {
                let w = 1.0 / (v + tau2);
                [w * w * (y - mean) * (y - mean) - w]
            });
            s
        }
        Criterion::Ml | Criterion::Reml => {
            let [w1, w2, wy] = sums(yi, vi, |y, v| {
                let w = 1.0 / (v + tau2);
                [w, w * w, w * (y - origin)]
            });
            let mean = origin + wy / w1;
            let [s] = sums(yi, vi, |y, v| {
                let r = (y - mean) / (v + tau2);
                [r * r]
            });
            let trace = if criterion == Criterion::Ml { w1 } else { w1 - w2 / w1 };
            s - trace
        }
    }
}

/// The log-likelihood at `tau2`; REML with the constant `½ ln k` (Harville 1974), as metafor prints it.
pub(crate) fn log_likelihood(yi: &[f64], vi: &[f64], criterion: Criterion, tau2: f64) -> f64 {
    let ln_2pi = (2.0 * std::f64::consts::PI).ln();
    let k = yi.len() as f64;
    let [ln_v] = sums(yi, vi, |_, v| [(v + tau2).ln()]);
    match criterion {
        Criterion::MlAt(mean) => {
            let [q] = sums(yi, vi, |y, v| [(y - mean) * (y - mean) / (v + tau2)]);
            -0.5 * (k.mul_add(ln_2pi, ln_v) + q)
        }
        Criterion::Ml => -0.5 * (k.mul_add(ln_2pi, ln_v) + Weighted::at(yi, vi, tau2).q),
        Criterion::Reml => {
            let fit = Weighted::at(yi, vi, tau2);
            -0.5 * ((k - 1.0).mul_add(ln_2pi, ln_v) + fit.w.ln() - k.ln() + fit.q)
        }
    }
}

/// Beyond this `τ²` the score is negative.
///
/// With `S = Σ(y−c)²` and `m` the rank of the trace, `y'PPy ≤ S/(v_min+τ²)²` and
/// `tr ≥ m/(v_max+τ²)`; the bound solves the quadratic where the two meet.
pub(super) fn last_possible_maximum(yi: &[f64], vi: &[f64], criterion: Criterion) -> f64 {
    let k = yi.len() as f64;
    let (centre, rank) = match criterion {
        Criterion::MlAt(mean) => (mean, k),
        Criterion::Ml | Criterion::Reml => {
            let origin = yi.first().copied().unwrap_or(0.0);
            let [shifted] = sums(yi, vi, |y, _| [y - origin]);
            (origin + shifted / k, if criterion == Criterion::Ml { k } else { k - 1.0 })
        }
    };
    let [squares] = sums(yi, vi, |y, _| [(y - centre) * (y - centre)]);
    let smallest = vi.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = vi.iter().copied().fold(0.0, f64::max);
    let s = squares / rank;
    let edge = 0.5 * (s + (4.0 * s).mul_add(largest - smallest, s * s).sqrt()) - smallest;
    // A hair beyond the bound, so that rounding cannot leave the last root outside.
    edge * (1.0 + 1e-9)
}

/// The global maximum over `τ² ≥ 0`.
pub(crate) fn maximise(yi: &[f64], vi: &[f64], criterion: Criterion) -> Result<Tau2, ModelError> {
    let evaluations = Cell::new(0);
    let score = |tau2: f64| {
        evaluations.set(evaluations.get() + 1);
        score(yi, vi, criterion, tau2)
    };
    let mut maxima = Vec::with_capacity(2);
    let at_zero = score(0.0);
    if at_zero <= 0.0 {
        maxima.push(0.0);
    }
    let end = last_possible_maximum(yi, vi, criterion);
    if end > 0.0 {
        let (mut left, mut left_score) = (0.0, at_zero);
        for right in grid(vi, end) {
            let right_score = score(right);
            if left_score > 0.0 && right_score <= 0.0 {
                let maximum = root::brent(score, left, right, 1e-14).map_err(|source| {
                    ModelError::Numeric { what: "the likelihood equation of τ²", source }
                })?;
                maxima.push(maximum);
            }
            (left, left_score) = (right, right_score);
        }
    }
    let mut best = maxima.first().copied().unwrap_or(0.0);
    if maxima.len() > 1 {
        let mut highest = f64::NEG_INFINITY;
        for &candidate in &maxima {
            let height = log_likelihood(yi, vi, criterion, candidate);
            if height > highest {
                (best, highest) = (candidate, height);
            }
        }
    }
    Ok(Tau2 { value: best, modes: maxima.len().max(1), iterations: evaluations.get() })
}

/// Points from just above 0 to `end`, evenly spaced in `ln(τ² + d)`, `d` a small sampling variance:
/// fine where the likelihood bends, coarse where it is smooth.
pub(super) fn grid(vi: &[f64], end: f64) -> impl Iterator<Item = f64> {
    let smallest = vi.iter().copied().fold(f64::INFINITY, f64::min);
    let d = (0.1 * smallest).max(end * 1e-9);
    let step = (end / d).ln_1p() / GRID as f64;
    (1..=GRID).map(move |j| if j == GRID { end } else { d * (step * j as f64).exp_m1() })
}

/// The standard error of an ML or REML estimate from the expected information,
/// `√(2/Σw²)` and `√(2/tr(PP))`.
pub(super) fn standard_error(vi: &[f64], criterion: Criterion, tau2: f64) -> f64 {
    let traces = Traces::at(vi, tau2);
    match criterion {
        Criterion::Ml | Criterion::MlAt(_) => (2.0 / traces.w2).sqrt(),
        Criterion::Reml => (2.0 / traces.pp()).sqrt(),
    }
}
