//! Weights that are constant beyond some p values: integrals by Gauss and Legendre between, in closed
//! form beyond.
//!
//! That is so of the beta weight, whose p values are held inside [1e-5, 1 − 1e-5], and to the last
//! digit of weights that end in a value at p = 0 and at p = 1. A rule on the whole line would need
//! nodes all along a density that is wide beside them.
//!
//! A beta weight grows without limit towards p = 0 and p = 1, and its mean over a wide normal density
//! is infinite. Held at its values at 1e-5 and 1 − 1e-5 beyond them it has a mean for any density
//! (Citkowicz and Vevea 2017; metafor does the same).

use super::{
    moments::{Moments, at, between, hermite},
    weight::{LnWeight, SelectionKind, smooth},
};
use crate::numeric::normal;

/// The smallest p value, and the smallest 1 − p.
const LEAST: f64 = 1e-5;

/// Beyond this many standard units p is 0 or 1 as far as a saturating weight can tell: `Φ(−9)` is 1e-19.
const SATURATED: f64 = 9.0;
/// Panels between them; a weight with the largest parameter bends over one of them.
const WIDE_PANELS: u32 = 36;

/// Up to which parameter of a beta weight so many panels do: the narrowest weight of each row, with both
/// exponents at the limit, has a standard deviation of a third of a panel, as `p(1 − p)` to the power n has
/// one of about `1/√n` in z. Most searches stay in the first row and cost a quarter of the last.
const PANELS: [(f64, u32); 3] = [(5.0, 9), (25.0, 18), (f64::INFINITY, 34)];
/// Nodes of Gauss and Legendre in each.
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
    /// `(ln p, ln(1 − p))` below the lower end and above the upper one.
    beyond: [(f64, f64); 2],
    nodes: Vec<(f64, f64, (f64, f64))>,
}

impl Panels {
    /// For the beta weight, by what its larger parameter goes up to.
    pub(super) fn of_beta() -> [(f64, Self); 3] {
        let (least, most) = (LEAST.ln(), (-LEAST).ln_1p());
        let end = normal::quantile_upper(LEAST);
        PANELS.map(|(up_to, n)| (up_to, Self::new(end, n, [(most, least), (least, most)])))
    }

    /// For weights that have a value at p = 0 and p = 1.
    pub(super) fn of_saturating() -> Self {
        let ends = [(0.0, f64::NEG_INFINITY), (f64::NEG_INFINITY, 0.0)];
        Self::new(SATURATED, WIDE_PANELS, ends)
    }

    fn new(end: f64, panels: u32, beyond: [(f64, f64); 2]) -> Self {
        let half = end / f64::from(panels);
        let rule = legendre();
        let nodes = (0..panels)
            .flat_map(|panel| {
                let centre = f64::from(2 * panel + 1).mul_add(half, -end);
                rule.iter().map(move |(t, w)| (half.mul_add(*t, centre), half * w))
            })
            .map(|(z, w)| (z, w, at(z)))
            .collect();
        Self { end, beyond, nodes }
    }

    /// With the weight at every node, for the densities of all studies.
    pub(super) fn weighted(&self, kind: &SelectionKind, delta: &[f64]) -> Weighted<'_> {
        let at = |&(ln_p, ln_q): &(f64, f64)| smooth(kind, delta, ln_p, ln_q);
        Weighted {
            panels: self,
            free: kind.free(),
            nodes: self.nodes.iter().map(|(_, _, ln)| at(ln)).collect(),
            tails: [at(&self.beyond[0]), at(&self.beyond[1])],
        }
    }
}

/// A weight at the nodes and beyond them.
pub(super) struct Weighted<'a> {
    panels: &'a Panels,
    free: usize,
    nodes: Vec<LnWeight>,
    tails: [LnWeight; 2],
}

