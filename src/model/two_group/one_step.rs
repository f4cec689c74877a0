//! The one-step models of two groups as a [`Fit`].

use super::{draft, lead, speaking, wald};
use crate::{
    effect::{Correction, Measure},
    model::{
        Estimand, Fit, Heterogeneity, ModelError, NoFit, Note, OneStepCi, OneStepFit, Prediction,
        PredictionMethod, RandomEstimate, Settings, Tau2Ci, TwoGroupKind,
        heterogeneity::{i2_from_tau2, typical_variance},
        note::{self, Silent},
        one_step::{self, Course, Draw, Location},
    },
    numeric::{normal, student_t},
    study::{Outcomes, Studies},
};

const NAME: &str = "a one-step model of two groups";

/// Fits a one-step model.
pub(in crate::model) fn fit(
    studies: &Studies,
    kind: TwoGroupKind,
    ci: OneStepCi,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    use PredictionMethod::{Bootstrap, Hk, Kr};
    let prediction = settings.prediction;
    if matches!(prediction, Hk | Kr | Bootstrap) {
        return Err(ModelError::PredictionNeeds { prediction, model: NAME });
    }
    if ci == OneStepCi::Bootstrap {
        return Err(ModelError::NoBootstrap { model: NAME });
    }
    let (measure, dropped) = match studies.outcomes() {
        Outcomes::TwoProportions(tables) => (Measure::Or, OneStepFit::silent_counts(tables)),
        Outcomes::TwoRates(rates) => (Measure::Irr, OneStepFit::silent_rates(rates)),
        outcomes => return Err(wrong(outcomes)),
    };
    let model = fitted(studies, kind)?;
    if let Err(
        reason @ (NoFit::NothingToCompare
        | NoFit::NotForRates
        | NoFit::TooManyEvents
        | NoFit::Search(_)),
    ) = model
    {
        return Err(reason.into());
    }
    let silent = if measure == Measure::Or { Silent::Odds } else { Silent::Ratio };
    let (studies, note) = speaking(studies, &dropped, silent)?;
    let effects = measure.effects(&studies, Correction::default())?;
    let (yi, vi) = (effects.yi().to_vec(), effects.vi().to_vec());
    let corrected = effects.corrected();
    let mut fit = draft(&studies, effects, None, *settings, note);
    if corrected > 0 {
        let add = Correction::default().add;
        fit.diagnostics.warnings.push(Note::CorrectedForDisplay { studies: corrected, add });
    }
    match model {
        Ok(model) => complete(&mut fit, &model, &vi, ci, &[])?,
        Err(NoFit::SingleStudy) => {
            let own = yi.first().zip(vi.first());
            fit.common = own.map(|(y, v)| wald(measure, *y, v.sqrt(), settings));
        }
        Err(NoFit::AllOrNothing) => fit.diagnostics.warnings.push(Note::RatiosZeroOrInfinite),
        Err(_) => fit.diagnostics.warnings.push(Note::OneSided),
    }
    Ok(fit)
}

/// The model alone.
pub(in crate::model) fn model(
    studies: &Studies,
    kind: TwoGroupKind,
) -> Result<OneStepFit, ModelError> {
    fitted(studies, kind)?.map_err(ModelError::from)
}

fn fitted(studies: &Studies, kind: TwoGroupKind) -> Result<Result<OneStepFit, NoFit>, ModelError> {
    match studies.outcomes() {
        Outcomes::TwoProportions(tables) => Ok(OneStepFit::counts(tables, kind)),
        Outcomes::TwoRates(rates) => Ok(OneStepFit::rates(rates, kind)),
        outcomes => Err(wrong(outcomes)),
    }
}

fn wrong(outcomes: &Outcomes) -> ModelError {
    ModelError::NeedsTwoGroups { model: NAME, given: outcomes.kind().name() }
}

