//! The likelihood of one study's two groups, averaged over its random effects.
//!
//! The groups have the values `η₁ = α + a + (θ + u)/2` and `η₂ = α + a − (θ + u)/2`, with
//! `a ~ N(0, σ²)` where the intercept is random and `u ~ N(0, τ²)` where the effect is. The integrand is
//! log-concave. It is centred at its mode and scaled by its curvature there, and summed over equidistant
//! nodes, in one dimension or two, whose distance is halved until the sum settles: for analytic
//! integrands that fall off on all sides this converges as fast as Gauss–Hermite quadrature (Trefethen
//! and Weideman 2014) and keeps every value.

use super::poisson::Poisson;
use crate::model::{
    glmm::{Jet, Kernel, Likelihood},
    one_step::Effort,
};

/// Terms smaller than e to the minus this, relative to the largest, are left out.
const CUT: f64 = 33.0;
/// Half the distance may move the integral by this much: the error left is about its square.
const MOVE: f64 = 2e-6;
const MAX_HALVINGS: usize = 8;
/// A row of nodes longer than this has no end.
const MAX_ROW: usize = 1 << 14;
const HALF_LN_2PI: f64 = 0.918_938_533_204_672_8;

/// The likelihood of one group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Arm {
    /// Events of a total, on the logit scale.
    Binomial(Kernel),
    /// Events over time, on the log scale.
    Poisson(Poisson),
}

impl Arm {
    #[inline]
    fn at(&self, eta: f64) -> Jet {
        match self {
            Self::Binomial(kernel) => kernel.at(eta),
            Self::Poisson(poisson) => poisson.at(eta),
        }
    }

    /// The raw value, or for a group with an empty cell where its likelihood has fallen to 1/e.
    pub(super) fn place(&self) -> f64 {
        let of = |study: &dyn Likelihood| study.step().map_or_else(|| study.peak(), |(at, _)| at);
        match self {
            Self::Binomial(kernel) => of(kernel),
            Self::Poisson(poisson) => of(poisson),
        }
    }
}

/// The groups of one study.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arms {
    pub(super) first: Arm,
    pub(super) second: Arm,
}

/// Where to evaluate: the parameters on their own scales; `None` is a variance of 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) alpha: f64,
    pub(super) theta: f64,
    pub(super) sigma: Option<f64>,
    pub(super) tau: Option<f64>,
}

/// A log-likelihood with derivatives in `(α, θ, ln σ, ln τ)`; 0 for a scale that is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jet4 {
    pub(super) value: f64,
    pub(super) score: [f64; 4],
    pub(super) hessian: [[f64; 4]; 4],
    pub(super) settled: bool,
}

/// The log integrand at one pair of effects with its slopes and curvatures in `(α, θ)`.
struct Height {
    value: f64,
    slope: [f64; 2],
    bend: [f64; 3],
}

/// Nodes: `(a, u) = centre + along·t + across·s` at multiples of a distance.
struct Lattice {
    centre: [f64; 2],
    along: [f64; 2],
    /// `None` in one dimension.
    across: Option<[f64; 2]>,
    /// How much of the plane (or line) one unit of `(t, s)` is.
    unit: f64,
    /// The log integrand at the centre.
    top: f64,
}

impl Arms {
    /// The raw difference of the groups' values, with its information; a group with an empty cell has
    /// the value and the information of where its likelihood has fallen to 1/e.
    pub(super) fn difference(&self) -> (f64, f64) {
        let (first, second) = (self.first.place(), self.second.place());
        let spread = |arm: &Arm, place: f64| 1.0 / -arm.at(place).curvature;
        let variance = spread(&self.first, first) + spread(&self.second, second);
        (first - second, variance.recip())
    }

    fn height(&self, at: &At, [a, u]: [f64; 2]) -> Height {
        let half = 0.5 * (at.theta + u);
        let first = self.first.at(at.alpha + a + half);
        let second = self.second.at(at.alpha + a - half);
        let prior = |effect: f64, scale: Option<f64>| scale.map_or(0.0, |s| (effect / s).powi(2));
        Height {
            value: first.value + second.value - 0.5 * (prior(a, at.sigma) + prior(u, at.tau)),
            slope: [first.slope + second.slope, 0.5 * (first.slope - second.slope)],
            bend: [
                first.curvature + second.curvature,
                0.5 * (first.curvature - second.curvature),
                0.25 * (first.curvature + second.curvature),
            ],
        }
    }

