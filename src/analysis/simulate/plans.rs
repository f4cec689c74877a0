//! What a blueprint comes to where not one data set is asked for but how methods do over many.

use super::{Blueprint, PowerGroup, Scenario, SimulateError};
use crate::{
    analysis::{BinomialInterval, Grid},
    effect::{Correction, Inversion, Measure},
    model::{Level, Link, OneStepCi, PredictionMethod, Tau2Method, TwoStepCi},
};

impl Grid {
    /// The methods that simulations compare: what tools do, and what is advised.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            measures: vec![Measure::Plo, Measure::Pft],
            corrections: vec![Correction::default()],
            tau2: vec![Tau2Method::Reml, Tau2Method::Dl],
            intervals: vec![TwoStepCi::Z, TwoStepCi::Hk, TwoStepCi::Adhoc],
            one_step_intervals: vec![OneStepCi::Z, OneStepCi::T],
            crude_intervals: vec![BinomialInterval::Wilson],
            inversions: vec![Inversion::Variance],
            links: vec![Link::Logit],
            predictions: vec![PredictionMethod::T],
            ..Self::default()
        }
    }
}

impl Blueprint {
    /// Data sets of its size and rate, `replicates` of them: the rate is that of the median study.
    ///
    /// # Errors
    /// [`SimulateError`] where the sizes cannot be drawn.
    ///
    /// ```
    /// use resorb::analysis::{Blueprint, Printed};
    /// let scenario = Blueprint::new(10, 600, Printed::rate("60%")?).scenario(100)?;
    /// assert_eq!((scenario.sizes.len(), scenario.sizes.iter().sum::<u64>()), (10, 600));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scenario(&self, replicates: u32) -> Result<Scenario, SimulateError> {
        Ok(Scenario {
            sizes: self.sizes.drawn(self.k, self.total, self.least_size, self.seed)?,
            rate: self.rate.value(),
            tau: self.tau,
            replicates,
            seed: self.seed,
            level: Level::default(),
        })
    }

    /// Its groups, each with its share of the studies and of the patients.
    ///
    /// # Errors
    /// [`SimulateError`] where the sizes of a group cannot be drawn.
    pub fn power_groups(&self) -> Result<Vec<PowerGroup>, SimulateError> {
        let shares: f64 = self.groups.iter().map(|group| group.share).sum();
        let part = |whole: f64, share: f64| (whole * share / shares).round();
        let groups = self.groups.iter().map(|group| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a count"
            )]
            let (k, total) = (
                part(self.k as f64, group.share).max(1.0) as usize,
                part(self.total as f64, group.share) as u64,
            );
            let sizes = self.sizes.drawn(k, total, self.least_size, self.seed)?;
            Ok(PowerGroup { name: group.name.clone(), sizes, rate: group.rate })
        });
        groups.collect()
    }
}
