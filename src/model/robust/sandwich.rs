//! The sandwich: CR0, CR1 and CR2 with Satterthwaite degrees of freedom.

use nalgebra::{Cholesky, DMatrix, DVector, SymmetricEigen};
use serde::{Deserialize, Serialize};

use super::htz;
use crate::{
    model::{
        ModelError, TwoStep, WaldTest,
        regression::{Sample, residual},
    },
    numeric::{NumericError, student_t},
};

/// How the sandwich is corrected for few clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Small {
    /// None (Liang and Zeger 1986).
    #[serde(rename = "CR0")]
    Cr0,
    /// `m/(m − 1)` for `m` clusters.
    #[serde(rename = "CR1")]
    Cr1,
    /// Bias-reduced linearisation under the working model (Bell and `McCaffrey` 2002; Pustejovsky and
    /// Tipton 2018).
    #[default]
    #[serde(rename = "CR2")]
    Cr2,
}

impl std::fmt::Display for Small {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Cr0 => "CR0",
            Self::Cr1 => "CR1",
            Self::Cr2 => "CR2",
        })
    }
}

/// One estimate with a test that respects clusters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Robust {
    /// The estimate.
    pub estimate: f64,
    /// Its robust standard error; `None` where a single cluster determines it.
    pub se: Option<f64>,
    /// Satterthwaite degrees of freedom.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// The share of its variance under the working model that no residual can show, because one cluster
    /// alone determines a part of it: the robust standard error takes that part as known. From 0 to 1.
    pub unseen: f64,
}

/// The largest unseen share at which a robust standard error still says what it seems to.
const SEEN: f64 = 1e-3;

impl Robust {
    /// Whether one cluster alone determines a part of the estimate, so that its robust standard error,
    /// where there is one, is too small by construction.
    #[must_use]
    pub fn leans_on_one_cluster(&self) -> bool {
        self.unseen > SEEN
    }

    /// The estimate alone where the standard error is too small by construction.
    #[must_use]
    pub fn without_false_certainty(self) -> Self {
        if self.leans_on_one_cluster() {
            Self { se: None, df: None, p_value: None, ..self }
        } else {
            self
        }
    }
}

/// Weighted least squares with its cluster-robust covariance.
///
/// The working model has `Φ = W⁻¹`, one block a cluster: diagonal with variances `vᵢ + τ²` for
/// independent rows, full for a three-level model. With
/// `Kⱼ = AⱼWⱼXⱼM` the covariance is `Σ Kⱼ'eⱼeⱼ'Kⱼ`, and its moments under the working model need
/// only `Eⱼ = Kⱼ'ΦⱼKⱼ` and `Fⱼ = Xⱼ'Kⱼ`, because `(I−H)Φ(I−H)' = Φ − XMX'`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sandwich {
    pub(super) bread: DMatrix<f64>,
    pub(super) e: Vec<DMatrix<f64>>,
    pub(super) f: Vec<DMatrix<f64>>,
    coefficients: DVector<f64>,
    covariance: DMatrix<f64>,
    /// What clusters that fit a direction perfectly add to the variance under the working model.
    unseen: DMatrix<f64>,
}