    /// The log-likelihood of the study, less the largest of its two groups'.
    pub(super) fn at(&self, at: &At, effort: Effort) -> Jet4 {
        if at.sigma.is_none() && at.tau.is_none() {
            let here = self.height(at, [0.0; 2]);
            let [p, q] = here.slope;
            let [aa, at, tt] = here.bend;
            let mut hessian = [[0.0; 4]; 4];
            hessian[0] = [aa, at, 0.0, 0.0];
            hessian[1] = [at, tt, 0.0, 0.0];
            return Jet4 { value: here.value, score: [p, q, 0.0, 0.0], hessian, settled: true };
        }
        let lattice = self.lattice(at);
        let mut sums = [0.0; 15];
        let mut h = 1.0;
        self.plane(at, &lattice, (0.0, 0.0, h), &mut sums);
        let mut settled = effort == Effort::Scan;
        let two = lattice.across.is_some();
        for _ in 0..MAX_HALVINGS {
            if settled {
                break;
            }
            let before = sums[0] * if two { h * h } else { h };
            self.plane(at, &lattice, (0.5, 0.0, h), &mut sums);
            if two {
                self.plane(at, &lattice, (0.0, 0.5, h), &mut sums);
                self.plane(at, &lattice, (0.5, 0.5, h), &mut sums);
            }
            h *= 0.5;
            let now = sums[0] * if two { h * h } else { h };
            settled = (now / before - 1.0).abs() < MOVE;
        }
        let cell = lattice.unit * if two { h * h } else { h };
        let scales = [at.sigma, at.tau].into_iter().flatten();
        let norm: f64 = scales.map(|scale| scale.ln() + HALF_LN_2PI).sum();
        finish(&sums, lattice.top + (sums[0] * cell).ln() - norm, settled)
    }

    /// Adds the nodes that stand `offset_t` and `offset_s` distances `h` beside the centre's grid.
    fn plane(
        &self,
        at: &At,
        lattice: &Lattice,
        (offset_t, offset_s, h): (f64, f64, f64),
        sums: &mut [f64; 15],
    ) {
        let Some(across) = lattice.across else {
            self.row(at, lattice, lattice.centre, (offset_t * h, h), sums);
            return;
        };
        for direction in [1.0, -1.0] {
            // The centre's own row belongs to the upward half.
            let mut s = match (direction > 0.0, offset_s > 0.0) {
                (true, _) => offset_s,
                (false, true) => offset_s - 1.0,
                (false, false) => -1.0,
            };
            let mut start = offset_t * h;
            for _ in 0..MAX_ROW {
                let [a, u] = lattice.centre;
                let from = [a + across[0] * s * h, u + across[1] * s * h];
                let (highest, best) = self.row(at, lattice, from, (start, h), sums);
                if highest < -CUT {
                    break;
                }
                start = best;
                s += direction;
            }
        }
    }

    /// Adds one row of nodes, from `start` in both directions; returns the largest log height and where.
    fn row(
        &self,
        at: &At,
        lattice: &Lattice,
        [a, u]: [f64; 2],
        (start, h): (f64, f64),
        sums: &mut [f64; 15],
    ) -> (f64, f64) {
        let mut best = (f64::NEG_INFINITY, start);
        for direction in [1.0, -1.0] {
            let mut t = if direction > 0.0 { start } else { start - h };
            let mut last = f64::NEG_INFINITY;
            for _ in 0..MAX_ROW {
                let place = [a + lattice.along[0] * t, u + lattice.along[1] * t];
                let here = self.height(at, place);
                let log = here.value - lattice.top;
                if log > best.0 {
                    best = (log, t);
                }
                if log >= -CUT {
                    add(sums, log.exp(), &here, place);
                } else if log <= last || log.is_nan() || best.0 >= -CUT {
                    // Along a row the integrand rises to one top and falls.
                    break;
                }
                last = log;
                t += direction * h;
            }
        }
        best
    }

