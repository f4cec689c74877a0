//! The residual between-study variance of a meta-regression: the estimators and intervals of `τ²` with
//! `P = W − WX(X'WX)⁻¹X'W` of the whole design in place of the intercept's.

use nalgebra::{Cholesky, DMatrix, SymmetricEigen};

use super::sample::{Sample, ln_det};
use crate::{
    model::{
        GenqWeights, Level, ModelError, Tau2Ci, Tau2Method,
        tau2::{
            Criterion, Landscape, LikelihoodEquation, Point, Tau2, Tau2Limits, decreasing_root,
            from_roots, largest_root, within_cut,
        },
    },
    numeric::{chi_squared, quadratic_form},
};

/// `τ²` by `method`.
pub(crate) fn estimate(
    sample: &Sample<'_>,
    method: Tau2Method,
    genq: GenqWeights,
) -> Result<Tau2, ModelError> {
    let (k, df) = (sample.yi.len() as f64, sample.df());
    let total: f64 = sample.vi.iter().map(|v| v.recip()).sum();
    let closed = |value: Result<f64, ModelError>| value.map(Tau2::closed);
    let q_equals = |target: f64| {
        let excess = |tau2: f64| sample.q(tau2) - target;
        let root = decreasing_root(excess, sample.vi, "the residual Q-profile equation")?;
        Ok(Tau2::closed(root.unwrap_or(0.0)))
    };
    match method {
        Tau2Method::Dl => closed(generalised(sample, f64::recip)),
        Tau2Method::He => closed(generalised(sample, |_| 1.0)),
        Tau2Method::Hs => closed(Ok((sample.at(0.0)?.q - k) / total)),
        Tau2Method::Hsk => closed(Ok((sample.at(0.0)?.q * k / df - k) / total)),
        Tau2Method::Sj => closed(sidik_jonkman(sample)),
        Tau2Method::Dl2 => {
            let first = generalised(sample, f64::recip)?.max(0.0);
            closed(generalised(sample, |v| 1.0 / (v + first)))
        }
        Tau2Method::Genq => closed(generalised(sample, |v| genq.weight(v))),
        Tau2Method::Genqm => {
            let q = GeneralisedQ::new(sample, genq)?;
            Ok(Tau2::closed(q.solve(sample, 0.5)?.unwrap_or(0.0)))
        }
        Tau2Method::Pm | Tau2Method::Eb => q_equals(df),
        Tau2Method::Pmm => q_equals(chi_squared::quantile(0.5, df)),
        Tau2Method::Ml => maximise(sample, Criterion::Ml),
        Tau2Method::Reml => maximise(sample, Criterion::Reml),
    }
}

/// The interval of the residual `τ²`.
pub(crate) fn limits(
    sample: &Sample<'_>,
    method: Tau2Method,
    estimate: f64,
    ci: Tau2Ci,
    genq: GenqWeights,
    level: Level,
) -> Result<Tau2Limits, ModelError> {
    let df = sample.df();
    let needs = |needs| Err(ModelError::Tau2CiNeeds { ci, tau2: method, needs });
    match (ci, method) {
        (Tau2Ci::Qp, _) => {
            let solve = |target: f64| {
                let excess = |tau2: f64| sample.q(tau2) - target;
                decreasing_root(excess, sample.vi, "the residual Q-profile interval")
            };
            let lower = solve(chi_squared::quantile_upper(level.tail(), df))?;
            let upper = solve(chi_squared::quantile(level.tail(), df))?;
            Ok(from_roots(lower, upper))
        }
        (Tau2Ci::Pl, Tau2Method::Ml | Tau2Method::Reml) => {
            let criterion = if method == Tau2Method::Ml { Criterion::Ml } else { Criterion::Reml };
            let height = |tau2| log_likelihood(sample, criterion, tau2);
            let landscape = Landscape::new(&Equation { sample, criterion });
            within_cut(landscape, height, estimate, sample.vi, level)
        }
        (Tau2Ci::Pl, _) => needs("ML or REML"),
        (Tau2Ci::Genq, _) => {
            let q = GeneralisedQ::new(sample, genq)?;
            let tail = level.tail();
            Ok(from_roots(q.solve(sample, 1.0 - tail)?, q.solve(sample, tail)?))
        }
        // Biggerstaff and Tweedie gave their moments for the model without moderators.
        (Tau2Ci::Bt, _) => needs("no moderators"),
    }
}

