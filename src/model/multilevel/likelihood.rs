//! The restricted likelihood of the three-level model, one pass over clusters.
//!
//! Within a cluster `V = D + σ²_cluster·11'` with `D = diag(vᵢ + σ²_row)`, so
//! `V⁻¹ = D⁻¹ − c·dd'` with `d = D⁻¹1` and `c = σ²_c/(1 + σ²_c·Σd)` (Sherman and Morrison 1950).

use nalgebra::{Cholesky, DMatrix, DVector};

/// Data of a three-level model.
pub(crate) struct Likelihood<'a> {
    pub(crate) x: &'a DMatrix<f64>,
    pub(crate) yi: &'a [f64],
    pub(crate) vi: &'a [f64],
    pub(crate) clusters: &'a [Vec<usize>],
    /// `½ ln det X'X`, so that the value is the one metafor prints.
    constant: f64,
}

/// Generalised least squares at given variances.
pub(crate) struct Solution {
    pub(crate) log_likelihood: f64,
    pub(crate) coefficients: DVector<f64>,
    pub(crate) covariance: DMatrix<f64>,
}

impl<'a> Likelihood<'a> {
    /// `None` when the columns of `x` are collinear.
    pub(crate) fn new(
        x: &'a DMatrix<f64>,
        yi: &'a [f64],
        vi: &'a [f64],
        clusters: &'a [Vec<usize>],
    ) -> Option<Self> {
        let gram = Cholesky::new(x.transpose() * x)?;
        let residual_rank = (yi.len() - x.ncols()) as f64;
        let constant = half_ln_det(&gram) - 0.5 * residual_rank * (2.0 * std::f64::consts::PI).ln();
        Some(Self { x, yi, vi, clusters, constant })
    }

    /// Solves at `sigma2 = (σ²_cluster, σ²_row)`.
    pub(crate) fn solve(&self, (cluster, row): (f64, f64)) -> Option<Solution> {
        let p = self.x.ncols();
        let mut xvx = DMatrix::zeros(p, p);
        let mut xvy = DVector::zeros(p);
        let mut yvy = 0.0;
        let mut ln_det = 0.0;
        for rows in self.clusters {
            let (mut d_sum, mut dy) = (0.0, 0.0);
            let mut dx = DVector::zeros(p);
            for &i in rows {
                let d = (self.vi[i] + row).recip();
                let (xi, y) = (self.x.row(i).transpose(), self.yi[i]);
                ln_det -= d.ln();
                d_sum += d;
                dy += d * y;
                yvy += d * y * y;
                xvy.axpy(d * y, &xi, 1.0);
                xvx.ger(d, &xi, &xi, 1.0);
                dx.axpy(d, &xi, 1.0);
            }
            ln_det += (cluster * d_sum).ln_1p();
            let c = cluster / cluster.mul_add(d_sum, 1.0);
            yvy -= c * dy * dy;
            xvy.axpy(-c * dy, &dx, 1.0);
            xvx.ger(-c, &dx, &dx, 1.0);
        }
        let factor = Cholesky::new(xvx)?;
        let coefficients = factor.solve(&xvy);
        let rss = yvy - coefficients.dot(&xvy);
        let log_likelihood = self.constant - 0.5 * (ln_det + rss) - half_ln_det(&factor);
        Some(Solution { log_likelihood, coefficients, covariance: factor.inverse() })
    }

    /// The restricted log-likelihood, −∞ where it cannot be computed.
    pub(crate) fn at(&self, sigma2: (f64, f64)) -> f64 {
        self.solve(sigma2).map_or(f64::NEG_INFINITY, |solution| solution.log_likelihood)
    }
}

fn half_ln_det(factor: &Cholesky<f64, nalgebra::Dyn>) -> f64 {
    factor.l_dirty().diagonal().iter().map(|d| d.ln()).sum()
}
