//! What the one-step models share: a likelihood of two parameters, its maximum, its profile.

mod bootstrap;
mod divergence;
mod draw;
mod interval;
mod no_fit;
mod pooled;
mod profile;
mod report;
mod search;
mod surface;

use super::Level;
use crate::{
    numeric::{self, chi_squared},
    study::Counts,
};

pub use no_fit::NoFit;

pub(crate) use bootstrap::{mixture_prediction, mixture_quantile};
pub(crate) use divergence::{divergence, ln_ratio};
pub(crate) use draw::{Draw, resampled_prediction};
pub(crate) use interval::{Course, Location, diagnose};
pub(crate) use no_fit::check;
pub(crate) use pooled::Pooled;
pub(crate) use profile::{ProfileSearch, location_interval, profile_location, scale_interval};
pub(crate) use report::{boundary_test, draft, estimate, without_random};
pub(crate) use search::{Maximum, Rung, maximise, rungs_to_the_end};
pub(crate) use surface::{Effort, Ladder, Point, Rough, Surface, Zero};

/// Half the `χ²₁` quantile of the level, what a profile may lose: 1.92 for 95 %.
pub(crate) fn drop_at(level: Level) -> f64 {
    0.5 * chi_squared::quantile_upper(2.0 * level.tail(), 1.0)
}

/// The likelihood-ratio statistic of one common rate against one for each study; `None` without an
/// event, or without anything else, anywhere.
pub(crate) fn single_rate_lrt(counts: &[Counts]) -> Option<f64> {
    let pooled = Pooled::new(counts);
    (pooled.events > 0.0 && pooled.non_events > 0.0).then_some(pooled.lrt)
}

/// Parts as percentages of their sum.
pub(crate) fn shares(parts: &[f64]) -> Vec<f64> {
    let total = numeric::sum(parts.iter().copied());
    parts.iter().map(|part| 100.0 * part / total).collect()
}

#[cfg(test)]
pub(crate) mod testing {
    //! Data of the tests.
    use crate::study::Counts;

    /// Pritz 1997, as in `tests/reference/pritz1997.csv`.
    pub(crate) fn pritz() -> Vec<Counts> {
        let pairs = [
            (16, 17),
            (10, 12),
            (4, 8),
            (43, 58),
            (10, 10),
            (25, 42),
            (13, 14),
            (12, 12),
            (22, 41),
            (4, 5),
            (5, 6),
            (18, 23),
            (58, 68),
            (6, 10),
        ];
        counts(&pairs)
    }

    pub(crate) fn counts(pairs: &[(u64, u64)]) -> Vec<Counts> {
        pairs.iter().map(|&(x, n)| Counts::new(x, n).unwrap()).collect()
    }
}
