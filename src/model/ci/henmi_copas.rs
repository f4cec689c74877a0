//! The interval of Henmi and Copas 2010: the common-effect mean, which small studies sway least,
//! with a random-effects variance and the exact-moment distribution of its pivot.

use super::{Interval, Pooling};
use crate::{
    model::{
        CiMethod, ModelError,
        traces::Traces,
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
    w2: f64,
    /// `Var R = 1 + τ²w₂`.
    variance: f64,
    /// `E[Q]`, and what a Q given R has less of it at `R = 0`.
    q_mean: f64,
    /// The part of `Var(Q | R)` that does not depend on R.
    q_variance: f64,
    /// How much `E[Q | R]` and `Var(Q | R)` grow with `(R/Var R)²`.
    mean_slope: f64,
    variance_slope: f64,
}

impl Pivot {
    fn new(pooling: &Pooling<'_>) -> Self {
        let Pooling { yi, vi, tau2, .. } = *pooling;
        let df = pooling.k() - 1.0;
        let Weighted { w, mean, .. } = Weighted::at(yi, vi, 0.0);
        let [s2] = sums(vi, vi, |_, v| [1.0 / (v * v)]);
        let w2 = s2 / w;
        let variance = tau2.mul_add(w2, 1.0);
        // Q = z'Az with z ~ N(0, D), D = diag(v + τ²), and c = Cov(z, R): c'Ac and c'ADAc as sums
        // of squares, and Var(Q | R)'s slope as a variance of weights with shares ∝ w(1 + τ²w).
        // Differences of raw moments would lose all digits to one huge study.
        let [spread, third, shared] = sums(vi, vi, |_, v| {
            let weight = 1.0 / v;
            let square = (weight - w2) * (weight - w2);
            [weight * square, weight * weight * square, weight * weight * (1.0 + tau2 * weight)]
        });
        let centre = shared / (w * variance);
        let [slope] = sums(vi, vi, |_, v| {
            let weight = 1.0 / v;
            [weight * (1.0 + tau2 * weight) * (weight - centre) * (weight - centre)]
        });
        let tau4 = tau2 * tau2;
        let cac = tau4 * spread / w;
        let cadac = tau4 * tau2.mul_add(third, spread) / w;
        // A is P at τ² = 0, and wd = 1 + τ²w.
        let Traces { first: trace, second: trace_squared } =
            Traces::of(vi, f64::recip, |v| v + tau2);
        let shift = cac / variance;
        Self {
            df,
            mean,
            w,
            w2,
            variance,
            q_mean: trace - shift,
            q_variance: 2.0 * (shift.mul_add(shift, trace_squared) - 2.0 * cadac / variance),
            mean_slope: cac,
            variance_slope: 4.0 * tau4 * slope / w,
        }
    }

    /// `P(Q ≤ q | R = r)` by the gamma approximation.
    fn q_below(&self, q: f64, r: f64) -> f64 {
        let square = (r / self.variance) * (r / self.variance);
        let mean = self.mean_slope.mul_add(square, self.q_mean);
        let variance = self.variance_slope.mul_add(square, self.q_variance);
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
