//! The two-step model: effects first, inverse-variance pooling second.

mod heterogeneity;
mod notes;
mod scale;

use scale::Scale;

use super::{
    CiMethod, Diagnostics, Estimate, Fit, Heterogeneity, ModelError, Note, Prediction,
    RandomEstimate, Settings, StudyRows, TwoStep,
    ci::{self, Pooling},
    crude, prediction,
    tau2::{self, Tau2, Tau2Limits},
    weighted::{Weighted, percentages},
};
use crate::study::{Counts, Studies};

/// Fits the two-step model.
pub(super) fn fit(
    studies: &Studies,
    choices: &TwoStep,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    ci::check(choices)?;
    tau2::check_interval(choices.tau2_ci, choices.tau2)?;
    prediction::check(settings.prediction, choices)?;
    let effects = choices.measure.effects(studies, choices.correction)?;
    let (yi, vi) = (effects.yi(), effects.vi());
    let scale = Scale::new(studies, choices);
    let mut warnings = Vec::new();
    let kind = studies.outcomes().kind();
    warnings.extend(Note::corrected(kind, effects.corrected(), choices.correction.add));
    warnings.extend(no_information(studies, effects.corrected() > 0));
    let common = common(yi, vi, &scale, settings);
    let random = if yi.len() < 2 {
        warnings.push(Note::SingleStudy);
        None
    } else {
        Some(random(yi, vi, choices, settings, &scale)?)
    };
    let all = |f: fn(Counts) -> u64| {
        studies.counts().map(|counts| counts.iter().map(|&c| f(c)).fold(0, u64::saturating_add))
    };
    let weights_common = percentages(vi, 0.0);
    let weights_random = random.as_ref().map(|random| percentages(vi, random.tau2.value));
    let mut fit = Fit {
        settings: *settings,
        k: yi.len(),
        events: all(Counts::events),
        total: all(Counts::total),
        crude: studies.counts().map(|counts| crude(counts, settings.level)),
        common: Some(common),
        random: None,
        prediction: None,
        heterogeneity: Heterogeneity::default(),
        diagnostics: Diagnostics {
            converged: true,
            boundary: false,
            modes: 1,
            iterations: 0,
            warnings,
        },
        studies: StudyRows::new(
            studies.clone(),
            effects,
            Some(weights_common),
            weights_random,
            settings.study_ci,
            settings.level,
        ),
    };
    if let Some(random) = random {
        notes::add(&mut fit.diagnostics.warnings, &random, choices, settings, &scale, fit.k);
        fit.diagnostics.boundary = random.tau2.value == 0.0;
        fit.diagnostics.modes = random.tau2.modes;
        fit.diagnostics.iterations = random.tau2.iterations;
        fit.random = Some(random.estimate);
        fit.prediction = random.prediction;
        fit.heterogeneity = random.heterogeneity;
    }
    Ok(fit)
}

/// Where all counts lie at the same end, nothing but the arithmetic keeps the value off it.
fn no_information(studies: &Studies, corrected: bool) -> Option<Note> {
    let counts = studies.counts()?;
    let all = counts.iter().all(|c| c.events() == c.total());
    (all || counts.iter().all(|c| c.events() == 0))
        .then_some(Note::NoInformation { all, corrected })
}

/// The common-effect result: weights `1/vᵢ`, normal quantiles.
fn common(yi: &[f64], vi: &[f64], scale: &Scale<'_>, settings: &Settings) -> Estimate {
    let Weighted { w, mean, .. } = Weighted::at(yi, vi, 0.0);
    let se = w.sqrt().recip();
    scale.estimate(&ci::wald(mean, se, None, settings.level, CiMethod::Z), se)
}

/// The random-effects part of a fit of two or more studies.
struct Random {
    tau2: Tau2,
    limits: Tau2Limits,
    /// Wald standard error of the mean, before any scaling.
    se: f64,
    estimate: RandomEstimate,
    prediction: Option<Prediction>,
    heterogeneity: Heterogeneity,
}

fn random(
    yi: &[f64],
    vi: &[f64],
    choices: &TwoStep,
    settings: &Settings,
    scale: &Scale<'_>,
) -> Result<Random, ModelError> {
    let TwoStep { tau2: method, tau2_ci, genq_weights, .. } = *choices;
    let tau2 = tau2::estimate(yi, vi, method, genq_weights)?;
    let limits = tau2::limits(yi, vi, method, &tau2, tau2_ci, genq_weights, settings.level)?;
    let pooling = Pooling {
        yi,
        vi,
        tau2: tau2.value,
        fit: Weighted::at(yi, vi, tau2.value),
        choices,
        settings,
    };
    let se = pooling.se();
    let interval = ci::interval(&pooling)?;
    let pooled = scale.estimate(&interval, se);
    let estimand = scale.estimand();
    Ok(Random {
        tau2,
        limits,
        se,
        estimate: RandomEstimate {
            pooled,
            hk_scale: interval.hk_scale,
            wald_se: Some(se),
            estimand,
            // On the raw scale the distribution is symmetric: its median is its mean.
            median: Some(pooled.estimate),
            marginal_mean: None,
        },
        prediction: prediction::limits(&pooling)?
            .map(|limits| scale.prediction(limits, settings.prediction, se)),
        heterogeneity: heterogeneity::describe(&pooling, &tau2, limits),
    })
}
