//! How many resamples stand behind a bootstrap.

use serde::Serialize;

use super::{CiMethod, Fit, Model, PredictionMethod};

/// Resamples of a parametric bootstrap of the pooled value, and of all that one-step models bootstrap.
pub(crate) const RESAMPLES: u32 = 1999;

/// Draws of the bootstrap prediction interval of the two-step model, which fits nothing again.
pub(crate) const DRAWS: u32 = 4999;

/// Resamples behind the intervals of a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Resamples {
    /// Of the interval of the pooled value; `None` where it is no bootstrap.
    pub ci: Option<u32>,
    /// Of the prediction interval; `None` likewise.
    pub prediction: Option<u32>,
}

impl Fit {
    /// Resamples behind its intervals; `None` where neither is a bootstrap.
    ///
    /// ```
    /// use resorb::{model::{PredictionMethod, Settings, pool}, study::Studies};
    /// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
    /// let prediction = PredictionMethod::Bootstrap;
    /// let fit = pool(&studies, &Settings { prediction, ..Settings::two_step() })?;
    /// assert_eq!(fit.resamples().and_then(|resamples| resamples.prediction), Some(4999));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn resamples(&self) -> Option<Resamples> {
        let ci = self.random.filter(|random| random.pooled.method == CiMethod::Bootstrap);
        let prediction = self.prediction.filter(|p| p.method == PredictionMethod::Bootstrap);
        let draws = match self.settings.model {
            Model::TwoStep(_) => DRAWS,
            _ => RESAMPLES,
        };
        (ci.is_some() || prediction.is_some())
            .then(|| Resamples { ci: ci.map(|_| RESAMPLES), prediction: prediction.map(|_| draws) })
    }
}