impl Weighted<'_> {
    /// The moments of a normal density times the weight; `None` where it underflows.
    pub(super) fn moments(&self, m: f64, s: f64) -> Option<Moments> {
        let unit = s * (2.0 * std::f64::consts::PI).sqrt();
        let end = self.panels.end;
        let t = |z: f64| (z - m) / s;
        let parts = [between(f64::NEG_INFINITY, t(-end)), between(t(end), f64::INFINITY)];
        let tails = || self.tails.iter().zip(parts);
        let nodes = || self.panels.nodes.iter().zip(&self.nodes);
        let heights: Vec<f64> = nodes().map(|((z, ..), w)| w.value - 0.5 * t(*z) * t(*z)).collect();
        let in_tails = tails().map(|(w, part)| w.value + (unit * part[0]).ln());
        let top = heights.iter().copied().chain(in_tails).fold(f64::NEG_INFINITY, f64::max);
        let mut sums = Sums::default();
        for (((z, weight, _), w), height) in nodes().zip(&heights) {
            let mass = (height - top).exp() * weight;
            sums.add(w, hermite(t(*z)).map(|h| mass * h));
        }
        for (w, part) in tails() {
            let scale = (w.value - top).exp() * unit;
            // A tail that underflows has a weight that may overflow.
            if part[0] > 0.0 {
                sums.add(w, part.map(|h| scale * h));
            }
        }
        sums.moments(top - unit.ln(), self.free)
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
    /// Adds a part with the weight on it and the integrals of 1, t, t²−1, … over it.
    fn add(&mut self, weight: &LnWeight, part: [f64; 5]) {
        let LnWeight { gradient, second, .. } = *weight;
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
            self.second[a][a] += second[a] * part[0];
        }
    }

    fn moments(self, ln_factor: f64, n: usize) -> Option<Moments> {
        let [total, powers @ ..] = self.powers;
        (total > 0.0 && total.is_finite()).then(|| Moments {
            ln_a: ln_factor + total.ln(),
            hermite: powers.map(|sum| sum / total),
            mixed: self.mixed.iter().take(n).map(|row| row.map(|sum| sum / total)).collect(),
            second: self
                .second
                .iter()
                .take(n)
                .flat_map(|row| row.iter().take(n))
                .map(|sum| sum / total)
                .collect(),
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
    use super::{
        super::moments::{Table, of_smooth},
        *,
    };

    /// A rule of 12 nodes is exact for polynomials up to degree 23: `∫t²²` over [−1, 1] is 2/23.
    #[test]
    fn rule() {
        let power: f64 = legendre().iter().map(|(t, w)| w * t.powi(22)).sum();
        assert!((power - 2.0 / 23.0).abs() < 1e-14);
    }

    /// mpmath, 20 digits: `∫w(p)φ((z − m)/s)/s dz` in three pieces.
    #[test]
    fn means_of_the_weight() {
        let rules = Panels::of_beta();
        for (delta, m, s, expected) in MEANS {
            let (_, rule) = rules.iter().find(|(most, _)| delta[0].max(delta[1]) <= *most).unwrap();
            let found = rule.weighted(&SelectionKind::Beta, &delta).moments(m, s).unwrap().ln_a;
            let rounding = 1e-12 * expected.abs().max(1.0);
            assert!((found - expected).abs() < rounding, "{delta:?} {m} {s}: {found} {expected}");
        }
    }

    /// At the largest parameters of a row the next finer rule agrees, for wide and for far densities.
    #[test]
    fn a_finer_rule_agrees() {
        let rules = Panels::of_beta();
        for pair in rules.windows(2) {
            let (most, rule) = &pair[0];
            for delta in [[*most, *most], [*most, 1e-5], [1e-5, *most], [*most, 1.0], [0.3, 0.6]] {
                for (m, s) in [(0.0, 1.0), (3.5, 1.0), (-9.0, 1.4), (1.0, 4.0), (-200.0, 60.0)] {
                    let of = |panels: &Panels| {
                        panels.weighted(&SelectionKind::Beta, &delta).moments(m, s).unwrap()
                    };
                    let (a, b) = (of(rule), of(&pair[1].1));
                    let close = |a: f64, b: f64| {
                        assert!(
                            (a - b).abs() < 1e-11 * (1.0 + b.abs()),
                            "{delta:?} {m} {s}: {a} {b}"
                        );
                    };
                    close(a.ln_a, b.ln_a);
                    a.hermite.iter().zip(b.hermite).for_each(|(a, b)| close(*a, b));
                    let parts = |m: &Moments| [m.mixed.concat(), m.second.clone()].concat();
                    parts(&a).into_iter().zip(parts(&b)).for_each(|(a, b)| close(a, b));
                }
            }
        }
    }

    /// The same of half-normal and negative exponential weights, densities from 6 to 20,000 units wide.
    #[test]
    fn means_seen_from_afar() {
        let panels = Panels::of_saturating();
        for (kind, delta, m, s, expected) in AFAR {
            let found = panels.weighted(&kind, &[delta]).moments(m, s).unwrap();
            let rounding = 2e-13 * expected.abs().max(1.0);
            let ln_a = found.ln_a;
            assert!(
                (ln_a - expected).abs() < rounding,
                "{kind:?} {delta} {m} {s}: {ln_a} {expected}"
            );
            assert_eq!((found.mixed.len(), found.second.len()), (1, 1));
        }
    }

    /// Where the rule on the whole line has few enough nodes both rules agree in everything.
    #[test]
    fn both_rules_agree() {
        let (panels, table) = (Panels::of_saturating(), Table::new());
        let kinds = [
            SelectionKind::HalfNormal,
            SelectionKind::NegativeExponential,
            SelectionKind::Logistic,
        ];
        for kind in kinds {
            for (delta, m, s) in
                [(0.7, 1.0, 7.0), (12.0, -5.0, 9.0), (100.0, 20.0, 6.0), (100.0, 2.3, 1.0)]
            {
                let ours = panels.weighted(&kind, &[delta]).moments(m, s).unwrap();
                let theirs = of_smooth(&kind, &[delta], &table, m, s).unwrap();
                let pairs = |a: &Moments| {
                    let mut all = vec![a.ln_a];
                    all.extend(a.hermite);
                    all.extend(a.mixed.iter().flatten());
                    all.extend(&a.second);
                    all
                };
                for (a, b) in pairs(&ours).iter().zip(pairs(&theirs)) {
                    assert!((a - b).abs() < 1e-10 * (1.0 + b.abs()), "{kind:?} {delta} {m} {s}");
                }
            }
        }
    }

    /// Weight, δ, m, s, ln A.
    const AFAR: [(SelectionKind, f64, f64, f64, f64); 6] = [
        (SelectionKind::HalfNormal, 3.0, 2.0, 6.0, -0.438_428_605_744_021_13),
        (SelectionKind::HalfNormal, 100.0, -50.0, 40.0, -2.309_274_084_650_55),
        (SelectionKind::HalfNormal, 0.5, 3000.0, 20_000.0, -0.190_281_297_800_311_43),
        (SelectionKind::NegativeExponential, 20.0, 0.0, 8.0, -0.895_042_649_688_281_7),
        (SelectionKind::NegativeExponential, 100.0, 900.0, 700.0, -0.105_246_865_412_632_28),
        (SelectionKind::NegativeExponential, 2.5, -150.0, 60.0, -2.434_770_934_485_720_7),
    ];

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
