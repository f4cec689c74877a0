//! All studies as one: the common-effect (binomial regression) side of the one-step models.

use super::divergence::divergence;
use crate::{
    numeric::{Sum, binomial},
    study::Counts,
};

/// Counts summed over studies, with the log-likelihoods that need no search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pooled {
    /// Σ events.
    pub(crate) events: f64,
    /// Σ (total − events).
    pub(crate) non_events: f64,
    /// Log-likelihood when every study has its own rate.
    pub(crate) saturated: f64,
    /// Twice the log-likelihood lost by one common rate: the heterogeneity test, in closed form.
    pub(crate) lrt: f64,
}

impl Pooled {
    pub(crate) fn new(counts: &[Counts]) -> Self {
        let events = whole(counts.iter().map(|c| c.events()));
        let non_events = whole(counts.iter().map(|c| c.total() - c.events()));
        let mut pooled = Self { events, non_events, saturated: 0.0, lrt: 0.0 };
        let (rate, complement) = (pooled.rate(), pooled.complement());
        let mut saturated = Sum::default();
        let mut lost = Sum::default();
        for c in counts {
            let (x, n) = (c.x(), c.n());
            saturated.add(binomial::ln_pmf(x, n, x / n));
            // The difference from the smaller of the two sides keeps the digits of rates near 1.
            let (p, q) = (x / n, (n - x) / n);
            let difference = if rate <= 0.5 { rate - p } else { q - complement };
            lost.add(n * divergence((p, q), (rate, complement), difference));
        }
        pooled.saturated = saturated.value();
        pooled.lrt = (2.0 * lost.value()).max(0.0);
        pooled
    }

    /// Σ total.
    pub(crate) fn total(&self) -> f64 {
        self.events + self.non_events
    }

    /// The crude rate.
    pub(crate) fn rate(&self) -> f64 {
        self.events / self.total()
    }

    /// 1 − the crude rate.
    pub(crate) fn complement(&self) -> f64 {
        self.non_events / self.total()
    }

    /// Log-likelihood of one common rate.
    pub(crate) fn log_likelihood(&self) -> f64 {
        self.saturated - self.lrt / 2.0
    }
}

/// A sum of counts, exact before it is rounded once.
fn whole(counts: impl Iterator<Item = u64>) -> f64 {
    counts.map(u128::from).sum::<u128>() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pritz 1997 with mpmath, 30 digits; metafor prints 42.2324.
    #[test]
    fn pritz_likelihoods() {
        let counts = crate::model::one_step::testing::pritz();
        let pooled = Pooled::new(&counts);
        assert_eq!((pooled.events, pooled.total()), (246.0, 326.0));
        assert!((pooled.lrt - 42.232_398_025_732_05).abs() < 1e-10);
    }

    /// A rate near 1 and its mirror image lose the same log-likelihood.
    #[test]
    fn mirror() {
        let near_one = [(999_999_990, 1_000_000_000), (99_999_998, 100_000_000)];
        let counts = |mirrored: bool| {
            near_one
                .map(|(x, n)| Counts::new(if mirrored { n - x } else { x }, n).unwrap())
                .to_vec()
        };
        let (a, b) = (Pooled::new(&counts(false)), Pooled::new(&counts(true)));
        assert!((a.lrt / b.lrt - 1.0).abs() < 1e-12);
        assert!((a.saturated - b.saturated).abs() < 1e-12);
    }
}
