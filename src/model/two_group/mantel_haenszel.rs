//! Mantel–Haenszel's result as a [`Fit`].

use super::{common_only, draft, lead, speaking, wald};
use crate::{
    effect::{Correction, Measure},
    model::{
        Fit, ModelError, Note, RdVariance, Settings, Stratified, Test, TestName, breslow_day,
        cochran_mantel_haenszel, mantel_haenszel_rates, note::Silent, odds_ratio, rate_difference,
        rate_ratio, risk_difference, risk_ratio,
    },
    numeric::{self, chi_squared},
    study::{Counts, Outcomes, Studies, TwoGroups},
};

const NAME: &str = "Mantel and Haenszel's method";

/// Pools by Mantel and Haenszel's method. The correction is for the effects that are shown of single
/// studies and for Q; the pooled value needs none.
pub(in crate::model) fn fit(
    studies: &Studies,
    measure: Measure,
    correction: Correction,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    let silent = match (studies.outcomes(), measure) {
        (Outcomes::TwoProportions(_), Measure::Or) => Silent::Odds,
        (Outcomes::TwoProportions(_), Measure::Rr | Measure::Rd)
        | (Outcomes::TwoRates(_), Measure::Irr | Measure::Ird) => Silent::Ratio,
        (Outcomes::TwoProportions(_) | Outcomes::TwoRates(_), _) => {
            return Err(ModelError::NoStrata { measure: measure.code() });
        }
        (outcomes, _) => {
            let given = outcomes.kind().name();
            return Err(ModelError::NeedsTwoGroups { model: NAME, given });
        }
    };
    let ratio = !matches!(measure, Measure::Rd | Measure::Ird);
    let dropped: Vec<usize> = (0..studies.k())
        .filter(|&i| ratio && (uninformative(studies, i, silent == Silent::Odds)))
        .collect();
    if dropped.len() == studies.k() {
        return Err(ModelError::OneStep(crate::model::NoFit::NothingToCompare));
    }
    let (studies, note) = speaking(studies, &dropped, silent)?;
    let effects = measure.effects(&studies, correction)?;
    let corrected = effects.corrected();
    let pooled = pool(&studies, measure);
    let weights = pooled.as_ref().map(|pooled| pooled.weights.clone());
    // Q is that of the studies' own effects around the pooled one; studies of a difference without
    // events, or with nothing but events, have no variance of their own.
    let own: Vec<(f64, f64)> = effects
        .yi()
        .iter()
        .zip(effects.vi())
        .enumerate()
        .filter(|(i, _)| !uninformative(&studies, *i, studies.two_counts().is_some()))
        .map(|(_, (&y, &v))| (y, v))
        .collect();
    let settings = common_only(settings);
    let mut fit = draft(&studies, effects, weights, settings, note);
    let notes = &mut fit.diagnostics.warnings;
    if corrected > 0 {
        notes.push(Note::CorrectedForDisplay { studies: corrected, add: correction.add });
    }
    let Some(pooled) = pooled else {
        notes.push(Note::OneSided);
        return Ok(fit);
    };
    fit.common = Some(wald(measure, pooled.yi, pooled.se, &settings));
    let df = own.len() as f64 - 1.0;
    let found = &mut fit.heterogeneity;
    if df > 0.0 {
        let q = numeric::sum(own.iter().map(|(y, v)| (y - pooled.yi).powi(2) / v));
        let test = Test { name: TestName::Q, statistic: q, df, p_value: chi_squared::sf(q, df) };
        lead(found, test, &settings);
        found.tests.push(test);
    }
    found.tests.extend(others(&studies, measure, pooled.yi));
    Ok(fit)
}

/// Whether study `i` has no events in either group or, where that counts, nothing but events.
fn uninformative(studies: &Studies, i: usize, all_too: bool) -> bool {
    match studies.outcomes() {
        Outcomes::TwoProportions(tables) => tables.get(i).is_some_and(|t| empty(t, all_too)),
        Outcomes::TwoRates(rates) => {
            rates.get(i).is_some_and(|g| g.first.events() == 0 && g.second.events() == 0)
        }
        _ => false,
    }
}

fn empty(table: &TwoGroups<Counts>, all_too: bool) -> bool {
    let full = |c: Counts| c.events() == c.total();
    let none = table.first.events() == 0 && table.second.events() == 0;
    none || (all_too && full(table.first) && full(table.second))
}

fn pool(studies: &Studies, measure: Measure) -> Option<Stratified> {
    match (studies.outcomes(), measure) {
        (Outcomes::TwoProportions(tables), Measure::Or) => odds_ratio(tables),
        (Outcomes::TwoProportions(tables), Measure::Rr) => risk_ratio(tables),
        (Outcomes::TwoProportions(tables), _) => risk_difference(tables, RdVariance::default()),
        (Outcomes::TwoRates(rates), Measure::Irr) => rate_ratio(rates),
        (Outcomes::TwoRates(rates), _) => rate_difference(rates),
        _ => None,
    }
}

/// The tests that belong to a measure.
fn others(studies: &Studies, measure: Measure, yi: f64) -> Vec<Test> {
    match (studies.outcomes(), measure) {
        (Outcomes::TwoProportions(tables), Measure::Or) => {
            let homogeneity = breslow_day(tables, yi).map(|bd| [bd.breslow_day, bd.tarone]);
            let association = cochran_mantel_haenszel(tables, true);
            homogeneity.into_iter().flatten().chain(association).collect()
        }
        (Outcomes::TwoRates(rates), Measure::Irr) => {
            mantel_haenszel_rates(rates, true).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
