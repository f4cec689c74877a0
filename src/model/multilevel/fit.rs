//! The fit: both variances with profile intervals, coefficients, and the test of the moderators.

use nalgebra::{Cholesky, DMatrix, DVector};
use serde::Serialize;

use super::likelihood::Likelihood;
use crate::{
    model::{Level, ModelError},
    numeric::{NumericError, chi_squared, minimum, normal, root},
};

/// A fitted three-level model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Multilevel {
    /// Variance between clusters.
    pub sigma2_cluster: f64,
    /// Its profile-likelihood limits; an upper limit of `None` is unbounded.
    pub sigma2_cluster_limits: (f64, Option<f64>),
    /// Variance between rows of one cluster.
    pub sigma2_row: f64,
    /// Its profile-likelihood limits.
    pub sigma2_row_limits: (f64, Option<f64>),
    /// The coefficients in the order of the design's columns.
    pub coefficients: Vec<ThreeLevelCoefficient>,
    /// Wald test of all coefficients but the first.
    pub test: Option<ThreeLevelTest>,
    /// The restricted log-likelihood.
    pub log_likelihood: f64,
    #[serde(skip)]
    covariance: DMatrix<f64>,
}

/// One coefficient of a three-level model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ThreeLevelCoefficient {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// `estimate/se`.
    pub statistic: f64,
    /// Two-sided normal p value.
    pub p_value: f64,
}

/// A Wald test of several coefficients.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ThreeLevelTest {
    /// `QM = β'Cov⁻¹β`.
    pub statistic: f64,
    /// The number of coefficients tested.
    pub df: f64,
    /// Upper tail of `χ²(df)`.
    pub p_value: f64,
}

/// Which of the two variances.
#[derive(Clone, Copy)]
enum Which {
    Cluster,
    Row,
}

/// Points of the grid that finds the highest maximum in each direction.
const GRID: u32 = 30;
/// A variance of 0 is preferred where the likelihood is as high as this.
const SAME: f64 = 1e-9;

impl Multilevel {
    /// Fits `yi` with sampling variances `vi` on the columns of `x`; `clusters` lists rows.
    ///
    /// # Errors
    /// [`ModelError::Numeric`] when the columns are collinear or as many as the rows.
    pub fn fit(
        x: &DMatrix<f64>,
        yi: &[f64],
        vi: &[f64],
        clusters: &[Vec<usize>],
        level: Level,
    ) -> Result<Self, ModelError> {
        let collinear = || ModelError::Numeric {
            what: "the three-level model",
            source: NumericError::NotPositiveDefinite,
        };
        if yi.len() <= x.ncols() {
            return Err(collinear());
        }
        let likelihood = Likelihood::new(x, yi, vi, clusters).ok_or_else(collinear)?;
        let search = Search { likelihood, scale: scale(yi, vi) };
        let sigma2_cluster = search.best(|cluster| search.profile(Which::Cluster, cluster).1);
        let sigma2_row = search.profile(Which::Cluster, sigma2_cluster).0;
        let solution =
            search.likelihood.solve((sigma2_cluster, sigma2_row)).ok_or_else(collinear)?;
        let top = solution.log_likelihood;
        let coefficients = solution
            .coefficients
            .iter()
            .zip(solution.covariance.diagonal().iter())
            .map(|(&estimate, variance)| ThreeLevelCoefficient::of(estimate, variance.sqrt()))
            .collect();
        let p = x.ncols();
        let test = (p > 1).then(|| {
            let b = solution.coefficients.rows(1, p - 1).clone_owned();
            let v = solution.covariance.view((1, 1), (p - 1, p - 1)).clone_owned();
            let df = (p - 1) as f64;
            let statistic = Cholesky::new(v)?.solve(&b).dot(&b);
            Some(ThreeLevelTest { statistic, df, p_value: chi_squared::sf(statistic, df) })
        });
        let limits = |which, estimate| search.limits(which, estimate, top, level);
        Ok(Self {
            sigma2_cluster,
            sigma2_cluster_limits: limits(Which::Cluster, sigma2_cluster)?,
            sigma2_row,
            sigma2_row_limits: limits(Which::Row, sigma2_row)?,
            coefficients,
            test: test.flatten(),
            log_likelihood: top,
            covariance: solution.covariance,
        })
    }

    /// The estimate `c'β̂` with its Wald test.
    #[must_use]
    pub fn contrast(&self, c: &[f64]) -> ThreeLevelCoefficient {
        let estimate = c.iter().zip(&self.coefficients).map(|(c, b)| c * b.estimate).sum();
        let c = DVector::from_column_slice(c);
        ThreeLevelCoefficient::of(estimate, (c.transpose() * &self.covariance * &c)[0].sqrt())
    }
}

impl ThreeLevelCoefficient {
    pub(crate) fn of(estimate: f64, se: f64) -> Self {
        let statistic = estimate / se;
        Self { estimate, se, statistic, p_value: 2.0 * normal::sf(statistic.abs()) }
    }
}

/// The largest variance a search starts from: that of the effects themselves.
fn scale(yi: &[f64], vi: &[f64]) -> f64 {
    let k = yi.len() as f64;
    let mean = yi.iter().sum::<f64>() / k;
    let spread = yi.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (k - 1.0);
    spread.max(vi.iter().copied().fold(0.0, f64::max))
}

struct Search<'a> {
    likelihood: Likelihood<'a>,
    scale: f64,
}

impl Search<'_> {
    /// The other variance at which the likelihood is highest while `which` is `value`, and that height.
    fn profile(&self, which: Which, value: f64) -> (f64, f64) {
        let at = |other: f64| match which {
            Which::Cluster => self.likelihood.at((value, other)),
            Which::Row => self.likelihood.at((other, value)),
        };
        let best = self.best(at);
        (best, at(best))
    }

    /// Where `f` is highest on `[0, ∞)`: a grid evenly spaced in the logarithm, its best point refined
    /// between its neighbours, and 0 itself.
    fn best(&self, f: impl Fn(f64) -> f64) -> f64 {
        let step = (1e8_f64).ln() / f64::from(GRID);
        let point = |j: u32| {
            if j == 0 { 0.0 } else { 20.0 * self.scale * (-step * f64::from(GRID - j)).exp() }
        };
        let (top, _) = (0..=GRID)
            .map(|j| (j, f(point(j))))
            .fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
        let (left, right) = (point(top.saturating_sub(1)), point((top + 1).min(GRID)));
        let refined = minimum::brent(|s| -f(s), left, right, 1e-10).map_or(point(top), |m| m.x);
        // A gain that is only rounding is none.
        if f(refined) > f(0.0) + SAME { refined } else { 0.0 }
    }

    /// The profile-likelihood interval of one variance.
    fn limits(
        &self,
        which: Which,
        estimate: f64,
        top: f64,
        level: Level,
    ) -> Result<(f64, Option<f64>), ModelError> {
        let cut = top - 0.5 * chi_squared::quantile_upper(2.0 * level.tail(), 1.0);
        let above = |value: f64| self.profile(which, value).1 - cut;
        let cross = |lo: f64, hi: f64| {
            root::brent(above, lo, hi, 1e-9).map_err(|source| ModelError::Numeric {
                what: "the profile interval of a three-level variance",
                source,
            })
        };
        let lower = if above(0.0) >= 0.0 { 0.0 } else { cross(0.0, estimate)? };
        let mut end = estimate.max(self.scale);
        for _ in 0..60 {
            if above(end) < 0.0 {
                return Ok((lower, Some(cross(estimate, end)?)));
            }
            end *= 4.0;
        }
        Ok((lower, None))
    }
}
