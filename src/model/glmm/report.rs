//! From a fitted binomial-normal model to the numbers and sentences of a [`Fit`].

use super::{NAME, estimate::GlmmFit, mean, resample::resample};
use crate::{
    effect::Correction,
    model::{
        CiMethod, Estimand, Fit, Heterogeneity, Level, Link, ModelError, Note, OneStepCi,
        Prediction, PredictionMethod, RandomEstimate, Rate, Tau2Ci, ci,
        heterogeneity::{i2_from_tau2, typical_variance},
        note,
        one_step::{self, Course, Draw, Location, boundary_test},
    },
    numeric::{normal, special, student_t},
    study::Counts,
};

/// Puts the random-effects part into a draft.
pub(super) fn complete(
    mut fit: Fit,
    model: &GlmmFit,
    counts: &[Counts],
    ci: OneStepCi,
) -> Result<Fit, ModelError> {
    let settings = fit.settings;
    let level = settings.level;
    let wanted = ci == OneStepCi::Bootstrap
        || (settings.prediction == PredictionMethod::Bootstrap && fit.k >= 3);
    let draws = if wanted {
        resample(model, counts, settings.seed)
            .map_err(|source| ModelError::Numeric { what: "a bootstrap resample", source })?
    } else {
        Vec::new()
    };
    let link = model.link();
    let location = Location {
        value: model.mu(),
        se: model.se(),
        k: fit.k,
        level,
        profile: &|| model.mu_interval(level),
        lost_at_0: &|| model.log_likelihood() - model.profile_mu(0.0),
        resampled: &draws.iter().map(|draw| draw.location()).collect::<Vec<_>>(),
    };
    let interval = location.interval(ci);
    let pooled = one_step::estimate(&interval, |y| link.inverse(y).0);
    fit.random = Some(RandomEstimate {
        pooled,
        hk_scale: None,
        wald_se: pooled.se,
        estimand: Estimand::Median,
        median: Some(pooled.estimate),
        marginal_mean: Some(marginal_mean(model, ci, level, fit.k).unwrap_or(Rate {
            estimate: pooled.estimate,
            ci_lower: pooled.ci_lower,
            ci_upper: pooled.ci_upper,
        })),
    });
    fit.prediction = prediction(model, &fit, &draws)?;
    fit.studies.set_weights_random(model.weights(counts));
    let (lower, upper) = model.tau2_interval(level);
    spread(&mut fit.heterogeneity, model, (lower, upper));
    typical(&mut fit.heterogeneity, counts, link, (lower, upper));
    let test = boundary_test(model.log_likelihood(), model.log_likelihood_common());
    fit.heterogeneity.tests.push(test);
    let course = Course {
        converged: model.converged(),
        boundary: model.tau2() == 0.0,
        modes: model.modes(),
        evaluations: model.evaluations(),
    };
    one_step::diagnose(&mut fit, course, (model.mu(), model.se()), |y| link.inverse(y).0);
    let notes = &mut fit.diagnostics.warnings;
    if upper.is_none() {
        notes.push(Note::Tau2Unbounded);
    }
    if lower == 0.0 && test.p_value < 2.0 * level.tail() {
        notes.push(Note::Tau2IntervalMeetsZero { p_value: test.p_value });
    }
    note::on_prediction(notes, fit.prediction.as_ref(), &pooled, fit.k, (model.tau2(), upper));
    Ok(fit)
}

/// The mean rate over studies; `None` at `τ̂² = 0`, where it is the median.
///
/// Its interval is a delta-method one on the logit of the mean, from the covariance of `(μ, ln τ²)`.
pub(crate) fn marginal_mean(
    model: &GlmmFit,
    ci: OneStepCi,
    level: Level,
    k: usize,
) -> Option<Rate> {
    let [[vm, vb], [_, vt]] = model.covariance()?;
    let mean = mean::marginal(model.link(), model.mu(), model.tau2().sqrt());
    let logit = mean.rate.ln() - mean.complement.ln();
    let scale = mean.rate * mean.complement;
    let (by_mu, by_ln_tau2) = (mean.by_mu / scale, 0.5 * mean.by_ln_tau / scale);
    let variance =
        by_mu * by_mu * vm + 2.0 * by_mu * by_ln_tau2 * vb + by_ln_tau2 * by_ln_tau2 * vt;
    let df = if ci == OneStepCi::Z { None } else { Some(k as f64 - 1.0) };
    let around = ci::wald(logit, variance.max(0.0).sqrt(), df, level, CiMethod::T);
    Some(Rate {
        estimate: mean.rate,
        ci_lower: Some(special::expit(around.lower)),
        ci_upper: Some(special::expit(around.upper)),
    })
}

