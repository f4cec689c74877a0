//! Weighted least squares on a design, and the sums that estimators of the residual `τ²` need.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use crate::{model::ModelError, numeric::NumericError};

/// Effects with their variances on a design of full rank with more rows than columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample<'a> {
    pub(crate) yi: &'a [f64],
    pub(crate) vi: &'a [f64],
    pub(crate) x: &'a DMatrix<f64>,
}

/// Weighted least squares at one set of weights.
pub(crate) struct Solution {
    pub(crate) coefficients: DVector<f64>,
    /// Of `X'WX`.
    pub(crate) factor: Cholesky<f64, Dyn>,
    /// `r = y − Xβ̂`.
    pub(crate) residuals: Vec<f64>,
    /// `Σw·r²`.
    pub(crate) q: f64,
}

impl Sample<'_> {
    /// Studies less coefficients.
    pub(crate) fn df(&self) -> f64 {
        (self.yi.len() - self.x.ncols()) as f64
    }

    /// `X' diag(h) X` for weights `h(vᵢ)`.
    pub(crate) fn gram(&self, h: impl Fn(f64) -> f64) -> DMatrix<f64> {
        let p = self.x.ncols();
        let mut gram = DMatrix::zeros(p, p);
        for (j, left) in self.x.column_iter().enumerate() {
            for (l, right) in self.x.column_iter().enumerate().take(j + 1) {
                let products = left.iter().zip(right.iter()).zip(self.vi);
                let sum: f64 = products.map(|((a, b), &v)| h(v) * a * b).sum();
                gram[(j, l)] = sum;
                gram[(l, j)] = sum;
            }
        }
        gram
    }

    /// At weights `weight(vᵢ)`.
    pub(crate) fn solve(&self, weight: impl Fn(f64) -> f64) -> Result<Solution, ModelError> {
        let factor = Cholesky::new(self.gram(&weight)).ok_or(ModelError::Numeric {
            what: "the regression",
            source: NumericError::NotPositiveDefinite,
        })?;
        let score = |values: &[f64]| {
            DVector::from_iterator(
                self.x.ncols(),
                self.x.column_iter().map(|column| {
                    let terms = column.iter().zip(values).zip(self.vi);
                    terms.map(|((x, y), &v)| weight(v) * x * y).sum()
                }),
            )
        };
        let residuals = |coefficients: &DVector<f64>| {
            let fitted = self.x * coefficients;
            self.yi.iter().zip(fitted.iter()).map(|(y, f)| y - f).collect::<Vec<f64>>()
        };
        let mut coefficients = factor.solve(&score(self.yi));
        // What rounding left of X'Wr corrects the coefficients once.
        coefficients += factor.solve(&score(&residuals(&coefficients)));
        let residuals = residuals(&coefficients);
        let q = residuals.iter().zip(self.vi).map(|(r, &v)| weight(v) * r * r).sum();
        Ok(Solution { coefficients, factor, residuals, q })
    }

    /// At weights `1/(vᵢ + τ²)`.
    pub(crate) fn at(&self, tau2: f64) -> Result<Solution, ModelError> {
        self.solve(|v| 1.0 / (v + tau2))
    }

    /// `Q(τ²) = Σ r²/(vᵢ + τ²)`; NaN, which a root finder reports, where it cannot be computed.
    pub(crate) fn q(&self, tau2: f64) -> f64 {
        self.at(tau2).map_or(f64::NAN, |solution| solution.q)
    }
}

/// `ln det` from a Cholesky factor.
pub(crate) fn ln_det(factor: &Cholesky<f64, Dyn>) -> f64 {
    2.0 * factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>()
}
