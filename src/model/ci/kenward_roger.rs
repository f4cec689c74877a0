//! Kenward and Roger 1997 for the random-effects mean under REML.

use super::Pooling;
use crate::model::{traces::Traces, weighted::sums};

/// The adjusted standard error and degrees of freedom.
///
/// With `W = 2/tr(PP)` the variance of `τ̂²` from the expected information,
/// `se² = 1/Σw + 2W(Σw³ − (Σw²)²/Σw)/(Σw)²` and `df = 2/(W·(Σw²/Σw)²)`: what Kenward and Roger's
/// equations become for one coefficient and one variance. Partlett and Riley 2017, and R's meta with
/// them, put the adjusted `se²` for `1/Σw` into `df`, which gives fewer; the original does not. The
/// degrees of freedom are at least 1: below, a t quantile would say nothing.
pub(crate) fn kenward_roger(pooling: &Pooling<'_>) -> (f64, f64) {
    let Pooling { vi, tau2, .. } = *pooling;
    let variance_of_tau2 = 2.0 / Traces::at(vi, tau2).second;
    let [w1, w2] = sums(vi, vi, |_, v| {
        let w = 1.0 / (v + tau2);
        [w, w * w]
    });
    let ratio = w2 / w1;
    // Σw³ − (Σw²)²/Σw as a sum of squares.
    let [spread] = sums(vi, vi, |_, v| {
        let w = 1.0 / (v + tau2);
        [w * (w - ratio) * (w - ratio)]
    });
    let inflation = 2.0 * variance_of_tau2 * spread / (w1 * w1);
    let df = 2.0 / (variance_of_tau2 * ratio * ratio);
    ((1.0 / w1 + inflation).sqrt(), df.max(1.0))
}
