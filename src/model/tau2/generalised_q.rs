//! The exact distribution of a generalised Q statistic as a function of `τ²` (Jackson 2013).
//!
//! `Q = Σaᵢ(yᵢ − ȳₐ)²` is a quadratic form in normals, so `P(Q ≥ q)` is known exactly from the
//! eigenvalues of `S A S`, `S = diag √(vᵢ + τ²)`; it rises with `τ²`.

use std::cell::Cell;

use super::{Tau2, q_profile::decreasing_root};
use crate::{
    model::{GenqWeights, ModelError, weighted::sums},
    numeric::{linalg, quadratic_form},
};

/// The most studies whose k × k eigenproblem is solved.
pub(crate) const MOST_STUDIES: usize = 500;

/// A generalised Q with its observed value.
pub(crate) struct GeneralisedQ<'a> {
    vi: &'a [f64],
    a: Vec<f64>,
    observed: f64,
}

impl<'a> GeneralisedQ<'a> {
    pub(crate) fn new(yi: &[f64], vi: &'a [f64], weights: GenqWeights) -> Result<Self, ModelError> {
        if vi.len() > MOST_STUDIES {
            return Err(ModelError::TooManyStudies {
                method: "the exact distribution of the generalised Q",
                k: vi.len(),
                limit: MOST_STUDIES,
            });
        }
        let a: Vec<f64> = vi.iter().map(|&v| weights.weight(v)).collect();
        let [total, ay] = sums(yi, &a, |y, a| [a, a * y]);
        let mean = ay / total;
        let [observed] = sums(yi, &a, |y, a| [a * (y - mean) * (y - mean)]);
        Ok(Self { vi, a, observed })
    }

    /// `P(Q < observed)` at `tau2`; falls as `tau2` grows.
    pub(crate) fn below(&self, tau2: f64) -> f64 {
        let k = self.vi.len();
        let total: f64 = self.a.iter().sum();
        let s: Vec<f64> = self.vi.iter().map(|v| (v + tau2).sqrt()).collect();
        let mut matrix = Vec::with_capacity(k * k);
        for i in 0..k {
            for j in 0..k {
                let diagonal = if i == j { self.a[i] } else { 0.0 };
                matrix.push(s[i] * (diagonal - self.a[i] * self.a[j] / total) * s[j]);
            }
        }
        let Ok(mut eigenvalues) = linalg::symmetric_eigenvalues(&matrix, k) else {
            // The root finder reports a value that is not a number.
            return f64::NAN;
        };
        // One eigenvalue is 0 by construction (the mean is estimated); rounding leaves a trace of it.
        eigenvalues.sort_by(f64::total_cmp);
        quadratic_form::cdf(eigenvalues.get(1..).unwrap_or_default(), self.observed)
    }

    /// The `τ²` at which `P(Q < observed)` is `probability`; `None` where it is lower already at 0.
    pub(crate) fn solve(&self, probability: f64) -> Result<Option<f64>, ModelError> {
        decreasing_root(
            |tau2| self.below(tau2) - probability,
            self.vi,
            "the generalised-Q equation of τ²",
        )
    }
}

/// The median-unbiased estimator: the `τ²` at which the observed Q is the median.
pub(super) fn median_unbiased(
    yi: &[f64],
    vi: &[f64],
    weights: GenqWeights,
) -> Result<Tau2, ModelError> {
    let q = GeneralisedQ::new(yi, vi, weights)?;
    let evaluations = Cell::new(0);
    let value = decreasing_root(
        |tau2| {
            evaluations.set(evaluations.get() + 1);
            q.below(tau2) - 0.5
        },
        vi,
        "the generalised-Q equation of τ²",
    )?;
    Ok(Tau2 { value: value.unwrap_or(0.0), modes: 1, iterations: evaluations.get() })
}
