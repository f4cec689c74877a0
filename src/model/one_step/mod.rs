//! What the one-step models share: a likelihood of two parameters, its maximum, its profile.

mod divergence;
mod pooled;
mod profile;
mod search;
mod surface;

pub(crate) use divergence::divergence;
pub(crate) use pooled::Pooled;
pub(crate) use profile::{location_interval, scale_interval};
pub(crate) use search::{Maximum, maximise};
pub(crate) use surface::{Effort, Ladder, Point, Surface, Zero};

#[cfg(test)]
pub(crate) mod testing {
    //! Data of the tests.
    use crate::study::Counts;

    /// Pritz 1997, as in `tests/reference/pritz1997.csv`.
    pub(crate) fn pritz() -> Vec<Counts> {
        counts("17/16 12/10 8/6")
    }

    pub(crate) fn counts(_t: &str) -> Vec<Counts> {
        Vec::new()
    }
}
