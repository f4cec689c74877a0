//! Peto's result as a [`Fit`].

use super::{common_only, draft, lead, speaking, wald};
use crate::{
    effect::{Correction, Measure},
    model::{Fit, ModelError, NoFit, Settings, note::Silent, peto},
    study::{Outcomes, Studies},
};

/// Pools by Peto's method.
pub(in crate::model) fn fit(studies: &Studies, settings: &Settings) -> Result<Fit, ModelError> {
    let Outcomes::TwoProportions(tables) = studies.outcomes() else {
        let given = studies.outcomes().kind().name();
        return Err(ModelError::NeedsTwoGroups { model: "Peto's method", given });
    };
    let pooled = peto(tables).ok_or(ModelError::OneStep(NoFit::NothingToCompare))?;
    let (studies, note) = speaking(studies, &pooled.pooled.dropped, Silent::Odds)?;
    let effects = Measure::Peto.effects(&studies, Correction::default())?;
    let settings = common_only(settings);
    let speaks =
        |(i, weight): (usize, &f64)| (!pooled.pooled.dropped.contains(&i)).then_some(*weight);
    let weights = pooled.pooled.weights.iter().enumerate().filter_map(speaks).collect();
    let mut fit = draft(&studies, effects, Some(weights), settings, note);
    fit.common = Some(wald(Measure::Peto, pooled.pooled.yi, pooled.pooled.se, &settings));
    if let Some(test) = pooled.heterogeneity {
        lead(&mut fit.heterogeneity, test, &settings);
        fit.heterogeneity.tests.push(test);
    }
    Ok(fit)
}
