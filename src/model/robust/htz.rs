//! The approximate Hotelling T² test of several coefficients (Tipton and Pustejovsky 2015, `HTZ`).

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};
use serde::Serialize;

use super::Sandwich;
use crate::numeric::fisher_f;

/// A Wald test of several coefficients with an F reference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WaldTest {
    /// The statistic.
    pub f: f64,
    /// Numerator degrees of freedom: the number of constraints.
    pub df1: f64,
    /// Denominator degrees of freedom, matched to the moments of the robust covariance.
    pub df2: f64,
    /// Upper tail.
    pub p_value: f64,
}

/// A test of several coefficients with its name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RobustTest {
    /// `HTZ`.
    pub method: &'static str,
    /// Its value.
    #[serde(flatten)]
    pub value: WaldTest,
}

/// `F = (η − q + 1)/(ηq)·(Cβ)'(C V C')⁻¹(Cβ)` on `q` and `η − q + 1` degrees of freedom, where
/// `η = q(q + 1)/Σ Var(d_st)` and `D = Ω^{-½} C V C' Ω^{-½}` with `Ω = E(C V C')` under the working model.
pub(super) fn test(
    sandwich: &Sandwich,
    constraints: &DMatrix<f64>,
    coefficients: &DVector<f64>,
    covariance: &DMatrix<f64>,
) -> Option<WaldTest> {
    let q = constraints.nrows();
    let df1 = q as f64;
    let value = constraints * coefficients;
    let robust = constraints * covariance * constraints.transpose();
    let statistic = value.dot(&Cholesky::new(robust)?.solve(&value));
    // Standardise by what the robust covariance is on average under the working model: `CMC'`, less
    // what clusters that fit a coefficient perfectly cannot show.
    let omega = sandwich
        .e
        .iter()
        .zip(&sandwich.f)
        .map(|(e, f)| e - f.transpose() * &sandwich.bread * f)
        .fold(DMatrix::zeros(constraints.ncols(), constraints.ncols()), |sum, part| sum + part);
    let omega = constraints * omega * constraints.transpose();
    let eigen = SymmetricEigen::new(omega);
    if eigen.eigenvalues.min() <= 0.0 {
        return None;
    }
    let root = DMatrix::from_diagonal(&eigen.eigenvalues.map(|l| l.sqrt().recip()));
    let g = constraints.transpose() * (&eigen.eigenvectors * root * eigen.eigenvectors.transpose());
    // Blocks p_is'Φp_jt = δᵢⱼ(g'Eᵢg)_st − ((Fᵢg)'M(Fⱼg))_st.
    let own: Vec<DMatrix<f64>> = sandwich.e.iter().map(|e| g.transpose() * e * &g).collect();
    let shared: Vec<DMatrix<f64>> = sandwich.f.iter().map(|f| f * &g).collect();
    let mut total = 0.0;
    for (i, fi) in shared.iter().enumerate() {
        let left = fi.transpose() * &sandwich.bread;
        for (j, fj) in shared.iter().enumerate() {
            let mut block = -(&left * fj);
            if i == j {
                block += own.get(i)?;
            }
            // Σ_st [B_ss B_tt + B_st B_ts] = tr(B)² + tr(BB).
            total += block.trace() * block.trace() + (&block * &block).trace();
        }
    }
    let eta = df1 * (df1 + 1.0) / total;
    let df2 = eta - df1 + 1.0;
    if df2 <= 0.0 {
        return None;
    }
    let f = df2 / (eta * df1) * statistic;
    Some(WaldTest { f, df1, df2, p_value: fisher_f::sf(f, df1, df2) })
}
