//! The likelihood equation of `τ²`: its two sides, their slopes, and what these prove.
//!
//! Twice the score is `a(τ²) − b(τ²)`, for REML with `a = y'PPy` and `b = tr(P)`, for ML with
//! `b = Σw`. Its slope is `tr(PP) − 2y'PPPy` (ML: `Σw² − 2y'PPPy`). All four terms fall as `τ²`
//! grows, so that their values at the ends of an interval bound score and slope inside it.

use super::Criterion;
use crate::model::weighted::{Traces, heaviest, sums};

/// A likelihood equation in `τ²`, for any design.
pub(crate) trait LikelihoodEquation {
    /// Both sides at `tau2`.
    fn at(&self, tau2: f64) -> Point;

    /// Beyond this `τ²` the score is negative.
    fn last_root(&self) -> f64;

    /// The smallest sampling variance.
    fn smallest_variance(&self) -> f64;

    /// `τ² + min vᵢ`, the scale on which the equation bends.
    fn shifted(&self, tau2: f64) -> f64 {
        tau2 + self.smallest_variance()
    }

    /// The middle of an interval on the logarithm of that scale.
    fn between(&self, left: f64, right: f64) -> f64 {
        let ratio = (right - left) / self.shifted(left);
        left + self.shifted(left) * (0.5 * ratio.ln_1p()).exp_m1()
    }

    /// The root between two points of different sign, by Newton's method on the logarithm of
    /// `a/b` against that of `τ² + min vᵢ`, where it is nearly straight, kept within the bracket.
    fn root(&self, left: &Point, right: &Point, evaluations: &mut usize) -> f64 {
        let falls = left.score() > 0.0;
        let (mut lo, mut hi) = (left.tau2, right.tau2);
        let mut tau2 = self.between(lo, hi);
        for _ in 0..MAX_STEPS {
            let point = self.at(tau2);
            *evaluations += 1;
            let score = point.score();
            if score == 0.0 {
                return tau2;
            }
            if (score > 0.0) == falls {
                lo = tau2;
            } else {
                hi = tau2;
            }
            let slope = point.trace_slope / point.trace - 2.0 * point.fit_slope / point.fit;
            let step = -(point.fit / point.trace).ln() / (slope * self.shifted(tau2));
            let newton = tau2 + self.shifted(tau2) * step.exp_m1();
            let small = f64::EPSILON * (2.0 * tau2 + self.shifted(tau2));
            if (newton - tau2).abs() <= small || hi - lo <= small {
                return newton.clamp(lo, hi);
            }
            tau2 = if newton > lo && newton < hi { newton } else { self.between(lo, hi) };
        }
        tau2
    }
}

/// The largest root the score can have, from the sum of squares of the effects around the design,
/// the rank of the trace, and the range of the sampling variances.
///
/// `y'PPy ≤ S/(v_min+τ²)²` and `tr ≥ m/(v_max+τ²)`; the bound solves the quadratic where they meet.
pub(crate) fn largest_root(squares: f64, rank: f64, smallest: f64, largest: f64) -> f64 {
    let s = squares.max(0.0) / rank;
    let edge = 0.5 * (s + (4.0 * s).mul_add(largest - smallest, s * s).sqrt());
    // A hair beyond the bound, so that rounding cannot leave the last root outside.
    (edge * (1.0 + 1e-9) - smallest).max(0.0)
}

/// The equation without moderators: effects relative to the heaviest study (or to a fixed mean), which
/// stands apart.
#[derive(Debug)]
pub(super) struct Equation {
    criterion: Criterion,
    /// The other studies.
    y: Vec<f64>,
    v: Vec<f64>,
    /// The heaviest study.
    top_y: f64,
    top_v: f64,
}

/// Both sides of the equation and their slopes at one `τ²`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) tau2: f64,
    /// `y'PPy`.
    pub(crate) fit: f64,
    /// `tr(P)` or `Σw`.
    pub(crate) trace: f64,
    /// `y'PPPy`, minus half the slope of `fit`.
    pub(crate) fit_slope: f64,
    /// `tr(PP)` or `Σw²`, minus the slope of `trace`.
    pub(crate) trace_slope: f64,
}

impl Point {
    /// Twice the derivative of the log-likelihood.
    pub(crate) fn score(&self) -> f64 {
        self.fit - self.trace
    }

    /// The most and the least the slope of the score can be between two points.
    fn slopes(left: &Self, right: &Self) -> (f64, f64) {
        (left.trace_slope - 2.0 * right.fit_slope, right.trace_slope - 2.0 * left.fit_slope)
    }

