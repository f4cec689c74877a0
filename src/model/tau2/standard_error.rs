//! Standard errors of the `τ²` estimators at their estimate.

use super::{Criterion, likelihood, moments};
use crate::model::{
    GenqWeights, Tau2Method,
    weighted::{Traces, sums},
};

/// The standard error of `τ̂²` by `method` at the estimate `tau2`.
///
/// Moment estimators: the exact variance of their quadratic form in normals, `2·tr(PΣPΣ)` with
/// `Σ = diag(vᵢ + τ²)`, its weights taken as fixed. Likelihoods: the expected information.
/// Paule–Mandel, its median-unbiased form and EB: `k·√(2/(k−1))/Σw` (Morris 1983).
pub(crate) fn standard_error(
    yi: &[f64],
    vi: &[f64],
    method: Tau2Method,
    genq: GenqWeights,
    tau2: f64,
) -> f64 {
    let k = yi.len() as f64;
    let df = k - 1.0;
    let moment = |a: &dyn Fn(f64) -> f64| {
        let (trace, squares) = quadratic_form(vi, tau2, a);
        (2.0 * squares).sqrt() / trace
    };
    // The same form divided by another constant than its trace.
    let over = |a: &dyn Fn(f64) -> f64, divisor: f64| {
        (2.0 * quadratic_form(vi, tau2, a).1).sqrt() / divisor
    };
    match method {
        Tau2Method::Dl => moment(&f64::recip),
        Tau2Method::He => moment(&|_| 1.0),
        Tau2Method::Hs => over(&f64::recip, Traces::at(vi, 0.0).w1),
        Tau2Method::Hsk => over(&f64::recip, Traces::at(vi, 0.0).w1 * df / k),
        Tau2Method::Sj => {
            let start = moments::sidik_jonkman_start(yi, vi);
            if start == 0.0 { 0.0 } else { over(&|v| 1.0 / (v + start), df / start) }
        }
        Tau2Method::Dl2 => {
            let first = moments::dersimonian_laird(yi, vi).max(0.0);
            moment(&|v| 1.0 / (v + first))
        }
        Tau2Method::Genq | Tau2Method::Genqm => moment(&|v| genq.weight(v)),
        Tau2Method::Pm | Tau2Method::Pmm | Tau2Method::Eb => {
            k * (2.0 / df).sqrt() / Traces::at(vi, tau2).w1
        }
        Tau2Method::Ml => likelihood::standard_error(vi, Criterion::Ml, tau2),
        Tau2Method::Reml => likelihood::standard_error(vi, Criterion::Reml, tau2),
    }
}

/// `tr(Pₐ)` and `tr(PₐΣPₐΣ)` for fixed weights `a(vᵢ)`.
fn quadratic_form(vi: &[f64], tau2: f64, a: &dyn Fn(f64) -> f64) -> (f64, f64) {
    let [a1, a2, a2s, a2s2, a3s2] = sums(vi, vi, |_, v| {
        let (a, s) = (a(v), v + tau2);
        [a, a * a, a * a * s, a * a * s * s, a * a * a * s * s]
    });
    let mixed = a2s / a1;
    (a1 - a2 / a1, mixed.mul_add(mixed, a2s2 - 2.0 * a3s2 / a1))
}
