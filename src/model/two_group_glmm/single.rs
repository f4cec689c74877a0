//! Single rates: the Poisson-normal model of events over time in one group (Stijnen, Hamza and Özdemir
//! 2010, section 5).

use super::{OneStepFit, direct::Direct, estimate::Any, poisson::Poisson};
use crate::{
    model::one_step::{self, NoFit, Rough},
    numeric,
    study::PersonTime,
};

impl OneStepFit {
    /// Fits log rates of single groups: Poisson events with a normal random effect.
    ///
    /// ```
    /// use resorb::{model::OneStepFit, study::PersonTime};
    /// let groups = [(11, 1491.0), (9, 1602.0), (1, 1370.0), (13, 800.0)]
    ///     .map(|(events, time)| PersonTime::new(events, time))
    ///     .into_iter()
    ///     .collect::<Result<Vec<_>, _>>()?;
    /// let fit = OneStepFit::single_rates(&groups)?;
    /// assert!(fit.converged() && fit.tau2() > 0.1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`NoFit`] for fewer than two groups, or none with an event.
    pub fn single_rates(groups: &[PersonTime]) -> Result<Self, NoFit> {
        let surface = Any::Poisson(likelihood(groups)?);
        let inside: Vec<bool> = groups.iter().map(|group| group.events() > 0).collect();
        Self::maximise(surface, groups.len(), (0..groups.len()).collect(), &inside)
    }

    /// `μ̂` and `τ̂` of a resample of single rates, its integrals not refined.
    pub(in crate::model) fn rough_rates(groups: &[PersonTime]) -> Result<(f64, f64), NoFit> {
        let maximum = one_step::maximise(&Rough(likelihood(groups)?))?;
        Ok((maximum.location(), maximum.inside.map_or(0.0, |rung| rung.log_scale.exp())))
    }
}

fn likelihood(groups: &[PersonTime]) -> Result<Direct<Poisson>, NoFit> {
    if groups.len() < 2 {
        return Err(NoFit::SingleStudy);
    }
    if groups.iter().all(|group| group.events() == 0) {
        return Err(NoFit::NoEvents);
    }
    let likelihoods: Vec<_> = groups.iter().map(|&group| Poisson::new(group)).collect();
    let saturated = numeric::sum(likelihoods.iter().map(Poisson::ln_most));
    Ok(Direct::new(likelihoods, saturated))
}