    /// Whether the score provably has one sign between two points.
    pub(super) fn no_root(left: &Self, right: &Self) -> bool {
        if (left.score() > 0.0) != (right.score() > 0.0) {
            return false;
        }
        let width = right.tau2 - left.tau2;
        let (steepest, lowest) = Self::slopes(left, right);
        let (rise, fall) = (steepest.max(0.0) * width, lowest.min(0.0) * width);
        let at_most = (left.fit - right.trace).min(left.score() + rise).min(right.score() - fall);
        let at_least = (right.fit - left.trace).max(left.score() + fall).max(right.score() - rise);
        at_most < 0.0 || at_least > 0.0
    }

    /// Whether the score provably only falls or only rises between two points.
    pub(super) fn monotone(left: &Self, right: &Self) -> bool {
        let (steepest, lowest) = Self::slopes(left, right);
        steepest <= 0.0 || lowest >= 0.0
    }
}

/// Newton steps before bisection has certainly ended.
const MAX_STEPS: usize = 200;

impl Equation {
    pub(super) fn new(yi: &[f64], vi: &[f64], criterion: Criterion) -> Self {
        let at = heaviest(vi);
        let first = yi.get(at).copied().unwrap_or(0.0);
        let origin = if let Criterion::MlAt(mean) = criterion { mean } else { first };
        let others = |values: &[f64], origin: f64| {
            let kept = values.iter().enumerate().filter(|(i, _)| *i != at);
            kept.map(|(_, value)| value - origin).collect::<Vec<f64>>()
        };
        Self {
            criterion,
            y: others(yi, origin),
            v: others(vi, 0.0),
            top_y: first - origin,
            top_v: vi.get(at).copied().unwrap_or(1.0),
        }
    }
}

impl LikelihoodEquation for Equation {
    fn smallest_variance(&self) -> f64 {
        self.top_v
    }

    fn at(&self, tau2: f64) -> Point {
        let top = 1.0 / (self.top_v + tau2);
        match self.criterion {
            Criterion::MlAt(_) => {
                let [w1, w2, fit, fit_slope] = sums(&self.y, &self.v, |y, v| {
                    let w = 1.0 / (v + tau2);
                    let (w2, wy2) = (w * w, w * y * y);
                    [w, w2, w * wy2, w2 * wy2]
                });
                let r2 = top * top * self.top_y * self.top_y;
                Point {
                    tau2,
                    fit: fit + r2,
                    trace: w1 + top,
                    fit_slope: fit_slope + top * r2,
                    trace_slope: w2 + top * top,
                }
            }
            Criterion::Ml | Criterion::Reml => {
                let [w1, w2, w3, a1, a2, a3, b2, b3] = sums(&self.y, &self.v, |y, v| {
                    let w = 1.0 / (v + tau2);
                    let (w2, wy) = (w * w, w * y);
                    let (w2y, w2y2) = (w * wy, wy * wy);
                    [w, w2, w2 * w, wy, w2y, w * w2y, w2y2, w * w2y2]
                });
                let traces = Traces::new(top, [w1, w2, w3]);
                let mean = a1 / traces.w();
                // The heaviest study has y = 0: what these differences lose is bounded by k.
                let fit = (mean * traces.w2() - 2.0 * a2).mul_add(mean, b2);
                let cubes = (mean * (w3 + top * top * top) - 2.0 * a3).mul_add(mean, b3);
                let squares = a2 - mean * traces.w2();
                let (trace, trace_slope) = match self.criterion {
                    Criterion::Reml => (traces.p(), traces.pp()),
                    _ => (traces.w(), traces.w2()),
                };
                Point {
                    tau2,
                    fit: fit.max(0.0),
                    trace,
                    fit_slope: (cubes - squares * squares / traces.w()).max(0.0),
                    trace_slope,
                }
            }
        }
    }

    fn last_root(&self) -> f64 {
        let k = self.y.len() as f64 + 1.0;
        let [total, squares] = sums(&self.y, &self.v, |y, _| [y, y * y]);
        let (rank, squares) = match self.criterion {
            Criterion::MlAt(_) => (k, squares + self.top_y * self.top_y),
            Criterion::Ml => (k, squares - total * total / k),
            Criterion::Reml => (k - 1.0, squares - total * total / k),
        };
        let largest = self.v.iter().copied().fold(self.top_v, f64::max);
        largest_root(squares, rank, self.top_v, largest)
    }
}
