//! Kenward and Roger 1997 for the random-effects mean under REML.

use super::Pooling;
use crate::model::weighted::Traces;

/// The adjusted standard error and degrees of freedom.
///
/// With `W = 2/tr(PP)` the variance of `τ̂²` from the expected information,
/// `se² = 1/Σw + 2W(Σw³ − (Σw²)²/Σw)/(Σw)²` and `df = 2/(W·(Σw²/Σw)²)`: what Kenward and Roger's
/// equations become for one coefficient and one variance. Partlett and Riley 2017, and R's meta with
/// them, put the adjusted `se²` for `1/Σw` into `df`, which gives fewer; the original does not. The
/// degrees of freedom are at least 1: below, a t quantile would say nothing.
pub(crate) fn kenward_roger(pooling: &Pooling<'_>) -> (f64, f64) {
    let traces = Traces::at(pooling.vi, pooling.tau2);
    let variance_of_tau2 = 2.0 / traces.pp();
    let w = traces.w();
    let ratio = traces.w2() / w;
    let inflation = 2.0 * variance_of_tau2 * traces.spread() / w;
    let df = 2.0 / (variance_of_tau2 * ratio * ratio);
    ((1.0 / w + inflation).sqrt(), df.max(1.0))
}
