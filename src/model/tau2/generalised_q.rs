//! The exact distribution of a generalised Q statistic as a function of `τ²` (Jackson 2013).
//!
//! `Q = Σaᵢ(yᵢ − ȳₐ)²` is a quadratic form in normals, so `P(Q ≥ q)` is known exactly from the
//! eigenvalues of `S Pₐ S`, `S = diag √(vᵢ + τ²)` and `Pₐ = diag(a) − aa'/Σa`; it rises with `τ²`.

use std::cell::Cell;

use super::{Tau2, eigenvalues::nonzero_eigenvalues, q_profile::decreasing_root};
use crate::{
    model::{GenqWeights, ModelError, weighted::Weighted},
    numeric::quadratic_form,
};

/// The most studies whose eigenvalues are computed: the time grows with the square of their number.
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
        let a = vi.iter().map(|&v| weights.weight(v)).collect();
        let observed = Weighted::with_weights(yi, vi, |v| weights.weight(v)).q;
        Ok(Self { vi, a, observed })
    }

    /// `P(Q < observed)` at `tau2`; falls as `tau2` grows.
    pub(crate) fn below(&self, tau2: f64) -> f64 {
        let poles = self.vi.iter().zip(&self.a).map(|(v, &a)| (a * (v + tau2), a)).collect();
        quadratic_form::cdf(&nonzero_eigenvalues(poles), self.observed)
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
