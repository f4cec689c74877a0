//! The binomial-normal model with a random intercept for the study beside the row's,
//! `g(p) = x'β + u_study + w_row`, by maximum likelihood.
//!
//! A study's rows are independent given `u`, so its likelihood is one integral over `u` of the rows' own
//! marginal likelihoods, which [`super::integral`] gives with their derivatives. The outer integral takes
//! equidistant nodes around the mode of its log-concave integrand, halved until it settles.

use nalgebra::{Cholesky, DMatrix, DVector};

use super::{
    integral,
    kernel::Kernel,
    linear::{Linear, LinearError},
    profile::Held,
};
use crate::{
    model::{Level, Link, ModelError, one_step},
    numeric::{
        self, NumericError, binomial,
        quasi_newton::{Options, bfgs},
    },
    study::Counts,
};

/// Terms smaller than e to the minus this, relative to the largest, are left out.
const CUT: f64 = 36.0;
/// Half the distance may move the integral by this much: the error left is about its square.
const MOVE: f64 = 4e-6;
/// Shares of the rows' variance that a study takes where searches for both variances start.
const SHARES: [f64; 2] = [0.8, 0.3];
/// A model with a variance of 0 is preferred where it is as good as this.
const SAME: f64 = 1e-7;

/// A fitted model of counts whose rows belong to studies.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedGlmm {
    /// The coefficients.
    pub coefficients: Vec<f64>,
    /// Their standard errors from the joint observed information.
    pub se: Vec<f64>,
    /// Variance between clusters.
    pub sigma2_cluster: f64,
    /// Variance between rows of a cluster.
    pub sigma2_row: f64,
    /// The log-likelihood, binomial coefficients included.
    pub log_likelihood: f64,
}

/// A fit with the profile-likelihood limits of its variances; an upper limit of `None` is unbounded.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedLimits {
    /// The limits of the variance between clusters.
    pub sigma2_cluster: (f64, Option<f64>),
    /// The limits of the variance between rows of a cluster.
    pub sigma2_row: (f64, Option<f64>),
}

/// The standard deviations of one evaluation; `None` is a variance of 0.
#[derive(Clone, Copy)]
struct Spread {
    cluster: f64,
    row: Option<f64>,
}

pub(super) struct Model<'a> {
    kernels: Vec<Kernel>,
    x: &'a DMatrix<f64>,
    clusters: &'a [Vec<usize>],
}

/// Value and gradient in `(β, ln σ_cluster, ln σ_row)`.
pub(super) struct At {
    pub(super) value: f64,
    pub(super) gradient: DVector<f64>,
}

impl NestedGlmm {
    /// Fits `counts` on the columns of `x`; `clusters` lists rows.
    ///
    /// # Errors
    /// [`ModelError`] where a coefficient has no finite estimate or a search fails.
    ///
    /// ```
    /// use nalgebra::DMatrix;
    /// use resorb::{model::{Link, NestedGlmm}, study::Counts};
    /// let counts = [(4, 22), (64, 84), (7, 27), (28, 36), (10, 18), (36, 40)]
    ///     .map(|(events, total)| Counts::new(events, total))
    ///     .into_iter()
    ///     .collect::<Result<Vec<_>, _>>()?;
    /// let ones = DMatrix::from_element(6, 1, 1.0);
    /// let fit = NestedGlmm::fit(&counts, &ones, &[vec![0, 1], vec![2, 3], vec![4], vec![5]], Link::Logit)?;
    /// assert!(fit.sigma2_cluster + fit.sigma2_row > 0.5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fit(
        counts: &[Counts],
        x: &DMatrix<f64>,
        clusters: &[Vec<usize>],
        link: Link,
    ) -> Result<Self, ModelError> {
        let saturated =
            numeric::sum(counts.iter().map(|c| binomial::ln_pmf(c.x(), c.n(), c.x() / c.n())));
        let rows =
            Linear::fit(counts, x, link, one_step::drop_at(Level::default())).map_err(infinite)?;
        let model = Model::of(counts, x, clusters, link);
        let mut best = Self {
            se: rows.covariance.diagonal().iter().map(|v| v.sqrt()).collect(),
            coefficients: rows.beta.iter().copied().collect(),
            sigma2_cluster: 0.0,
            sigma2_row: rows.tau2,
            log_likelihood: rows.log_likelihood,
        };
        // One variance for studies alone, then a share of it for rows.
        let whole = rows.tau2.sqrt().max(0.2);
        let alone = [(whole, None)];
        let both =
            SHARES.map(|share: f64| (whole * share.sqrt(), Some(whole * (1.0 - share).sqrt())));
        for (cluster, row) in alone.into_iter().chain(both) {
            let Some(found) = model.search(&rows.beta, cluster, row) else { continue };
            let found = Self { log_likelihood: saturated + found.log_likelihood, ..found };
            if found.log_likelihood > best.log_likelihood + SAME {
                best = found;
            }
        }
        Ok(best)
    }

    /// The profile-likelihood limits of both variances of this fit to the same data. It takes some fifty
    /// further fits.
    ///
    /// # Errors
    /// [`ModelError`] where a search fails.
    pub fn limits(
        &self,
        counts: &[Counts],
        x: &DMatrix<f64>,
        clusters: &[Vec<usize>],
        link: Link,
        level: Level,
    ) -> Result<NestedLimits, ModelError> {
        let model = Model::of(counts, x, clusters, link);
        let saturated =
            numeric::sum(counts.iter().map(|c| binomial::ln_pmf(c.x(), c.n(), c.x() / c.n())));
        let drop = one_step::drop_at(level);
        let cut = self.log_likelihood - saturated - drop;
        let rows = Linear::fit(counts, x, link, drop).map_err(infinite)?;
        // Without a variance between clusters it is the plain model, without one of rows it has one less.
        let without_cluster = rows.log_likelihood - saturated;
        let without_row = model
            .search(&rows.beta, rows.tau2.sqrt().max(0.2), None)
            .map_or(f64::NEG_INFINITY, |found| found.log_likelihood);
        Ok(NestedLimits {
            sigma2_cluster: model.limits(self, Held::Cluster, without_cluster, cut)?,
            sigma2_row: model.limits(self, Held::Row, without_row, cut)?,
        })
    }
}