/// `τ² = (Qₐ − tr(PₐV))/tr(Pₐ)` with weights `a(vᵢ)`.
fn generalised(sample: &Sample<'_>, a: impl Fn(f64) -> f64) -> Result<f64, ModelError> {
    let solution = sample.solve(&a)?;
    let [sum, sum_v] = sample.vi.iter().fold([0.0; 2], |[s, sv], &v| [s + a(v), sv + a(v) * v]);
    let lost = |h: &dyn Fn(f64) -> f64| solution.factor.solve(&sample.gram(h)).trace();
    let trace = sum - lost(&|v| a(v) * a(v));
    let mean = sum_v - lost(&|v| a(v) * a(v) * v);
    Ok((solution.q - mean) / trace)
}

/// Sidik and Jonkman 2005, started at the variance of the effects around their plain mean.
fn sidik_jonkman(sample: &Sample<'_>) -> Result<f64, ModelError> {
    let k = sample.yi.len() as f64;
    let mean = sample.yi.iter().sum::<f64>() / k;
    let start = sample.yi.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / k;
    if start == 0.0 {
        return Ok(0.0);
    }
    Ok(start * sample.at(start)?.q / sample.df())
}

/// The log-likelihood at `tau2`; REML with the constant `½ ln det X'X`, as metafor prints it.
pub(crate) fn log_likelihood(sample: &Sample<'_>, criterion: Criterion, tau2: f64) -> f64 {
    let Ok(solution) = sample.at(tau2) else { return f64::NEG_INFINITY };
    let ln_2pi = (2.0 * std::f64::consts::PI).ln();
    let ln_v: f64 = sample.vi.iter().map(|v| (v + tau2).ln()).sum();
    let (rank, determinants) = match criterion {
        Criterion::Reml => {
            let gram = Cholesky::new(sample.gram(|_| 1.0)).map_or(0.0, |factor| ln_det(&factor));
            (sample.df(), ln_det(&solution.factor) - gram)
        }
        Criterion::Ml | Criterion::MlAt(_) => (sample.yi.len() as f64, 0.0),
    };
    -0.5 * (rank.mul_add(ln_2pi, ln_v) + determinants + solution.q)
}

/// The highest maximum of the likelihood.
pub(crate) fn maximise(sample: &Sample<'_>, criterion: Criterion) -> Result<Tau2, ModelError> {
    // The design has full rank: this fails here or nowhere.
    sample.at(0.0)?;
    let landscape = Landscape::new(&Equation { sample, criterion });
    Ok(Tau2 {
        value: landscape.top(|tau2| log_likelihood(sample, criterion, tau2)),
        modes: landscape.maxima.len().max(1),
        iterations: landscape.evaluations,
    })
}

/// The likelihood equation on a design.
struct Equation<'a> {
    sample: &'a Sample<'a>,
    criterion: Criterion,
}