/// Puts the common effect, the random effects and the heterogeneity of a fitted model into a draft.
/// `vi` are the sampling variances of the studies' log ratios or rates, and `draws` the resamples, where a
/// bootstrap is asked for.
pub(in crate::model) fn complete(
    fit: &mut Fit,
    model: &OneStepFit,
    vi: &[f64],
    ci: OneStepCi,
    draws: &[Draw],
) -> Result<(), ModelError> {
    let (settings, measure) = (fit.settings, fit.studies.measure());
    let level = settings.level;
    let (yi, se) = model.common();
    fit.common = Some(wald(measure, yi, se, &settings));
    let [random, common] = model.used_weights();
    fit.studies.set_weights_common(common);
    fit.studies.set_weights_random(random);
    let location = Location {
        value: model.mu(),
        se: model.se(),
        k: fit.k,
        level,
        profile: &|| model.mu_interval(level),
        lost_at_0: &|| model.log_likelihood() - model.profile_mu(0.0),
        resampled: &draws.iter().map(|draw| draw.location()).collect::<Vec<_>>(),
    };
    let pooled = one_step::estimate(&location.interval(ci), f64::exp);
    fit.random = Some(RandomEstimate {
        pooled,
        hk_scale: None,
        wald_se: Some(model.se()),
        estimand: Estimand::Median,
        median: Some(pooled.estimate),
        marginal_mean: None,
    });
    fit.prediction = prediction(model, fit, draws)?;
    let found = &mut fit.heterogeneity;
    let (lrt, wald) = (model.lrt(), model.wald());
    if let Some(test) = lrt.or(wald) {
        lead(found, test, &settings);
    }
    found.tests.extend([lrt, wald].into_iter().flatten());
    let test = model.tau2_test();
    found.tests.push(test);
    let limits = model.tau2_interval(level);
    spread(found, model, vi, limits);
    let course = Course {
        converged: model.converged(),
        boundary: model.tau2() == 0.0,
        modes: model.modes(),
        evaluations: model.evaluations(),
    };
    one_step::diagnose(fit, course, (model.mu(), model.se()), f64::exp);
    let notes = &mut fit.diagnostics.warnings;
    notes.extend(model.sigma2().map(|sigma2| Note::Intercepts { sigma2 }));
    let (lower, upper) = limits;
    if upper.is_none() {
        notes.push(Note::Tau2Unbounded);
    }
    if lower == 0.0 && test.p_value < 2.0 * level.tail() {
        notes.push(Note::Tau2IntervalMeetsZero { p_value: test.p_value });
    }
    note::on_prediction(notes, fit.prediction.as_ref(), &pooled, fit.k, (model.tau2(), upper));
    Ok(())
}

/// Where the value of a new study is expected: `μ̂ ± quantile·√(τ̂² + se²)`, or by the resamples.
fn prediction(
    model: &OneStepFit,
    fit: &Fit,
    draws: &[Draw],
) -> Result<Option<Prediction>, ModelError> {
    let (method, tail, k) = (fit.settings.prediction, fit.settings.level.tail(), fit.k as f64);
    let df = match method {
        _ if fit.k < 3 => return Ok(None),
        PredictionMethod::T => Some(k - 1.0),
        PredictionMethod::Hts => Some(k - 2.0),
        PredictionMethod::Normal => None,
        PredictionMethod::Bootstrap => {
            return one_step::resampled_prediction(draws, model.mu(), tail, f64::exp).map(Some);
        }
        PredictionMethod::Hk | PredictionMethod::Kr | PredictionMethod::None => return Ok(None),
    };
    let quantile =
        df.map_or_else(|| normal::quantile_upper(tail), |df| student_t::quantile_upper(tail, df));
    let half = quantile * (model.tau2() + model.se().powi(2)).sqrt();
    let (lower, upper) = (model.mu() - half, model.mu() + half);
    Ok(Some(Prediction {
        method,
        df,
        yi_lower: Some(lower),
        yi_upper: Some(upper),
        lower: lower.exp(),
        upper: upper.exp(),
    }))
}

/// `τ²` with its interval, and I² and H² relative to the typical sampling variance of the studies' log
/// ratios (or rates), those with an empty cell corrected by ½.
fn spread(
    found: &mut Heterogeneity,
    model: &OneStepFit,
    vi: &[f64],
    (lower, upper): (f64, Option<f64>),
) {
    let tau2 = model.tau2();
    found.tau2 = Some(tau2);
    found.tau2_se = model.tau2_se();
    found.tau2_lower = Some(lower);
    found.tau2_upper = upper;
    found.tau2_interval = Some(Tau2Ci::Pl);
    found.tau = Some(tau2.sqrt());
    found.log_likelihood = Some(model.log_likelihood());
    let Some(typical) = typical_variance(vi) else { return };
    found.i2 = Some(i2_from_tau2(tau2, typical));
    found.i2_lower = Some(i2_from_tau2(lower, typical));
    found.i2_upper = Some(upper.map_or(100.0, |upper| i2_from_tau2(upper, typical)));
    found.h2 = Some(1.0 + tau2 / typical);
    found.h2_lower = Some(1.0 + lower / typical);
    found.h2_upper = upper.map(|upper| 1.0 + upper / typical);
}