impl Sandwich {
    /// Fits `yi` on the columns of `x`.
    ///
    /// `clusters` lists the rows of each cluster, `phi` gives the working covariance of the rows it
    /// is handed.
    ///
    /// # Errors
    /// [`ModelError::Numeric`] when the columns of `x` are collinear or a block is not positive
    /// definite.
    pub fn fit(
        x: &DMatrix<f64>,
        yi: &[f64],
        clusters: &[Vec<usize>],
        phi: impl Fn(&[usize]) -> DMatrix<f64>,
        small: Small,
    ) -> Result<Self, ModelError> {
        let singular = ModelError::Numeric {
            what: "weighted least squares",
            source: NumericError::NotPositiveDefinite,
        };
        let y = DVector::from_column_slice(yi);
        let (m, p) = (clusters.len(), x.ncols());
        let mut blocks = Vec::with_capacity(m);
        let (mut xwx, mut xwy) = (DMatrix::zeros(p, p), DVector::zeros(p));
        for rows in clusters {
            let factor = Cholesky::new(phi(rows)).ok_or_else(|| singular.clone())?;
            let xj = x.select_rows(rows);
            let wx = factor.solve(&xj);
            xwx += xj.transpose() * &wx;
            xwy += wx.transpose() * y.select_rows(rows);
            blocks.push((xj, wx, factor.unpack()));
        }
        let bread = Cholesky::new(xwx).ok_or_else(|| singular.clone())?.inverse();
        let coefficients = &bread * xwy;
        let residuals = &y - x * &coefficients;
        let mut covariance = DMatrix::zeros(p, p);
        let mut unseen = DMatrix::zeros(p, p);
        let (mut e, mut f) = (Vec::with_capacity(m), Vec::with_capacity(m));
        for (rows, (xj, wx, root)) in clusters.iter().zip(blocks) {
            let residual = Residual::of(&xj, &root, &bread).ok_or_else(|| singular.clone())?;
            // L'WXM, of which the rows in the null space of the residuals leave no trace.
            let scores = root.transpose() * &wx * &bread;
            let lost = residual.map(|l| if l > 0.0 { 0.0 } else { 1.0 }) * scores;
            unseen += lost.transpose() * lost;
            let k = adjustment(&residual, &root, m, small) * wx * &bread;
            let score = k.transpose() * residuals.select_rows(rows);
            covariance += &score * score.transpose();
            let rooted = root.transpose() * &k;
            e.push(rooted.transpose() * rooted);
            f.push(xj.transpose() * k);
        }
        Ok(Self { bread, e, f, coefficients, covariance, unseen })
    }

    /// The estimate `c'β̂` with its robust test.
    #[must_use]
    pub fn contrast(&self, c: &[f64]) -> Robust {
        let c = DVector::from_column_slice(c);
        let estimate = c.dot(&self.coefficients);
        let working = (c.transpose() * &self.bread * &c)[0];
        // pᵢ'Φpⱼ = δᵢⱼ·c'Eᵢc − (Fᵢc)'M(Fⱼc); the sums over pairs factor through Σ fⱼfⱼ'.
        let p = self.bread.nrows();
        let mut outer = DMatrix::zeros(p, p);
        let (mut expected, mut squares) = (0.0, 0.0);
        for (e, f) in self.e.iter().zip(&self.f) {
            let own = (c.transpose() * e * &c)[0];
            let f = f * &c;
            let shared = (f.transpose() * &self.bread * &f)[0];
            expected += own - shared;
            squares += own * (own - 2.0 * shared);
            outer += &f * f.transpose();
        }
        let product = &self.bread * outer;
        squares += (&product * &product).trace();
        let variance = (c.transpose() * &self.covariance * &c)[0];
        let unseen = ((c.transpose() * &self.unseen * &c)[0] / working).clamp(0.0, 1.0);
        let without_se = Robust { estimate, se: None, df: None, p_value: None, unseen };
        // A coefficient that one row determines has no residual of its own: its robust variance is 0 by
        // construction, not by precision.
        // And of one cluster the residuals add up to nothing: there is no variance between clusters.
        let df = expected * expected / squares;
        if expected <= 1e-9 * working || self.e.len() < 2 || df.is_nan() || df <= 0.0 {
            return without_se;
        }
        if variance <= 1e-18 * working {
            return Robust { df: Some(df), ..without_se };
        }
        let se = variance.sqrt();
        Robust {
            se: Some(se),
            df: Some(df),
            p_value: Some(student_t::two_sided(estimate / se, df)),
            ..without_se
        }
    }

