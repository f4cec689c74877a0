//! Small dense symmetric matrices, through nalgebra. All matrices are row-major slices of length n².

use nalgebra::{Cholesky, DMatrix, DVector, Dyn, SymmetricEigen};

use super::NumericError;

/// The eigenvalues of a symmetric matrix, ascending.
///
/// # Errors
/// [`NumericError::Argument`] when the slice is not n × n or has a value that is not finite.
pub fn symmetric_eigenvalues(a: &[f64], n: usize) -> Result<Vec<f64>, NumericError> {
    let matrix = square(a, n)?;
    let eigen = SymmetricEigen::try_new(matrix, f64::EPSILON, 100 * n.max(10)).ok_or(
        NumericError::NotConverged { task: "find eigenvalues", iterations: 100 * n.max(10) },
    )?;
    let mut values: Vec<f64> = eigen.eigenvalues.iter().copied().collect();
    values.sort_by(f64::total_cmp);
    Ok(values)
}

/// The solution of `A x = b` for a symmetric positive definite A.
///
/// # Errors
/// [`NumericError::NotPositiveDefinite`]; [`NumericError::Argument`] when the sizes differ.
pub fn solve_spd(a: &[f64], b: &[f64]) -> Result<Vec<f64>, NumericError> {
    Ok(cholesky(a, b.len())?.solve(&DVector::from_column_slice(b)).iter().copied().collect())
}

/// The inverse of a symmetric positive definite matrix.
///
/// # Errors
/// As [`solve_spd`].
///
/// ```
/// use resorb::numeric::linalg;
/// assert_eq!(linalg::inverse_spd(&[4.0, 0.0, 0.0, 16.0], 2)?, [0.25, 0.0, 0.0, 0.0625]);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn inverse_spd(a: &[f64], n: usize) -> Result<Vec<f64>, NumericError> {
    // Column-major, which for a symmetric matrix is row-major.
    Ok(cholesky(a, n)?.inverse().iter().copied().collect())
}

/// `ln det A` of a symmetric positive definite matrix.
///
/// # Errors
/// As [`solve_spd`].
pub fn ln_det_spd(a: &[f64], n: usize) -> Result<f64, NumericError> {
    Ok(2.0 * cholesky(a, n)?.l_dirty().diagonal().iter().map(|d| d.ln()).sum::<f64>())
}

fn cholesky(a: &[f64], n: usize) -> Result<Cholesky<f64, Dyn>, NumericError> {
    Cholesky::new(square(a, n)?).ok_or(NumericError::NotPositiveDefinite)
}

fn square(a: &[f64], n: usize) -> Result<DMatrix<f64>, NumericError> {
    if a.len() != n * n {
        return Err(NumericError::Argument("the matrix and its size differ; give n × n values"));
    }
    if !a.iter().all(|v| v.is_finite()) {
        return Err(NumericError::Argument(
            "the matrix has a value that is not finite; check the data it was made from",
        ));
    }
    Ok(DMatrix::from_row_slice(n, n, a))
}