fn infinite(error: LinearError) -> ModelError {
    match error {
        LinearError::Model(error) => error,
        LinearError::Separated(_) => ModelError::Numeric {
            what: "the GLMM with a study effect",
            source: NumericError::NotPositiveDefinite,
        },
    }
}

impl<'a> Model<'a> {
    fn of(counts: &[Counts], x: &'a DMatrix<f64>, clusters: &'a [Vec<usize>], link: Link) -> Self {
        let kernels = counts.iter().map(|c| Kernel::new(link, c.x(), c.n() - c.x())).collect();
        Self { kernels, x, clusters }
    }
}

impl Model<'_> {
    /// A local maximum from a start; the log-likelihood is relative to the saturated model.
    fn search(&self, beta: &DVector<f64>, cluster: f64, row: Option<f64>) -> Option<NestedGlmm> {
        let p = beta.len();
        let start: Vec<f64> =
            beta.iter().copied().chain([cluster.ln()]).chain(row.map(f64::ln)).collect();
        let objective = |theta: &[f64]| {
            let at = self.at(theta);
            (-at.value, at.gradient.iter().map(|g| -g).collect())
        };
        let options = Options { gradient_tolerance: 1e-8, max_iterations: 200, max_step: 1.0 };
        let optimum = bfgs(objective, &start, options).ok()?;
        let covariance = self.covariance(&optimum.x)?;
        let variance = |i: usize| optimum.x.get(i).map_or(0.0, |ln| (2.0 * ln).exp());
        Some(NestedGlmm {
            coefficients: optimum.x.iter().take(p).copied().collect(),
            se: (0..p).map(|i| covariance[(i, i)].max(0.0).sqrt()).collect(),
            sigma2_cluster: variance(p),
            sigma2_row: variance(p + 1),
            log_likelihood: -optimum.value,
        })
    }

    /// The inverse of the information, by central differences of the exact gradient.
    fn covariance(&self, theta: &[f64]) -> Option<DMatrix<f64>> {
        let n = theta.len();
        let step = 1e-4;
        let mut information = DMatrix::zeros(n, n);
        for j in 0..n {
            let moved = |by: f64| {
                let mut theta = theta.to_vec();
                if let Some(coordinate) = theta.get_mut(j) {
                    *coordinate += by;
                }
                self.at(&theta).gradient
            };
            let column = (moved(-step) - moved(step)) / (2.0 * step);
            information.set_column(j, &column);
        }
        let information = 0.5 * (&information + information.transpose());
        Cholesky::new(information).map(|factor| factor.inverse())
    }

    pub(super) fn at(&self, theta: &[f64]) -> At {
        let p = self.x.ncols();
        let beta = DVector::from_iterator(p, theta.iter().take(p).copied());
        let spread = Spread {
            cluster: theta.get(p).map_or(0.0, |ln| ln.exp()),
            row: theta.get(p + 1).map(|ln| ln.exp()),
        };
        let eta = self.x * beta;
        let mut at = At { value: 0.0, gradient: DVector::zeros(theta.len()) };
        for rows in self.clusters {
            self.cluster(rows, &eta, spread, &mut at);
        }
        at
    }

    /// Adds a cluster of one row, whose two effects are one with the sum of their variances.
    fn single(&self, row: usize, eta: &DVector<f64>, spread: Spread, at: &mut At) {
        let p = self.x.ncols();
        let Some(kernel) = self.kernels.get(row) else { return };
        let tau = spread.cluster.hypot(spread.row.unwrap_or(0.0));
        let point = integral::study(kernel, eta[row], tau, one_step::Effort::Full);
        at.value += point.value;
        at.gradient[p] += point.score[1] * (spread.cluster / tau).powi(2);
        if let Some(sigma) = spread.row {
            at.gradient[p + 1] += point.score[1] * (sigma / tau).powi(2);
        }
        for (gradient, x) in at.gradient.iter_mut().zip(self.x.row(row).iter()) {
            *gradient += point.score[0] * x;
        }
    }

    /// Adds one cluster.
    fn cluster(&self, rows: &[usize], eta: &DVector<f64>, spread: Spread, at: &mut At) {
        let p = self.x.ncols();
        if let [row] = rows {
            return self.single(*row, eta, spread, at);
        }
        let precision = spread.cluster.powi(-2);
        // Each row's log-likelihood at u with its slopes in η and ln σ_row, and the curvature in η.
        let row_at = |row: usize, u: f64| -> [f64; 4] {
            let Some(kernel) = self.kernels.get(row) else { return [0.0; 4] };
            let eta = eta[row] + u;
            match spread.row {
                None => {
                    let jet = kernel.at(eta);
                    [jet.value, jet.slope, 0.0, jet.curvature]
                }
                Some(sigma) => {
                    let point = integral::study(kernel, eta, sigma, one_step::Effort::Full);
                    [point.value, point.score[0], point.score[1], point.hessian[0]]
                }
            }
        };
        let total = |u: f64| {
            rows.iter().fold([0.0; 3], |[value, slope, curvature], &row| {
                let [v, s, _, c] = row_at(row, u);
                [value + v, slope + s, curvature + c]
            })
        };
        // The mode, by Newton's method on a concave function with halved steps.
        let height = |u: f64, value: f64| value - 0.5 * u * u * precision;
        let mut u = 0.0;
        let mut here = total(u);
        for _ in 0..100 {
            let slope = here[1] - u * precision;
            let curvature = precision - here[2];
            let mut step = slope / curvature;
            if slope * step < 1e-6 {
                break;
            }
            let mut next = total(u + step);
            let mut halvings = 0;
            while height(u + step, next[0]) < height(u, here[0]) && halvings < 30 {
                step *= 0.5;
                halvings += 1;
                next = total(u + step);
            }
            u += step;
            here = next;
        }
        let top = height(u, here[0]);
        let width = (precision - here[2]).sqrt().recip();
        // Sums of the integrand, and of it times the slopes: of each row, of ln σ_row, of ln σ_cluster.
        let n = rows.len();
        let mut sums = vec![0.0; n + 3];
        let walk = |from: f64, h: f64, sums: &mut [f64]| {
            let mut t = from;
            loop {
                let v = u + width * t;
                let parts: Vec<[f64; 4]> = rows.iter().map(|&row| row_at(row, v)).collect();
                let value = parts.iter().map(|part| part[0]).sum();
                let log = height(v, value) - top;
                if log < -CUT {
                    return;
                }
                let w = log.exp();
                let by_row: f64 = parts.iter().map(|part| part[2]).sum();
                let own = parts.iter().map(|part| part[1]);
                let terms = [1.0, by_row, v * v * precision - 1.0].into_iter().chain(own);
                for (sum, term) in sums.iter_mut().zip(terms) {
                    *sum += w * term;
                }
                t += h;
            }
        };
        let mut h = 1.0;
        walk(0.0, h, &mut sums);
        walk(-h, -h, &mut sums);
        for _ in 0..12 {
            let before = sums.first().copied().unwrap_or(1.0);
            walk(0.5 * h, h, &mut sums);
            walk(-0.5 * h, -h, &mut sums);
            h *= 0.5;
            let now = sums.first().copied().unwrap_or(1.0);
            if (0.5 * now / before - 1.0).abs() < MOVE {
                break;
            }
        }
        let (whole, rest) = sums.split_at(1);
        let whole = whole.first().copied().unwrap_or(1.0);
        let half_ln_2pi = 0.5 * (2.0 * std::f64::consts::PI).ln();
        at.value += top + (whole * h * width / spread.cluster).ln() - half_ln_2pi;
        let mut means = rest.iter().map(|sum| sum / whole);
        let by_row = means.next().unwrap_or(0.0);
        at.gradient[p] += means.next().unwrap_or(0.0);
        if spread.row.is_some() {
            at.gradient[p + 1] += by_row;
        }
        for (&row, slope) in rows.iter().zip(means) {
            for (gradient, x) in at.gradient.iter_mut().zip(self.x.row(row).iter()) {
                *gradient += slope * x;
            }
        }
    }
}