    /// Nodes around the mode: found by Newton's method with halved steps on a concave function.
    fn lattice(&self, at: &At) -> Lattice {
        let precision = |scale: Option<f64>| scale.map(|s| s.powi(-2));
        let (pa, pu) = (precision(at.sigma), precision(at.tau));
        // Gradient and curvature in (a, u); a missing effect does not move.
        let step_at = |here: &Height, [a, u]: [f64; 2]| {
            let [p, q] = here.slope;
            let [aa, au, uu] = here.bend;
            match (pa, pu) {
                (Some(pa), Some(pu)) => {
                    let (ga, gu) = (p - a * pa, q - u * pu);
                    let (caa, cau, cuu) = (pa - aa, -au, pu - uu);
                    let det = caa * cuu - cau * cau;
                    let step = [(cuu * ga - cau * gu) / det, (caa * gu - cau * ga) / det];
                    (step, step[0] * ga + step[1] * gu, [caa, cau, cuu])
                }
                (Some(pa), None) => {
                    let (g, c) = (p - a * pa, pa - aa);
                    ([g / c, 0.0], g * g / c, [c, 0.0, 0.0])
                }
                (None, Some(pu)) => {
                    let (g, c) = (q - u * pu, pu - uu);
                    ([0.0, g / c], g * g / c, [0.0, 0.0, c])
                }
                (None, None) => ([0.0; 2], 0.0, [0.0; 3]),
            }
        };
        let mut place = [0.0; 2];
        let mut here = self.height(at, place);
        let (mut step, mut promised, mut bend) = step_at(&here, place);
        for _ in 0..200 {
            if promised < 1e-3 {
                break;
            }
            let mut share = 1.0;
            let mut next = [place[0] + step[0], place[1] + step[1]];
            let mut there = self.height(at, next);
            while !above(there.value, here.value) && share > 1e-9 {
                share *= 0.5;
                next = [place[0] + share * step[0], place[1] + share * step[1]];
                there = self.height(at, next);
            }
            if !above(there.value, here.value) {
                break;
            }
            (place, here) = (next, there);
            (step, promised, bend) = step_at(&here, place);
        }
        let [caa, cau, cuu] = bend;
        let (along, across, unit) = match (pa, pu) {
            (Some(_), Some(_)) => {
                // The inverse of the curvature is the sum of the squares of these two directions.
                let along = [0.0, cuu.sqrt().recip()];
                let left = (caa - cau * cau / cuu).sqrt();
                (along, Some([left.recip(), -cau / (cuu * left)]), (along[1] / left).abs())
            }
            (Some(_), None) => ([caa.sqrt().recip(), 0.0], None, caa.sqrt().recip()),
            _ => ([0.0, cuu.sqrt().recip()], None, cuu.sqrt().recip()),
        };
        Lattice { centre: place, along, across, unit, top: here.value }
    }
}

/// Whether a value is above another; one that is not a number is not.
pub(super) fn above(a: f64, b: f64) -> bool {
    a > b
}

/// Adds a node's weight, and the weight times what the derivatives need.
fn add(sums: &mut [f64; 15], w: f64, here: &Height, [a, u]: [f64; 2]) {
    let [p, q] = here.slope;
    let [aa, at, tt] = here.bend;
    let (s, t) = (a * p, u * q);
    let terms = [
        1.0,
        p,
        q,
        s,
        t,
        aa + p * p,
        at + p * q,
        tt + q * q,
        a * aa + p * s,
        u * at + p * t,
        a * at + q * s,
        u * tt + q * t,
        s + a * a * aa + s * s,
        a * u * at + s * t,
        t + u * u * tt + t * t,
    ];
    for (sum, term) in sums.iter_mut().zip(terms) {
        *sum += w * term;
    }
}

/// Means over the effects given the data, as derivatives of the log-likelihood (Louis 1982).
fn finish(sums: &[f64; 15], value: f64, settled: bool) -> Jet4 {
    let [_, means @ ..] = sums.map(|sum| sum / sums[0]);
    let [p, q, s, t, pp, pq, qq, ps, pt, qs, qt, ss, st, tt] = means;
    let score = [p, q, s, t];
    let raw = [[pp, pq, ps, pt], [pq, qq, qs, qt], [ps, qs, ss, st], [pt, qt, st, tt]];
    let mut hessian = raw;
    for (row, a) in hessian.iter_mut().zip(score) {
        for (cell, b) in row.iter_mut().zip(score) {
            *cell -= a * b;
        }
    }
    Jet4 { value, score, hessian, settled }
}
