//! The beta-binomial log-likelihood, in a form that is exact from ρ = 1 to the binomial limit.
//!
//! With `s = α + β`, `π = (α + x)/(s + n)` and Stirling's formula for every gamma function,
//!
//! `ln P(x) = ln Bin(x; n, x/n) − n·KL(x/n ‖ π) − s·KL(μ ‖ π)
//!            + ½ ln[(1 + n/s)/((1 + x/α)(1 + y/β))] + δ(α, x) + δ(β, y) − δ(s, n)`
//!
//! where `δ(a, m)` is the change of Stirling's remainder. No term is larger than the result by more
//! than a few digits, whatever `n` and `s`: sums of `ln Γ` of 10⁹ or of 10¹² would lose seven.

use super::stirling::Base;
use crate::{
    model::one_step::{Effort, Ladder, Point, Pooled, Surface, Zero, divergence, ln_ratio},
    numeric::{Sum, special},
    study::Counts,
};

/// The log scale at which ρ is 1 in 53 bits.
pub(super) const ONE: f64 = 40.0;

/// The studies as the likelihood sees them: equal counts once, in ascending order.
#[derive(Clone, Debug)]
pub(super) struct Overdispersed {
    pooled: Pooled,
    cells: Vec<(Counts, f64)>,
}

impl Overdispersed {
    pub(super) fn new(counts: &[Counts]) -> Self {
        let mut sorted = counts.to_vec();
        sorted.sort_unstable();
        let pooled = Pooled::new(&sorted);
        let cells = sorted
            .chunk_by(|a, b| a == b)
            .filter_map(|equal| Some((*equal.first()?, equal.len() as f64)))
            .collect();
        Self { pooled, cells }
    }
}

/// Location and scale as the formulas need them.
struct Shape {
    mean: f64,
    complement: f64,
    s: f64,
    alpha: Base,
    beta: Base,
    sum: Base,
}

/// The log-likelihood of one study (less its saturated one), with derivatives in `(μ, s)`.
struct Term {
    value: f64,
    mean: f64,
    s: f64,
    mean_mean: f64,
    mean_s: f64,
    s_s: f64,
}

impl Shape {
    fn new(location: f64, log_scale: f64) -> Self {
        let (mean, complement) = (special::expit(location), special::expit(-location));
        let s = (-log_scale).exp();
        Self {
            mean,
            complement,
            s,
            alpha: Base::new(s * mean),
            beta: Base::new(s * complement),
            sum: Base::new(s),
        }
    }

    fn term(&self, x: f64, n: f64) -> Term {
        let y = n - x;
        let Self { mean, complement, s, .. } = *self;
        let (alpha, beta) = (s * mean, s * complement);
        // x − nμ, from the side of the smaller rate.
        let excess = if mean <= complement { x - n * mean } else { n * complement - y };
        let total = s + n;
        let (pi, pi_complement) = ((alpha + x) / total, (beta + y) / total);
        let moved = excess / total;
        let raw = (x / n, y / n);
        let from_raw = divergence(raw, (pi, pi_complement), -moved * s / n);
        let from_mean = divergence((mean, complement), (pi, pi_complement), moved);
        let (a, b, c) = (self.alpha.to(x), self.beta.to(y), self.sum.to(n));
        let odds = ln_ratio(mean, pi, moved) - ln_ratio(complement, pi_complement, -moved);
        let spread = pi * pi_complement;
        let psi_difference = odds + a.digamma - b.digamma;
        Term {
            value: -n * from_raw - s * from_mean
                + 0.5 * ((n / s).ln_1p() - (x / alpha).ln_1p() - (y / beta).ln_1p())
                + (a.gamma + b.gamma - c.gamma),
            mean: s * psi_difference,
            s: -from_mean + mean * a.digamma + complement * b.digamma - c.digamma,
            mean_mean: s
                * s
                * (a.trigamma + b.trigamma - x / alpha / (alpha + x) - y / beta / (beta + y)),
            mean_s: odds - s / total * moved / spread
                + (a.digamma - b.digamma)
                + s * (mean * a.trigamma - complement * b.trigamma),
            s_s: moved * moved / (total * spread)
                + mean * mean * a.trigamma
                + complement * complement * b.trigamma
                - c.trigamma,
        }
    }
}

impl Surface for Overdispersed {
    /// In `(logit μ, logit ρ)`; `s = 1/ρ − 1 = e^{−logit ρ}`.
    fn at(&self, location: f64, log_scale: f64, _: Effort) -> Point {
        let shape = Shape::new(location, log_scale);
        let w = shape.mean * shape.complement;
        let s = shape.s;
        let mut sums = [Sum::default(); 6];
        for (counts, times) in &self.cells {
            let t = shape.term(counts.x(), counts.n());
            let terms = [
                t.value,
                w * t.mean,
                -s * t.s,
                w * (w * t.mean_mean + (shape.complement - shape.mean) * t.mean),
                -s * w * t.mean_s,
                s * (s * t.s_s + t.s),
            ];
            for (sum, term) in sums.iter_mut().zip(terms) {
                sum.add(times * term);
            }
        }
        let [value, a, l, aa, al, ll] = sums.map(Sum::value);
        Point {
            value: value + self.pooled.saturated,
            score: [a, l],
            hessian: [aa, al, ll],
            settled: true,
        }
    }

    fn zero(&self) -> Zero {
        let (rate, complement) = (self.pooled.rate(), self.pooled.complement());
        // d ln L/dρ at 0: half of what Pearson's X² exceeds its expectation by, study by study.
        let pearson: Sum = self
            .cells
            .iter()
            .map(|(c, times)| {
                let excess = if rate <= complement {
                    c.x() - c.n() * rate
                } else {
                    c.n() * complement - (c.n() - c.x())
                };
                times * (excess * excess / (rate * complement) - c.n())
            })
            .collect();
        Zero {
            location: self.pooled.events.ln() - self.pooled.non_events.ln(),
            value: self.pooled.log_likelihood(),
            information: self.pooled.total() * rate * complement,
            slope: 0.5 * pearson.value(),
        }
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        let (p, q) = (self.pooled.rate(), self.pooled.complement());
        let (mean, complement) = (special::expit(location), special::expit(-location));
        let difference = if p <= q { mean - p } else { q - complement };
        let n = self.pooled.total();
        (
            self.pooled.log_likelihood() - n * divergence((p, q), (mean, complement), difference),
            -n * difference,
        )
    }

    fn ladder(&self) -> Ladder {
        let largest = self.cells.iter().map(|(c, _)| c.n()).fold(1.0, f64::max);
        Ladder { first: (0.0025 / largest).ln(), step: 1.2, last: 0.0, limit: ONE }
    }
}
