//! The interval of Henmi and Copas 2010: the common-effect mean, which small studies sway least,
//! with a random-effects variance and the exact-moment distribution of its pivot.

use super::{Interval, Pooling};
use crate::{
    model::{
        CiMethod, ModelError,
        weighted::{Weighted, sums},
    },
    numeric::{gamma, normal, root},
};

/// The interval `β̂ ± u₀·se`, `β̂` the common-effect mean and `se² = (1 + τ²·Σw²/Σw)/Σw`.
///
/// `u₀` solves `P(|β̂ − μ|/se > u) = α`. Given the mean, Q is approximated by a gamma variate with
/// its exact conditional mean and variance.
pub(super) fn interval(pooling: &Pooling<'_>) -> Result<Interval, ModelError> {
    let pivot = Pivot::new(pooling);
    let tail = pooling.settings.level.tail();
    let normal_quantile = normal::quantile_upper(tail);
    let excess = |u: f64| pivot.beyond(u) - tail;
    let mut upper = 2.0 * normal_quantile;
    while excess(upper) > 0.0 {
        upper *= 2.0;
    }
    let mut lower = 0.5 * normal_quantile;
    while excess(lower) < 0.0 {
        lower *= 0.5;
    }
    let u = root::brent(excess, lower, upper, 1e-10)
        .map_err(|source| ModelError::Numeric { what: "the Henmi–Copas quantile", source })?;
    let se = (pivot.variance / pivot.w).sqrt();
    Ok(Interval {
        yi: pivot.mean,
        se,
        lower: pivot.mean - u * se,
        upper: pivot.mean + u * se,
        method: CiMethod::Hc,
        hk_scale: None,
        statistic: None,
        df: None,
        p_value: None,
    })
}

/// The joint distribution of `R = (β̂ − μ)√Σw` and Q. `wⱼ` below are `Σwʲ/Σw`.
struct Pivot {
    df: f64,
    mean: f64,
    w: f64,
    w2: f64,
    /// `Var R = 1 + τ²w₂`.
    variance: f64,
    /// `tr(AD)` and `tr(ADAD)` of Q = z'Az, D = diag(v + τ²).
    trace: f64,
    trace_squared: f64,
    /// `c'Ac` and `c'ADAc` for `c = Cov(z, R)`.
    cac: f64,
    cadac: f64,
}

impl Pivot {
    fn new(pooling: &Pooling<'_>) -> Self {
        let Pooling { yi, vi, tau2, .. } = *pooling;
        let df = pooling.k() - 1.0;
        let Weighted { w, mean, .. } = Weighted::at(yi, vi, 0.0);
        let [s2, s3, s4, e2, we, we2] = sums(vi, vi, |_, v| {
            let (w, e) = (1.0 / v, 1.0 + tau2 / v);
            [w * w, w * w * w, w * w * w * w, e * e, w * e, w * e * e]
        });
        let (w2, w3, w4) = (s2 / w, s3 / w, s4 / w);
        let spread = w3 - w2 * w2;
        let tau4 = tau2 * tau2;
        Self {
            df,
            mean,
            w,
            w2,
            variance: tau2.mul_add(w2, 1.0),
            trace: tau2.mul_add(w - w2, df),
            trace_squared: e2 - 2.0 * we2 / w + (we / w) * (we / w),
            cac: tau4 * spread,
            cadac: tau4 * (spread + tau2 * (w4 - 2.0 * w2 * w3 + w2 * w2 * w2)),
        }
    }

    /// `P(Q ≤ q | R = r)` by the gamma approximation.
    fn q_below(&self, q: f64, r: f64) -> f64 {
        let v = self.variance;
        let mean = self.trace + self.cac * (r * r / v - 1.0) / v;
        let inner = self.cadac - self.cac * self.cac / v;
        let variance = 2.0
            * (self.trace_squared - 2.0 * self.cadac / v + (self.cac / v) * (self.cac / v))
            + 4.0 * r * r * inner / (v * v);
        gamma::cdf(q, mean * mean / variance, mean / variance)
    }

    /// `P(R/√(1 + τ̂²w₂) > u)`: R beyond `u` with a Q small enough for the estimate `τ̂²` of DL.
    fn beyond(&self, u: f64) -> f64 {
        let sd = self.variance.sqrt();
        let scale = self.w / self.w2 - 1.0;
        let integrand = |r: f64| {
            let q = scale.mul_add((r / u) * (r / u) - 1.0, self.df);
            self.q_below(q, r) * normal::pdf(r / sd) / sd
        };
        // Simpson's rule: the integrand is smooth from u on and gone after nine deviations.
        let (panels, end) = (600, u + 9.0 * sd);
        let h = (end - u) / f64::from(panels);
        let inner: f64 = (1..panels)
            .map(|j| f64::from(2 + 2 * (j % 2)) * integrand(h.mul_add(f64::from(j), u)))
            .sum();
        h / 3.0 * (integrand(u) + inner + integrand(end))
    }
}
