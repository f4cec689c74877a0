//! Parametric bootstrap of the binomial-normal model: counts are drawn from it, it is fitted again.

use super::{estimate::GlmmFit, marginal::Marginal};
use crate::{
    model::{
        one_step::{self, Draw, NoFit, Rough},
        resamples::RESAMPLES,
    },
    numeric::{NumericError, parallel, rng::Rng},
    study::Counts,
};

/// Resamples of the fitted model; resample `i` has its own random stream, so the result does not
/// depend on the number of threads.
pub(super) fn resample(
    fit: &GlmmFit,
    counts: &[Counts],
    seed: u64,
) -> Result<Vec<Draw>, NumericError> {
    let (mu, tau, link) = (fit.mu(), fit.tau2().sqrt(), fit.link());
    let one = |i: u32| {
        let mut rng = Rng::stream(seed, u64::from(i));
        let drawn: Vec<Counts> = counts
            .iter()
            .map(|c| {
                let (p, _) = link.inverse(tau.mul_add(rng.normal(), mu));
                Counts::new(rng.binomial(c.total(), p), c.total()).unwrap_or(*c)
            })
            .collect();
        match one_step::check(&drawn) {
            Ok(()) => {
                let maximum = one_step::maximise(&Rough(Marginal::new(&drawn, link)))?;
                let tau = maximum.inside.map_or(0.0, |rung| rung.log_scale.exp());
                Ok(Draw::Normal { mu: maximum.location(), tau })
            }
            Err(NoFit::NoEvents) => Ok(Draw::NoEvents),
            Err(NoFit::AllEvents) => Ok(Draw::AllEvents),
            Err(_) => {
                let none = drawn.iter().filter(|c| c.events() == 0).count();
                Ok(Draw::Split { below: none as f64 / drawn.len() as f64 })
            }
        }
    };
    parallel::map(RESAMPLES, one).into_iter().collect()
}
