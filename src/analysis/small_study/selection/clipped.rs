//! The beta weight, whose p values are held inside [1e-5, 1 − 1e-5].
//!
//! A beta weight grows without limit towards p = 0 and p = 1, and its mean over a wide normal density
//! is infinite. Held at its values at 1e-5 and 1 − 1e-5 beyond them it has a mean for any density
//! (Citkowicz and Vevea 2017; metafor does the same).

use super::{
    moments::{Moments, at, between, hermite},
    weight::{SelectionKind, smooth},
};
use crate::numeric::normal;

/// The smallest p value, and the smallest 1 − p.
const LEAST: f64 = 1e-5;

/// Panels between the ends, each with this many nodes of Gauss and Legendre: a weight of both
/// exponents 99, the narrowest, has a standard deviation of a third of a panel.
const PANELS: u32 = 34;
const NODES: u32 = 12;

/// `ln p` and `ln(1 − p)` held to the range.
pub(super) fn clip((ln_p, ln_q): (f64, f64)) -> (f64, f64) {
    let (least, most) = (LEAST.ln(), (-LEAST).ln_1p());
    (ln_p.clamp(least, most), ln_q.clamp(least, most))
}

/// Where the weight bends, and nodes `(z, weight, (ln p, ln(1 − p)))` between.
#[derive(Clone, Debug)]
pub(super) struct Panels {
    end: f64,
    nodes: Vec<(f64, f64, (f64, f64))>,
}

impl Panels {
    pub(super) fn new() -> Self {
        let end = normal::quantile_upper(LEAST);
        let half = end / f64::from(PANELS);
        let rule = legendre();
        let nodes = (0..PANELS)
            .flat_map(|panel| {
                let centre = f64::from(2 * panel + 1).mul_add(half, -end);
                rule.iter().map(move |(t, w)| (half.mul_add(*t, centre), half * w))
            })
            .map(|(z, w)| (z, w, at(z)))
            .collect();
        Self { end, nodes }
    }

    /// The moments of the weighted density; `None` where it underflows.
    pub(super) fn moments(&self, delta: &[f64], m: f64, s: f64) -> Option<Moments> {
        let kind = SelectionKind::Beta;
        let unit = s * (2.0 * std::f64::consts::PI).sqrt();
        let t = |z: f64| (z - m) / s;
        let (least, most) = (LEAST.ln(), (-LEAST).ln_1p());
        let tails = [
            ((most, least), between(f64::NEG_INFINITY, t(-self.end))),
            ((least, most), between(t(self.end), f64::INFINITY)),
        ]
        .map(|((ln_p, ln_q), part)| (smooth(&kind, delta, ln_p, ln_q), part));
        let nodes = || {
            self.nodes.iter().map(|&(z, weight, (ln_p, ln_q))| {
                let w = smooth(&kind, delta, ln_p, ln_q);
                (w, w.value - 0.5 * t(z) * t(z), t(z), weight)
            })
        };
        let in_tails = tails.iter().map(|(w, part)| w.value + (unit * part[0]).ln());
        let top = nodes().map(|node| node.1).chain(in_tails).fold(f64::NEG_INFINITY, f64::max);
        let mut sums = Sums::default();
        for (w, height, t, weight) in nodes() {
            let mass = (height - top).exp() * weight;
            sums.add(w.gradient, hermite(t).map(|h| mass * h));
        }
        for (w, part) in tails {
            let scale = (w.value - top).exp() * unit;
            // A tail that underflows has a weight that may overflow.
            if part[0] > 0.0 {
                sums.add(w.gradient, part.map(|h| scale * h));
            }
        }
        sums.moments(top - unit.ln())
    }
}

/// Sums over the weighted density, times a common factor.
#[derive(Default)]
struct Sums {
    powers: [f64; 5],
    mixed: [[f64; 3]; 2],
    second: [[f64; 2]; 2],
}

impl Sums {
    /// Adds a part with the gradient of `ln w` and the integrals of 1, t, t²−1, … over it.
    fn add(&mut self, gradient: [f64; 2], part: [f64; 5]) {
        for (sum, h) in self.powers.iter_mut().zip(part) {
            *sum += h;
        }
        for (a, g) in gradient.into_iter().enumerate() {
            for (sum, h) in self.mixed[a].iter_mut().zip(part) {
                *sum += g * h;
            }
            for (sum, other) in self.second[a].iter_mut().zip(gradient) {
                *sum += g * other * part[0];
            }
        }
    }

    fn moments(self, ln_factor: f64) -> Option<Moments> {
        let [total, powers @ ..] = self.powers;
        (total > 0.0 && total.is_finite()).then(|| Moments {
            ln_a: ln_factor + total.ln(),
            hermite: powers.map(|sum| sum / total),
            mixed: self.mixed.iter().map(|row| row.map(|sum| sum / total)).collect(),
            second: self.second.iter().flatten().map(|sum| sum / total).collect(),
        })
    }
}

/// Nodes and weights of Gauss and Legendre on [−1, 1], by Newton's method on the polynomial.
fn legendre() -> Vec<(f64, f64)> {
    let n = f64::from(NODES);
    (0..NODES)
        .map(|i| {
            let mut t = (std::f64::consts::PI * (f64::from(i) + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..10 {
                let (mut before, mut here) = (1.0, t);
                for j in 2..=NODES {
                    let j = f64::from(j);
                    (before, here) = (here, ((2.0 * j - 1.0) * t * here - (j - 1.0) * before) / j);
                }
                slope = n * (t * here - before) / (t * t - 1.0);
                t -= here / slope;
            }
            (t, 2.0 / ((1.0 - t * t) * slope * slope))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule of 12 nodes is exact for polynomials up to degree 23: `∫t²²` over [−1, 1] is 2/23.
    #[test]
    fn rule() {
        let power: f64 = legendre().iter().map(|(t, w)| w * t.powi(22)).sum();
        assert!((power - 2.0 / 23.0).abs() < 1e-14);
    }

    /// mpmath, 20 digits: `∫w(p)φ((z − m)/s)/s dz` in three pieces.
    #[test]
    fn means_of_the_weight() {
        let panels = Panels::new();
        for (delta, m, s, expected) in MEANS {
            let found = panels.moments(&delta, m, s).unwrap().ln_a;
            let rounding = 1e-12 * expected.abs().max(1.0);
            assert!((found - expected).abs() < rounding, "{delta:?} {m} {s}: {found} {expected}");
        }
    }

    /// δ, m, s, ln A.
    const MEANS: [([f64; 2], f64, f64, f64); 6] = [
        ([0.3, 0.4], 1.2, 1.5, 4.869_501_809_15),
        ([1e-05, 2.5], 4.0, 8.0, 10.816_744_423_73),
        ([3.0, 1.0], -2.0, 1.0, -0.144_139_427_441),
        ([100.0, 100.0], 0.5, 1.0, -139.789_274_535_4),
        ([100.0, 1e-05], 12.0, 2.0, -22.417_392_520_43),
        ([0.9, 1.3], -30.0, 20.0, -1.542_746_835_669),
    ];
}