    /// The Wald test that all of `constraints` are 0, with the approximate Hotelling distribution.
    ///
    /// `None` where the robust covariance of the constraints is singular, and for one cluster.
    #[must_use]
    pub fn wald(&self, constraints: &DMatrix<f64>) -> Option<WaldTest> {
        if self.e.len() < 2 {
            return None;
        }
        htz::test(self, constraints, &self.coefficients, &self.covariance)
    }
}

/// The eigenvectors of `B = L'(Φⱼ − XⱼMXⱼ')L` of one cluster, `root` being the lower triangle `L` of
/// `Φⱼ = LL'`.
struct Residual {
    vectors: DMatrix<f64>,
    /// Exactly 0 where the cluster is fitted perfectly.
    values: DVector<f64>,
}

impl Residual {
    fn of(xj: &DMatrix<f64>, root: &DMatrix<f64>, bread: &DMatrix<f64>) -> Option<Self> {
        let b = root.transpose() * (root * root.transpose() - xj * bread * xj.transpose()) * root;
        let SymmetricEigen { eigenvectors, mut eigenvalues } =
            SymmetricEigen::new(0.5 * (&b + b.transpose()));
        // `I − L⁻¹XMX'L⁻ᵀ` has the same rank and eigenvalues from 0 to 1, whatever the scale of Φ: it
        // tells a 0 from rounding.
        let z = root.solve_lower_triangular(xj)?;
        let left = DMatrix::identity(z.nrows(), z.nrows()) - &z * bread * z.transpose();
        let perfect = SymmetricEigen::new(0.5 * (&left + left.transpose()))
            .eigenvalues
            .iter()
            .filter(|&&share| share < 1e-10)
            .count();
        let mut order: Vec<usize> = (0..eigenvalues.len()).collect();
        order.sort_by(|&i, &j| eigenvalues[i].total_cmp(&eigenvalues[j]));
        for &i in order.iter().take(perfect) {
            eigenvalues[i] = 0.0;
        }
        Some(Self { vectors: eigenvectors, values: eigenvalues })
    }

    /// The matrix with these eigenvectors and `f` of the eigenvalues.
    fn map(&self, f: impl Fn(f64) -> f64) -> DMatrix<f64> {
        &self.vectors * DMatrix::from_diagonal(&self.values.map(f)) * self.vectors.transpose()
    }
}

/// `Aⱼ` of one cluster.
fn adjustment(residual: &Residual, root: &DMatrix<f64>, m: usize, small: Small) -> DMatrix<f64> {
    let n = root.nrows();
    match small {
        Small::Cr0 => DMatrix::identity(n, n),
        Small::Cr1 => {
            let m = m as f64;
            DMatrix::identity(n, n) * (m / (m - 1.0)).sqrt()
        }
        // The Moore–Penrose inverse of the symmetric square root.
        Small::Cr2 => {
            let inverse = residual.map(|l| if l > 0.0 { l.sqrt().recip() } else { 0.0 });
            root * inverse * root.transpose()
        }
    }
}

/// The two-step regression of `yi` on the columns of `x` with the residual `τ²` of `choices`, and a
/// covariance that is robust to dependence within `clusters`.
///
/// # Errors
/// [`ModelError`] when `τ²` cannot be estimated or the columns are collinear.
pub fn independent_rows(
    x: &DMatrix<f64>,
    yi: &[f64],
    vi: &[f64],
    clusters: &[Vec<usize>],
    choices: &TwoStep,
    small: Small,
) -> Result<Sandwich, ModelError> {
    let sample = Sample { yi, vi, x };
    let tau2 = residual::estimate(&sample, choices.tau2, choices.genq_weights)?.value;
    let phi = |rows: &[usize]| {
        DMatrix::from_fn(rows.len(), rows.len(), |i, j| {
            if i == j {
                rows.get(i).and_then(|&row| vi.get(row)).map_or(1.0, |v| v + tau2)
            } else {
                0.0
            }
        })
    };
    Sandwich::fit(x, yi, clusters, phi, small)
}
