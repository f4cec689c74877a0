//! `Qₐ = Σaᵢ(yᵢ − ȳₐ)²` as a quadratic form `y'Pₐy`, for weights `aᵢ` that do not depend on `τ²`.

use crate::model::weighted::{heaviest, sums};

/// What the moments of `Qₐ` are made of, `Σ = diag(vᵢ + τ²)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quadratic {
    /// `tr(Pₐ)`, by which `E[Qₐ]` grows with `τ²`.
    pub(crate) trace: f64,
    /// `tr(PₐΣ)`, the mean of `Qₐ`.
    pub(crate) mean: f64,
    /// `tr(PₐΣPₐΣ)`, half its variance.
    pub(crate) squares: f64,
}

impl Quadratic {
    /// At weights `a(vᵢ)`, which must not rise with `vᵢ`.
    ///
    /// The study with the largest weight stands apart, so that nothing cancels when it outweighs
    /// the rest: with `A = Σa`, it enters `tr(PₐΣ) = Σas(1 − a/A)` by the share of the others.
    pub(crate) fn new(vi: &[f64], tau2: f64, a: impl Fn(f64) -> f64) -> Self {
        let (before, from) = vi.split_at(heaviest(vi));
        let after = from.get(1..).unwrap_or_default();
        let terms = |_: f64, v: f64| {
            let (a, s) = (a(v), v + tau2);
            let a_s = a * s;
            [a, a * a, a_s, a * a_s, a_s * a_s, a * a_s * a_s]
        };
        let (first, second) = (sums(before, before, terms), sums(after, after, terms));
        let mut rest = first;
        for (sum, more) in rest.iter_mut().zip(second) {
            *sum += more;
        }
        let [r1, r2, r_s, r2s, r2s2, r3s2] = rest;
        let (top, spread) = from.first().map_or((0.0, 0.0), |&v| (a(v), a(v) * (v + tau2)));
        let total = top + r1;
        let others = r1 / total;
        let (alone, mixed) = (spread * others, r2s / total);
        Self {
            trace: (r1 * (total + top) - r2) / total,
            mean: alone + (r_s - mixed),
            squares: alone * alone
                + (r2s2 - 2.0 * r3s2 / total)
                + mixed * (2.0 * top * spread / total + mixed),
        }
    }
}
