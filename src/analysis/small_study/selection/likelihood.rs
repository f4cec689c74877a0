//! The log-likelihood of a selection model with its exact first and second derivatives.

use super::{
    clipped::{Panels, clip},
    moments::{Moments, Table, at, of_smooth, of_steps},
    weight::{LnWeight, SelectionKind, smooth},
};
use crate::numeric::normal;

/// From this width of a density on, in units of z, panels have fewer nodes than the whole line.
const WIDE: f64 = 6.0;

/// Studies and a weight function.
pub(super) struct Likelihood<'a> {
    y: &'a [f64],
    v: &'a [f64],
    kind: &'a SelectionKind,
    /// `ln pᵢ` and `ln(1 − pᵢ)` of the studies.
    observed: Vec<(f64, f64)>,
    /// The segment of each study, for a step function.
    segments: Vec<usize>,
    /// `Φ⁻¹(1 − c)` of the cut points.
    edges: Vec<f64>,
    nodes: Nodes,
}

/// Where a weight is integrated that has no closed form.
enum Nodes {
    None,
    Smooth {
        /// On the whole line.
        line: Table,
        /// For densities that are wide beside the bend of the weight, where it saturates.
        wide: Panels,
    },
    Clipped([(f64, Panels); 3]),
}

/// Value, gradient and Hessian (row by row) at `(μ, τ², δ…)`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Height {
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) hessian: Vec<f64>,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(y: &'a [f64], v: &'a [f64], kind: &'a SelectionKind) -> Self {
        let z: Vec<f64> = y.iter().zip(v).map(|(y, v)| y / v.sqrt()).collect();
        let cuts: &[f64] = if let SelectionKind::Step(cuts) = kind { cuts } else { &[] };
        let edges: Vec<f64> = cuts.iter().map(|&c| normal::quantile_upper(c)).collect();
        // p at a cut point counts as below it.
        let segments = z.iter().map(|z| edges.iter().filter(|edge| z < edge).count()).collect();
        let nodes = match kind {
            SelectionKind::Step(_) => Nodes::None,
            SelectionKind::Beta => Nodes::Clipped(Panels::of_beta()),
            _ => Nodes::Smooth { line: Table::new(), wide: Panels::of_saturating() },
        };
        let held = |p| if matches!(nodes, Nodes::Clipped(_)) { clip(p) } else { p };
        let observed = z.iter().map(|&z| held(at(z))).collect();
        Self { y, v, kind, observed, segments, edges, nodes }
    }

    pub(super) const fn k(&self) -> usize {
        self.y.len()
    }

    pub(super) const fn effects(&self) -> &[f64] {
        self.y
    }

    /// At a point; `None` where the likelihood is 0 or not defined.
    pub(super) fn at(&self, x: &[f64]) -> Option<Height> {
        let n = x.len();
        let (&mu, &tau2) = (x.first()?, x.get(1)?);
        let delta = x.get(2..)?;
        let weights: Vec<f64> =
            self.kind.fixed().into_iter().chain(delta.iter().copied()).collect();
        let largest = delta.iter().copied().fold(0.0, f64::max);
        let clipped = match &self.nodes {
            Nodes::Clipped(rules) => rules
                .iter()
                .find(|(most, _)| largest <= *most)
                .map(|(_, panels)| panels.weighted(self.kind, delta)),
            _ => None,
        };
        let mut afar = None;
        let mut sum = Height { value: 0.0, gradient: vec![0.0; n], hessian: vec![0.0; n * n] };
        for (i, (&y, &v)) in self.y.iter().zip(self.v).enumerate() {
            let total = v + tau2;
            let root = total.sqrt();
            let t = (y - mu) / root;
            let (m, s) = (mu / v.sqrt(), (total / v).sqrt());
            let moments = match &self.nodes {
                Nodes::None => of_steps(&weights, &self.edges, m, s),
                Nodes::Smooth { wide, .. } if s >= WIDE && self.kind.saturates() => {
                    afar.get_or_insert_with(|| wide.weighted(self.kind, delta)).moments(m, s)?
                }
                Nodes::Smooth { line, .. } => of_smooth(self.kind, delta, line, m, s)?,
                Nodes::Clipped(_) => clipped.as_ref()?.moments(m, s)?,
            };
            sum.density(t, total);
            self.observed(i, delta, &mut sum)?;
            sum.normaliser(&moments, root, n);
        }
        sum.value.is_finite().then_some(sum)
    }

    /// Adds `ln w` of study `i`.
    fn observed(&self, i: usize, delta: &[f64], sum: &mut Height) -> Option<()> {
        let n = sum.gradient.len();
        if matches!(self.kind, SelectionKind::Step(_)) {
            let Some(place) = self.segments.get(i)?.checked_sub(1) else { return Some(()) };
            let d = *delta.get(place)?;
            if d <= 0.0 {
                return None;
            }
            sum.value += d.ln();
            sum.add(2 + place, 1.0 / d);
            sum.add_second(2 + place, 2 + place, -1.0 / (d * d));
            return Some(());
        }
        let &(ln_p, ln_q) = self.observed.get(i)?;
        let LnWeight { value, gradient, second } = smooth(self.kind, delta, ln_p, ln_q);
        sum.value += value;
        for (a, (g, h)) in gradient.into_iter().zip(second).enumerate().take(n - 2) {
            sum.add(2 + a, g);
            sum.add_second(2 + a, 2 + a, h);
        }
        Some(())
    }
}