/// Where the rate of a new study is expected: `μ̂ ± quantile·√(τ̂² + se²)`, or quantiles of the
/// mixture of the resampled normal distributions.
fn prediction(
    model: &GlmmFit,
    fit: &Fit,
    draws: &[Draw],
) -> Result<Option<Prediction>, ModelError> {
    if fit.k < 3 {
        return Ok(None);
    }
    let (method, tail, k) = (fit.settings.prediction, fit.settings.level.tail(), fit.k as f64);
    let back = |y: f64| model.link().inverse(y).0;
    let around = |df: Option<f64>| {
        let quantile = match df {
            Some(df) => student_t::quantile_upper(tail, df),
            None => normal::quantile_upper(tail),
        };
        let half = quantile * (model.tau2() + model.se().powi(2)).sqrt();
        let (lower, upper) = (model.mu() - half, model.mu() + half);
        Ok(Some(Prediction {
            method,
            df,
            yi_lower: Some(lower),
            yi_upper: Some(upper),
            lower: back(lower),
            upper: back(upper),
        }))
    };
    match method {
        PredictionMethod::None => Ok(None),
        PredictionMethod::T => around(Some(k - 1.0)),
        PredictionMethod::Hts => around(Some(k - 2.0)),
        PredictionMethod::Normal => around(None),
        PredictionMethod::Hk | PredictionMethod::Kr => {
            Err(ModelError::PredictionNeeds { prediction: method, model: NAME })
        }
        PredictionMethod::Bootstrap => {
            one_step::resampled_prediction(draws, model.mu(), tail, back).map(Some)
        }
    }
}

/// `τ²`, its interval and its standard error.
fn spread(found: &mut Heterogeneity, model: &GlmmFit, (lower, upper): (f64, Option<f64>)) {
    let tau2 = model.tau2();
    found.tau2 = Some(tau2);
    found.tau2_se = model.covariance().map(|[_, [_, variance]]| tau2 * variance.sqrt());
    found.tau2_lower = Some(lower);
    found.tau2_upper = upper;
    found.tau2_interval = Some(Tau2Ci::Pl);
    found.tau = Some(tau2.sqrt());
    found.log_likelihood = Some(model.log_likelihood());
}

/// I² and H² relative to the typical sampling variance on the link scale, all studies, those with an
/// empty cell corrected by ½.
fn typical(
    found: &mut Heterogeneity,
    counts: &[Counts],
    link: Link,
    (lower, upper): (f64, Option<f64>),
) {
    let vi: Vec<f64> = counts.iter().map(|&c| corrected_variance(c, link)).collect();
    let (Some(typical), Some(tau2)) = (typical_variance(&vi), found.tau2) else { return };
    found.i2 = Some(i2_from_tau2(tau2, typical));
    found.i2_lower = Some(i2_from_tau2(lower, typical));
    found.i2_upper = Some(upper.map_or(100.0, |upper| i2_from_tau2(upper, typical)));
    found.h2 = Some(1.0 + tau2 / typical);
    found.h2_lower = Some(1.0 + lower / typical);
    found.h2_upper = upper.map(|upper| 1.0 + upper / typical);
}

/// The sampling variance of a study on the link scale, an empty cell corrected by ½.
pub(crate) fn corrected_variance(counts: Counts, link: Link) -> f64 {
    let add = if counts.is_interior() { 0.0 } else { Correction::default().add };
    let (x, y) = (counts.x() + add, counts.n() - counts.x() + add);
    link.variance(x / (x + y), y / (x + y), x + y)
}
