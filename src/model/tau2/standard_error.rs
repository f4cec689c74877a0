//! Standard errors of the `τ²` estimators at their estimate.

use super::{moments, quadratic::Quadratic};
use crate::model::{GenqWeights, Tau2Method, weighted::Traces};

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
        let Quadratic { trace, squares, .. } = Quadratic::new(vi, tau2, a);
        (2.0 * squares).sqrt() / trace
    };
    // The same form divided by another constant than its trace.
    let over = |a: &dyn Fn(f64) -> f64, divisor: f64| {
        (2.0 * Quadratic::new(vi, tau2, a).squares).sqrt() / divisor
    };
    let weights = |tau2: f64| Traces::at(vi, tau2);
    match method {
        Tau2Method::Dl => moment(&f64::recip),
        Tau2Method::He => moment(&|_| 1.0),
        Tau2Method::Hs => over(&f64::recip, weights(0.0).w()),
        Tau2Method::Hsk => over(&f64::recip, weights(0.0).w() * df / k),
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
            k * (2.0 / df).sqrt() / weights(tau2).w()
        }
        Tau2Method::Ml => (2.0 / weights(tau2).w2()).sqrt(),
        Tau2Method::Reml => (2.0 / weights(tau2).pp()).sqrt(),
    }
}
