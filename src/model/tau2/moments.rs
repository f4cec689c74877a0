//! Closed-form moment estimators; none is truncated here.

use crate::model::weighted::{Weighted, sums};

/// The generalised moment estimator with fixed weights `a(vᵢ)` (Kacker 2004; `DerSimonian` and
/// Kacker 2007): `τ² = (Qₐ − [Σaᵢvᵢ − Σaᵢ²vᵢ/Σaᵢ]) / (Σaᵢ − Σaᵢ²/Σaᵢ)`.
pub(super) fn generalised(yi: &[f64], vi: &[f64], a: impl Fn(f64) -> f64) -> f64 {
    let origin = yi.first().copied().unwrap_or(0.0);
    let [a1, a2, ay, av, a2v] = sums(yi, vi, |y, v| {
        let a = a(v);
        [a, a * a, a * (y - origin), a * v, a * a * v]
    });
    let mean = origin + ay / a1;
    let [q] = sums(yi, vi, |y, v| [a(v) * (y - mean) * (y - mean)]);
    (q - (av - a2v / a1)) / (a1 - a2 / a1)
}

/// `DerSimonian` and Laird 1986: weights `1/vᵢ`.
pub(super) fn dersimonian_laird(yi: &[f64], vi: &[f64]) -> f64 {
    generalised(yi, vi, f64::recip)
}

/// Two-step `DerSimonian`–Laird (`DerSimonian` and Kacker 2007): weights `1/(vᵢ + τ²_DL)`.
pub(super) fn dersimonian_laird_2(yi: &[f64], vi: &[f64]) -> f64 {
    let first = dersimonian_laird(yi, vi).max(0.0);
    generalised(yi, vi, |v| 1.0 / (v + first))
}

/// Hedges 1983: equal weights.
pub(super) fn hedges(yi: &[f64], vi: &[f64]) -> f64 {
    generalised(yi, vi, |_| 1.0)
}

/// Hunter and Schmidt 1990: `(Q − k)/Σw`.
pub(super) fn hunter_schmidt(yi: &[f64], vi: &[f64]) -> f64 {
    let common = Weighted::at(yi, vi, 0.0);
    (common.q - yi.len() as f64) / common.w
}

/// Hunter–Schmidt with a small-sample factor (Brannick et al. 2019): `(Q·k/(k−1) − k)/Σw`.
pub(super) fn hunter_schmidt_k(yi: &[f64], vi: &[f64]) -> f64 {
    let common = Weighted::at(yi, vi, 0.0);
    let k = yi.len() as f64;
    (common.q * k / (k - 1.0) - k) / common.w
}

/// Where Sidik and Jonkman start: `Σ(y−ȳ)²/k`.
pub(super) fn sidik_jonkman_start(yi: &[f64], vi: &[f64]) -> f64 {
    let k = yi.len() as f64;
    let origin = yi.first().copied().unwrap_or(0.0);
    let [shifted] = sums(yi, vi, |y, _| [y - origin]);
    let mean = origin + shifted / k;
    let [squares] = sums(yi, vi, |y, _| [(y - mean) * (y - mean)]);
    squares / k
}

/// Sidik and Jonkman 2005.
pub(super) fn sidik_jonkman(yi: &[f64], vi: &[f64]) -> f64 {
    let start = sidik_jonkman_start(yi, vi);
    if start == 0.0 {
        // Identical effects: the iteration starts and ends at 0.
        return 0.0;
    }
    start * Weighted::at(yi, vi, start).q / (yi.len() as f64 - 1.0)
}
