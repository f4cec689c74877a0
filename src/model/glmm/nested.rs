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
/// The integral has settled when half the distance moves its logarithm by less.
const MOVE: f64 = 1e-10;
/// Standard deviations at which searches start.
const STARTS: [(f64, f64); 3] = [(0.7, 0.7), (1.5, 0.3), (0.3, 1.5)];
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

/// The standard deviations of one evaluation; `None` is a variance of 0.
#[derive(Clone, Copy)]
struct Spread {
    cluster: f64,
    row: Option<f64>,
}

struct Model<'a> {
    kernels: Vec<Kernel>,
    x: &'a DMatrix<f64>,
    clusters: &'a [Vec<usize>],
}

/// Value and gradient in `(β, ln σ_cluster, ln σ_row)`.
struct At {
    value: f64,
    gradient: DVector<f64>,
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
        let model = Model {
            kernels: counts.iter().map(|c| Kernel::new(link, c.x(), c.n() - c.x())).collect(),
            x,
            clusters,
        };
        let mut best = Self {
            se: rows.covariance.diagonal().iter().map(|v| v.sqrt()).collect(),
            coefficients: rows.beta.iter().copied().collect(),
            sigma2_cluster: 0.0,
            sigma2_row: rows.tau2,
            log_likelihood: rows.log_likelihood,
        };
        // Alike for every row of a cluster, then both.
        for both in [false, true] {
            for (cluster, row) in STARTS {
                let Some(found) = model.search(&rows.beta, cluster, both.then_some(row)) else {
                    continue;
                };
                let found = Self { log_likelihood: saturated + found.log_likelihood, ..found };
                if found.log_likelihood > best.log_likelihood + SAME {
                    best = found;
                }
                if !both {
                    break;
                }
            }
        }
        Ok(best)
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
        let options = Options { gradient_tolerance: 1e-9, max_iterations: 300, max_step: 1.0 };
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

    fn at(&self, theta: &[f64]) -> At {
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

    /// Adds one cluster.
    fn cluster(&self, rows: &[usize], eta: &DVector<f64>, spread: Spread, at: &mut At) {
        let p = self.x.ncols();
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
