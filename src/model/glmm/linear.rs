//! The binomial-normal model with moderators, `g(pᵢ) = xᵢ'β + uᵢ`, `uᵢ ~ N(0, τ²)`, by maximum likelihood.
//!
//! For a fixed `τ` the marginal likelihood is log-concave in `β` (Prékopa 1973), so Newton's method with
//! halved steps finds its one maximum; along `ln τ` the profile is scanned for several, and `τ² = 0` is
//! compared.

use std::cell::{Cell, RefCell};

use nalgebra::{Cholesky, DMatrix, DVector};

use super::{integral, kernel::Kernel};
use crate::{
    model::{Link, ModelError, one_step::Effort},
    numeric::{self, NumericError, binomial, root},
    study::Counts,
};

/// A linear predictor beyond this is on its way to infinity: rates of 1e-17.
const SEPARATED: f64 = 40.0;
const MAX_STEPS: usize = 200;
/// Newton's method ends when the log-likelihood it still promises is below this.
const FULL: f64 = 1e-20;
const SCAN: f64 = 1e-6;
/// Steps of the scan along `ln τ`, and where it gives up.
const STEP: f64 = 0.6;
const LIMIT: f64 = 18.0;

/// Why there is no fit.
#[derive(Debug)]
pub(in crate::model) enum LinearError {
    /// The coefficient of this column grows without end.
    Separated(usize),
    /// A search failed.
    Model(ModelError),
}

/// A fitted model.
pub(in crate::model) struct Linear {
    pub(in crate::model) beta: DVector<f64>,
    /// Covariance of the coefficients, from the full joint information.
    pub(in crate::model) covariance: DMatrix<f64>,
    pub(in crate::model) tau2: f64,
    /// Standard error of `τ̂²`; `None` at 0.
    pub(in crate::model) tau2_se: Option<f64>,
    /// Binomial coefficients included.
    pub(in crate::model) log_likelihood: f64,
    /// The same at `τ² = 0`.
    pub(in crate::model) log_likelihood_common: f64,
    /// With one rate for each study.
    pub(in crate::model) log_likelihood_saturated: f64,
    pub(in crate::model) tau2_limits: (f64, Option<f64>),
    pub(in crate::model) modes: usize,
    pub(in crate::model) evaluations: usize,
    pub(in crate::model) converged: bool,
}

/// Value, score and curvature in `(β, ln τ)`, the last coordinate being `ln τ`.
struct At {
    value: f64,
    score: DVector<f64>,
    hessian: DMatrix<f64>,
}

/// The best coefficients at one `ln τ`.
#[derive(Clone)]
struct Rung {
    ln_tau: f64,
    beta: DVector<f64>,
    value: f64,
    /// The slope of the profile in `ln τ`.
    slope: f64,
}

struct Surface<'a> {
    kernels: Vec<Kernel>,
    x: &'a DMatrix<f64>,
    evaluations: Cell<usize>,
    converged: Cell<bool>,
}

impl Linear {
    /// Fits `counts` on the columns of `x`, which have full rank; `drop` is what a profile may lose
    /// within the interval of `τ²`.
    pub(in crate::model) fn fit(
        counts: &[Counts],
        x: &DMatrix<f64>,
        link: Link,
        drop: f64,
    ) -> Result<Self, LinearError> {
        let kernels = counts.iter().map(|c| Kernel::new(link, c.x(), c.n() - c.x())).collect();
        let surface = Surface { kernels, x, evaluations: Cell::new(0), converged: Cell::new(true) };
        let saturated =
            numeric::sum(counts.iter().map(|c| binomial::ln_pmf(c.x(), c.n(), c.x() / c.n())));
        let (zero_beta, zero) = surface.without_spread()?;
        let slope_at_zero = surface.slope_at_zero(&zero_beta);
        let rungs = surface.climb(&zero_beta)?;
        let (tops, best) = surface.tops(&rungs, slope_at_zero)?;
        let modes = (tops + usize::from(slope_at_zero <= 0.0)).max(1);
        let inside = best.filter(|best| best.value > zero.value);
        let top = inside.as_ref().map_or(zero.value, |rung| rung.value);
        let p = x.ncols();
        let (beta, covariance, tau2, tau2_se) = match &inside {
            None => (zero_beta, inverse(&-zero.hessian)?, 0.0, None),
            Some(rung) => {
                let here = surface.at(&rung.beta, rung.ln_tau, Effort::Full);
                let joint = inverse(&-here.hessian)?;
                let tau2 = (2.0 * rung.ln_tau).exp();
                let se = 2.0 * tau2 * joint[(p, p)].max(0.0).sqrt();
                (rung.beta.clone(), joint.view((0, 0), (p, p)).clone_owned(), tau2, Some(se))
            }
        };
        let tau2_limits = surface.limits(&rungs, inside.as_ref(), zero.value, top - drop)?;
        Ok(Self {
            beta,
            covariance,
            tau2,
            tau2_se,
            log_likelihood: saturated + top,
            log_likelihood_common: saturated + zero.value,
            log_likelihood_saturated: saturated,
            tau2_limits,
            modes,
            evaluations: surface.evaluations.get(),
            converged: surface.converged.get(),
        })
    }
}