impl Height {
    fn add(&mut self, i: usize, value: f64) {
        if let Some(place) = self.gradient.get_mut(i) {
            *place += value;
        }
    }

    fn add_second(&mut self, i: usize, j: usize, value: f64) {
        let n = self.gradient.len();
        if let Some(place) = self.hessian.get_mut(i * n + j) {
            *place += value;
        }
    }

    /// Adds `ln φ` of a normal effect: its derivatives in `(μ, τ²)` are Hermite polynomials.
    fn density(&mut self, t: f64, total: f64) {
        let root = total.sqrt();
        self.value += -0.5 * ((2.0 * std::f64::consts::PI * total).ln() + t * t);
        self.add(0, t / root);
        self.add(1, 0.5 * (t * t - 1.0) / total);
        self.add_second(0, 0, -1.0 / total);
        self.add_second(0, 1, -t / (total * root));
        self.add_second(1, 0, -t / (total * root));
        self.add_second(1, 1, (0.5 - t * t) / (total * total));
    }

    /// Takes `ln A` away.
    fn normaliser(&mut self, moments: &Moments, root: f64, n: usize) {
        let Moments { ln_a, hermite: [h1, h2, h3, h4], mixed, second } = moments;
        let total = root * root;
        self.value -= ln_a;
        let mut slope = vec![h1 / root, 0.5 * h2 / total];
        slope.extend(mixed.iter().map(|[g, _, _]| *g));
        let free = mixed.len();
        for (i, a) in slope.iter().enumerate() {
            self.add(i, -a);
            for (j, b) in slope.iter().enumerate() {
                let (low, high) = (i.min(j), i.max(j));
                let curvature = match (low, high) {
                    (0, 0) => h2 / total,
                    (0, 1) => 0.5 * h3 / (total * root),
                    (1, 1) => 0.25 * h4 / (total * total),
                    (0, _) => mixed.get(high - 2).map_or(0.0, |m| m[1] / root),
                    (1, _) => mixed.get(high - 2).map_or(0.0, |m| 0.5 * m[2] / total),
                    _ => second.get((low - 2) * free + high - 2).copied().unwrap_or(0.0),
                };
                debug_assert!(i < n && j < n);
                self.add_second(i, j, a * b - curvature);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::derivative;

    /// Exact derivatives against differences of the value, for every weight function.
    #[test]
    fn derivatives() {
        let y = [0.9, 0.3, 1.4, -0.2, 0.6, 0.1];
        let v = [0.2, 0.06, 0.5, 0.05, 0.1, 0.3];
        for (kind, delta) in [
            (SelectionKind::Step(vec![0.025, 0.5]), vec![0.6, 0.3]),
            (SelectionKind::Beta, vec![0.8, 1.7]),
            (SelectionKind::Beta, vec![1.3, 0.9]),
            (SelectionKind::HalfNormal, vec![2.0]),
            (SelectionKind::NegativeExponential, vec![1.5]),
            (SelectionKind::Logistic, vec![3.0]),
            (SelectionKind::Power, vec![0.7]),
        ] {
            let likelihood = Likelihood::new(&y, &v, &kind);
            let x: Vec<f64> = [0.3, 0.03].into_iter().chain(delta).collect();
            let here = likelihood.at(&x).unwrap();
            let height = |x: &[f64]| likelihood.at(x).map_or(f64::NAN, |value| value.value);
            let numeric = derivative::hessian(height, &x).unwrap();
            for (ours, theirs) in here.hessian.iter().zip(&numeric) {
                assert!(
                    (ours - theirs).abs() < 1e-5 * (1.0 + theirs.abs()),
                    "{kind:?}: {ours} {theirs}"
                );
            }
            for i in 0..x.len() {
                let moved = |h: f64| {
                    let mut at = x.clone();
                    at[i] += h;
                    height(&at)
                };
                let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!(
                    (here.gradient[i] - slope).abs() < 1e-6 * (1.0 + slope.abs()),
                    "{kind:?} {i}"
                );
            }
        }
    }

    /// Without selection the likelihood is the normal one.
    #[test]
    fn no_selection() {
        let (y, v) = ([0.9, 0.3, 1.4], [0.2, 1e-6, 0.5]);
        let expected: f64 = y
            .iter()
            .zip(&v)
            .map(|(y, v)| {
                let total: f64 = v + 0.3;
                -0.5 * ((2.0 * std::f64::consts::PI * total).ln() + (y - 0.4) * (y - 0.4) / total)
            })
            .sum();
        for (kind, delta) in [
            (SelectionKind::Step(vec![0.025]), vec![1.0]),
            (SelectionKind::Beta, vec![1.0, 1.0]),
            (SelectionKind::HalfNormal, vec![0.0]),
            (SelectionKind::NegativeExponential, vec![0.0]),
            (SelectionKind::Logistic, vec![0.0]),
            (SelectionKind::Power, vec![0.0]),
        ] {
            let x: Vec<f64> = [0.4, 0.3].into_iter().chain(delta).collect();
            let value = Likelihood::new(&y, &v, &kind).at(&x).unwrap().value;
            assert!((value - expected).abs() < 1e-12, "{kind:?}: {value} {expected}");
        }
    }
}
