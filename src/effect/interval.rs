//! Intervals of single proportions.

use serde::{Deserialize, Serialize};

use super::{BackContext, Measure};
use crate::{
    numeric::{beta, normal, root},
    study::Counts,
};

/// How the interval of a single study is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StudyInterval {
    /// Exact (Clopper and Pearson 1934).
    #[default]
    ClopperPearson,
    /// Score (Wilson 1927).
    Wilson,
    /// Score with continuity correction (Newcombe 1998).
    WilsonCc,
    /// Agresti and Coull 1998.
    AgrestiCoull,
    /// Equal-tailed posterior under Jeffreys' prior (Brown, Cai and `DasGupta` 2001).
    Jeffreys,
    /// Exact with mid-P (Lancaster 1961).
    MidP,
    /// `yi ± z·√vi` on the analysis scale, transformed back. Where a correction has moved the
    /// effect, the raw rate beside it can lie outside.
    Wald,
}

impl StudyInterval {
    /// The limits with `tail` probability on each side (0.025 for 95 %), within 0 and 1.
    ///
    /// `effect` is the study's `(yi, vi)` on the scale of `measure`; only [`Self::Wald`] uses it.
    ///
    /// ```
    /// use resorb::{effect::{Measure, StudyInterval}, study::Counts};
    /// let counts = Counts::new(0, 20)?;
    /// let (lower, upper) =
    ///     StudyInterval::ClopperPearson.limits(counts, Measure::Pas, (0.0, 0.0125), 0.025);
    /// assert_eq!(lower, 0.0);
    /// assert!((upper - (1.0 - 0.025f64.powf(1.0 / 20.0))).abs() < 1e-12);
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    #[must_use]
    pub fn limits(
        self,
        counts: Counts,
        measure: Measure,
        effect: (f64, f64),
        tail: f64,
    ) -> (f64, f64) {
        let (x, n) = (counts.x(), counts.n());
        let p = x / n;
        let z = normal::quantile_upper(tail);
        let z2 = z * z;
        let clamp = |(lower, upper): (f64, f64)| (lower.clamp(0.0, 1.0), upper.clamp(0.0, 1.0));
        match self {
            Self::ClopperPearson => (
                if x == 0.0 { 0.0 } else { beta::quantile(tail, x, n - x + 1.0) },
                if x == n { 1.0 } else { beta::quantile_upper(tail, x + 1.0, n - x) },
            ),
            Self::Wilson => {
                let centre = x + z2 / 2.0;
                let half = z * (x * (n - x) / n + z2 / 4.0).sqrt();
                let limit = |numerator: f64| numerator / (n + z2);
                // At the edges the score limit is the edge itself; rounding must not move it.
                let lower = if x == 0.0 { 0.0 } else { limit(centre - half) };
                let upper = if x == n { 1.0 } else { limit(centre + half) };
                clamp((lower, upper))
            }
            Self::WilsonCc => {
                let q = 1.0 - p;
                let scale = 2.0 * (n + z2);
                let root = |inner: f64| z * inner.max(0.0).sqrt();
                let lower = 2.0f64.mul_add(x, z2)
                    - 1.0
                    - root(z2 - 2.0 - 1.0 / n + 4.0 * p * n.mul_add(q, 1.0));
                let upper = 2.0f64.mul_add(x, z2)
                    + 1.0
                    + root(z2 + 2.0 - 1.0 / n + 4.0 * p * n.mul_add(q, -1.0));
                clamp((
                    if x == 0.0 { 0.0 } else { lower / scale },
                    if x == n { 1.0 } else { upper / scale },
                ))
            }
            Self::AgrestiCoull => {
                let n_tilde = n + z2;
                let p_tilde = (x + z2 / 2.0) / n_tilde;
                let half = z * (p_tilde * (1.0 - p_tilde) / n_tilde).sqrt();
                clamp((p_tilde - half, p_tilde + half))
            }
            Self::Jeffreys => (
                if x == 0.0 { 0.0 } else { beta::quantile(tail, x + 0.5, n - x + 0.5) },
                if x == n { 1.0 } else { beta::quantile_upper(tail, x + 0.5, n - x + 0.5) },
            ),
            Self::MidP => mid_p(x, n, tail),
            Self::Wald => {
                let (yi, vi) = effect;
                let back = |y| measure.back(y, BackContext::Size(n));
                clamp((back(yi - z * vi.sqrt()), back(yi + z * vi.sqrt())))
            }
        }
    }
}

/// The rates at which half the probability of `x` itself and all beyond it is `tail`.
fn mid_p(x: f64, n: f64, tail: f64) -> (f64, f64) {
    // Half of P(X ≥ x) + P(X > x), each a regularised incomplete beta function of p.
    let at_least = |x: f64, p: f64| if x <= 0.0 { 1.0 } else { beta::cdf(p, x, n - x + 1.0) };
    let at_most = |x: f64, p: f64| if x >= n { 1.0 } else { beta::sf(p, x + 1.0, n - x) };
    let above = |p: f64| 0.5 * (at_least(x, p) + if x >= n { 0.0 } else { at_least(x + 1.0, p) });
    let below = |p: f64| 0.5 * (at_most(x, p) + if x <= 0.0 { 0.0 } else { at_most(x - 1.0, p) });
    // The exact limits are outside the mid-P limits, so they bracket the root with the raw rate.
    let rate = x / n;
    let solve = |f: &dyn Fn(f64) -> f64, lo: f64, hi: f64, fallback: f64| {
        root::brent(f, lo, hi, 1e-13).unwrap_or(fallback)
    };
    let lower = if x == 0.0 {
        0.0
    } else {
        let exact = beta::quantile(tail, x, n - x + 1.0);
        solve(&|p| above(p) - tail, exact, rate, exact)
    };
    let upper = if x == n {
        1.0
    } else {
        let exact = beta::quantile_upper(tail, x + 1.0, n - x);
        solve(&|p| below(p) - tail, rate, exact, exact)
    };
    (lower, upper)
}
