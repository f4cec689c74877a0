//! The interval of Henmi and Copas 2010: the common-effect mean, which small studies sway least,
//! with a random-effects variance and the exact-moment distribution of its pivot.

use super::{Interval, Pooling};
use crate::{
    model::{
        CiMethod, ModelError,
        tau2::Quadratic,
        weighted::{Traces, Weighted, heaviest, sums},
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
    let u = root::brent(excess, lower, upper, 1e-13)
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
    /// `(Σw − w₂)/w₂`, by which DL's `τ̂²w₂` divides `Q − (k−1)`.
    scale: f64,
    /// `Var R = 1 + τ²w₂`.
    variance: f64,
    /// `tr(AD)` and `tr(ADAD)` of Q = z'Az, D = diag(v + τ²).
    trace: f64,
    trace_squared: f64,
    /// `c'Ac` and `c'ADAc` for `c = Cov(z, R)`.
    cac: f64,
    cadac: f64,
    /// How much half of `Var(Q | R)` grows with `(R/Var R)²`: `2(c'ADAc − (c'Ac)²/Var R)`.
    slope: f64,
}

impl Pivot {
    fn new(pooling: &Pooling<'_>) -> Self {
        let Pooling { yi, vi, tau2, .. } = *pooling;
        let df = pooling.k() - 1.0;
        let mean = Weighted::at(yi, vi, 0.0).mean;
        let traces = Traces::at(vi, 0.0);
        let w = traces.w();
        let w2 = traces.w2() / w;
        let top = heaviest(vi);
        // `Σw(w − w₂)²(1 + τ²w)/Σw`; the heaviest weight is near w₂ when it outweighs the rest.
        let cubes: f64 = vi
            .iter()
            .enumerate()
            .map(|(i, v)| {
                let weight = 1.0 / v;
                let apart = if i == top { traces.top_less_mean() } else { weight - w2 };
                weight / w * apart * apart * tau2.mul_add(weight, 1.0)
            })
            .sum();
        let tau4 = tau2 * tau2;
        let variance = tau2.mul_add(w2, 1.0);
        // The slope is a variance of weights with shares ∝ w(1 + τ²w): a difference of its moments
        // would lose all digits to one huge study.
        let share = |v: f64| (1.0 / v) * (1.0 + tau2 / v) / (w * variance);
        let [centre] = sums(vi, vi, |_, v| [share(v) / v]);
        let [spread] = sums(vi, vi, |_, v| [share(v) * (1.0 / v - centre) * (1.0 / v - centre)]);
        Self {
            df,
            mean,
            w,
            scale: traces.p() / w2,
            variance,
            trace: tau2.mul_add(traces.p(), df),
            trace_squared: Quadratic::new(vi, tau2, f64::recip).squares,
            cac: tau4 * traces.spread(),
            cadac: tau4 * cubes,
            slope: 2.0 * tau4 * variance * spread,
        }
    }

    /// `P(Q ≤ q | R = r)` by the gamma approximation.
    fn q_below(&self, q: f64, r: f64) -> f64 {
        let v = self.variance;
        let square = (r / v) * (r / v);
        let mean = self.trace + self.cac * (square - 1.0 / v);
        let variance = 2.0
            * (self.trace_squared - 2.0 * self.cadac / v
                + (self.cac / v) * (self.cac / v)
                + self.slope * square);
        gamma::cdf(q, mean * mean / variance, mean / variance)
    }

    /// `P(R/√(1 + τ̂²w₂) > u)`: R beyond `u` with a Q small enough for the estimate `τ̂²` of DL.
    fn beyond(&self, u: f64) -> f64 {
        let sd = self.variance.sqrt();
        let scale = self.scale;
        let integrand = |r: f64| {
            let q = scale.mul_add((r / u) * (r / u) - 1.0, self.df);
            self.q_below(q, r) * normal::pdf(r / sd) / sd
        };
        // The double-exponential rule for a decaying integrand (Takahasi and Mori 1974): nodes crowd
        // towards u, where Q decides within a small part of a deviation when k or τ² is large. The
        // first node is at u to all digits, the last twelve deviations beyond.
        let step = 1.0 / 16.0;
        let terms = (-72..=42).map(|j| {
            let t = step * f64::from(j);
            let distance = sd * (t - (-t).exp()).exp();
            integrand(u + distance) * distance * (1.0 + (-t).exp())
        });
        step * terms.sum::<f64>()
    }
}