impl LikelihoodEquation for Equation<'_> {
    fn at(&self, tau2: f64) -> Point {
        let sample = self.sample;
        let weight = |v: f64| 1.0 / (v + tau2);
        let Ok(solution) = sample.solve(weight) else {
            return Point { tau2, fit: 0.0, trace: 1.0, fit_slope: 0.0, trace_slope: 0.0 };
        };
        let [mut w1, mut w2, mut fit, mut cubes] = [0.0; 4];
        let mut xwu = nalgebra::DVector::zeros(sample.x.ncols());
        for ((row, &r), &v) in sample.x.row_iter().zip(&solution.residuals).zip(sample.vi) {
            let w = weight(v);
            let u = w * r;
            w1 += w;
            w2 += w * w;
            fit += u * u;
            cubes += w * u * u;
            for (sum, x) in xwu.iter_mut().zip(row.iter()) {
                *sum += w * u * x;
            }
        }
        let fit_slope = (cubes - xwu.dot(&solution.factor.solve(&xwu))).max(0.0);
        let (trace, trace_slope) = match self.criterion {
            Criterion::Reml => {
                let second = solution.factor.solve(&sample.gram(|v| weight(v).powi(2)));
                let third = solution.factor.solve(&sample.gram(|v| weight(v).powi(3)));
                (w1 - second.trace(), w2 - 2.0 * third.trace() + (&second * &second).trace())
            }
            Criterion::Ml | Criterion::MlAt(_) => (w1, w2),
        };
        Point { tau2, fit, trace, fit_slope, trace_slope }
    }

    fn last_root(&self) -> f64 {
        let sample = self.sample;
        let squares = sample.solve(|_| 1.0).map_or(0.0, |plain| plain.q);
        let rank = match self.criterion {
            Criterion::Reml => sample.df(),
            Criterion::Ml | Criterion::MlAt(_) => sample.yi.len() as f64,
        };
        let largest = sample.vi.iter().copied().fold(0.0, f64::max);
        largest_root(squares, rank, self.smallest_variance(), largest)
    }

    fn smallest_variance(&self) -> f64 {
        self.sample.vi.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// `Qₐ` on a design with its observed value (Jackson and Turner 2014).
struct GeneralisedQ {
    /// `Pₐ = A − AX(X'AX)⁻¹X'A`.
    p: DMatrix<f64>,
    observed: f64,
}

/// The most studies whose k × k eigenproblem is solved.
const MOST_STUDIES: usize = 300;

impl GeneralisedQ {
    fn new(sample: &Sample<'_>, weights: GenqWeights) -> Result<Self, ModelError> {
        let k = sample.yi.len();
        if k > MOST_STUDIES {
            return Err(ModelError::TooManyStudies {
                method: "the exact distribution of the generalised Q of a regression",
                k,
                limit: MOST_STUDIES,
            });
        }
        let solution = sample.solve(|v| weights.weight(v))?;
        let mut ax = sample.x.clone();
        for (mut row, &v) in ax.row_iter_mut().zip(sample.vi) {
            row *= weights.weight(v);
        }
        let a = nalgebra::DVector::from_iterator(k, sample.vi.iter().map(|&v| weights.weight(v)));
        let p = DMatrix::from_diagonal(&a) - &ax * solution.factor.solve(&ax.transpose());
        Ok(Self { p, observed: solution.q })
    }

    /// `P(Qₐ < observed)` at `tau2`; falls as `tau2` grows.
    fn below(&self, sample: &Sample<'_>, tau2: f64) -> f64 {
        let s = |i: usize| sample.vi.get(i).map_or(0.0, |v| (v + tau2).sqrt());
        let k = self.p.nrows();
        let scaled = DMatrix::from_fn(k, k, |i, j| s(i) * self.p[(i, j)] * s(j));
        let mut eigenvalues: Vec<f64> =
            SymmetricEigen::new(scaled).eigenvalues.iter().copied().collect();
        eigenvalues.sort_by(f64::total_cmp);
        // As many eigenvalues as coefficients are 0 by construction.
        let positive = eigenvalues.get(sample.x.ncols()..).unwrap_or_default();
        quadratic_form::cdf(positive, self.observed)
    }

    fn solve(&self, sample: &Sample<'_>, probability: f64) -> Result<Option<f64>, ModelError> {
        decreasing_root(
            |tau2| self.below(sample, tau2) - probability,
            sample.vi,
            "the generalised-Q equation of the residual τ²",
        )
    }
}