impl Surface<'_> {
    fn at(&self, beta: &DVector<f64>, ln_tau: f64, effort: Effort) -> At {
        self.evaluations.set(self.evaluations.get() + 1);
        let p = self.x.ncols();
        let tau = ln_tau.exp();
        let eta = self.x * beta;
        let mut at =
            At { value: 0.0, score: DVector::zeros(p + 1), hessian: DMatrix::zeros(p + 1, p + 1) };
        for ((kernel, eta), x) in self.kernels.iter().zip(eta.iter()).zip(self.x.row_iter()) {
            let point = integral::study(kernel, *eta, tau, effort);
            if !point.settled {
                self.converged.set(false);
            }
            at.add(&x.clone_owned(), point.value, point.score, point.hessian);
        }
        at
    }

    fn at_zero(&self, beta: &DVector<f64>) -> At {
        self.evaluations.set(self.evaluations.get() + 1);
        let p = self.x.ncols();
        let eta = self.x * beta;
        let mut at =
            At { value: 0.0, score: DVector::zeros(p + 1), hessian: DMatrix::zeros(p + 1, p + 1) };
        for ((kernel, eta), x) in self.kernels.iter().zip(eta.iter()).zip(self.x.row_iter()) {
            let jet = kernel.at(*eta);
            at.add(&x.clone_owned(), jet.value, [jet.slope, 0.0], [jet.curvature, 0.0, 0.0]);
        }
        At {
            value: at.value,
            score: at.score.remove_row(p),
            hessian: at.hessian.remove_row(p).remove_column(p),
        }
    }

    /// The maximum in the coefficients of `f`, which gives value, score and Hessian with respect to
    /// (at least) them.
    fn newton(
        &self,
        f: impl Fn(&DVector<f64>) -> At,
        start: &DVector<f64>,
        tolerance: f64,
    ) -> Result<(DVector<f64>, At), LinearError> {
        let p = start.len();
        let mut beta = start.clone();
        let mut here = f(&beta);
        for _ in 0..MAX_STEPS {
            let score = here.score.rows(0, p).clone_owned();
            let information = -here.hessian.view((0, 0), (p, p)).clone_owned();
            let Some(factor) = Cholesky::new(information) else {
                return Err(LinearError::Separated(self.steepest(&beta)));
            };
            let mut step = factor.solve(&score);
            if step.dot(&score) < tolerance {
                return Ok((beta, here));
            }
            // No rate moves by more than a factor of e³ at once.
            let longest = (self.x * &step).amax();
            if longest > 3.0 {
                step *= 3.0 / longest;
            }
            let mut next = f(&(&beta + &step));
            let mut halvings = 0;
            while next.value.is_nan() || next.value < here.value {
                halvings += 1;
                if halvings > 40 {
                    // Nothing is left to gain but rounding.
                    return Ok((beta, here));
                }
                step *= 0.5;
                next = f(&(&beta + &step));
            }
            beta += &step;
            here = next;
            if (self.x * &beta).amax() > SEPARATED {
                return Err(LinearError::Separated(self.steepest(&beta)));
            }
        }
        self.converged.set(false);
        Ok((beta, here))
    }

    /// The column that moves the linear predictor most.
    fn steepest(&self, beta: &DVector<f64>) -> usize {
        let reach = |j: usize| beta[j].abs() * self.x.column(j).amax();
        (0..beta.len()).max_by(|&a, &b| reach(a).total_cmp(&reach(b))).unwrap_or(0)
    }

    fn without_spread(&self) -> Result<(DVector<f64>, At), LinearError> {
        self.newton(|beta| self.at_zero(beta), &DVector::zeros(self.x.ncols()), FULL)
    }

    /// `d ln L/dτ²` at 0: half of `E[ℓ″ + ℓ′²]` over studies.
    fn slope_at_zero(&self, beta: &DVector<f64>) -> f64 {
        let eta = self.x * beta;
        let terms = self.kernels.iter().zip(eta.iter()).map(|(kernel, eta)| {
            let jet = kernel.at(*eta);
            0.5 * (jet.curvature + jet.slope * jet.slope)
        });
        numeric::sum(terms)
    }

    fn rung(
        &self,
        ln_tau: f64,
        start: &DVector<f64>,
        effort: Effort,
        tolerance: f64,
    ) -> Result<Rung, LinearError> {
        let (beta, here) = self.newton(|beta| self.at(beta, ln_tau, effort), start, tolerance)?;
        Ok(Rung { ln_tau, slope: here.score[beta.len()], value: here.value, beta })
    }

    /// Rungs along `ln τ` from where `τ²` acts linearly until the likelihood falls for good.
    fn climb(&self, zero: &DVector<f64>) -> Result<Vec<Rung>, LinearError> {
        let eta = self.x * zero;
        let information =
            self.kernels.iter().zip(eta.iter()).map(|(kernel, eta)| -kernel.at(*eta).curvature);
        let largest = information.fold(f64::MIN_POSITIVE, f64::max);
        let first = (0.05 / largest.sqrt()).ln();
        let away = |(kernel, eta): (&Kernel, &f64)| {
            let place = kernel.step().map_or(kernel.peak(), |(at, _)| at);
            (place - eta).abs()
        };
        let farthest = self.kernels.iter().zip(eta.iter()).map(away).fold(0.0, f64::max);
        let last = farthest.ln().max(first + 1.0);
        let mut rungs: Vec<Rung> = Vec::new();
        let mut ln_tau = first;
        loop {
            let start = rungs.last().map_or(zero, |rung| &rung.beta);
            let rung = self.rung(ln_tau, start, Effort::Full, SCAN)?;
            let falling = rung.slope < 0.0 && rungs.last().is_none_or(|last| last.slope < 0.0);
            rungs.push(rung);
            if falling && ln_tau >= last {
                return Ok(rungs);
            }
            if ln_tau > LIMIT {
                return Err(failed(NumericError::NotConverged {
                    task: "find the residual between-study variance of largest likelihood",
                    iterations: rungs.len(),
                }));
            }
            ln_tau += STEP;
        }
    }

    /// How many maxima there are inside, and the highest.
    fn tops(
        &self,
        rungs: &[Rung],
        slope_at_zero: f64,
    ) -> Result<(usize, Option<Rung>), LinearError> {
        let mut count = 0;
        let mut best: Option<Rung> = None;
        let mut try_between = |left: Rung, right: &Rung| -> Result<(), LinearError> {
            let top = self.between(left, right)?;
            count += 1;
            if best.as_ref().is_none_or(|best| top.value > best.value) {
                best = Some(top);
            }
            Ok(())
        };
        if let Some(first) = rungs.first().filter(|first| first.slope <= 0.0 && slope_at_zero > 0.0)
        {
            let mut left = first.clone();
            for _ in 0..24 {
                left = self.rung(left.ln_tau - STEP, &left.beta, Effort::Full, SCAN)?;
                if left.slope > 0.0 {
                    try_between(left, first)?;
                    break;
                }
            }
        }
        for pair in rungs.windows(2) {
            if let [left, right] = pair
                && left.slope > 0.0
                && right.slope <= 0.0
            {
                try_between(left.clone(), right)?;
            }
        }
        Ok((count, best))
    }

    /// The maximum between a rung where the profile rises and one where it falls.
    fn between(&self, left: Rung, right: &Rung) -> Result<Rung, LinearError> {
        let (lo, hi) = (left.ln_tau, right.ln_tau);
        let near = RefCell::new(left.beta);
        let slope = |ln_tau: f64| {
            let start = near.borrow().clone();
            self.rung(ln_tau, &start, Effort::Full, 1e-16).map_or(f64::NAN, |rung| {
                *near.borrow_mut() = rung.beta;
                rung.slope
            })
        };
        let ln_tau = root::brent(slope, lo, hi, 1e-12).map_err(failed)?;
        let start = near.into_inner();
        self.rung(ln_tau, &start, Effort::Full, FULL)
    }

    /// The profile-likelihood interval of `τ²`: where the profile is at `cut`.
    fn limits(
        &self,
        rungs: &[Rung],
        inside: Option<&Rung>,
        zero: f64,
        cut: f64,
    ) -> Result<(f64, Option<f64>), LinearError> {
        let mut all: Vec<&Rung> = rungs.iter().chain(inside).collect();
        all.sort_by(|a, b| a.ln_tau.total_cmp(&b.ln_tau));
        let cross = |below: f64, above: f64, start: &DVector<f64>| {
            let excess = |ln_tau: f64| {
                self.rung(ln_tau, start, Effort::Full, 1e-14)
                    .map_or(f64::NAN, |rung| rung.value - cut)
            };
            root::brent(excess, below, above, 1e-10)
                .map(|ln_tau| (2.0 * ln_tau).exp())
                .map_err(failed)
        };
        let first = all.iter().position(|rung| rung.value >= cut);
        let lower = match first {
            _ if zero >= cut => 0.0,
            None => 0.0,
            Some(place) => {
                let above = all[place];
                let mut below = place.checked_sub(1).map(|below| all[below].clone());
                // Below the ladder the likelihood falls towards its value at 0.
                while below.as_ref().is_none_or(|below| below.value >= cut) {
                    let from = below.as_ref().unwrap_or(above);
                    let next = self.rung(from.ln_tau - STEP, &from.beta, Effort::Full, SCAN)?;
                    below = Some(next);
                }
                below.map_or(Ok(0.0), |below| cross(below.ln_tau, above.ln_tau, &above.beta))?
            }
        };
        let last = all.iter().rposition(|rung| rung.value >= cut);
        let mut above = match (last, all.first()) {
            (Some(place), _) => all[place].clone(),
            // τ̂² = 0 and the first rung is already too low.
            (None, Some(first)) => {
                let mut low = (*first).clone();
                while low.value < cut {
                    low = self.rung(low.ln_tau - STEP, &low.beta, Effort::Full, SCAN)?;
                }
                low
            }
            (None, None) => return Ok((lower, None)),
        };
        while above.ln_tau < LIMIT {
            let next = self.rung(above.ln_tau + STEP, &above.beta, Effort::Full, SCAN)?;
            if next.value < cut {
                return Ok((lower, Some(cross(above.ln_tau, next.ln_tau, &above.beta)?)));
            }
            above = next;
        }
        Ok((lower, None))
    }
}

impl At {
    /// Adds one study with row `x` of the design.
    fn add(
        &mut self,
        x: &nalgebra::RowDVector<f64>,
        value: f64,
        [by_eta, by_scale]: [f64; 2],
        [ee, es, ss]: [f64; 3],
    ) {
        let p = x.len();
        self.value += value;
        self.score[p] += by_scale;
        self.hessian[(p, p)] += ss;
        for (i, xi) in x.iter().enumerate() {
            self.score[i] += by_eta * xi;
            self.hessian[(i, p)] += es * xi;
            self.hessian[(p, i)] += es * xi;
            for (j, xj) in x.iter().enumerate() {
                self.hessian[(i, j)] += ee * xi * xj;
            }
        }
    }
}

fn inverse(information: &DMatrix<f64>) -> Result<DMatrix<f64>, LinearError> {
    Cholesky::new(information.clone())
        .map(|factor| factor.inverse())
        .ok_or_else(|| failed(NumericError::NotPositiveDefinite))
}

fn failed(source: NumericError) -> LinearError {
    LinearError::Model(ModelError::Numeric { what: "the regression by the GLMM", source })
}
