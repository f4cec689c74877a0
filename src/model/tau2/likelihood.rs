//! Maximum and restricted maximum likelihood: every stationary point in `τ²`, the highest one wins.
//!
//! Both likelihoods can have several maxima. Their score is a difference of two falling functions,
//! and so is its slope; that bounds both on any interval (see [`super::score`]). Intervals are
//! halved until each provably holds no root or exactly one.

use super::{
    Tau2,
    score::{Equation, LikelihoodEquation, Point},
};
use crate::model::weighted::{Weighted, sums};

/// What is maximised over `τ²`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Criterion {
    /// The likelihood, the mean profiled out.
    Ml,
    /// The restricted likelihood.
    Reml,
    /// The likelihood at a mean held fixed.
    MlAt(f64),
}

/// The log-likelihood at `tau2`; REML with the constant `½ ln k` (Harville 1974), as metafor prints it.
pub(crate) fn log_likelihood(yi: &[f64], vi: &[f64], criterion: Criterion, tau2: f64) -> f64 {
    let ln_2pi = (2.0 * std::f64::consts::PI).ln();
    let k = yi.len() as f64;
    let [ln_v] = sums(yi, vi, |_, v| [(v + tau2).ln()]);
    match criterion {
        Criterion::MlAt(mean) => {
            let [q] = sums(yi, vi, |y, v| [(y - mean) * (y - mean) / (v + tau2)]);
            -0.5 * (k.mul_add(ln_2pi, ln_v) + q)
        }
        Criterion::Ml => -0.5 * (k.mul_add(ln_2pi, ln_v) + Weighted::at(yi, vi, tau2).q),
        Criterion::Reml => {
            let fit = Weighted::at(yi, vi, tau2);
            -0.5 * ((k - 1.0).mul_add(ln_2pi, ln_v) + fit.w.ln() - k.ln() + fit.q)
        }
    }
}

/// Where a likelihood rises and falls: its stationary points over `τ² ≥ 0`, ascending.
#[derive(Clone, Debug)]
pub(crate) struct Landscape {
    /// Local maxima; 0 is one where the likelihood falls from there.
    pub(crate) maxima: Vec<f64>,
    /// Local minima between them.
    pub(crate) minima: Vec<f64>,
    pub(crate) evaluations: usize,
}

/// Evaluations after which intervals are no longer halved; reached only where rounding decides.
const BUDGET: usize = 4000;

/// Two stationary points closer than this, relative to `τ² + min vᵢ`, are not told apart: the
/// likelihood between them differs by less than rounding.
const RESOLUTION: f64 = 1e-7;

impl Landscape {
    pub(crate) fn new(equation: &impl LikelihoodEquation) -> Self {
        let zero = equation.at(0.0);
        let mut found = Self { maxima: Vec::with_capacity(2), minima: Vec::new(), evaluations: 2 };
        if zero.score() <= 0.0 {
            found.maxima.push(0.0);
        }
        let end = equation.at(equation.last_root());
        let mut open = vec![(zero, end)];
        while let Some((left, right)) = open.pop() {
            found.examine(equation, &mut open, left, right);
        }
        found
    }

    /// Finds the root between two points, or leaves the two halves in `open`, the left one on top.
    fn examine(
        &mut self,
        equation: &impl LikelihoodEquation,
        open: &mut Vec<(Point, Point)>,
        left: Point,
        right: Point,
    ) {
        let width = right.tau2 - left.tau2;
        let fine = width <= RESOLUTION * equation.shifted(right.tau2);
        if width <= 0.0 || Point::no_root(&left, &right) {
            return;
        }
        if fine || self.evaluations >= BUDGET || Point::monotone(&left, &right) {
            if left.score() > 0.0 && right.score() <= 0.0 {
                self.maxima.push(equation.root(&left, &right, &mut self.evaluations));
            } else if left.score() < 0.0 && right.score() >= 0.0 {
                self.minima.push(equation.root(&left, &right, &mut self.evaluations));
            }
            return;
        }
        let middle = equation.at(equation.between(left.tau2, right.tau2));
        self.evaluations += 1;
        open.push((middle, right));
        open.push((left, middle));
    }

    /// The highest maximum.
    pub(crate) fn top(&self, height: impl Fn(f64) -> f64) -> f64 {
        match self.maxima.as_slice() {
            [] => 0.0,
            [only] => *only,
            several => {
                several
                    .iter()
                    .map(|&tau2| (tau2, height(tau2)))
                    .fold(
                        (0.0, f64::NEG_INFINITY),
                        |best, next| {
                            if next.1 > best.1 { next } else { best }
                        },
                    )
                    .0
            }
        }
    }
}

/// The global maximum over `τ² ≥ 0`.
pub(crate) fn maximise(yi: &[f64], vi: &[f64], criterion: Criterion) -> Tau2 {
    let landscape = Landscape::new(&Equation::new(yi, vi, criterion));
    Tau2 {
        value: landscape.top(|tau2| log_likelihood(yi, vi, criterion, tau2)),
        modes: landscape.maxima.len().max(1),
        iterations: landscape.evaluations,
    }
}
