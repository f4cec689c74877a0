//! I² and H² in both definitions, from pieces every model has.

use super::{Level, weighted::Traces};
use crate::numeric::normal;

/// The "typical" sampling variance `v̄ = (k−1)/tr(P)` at `τ² = 0` (Higgins and Thompson 2002);
/// `None` for one study.
pub(crate) fn typical_variance(vi: &[f64]) -> Option<f64> {
    let df = vi.len() as f64 - 1.0;
    (df > 0.0).then(|| df / Traces::at(vi, 0.0).p())
}

/// `I² = 100·τ²/(τ² + v̄)`, a percentage.
pub(crate) fn i2_from_tau2(tau2: f64, typical: f64) -> f64 {
    // Divided before it is multiplied: at most 100, however small `typical` is.
    100.0 * (tau2 / (tau2 + typical))
}

/// `I² = max(0, (Q − df)/Q)`, a percentage; 0 at `Q = 0`.
pub(crate) fn i2_from_q(q: f64, df: f64) -> f64 {
    if q > df { 100.0 * ((q - df) / q) } else { 0.0 }
}

/// The test-based interval of the Q-based I² (Higgins and Thompson 2002, through `ln H`), in
/// percent; `None` for fewer than three studies (`df < 2`), where it is not defined. H is at least 1:
/// an interval around less than no heterogeneity would promise too much.
pub(crate) fn test_based_interval(q: f64, df: f64, level: Level) -> Option<(f64, f64)> {
    let k = df + 1.0;
    if k < 3.0 {
        return None;
    }
    let ln_h = if q > df { 0.5 * (q / df).ln() } else { 0.0 };
    let se = if q > k {
        0.5 * (q.ln() - df.ln()) / ((2.0 * q).sqrt() - (2.0 * k - 3.0).sqrt())
    } else {
        (0.5 / (k - 2.0) * (1.0 - 1.0 / (3.0 * (k - 2.0) * (k - 2.0)))).sqrt()
    };
    let z = normal::quantile_upper(level.tail());
    // I² = 1 − 1/H², and H below 1 is homogeneity.
    let i2 = |ln_h: f64| (-100.0 * (-2.0 * ln_h).exp_m1()).max(0.0);
    Some((i2(z.mul_add(-se, ln_h)), i2(z.mul_add(se, ln_h))))
}
