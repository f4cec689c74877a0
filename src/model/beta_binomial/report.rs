//! From a fitted beta-binomial model to the numbers and sentences of a [`Fit`].

use super::{
    estimate::BetaBinomialFit,
    resample::{Draw, resample},
};
use crate::{
    model::{
        Estimand, Fit, Level, ModelError, Note, OneStepCi, Prediction, PredictionMethod,
        RandomEstimate, Rate, note,
        one_step::{self, Course, Location, boundary_test, mixture_quantile},
    },
    numeric::special,
    study::Counts,
};

/// Puts the random-effects part into a draft. `τ²`, and with it I² and H² from `τ²`, have no
/// counterpart in this model and stay null; `rho` is what it says about heterogeneity.
pub(super) fn complete(
    mut fit: Fit,
    model: &BetaBinomialFit,
    counts: &[Counts],
    ci: OneStepCi,
) -> Result<Fit, ModelError> {
    let settings = fit.settings;
    let level = settings.level;
    let predict = settings.prediction != PredictionMethod::None && fit.k >= 3;
    let draws = if predict || ci == OneStepCi::Bootstrap {
        resample(model, counts, settings.seed)
            .map_err(|source| ModelError::Numeric { what: "a bootstrap resample", source })?
    } else {
        Vec::new()
    };
    let location = Location {
        value: model.logit_mean(),
        se: model.se(),
        k: fit.k,
        level,
        profile: &|| model.logit_mean_interval(level),
        lost_at_0: &|| model.log_likelihood() - model.profile_logit_mean(0.0),
        resampled: &draws.iter().map(|draw| draw.location()).collect::<Vec<_>>(),
    };
    let interval = location.interval(ci);
    let pooled = one_step::estimate(&interval, special::expit);
    fit.random = Some(RandomEstimate {
        pooled,
        hk_scale: None,
        wald_se: pooled.se,
        estimand: Estimand::Mean,
        median: model.median(),
        marginal_mean: Some(Rate {
            estimate: pooled.estimate,
            ci_lower: pooled.ci_lower,
            ci_upper: pooled.ci_upper,
        }),
    });
    if predict {
        fit.prediction = Some(prediction(model, &draws, level)?);
    }
    fit.studies.set_weights_random(model.weights(counts));
    let (lower, upper) = model.rho_interval(level);
    let test = boundary_test(model.log_likelihood(), model.log_likelihood_common());
    let found = &mut fit.heterogeneity;
    found.tests.push(test);
    found.rho = Some(model.rho());
    found.rho_lower = Some(lower);
    found.rho_upper = Some(upper);
    found.log_likelihood = Some(model.log_likelihood());
    let course = Course {
        converged: model.converged(),
        boundary: model.shape().is_none(),
        modes: model.modes(),
        evaluations: model.evaluations(),
    };
    let place = (model.logit_mean(), model.se());
    one_step::diagnose(&mut fit, course, place, special::expit);
    let notes = &mut fit.diagnostics.warnings;
    if model.rho() == 0.0 {
        notes.push(Note::BoundaryRho { rho_upper: upper });
    } else if model.rho() == 1.0 {
        notes.push(Note::RhoIsOne);
    }
    if lower == 0.0 && test.p_value < 2.0 * level.tail() {
        notes.push(Note::RhoIntervalMeetsZero { p_value: test.p_value });
    }
    // The sentences on τ̂² = 0 are not this model's; any value above 0 leaves them out.
    note::on_prediction(notes, fit.prediction.as_ref(), &pooled, fit.k, (f64::INFINITY, None));
    Ok(fit)
}

/// Quantiles of the mixture of the resampled beta distributions: with one resample it would be the
/// beta quantiles of the fit, with all of them the uncertainty of `(α, β)` is in it.
fn prediction(
    model: &BetaBinomialFit,
    draws: &[Draw],
    level: Level,
) -> Result<Prediction, ModelError> {
    let share = |y| draws.iter().map(|draw| draw.cdf(y)).sum::<f64>() / draws.len() as f64;
    let limit = |probability| {
        mixture_quantile(share, probability, model.logit_mean())
            .map_err(|source| ModelError::Numeric { what: "the prediction interval", source })
    };
    let (lower, upper) = (limit(level.tail())?, limit(1.0 - level.tail())?);
    Ok(one_step::mixture_prediction(lower, upper, special::expit))
}
