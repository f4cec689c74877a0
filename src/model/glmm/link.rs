//! The three links: from the analysis scale to rates and back.

use crate::{
    model::Link,
    numeric::{normal, special},
};

impl Link {
    /// The link of a rate `p` whose complement is `q`; both, so that rates near 1 keep their digits.
    ///
    /// ```
    /// use resorb::model::Link;
    /// assert_eq!(Link::Logit.of(0.5, 0.5), 0.0);
    /// assert_eq!(Link::Probit.of(0.0, 1.0), f64::NEG_INFINITY);
    /// ```
    #[must_use]
    pub fn of(self, p: f64, q: f64) -> f64 {
        match self {
            Self::Logit => p.ln() - q.ln(),
            Self::Probit if p <= q => normal::quantile(p),
            Self::Probit => normal::quantile_upper(q),
            // −ln q from the side that has the digits.
            Self::Cloglog if p <= q => (-(-p).ln_1p()).ln(),
            Self::Cloglog => (-q.ln()).ln(),
        }
    }

    /// The rate at `eta` on the analysis scale, and its complement.
    ///
    /// ```
    /// use resorb::model::Link;
    /// let (p, q) = Link::Cloglog.inverse(0.0);
    /// assert!((q - (-1f64).exp()).abs() < 1e-15 && (p + q - 1.0).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn inverse(self, eta: f64) -> (f64, f64) {
        match self {
            Self::Logit => (special::expit(eta), special::expit(-eta)),
            Self::Probit => (normal::cdf(eta), normal::sf(eta)),
            Self::Cloglog => {
                let hazard = eta.exp();
                (-(-hazard).exp_m1(), (-hazard).exp())
            }
        }
    }

    /// `dp/dη` at `eta`.
    pub(crate) fn slope(self, eta: f64) -> f64 {
        match self {
            Self::Logit => special::expit(eta) * special::expit(-eta),
            Self::Probit => normal::pdf(eta),
            Self::Cloglog => (eta - eta.exp()).exp(),
        }
    }

    /// The sampling variance on the analysis scale of a rate estimated from `n` trials (delta method).
    pub(crate) fn variance(self, p: f64, q: f64, n: f64) -> f64 {
        let slope = match self {
            Self::Logit => p * q,
            Self::Probit => normal::pdf(self.of(p, q)),
            // dp/dη = −q ln q.
            Self::Cloglog => q * if p <= q { -(-p).ln_1p() } else { -q.ln() },
        };
        p * q / n / slope / slope
    }
}
