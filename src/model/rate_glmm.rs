//! The Poisson-normal model of single rates as a [`Fit`]: events over a time at risk, normal log rates.

use super::{
    CiMethod, Estimand, Estimate, Fit, ModelError, NoFit, Note, OneStepCi, OneStepFit,
    PredictionMethod, RandomEstimate, Settings,
    one_step::{self, Draw},
    resamples::RESAMPLES,
    two_group::{complete, draft, wald},
};
use crate::{
    effect::{Correction, Measure},
    numeric::{self, NumericError, parallel, rng::Rng},
    study::{Outcomes, PersonTime, Studies},
};

/// The model's name in messages.
const NAME: &str = "the Poisson-normal model";

/// The rates of studies that the model is for.
fn rates(studies: &Studies) -> Result<&[PersonTime], ModelError> {
    match studies.outcomes() {
        Outcomes::Rates(groups) => Ok(groups),
        other => Err(ModelError::NeedsRates { model: NAME, given: other.kind().name() }),
    }
}

/// The model alone.
pub(super) fn model(studies: &Studies) -> Result<OneStepFit, ModelError> {
    Ok(OneStepFit::single_rates(rates(studies)?)?)
}

/// Fits the Poisson-normal model. The studies show log rates, ½ added to the events where there are none;
/// the model itself never sees them.
pub(super) fn fit(
    studies: &Studies,
    ci: OneStepCi,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    let groups = rates(studies)?;
    let prediction = settings.prediction;
    if matches!(prediction, PredictionMethod::Hk | PredictionMethod::Kr) {
        return Err(ModelError::PredictionNeeds { prediction, model: NAME });
    }
    let effects = Measure::Irln.effects(studies, Correction::default())?;
    let (yi, vi) = (effects.yi().to_vec(), effects.vi().to_vec());
    let corrected = effects.corrected();
    let mut fit = draft(studies, effects, None, *settings, None);
    if corrected > 0 {
        let add = Correction::default().add;
        fit.diagnostics.warnings.push(Note::CorrectedForDisplay { studies: corrected, add });
    }
    match OneStepFit::single_rates(groups) {
        Ok(model) => {
            let wanted = ci == OneStepCi::Bootstrap
                || (prediction == PredictionMethod::Bootstrap && fit.k >= 3);
            let draws = if wanted {
                resample(&model, groups, settings.seed).map_err(|source| ModelError::Numeric {
                    what: "a bootstrap resample",
                    source,
                })?
            } else {
                Vec::new()
            };
            complete(&mut fit, &model, &vi, ci, &draws)?;
        }
        Err(NoFit::SingleStudy) => {
            let own = yi.first().zip(vi.first());
            fit.common = own.map(|(y, v)| wald(Measure::Irln, *y, v.sqrt(), settings));
        }
        Err(NoFit::NoEvents) => without_events(&mut fit, groups),
        Err(reason) => return Err(reason.into()),
    }
    Ok(fit)
}

/// No event anywhere: the exact upper limit of one common rate, at which that has probability
/// `(1 − level)/2`.
fn without_events(fit: &mut Fit, groups: &[PersonTime]) {
    let times: Vec<f64> = groups.iter().map(|group| group.time()).collect();
    let bound = -fit.settings.level.tail().ln() / numeric::sum(times.iter().copied());
    let exact = Estimate {
        yi: None,
        se: None,
        yi_lower: None,
        yi_upper: Some(bound.ln()),
        estimate: 0.0,
        ci_lower: Some(0.0),
        ci_upper: Some(bound),
        method: CiMethod::Exact,
        statistic: None,
        df: None,
        p_value: None,
    };
    fit.common = Some(exact);
    fit.random = Some(RandomEstimate {
        pooled: exact,
        hk_scale: None,
        wald_se: None,
        estimand: Estimand::Median,
        median: Some(exact.estimate),
        marginal_mean: None,
    });
    let shares = one_step::shares(&times);
    fit.studies.set_weights_common(shares.clone());
    fit.studies.set_weights_random(shares);
    fit.diagnostics.warnings.push(Note::AllZero { bound });
}

/// Resamples of the fitted model; resample `i` has its own random stream, so the result does not depend on
/// the number of threads.
fn resample(
    model: &OneStepFit,
    groups: &[PersonTime],
    seed: u64,
) -> Result<Vec<Draw>, NumericError> {
    let (mu, tau) = (model.mu(), model.tau2().sqrt());
    let one = |i: u32| {
        let drawn = draw(groups, (mu, tau), &mut Rng::stream(seed, u64::from(i)));
        match OneStepFit::rough_rates(&drawn) {
            Ok((mu, tau)) => Ok(Draw::Normal { mu, tau }),
            Err(NoFit::Search(error)) => Err(error),
            // There are as many studies as before, so that only events can be missing.
            Err(_) => Ok(Draw::NoEvents),
        }
    };
    parallel::map(RESAMPLES, one).into_iter().collect()
}

/// Events over the same times, drawn from the model at `(μ, τ)`.
pub(crate) fn draw(groups: &[PersonTime], (mu, tau): (f64, f64), rng: &mut Rng) -> Vec<PersonTime> {
    let mut one = |group: &PersonTime| {
        let rate = tau.mul_add(rng.normal(), mu).exp();
        PersonTime::new(rng.poisson(rate * group.time()), group.time()).unwrap_or(*group)
    };
    groups.iter().map(&mut one).collect()
}
