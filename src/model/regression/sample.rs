//! Weighted least squares on a design, and the sums that estimators of the residual `τ²` need.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use crate::{model::ModelError, numeric::NumericError};

/// Effects with their variances on a design of full rank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample<'a> {
    pub(crate) yi: &'a [f64],
    pub(crate) vi: &'a [f64],
    pub(crate) x: &'a DMatrix<f64>,
}

/// Weighted least squares at one set of weights.
pub(crate) struct Solution {
    pub(crate) coefficients: DVector<f64>,
    pub(crate) factor: Cholesky<f64, Dyn>,
    /// `Σw·r²`.
    pub(crate) q: f64,
    /// `Σw²·r²`.
    pub(crate) q2: f64,
    /// `Σw`.
    pub(crate) w: f64,
    /// `tr(P) = Σw − tr((X'WX)⁻¹X'W²X)`.
    pub(crate) trace: f64,
}

impl Sample<'_> {
    /// Studies less coefficients.
    pub(crate) fn df(&self) -> f64 {
        (self.yi.len() - self.x.ncols()) as f64
    }

    /// At weights `weight(vᵢ)`.
    pub(crate) fn solve(&self, weight: impl Fn(f64) -> f64) -> Result<Solution, ModelError> {
        let p = self.x.ncols();
        let mut gram = DMatrix::zeros(p, p);
        let mut squared = DMatrix::zeros(p, p);
        let mut xwy = DVector::zeros(p);
        let mut total = 0.0;
        for ((row, &y), &v) in self.x.row_iter().zip(self.yi).zip(self.vi) {
            let w = weight(v);
            total += w;
            for j in 0..p {
                let wx = w * row[j];
                xwy[j] += wx * y;
                for l in 0..=j {
                    gram[(j, l)] += wx * row[l];
                    squared[(j, l)] += w * wx * row[l];
                }
            }
        }
        squared.fill_upper_triangle_with_lower_triangle();
        // Only the lower triangle is read.
        let factor = Cholesky::new(gram).ok_or(ModelError::Numeric {
            what: "the regression",
            source: NumericError::NotPositiveDefinite,
        })?;
        let coefficients = factor.solve(&xwy);
        let trace = total - factor.solve(&squared).trace();
        let (mut q, mut q2) = (0.0, 0.0);
        for ((row, &y), &v) in self.x.row_iter().zip(self.yi).zip(self.vi) {
            let w = weight(v);
            let r = y - row.iter().zip(coefficients.iter()).map(|(x, b)| x * b).sum::<f64>();
            q += w * r * r;
            q2 += w * w * r * r;
        }
        Ok(Solution { coefficients, factor, q, q2, w: total, trace })
    }

    /// At weights `1/(vᵢ + τ²)`.
    pub(crate) fn at(&self, tau2: f64) -> Result<Solution, ModelError> {
        self.solve(|v| 1.0 / (v + tau2))
    }

    /// `ln det X'X`.
    pub(crate) fn ln_det_gram(&self) -> f64 {
        Cholesky::new(self.x.transpose() * self.x)
            .map_or(0.0, |factor| ln_det(&factor))
    }
}

/// `ln det` from a Cholesky factor.
pub(crate) fn ln_det(factor: &Cholesky<f64, Dyn>) -> f64 {
    2.0 * factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>()
}
