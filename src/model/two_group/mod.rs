//! Pooling of two groups without effects of single studies: from settings to a [`Fit`].
//!
//! Studies that say nothing about the measure (no events in either group, say) drop out first, by name;
//! everything else is of the rest.

mod mantel_haenszel;
mod one_step;
mod peto;

pub(super) use mantel_haenszel::fit as mantel_haenszel;
pub(super) use one_step::{complete, fit as one_step, model};
pub(super) use peto::fit as peto;

use super::{
    CiMethod, Diagnostics, Estimate, Fit, Heterogeneity, Note, PredictionMethod, Settings,
    StudyRows, Test, ci,
    heterogeneity::{i2_from_q, test_based_interval},
    note::Silent,
};
use crate::{
    effect::{BackContext, Effects, Measure},
    study::{Studies, StudyError},
};

/// The studies that speak, and a sentence that names the others.
fn speaking(
    studies: &Studies,
    dropped: &[usize],
    silent: Silent,
) -> Result<(Studies, Option<Note>), StudyError> {
    if dropped.is_empty() {
        return Ok((studies.clone(), None));
    }
    let keep: Vec<bool> = (0..studies.k()).map(|i| !dropped.contains(&i)).collect();
    let name = |&i: &usize| studies.labels().get(i).cloned();
    let studies_dropped = dropped.iter().filter_map(name).collect();
    Ok((studies.subset(&keep)?, Some(Note::Dropped { studies: studies_dropped, silent })))
}

/// A fit with its studies and nothing pooled yet.
pub(super) fn draft(
    studies: &Studies,
    effects: Effects,
    weights: Option<Vec<f64>>,
    settings: Settings,
    note: Option<Note>,
) -> Fit {
    let single = (studies.k() == 1).then_some(Note::SingleStudy);
    Fit {
        settings,
        k: studies.k(),
        events: None,
        total: None,
        crude: None,
        common: None,
        random: None,
        prediction: None,
        heterogeneity: Heterogeneity::default(),
        studies: StudyRows::new(
            studies.clone(),
            effects,
            weights,
            None,
            settings.study_ci,
            settings.level,
        ),
        diagnostics: Diagnostics {
            converged: true,
            boundary: false,
            modes: 1,
            iterations: 0,
            warnings: note.into_iter().chain(single).collect(),
        },
    }
}

/// A pooled value with its Wald interval on both scales.
pub(super) fn wald(measure: Measure, yi: f64, se: f64, settings: &Settings) -> Estimate {
    let interval = ci::wald(yi, se, None, settings.level, CiMethod::Z);
    super::one_step::estimate(&interval, |y| measure.back(y, BackContext::Plain))
}

/// The leading test of heterogeneity with the I² that it gives.
fn lead(found: &mut Heterogeneity, test: Test, settings: &Settings) {
    found.q = Some(test.statistic);
    found.df = Some(test.df);
    found.p_value = Some(test.p_value);
    let limits = test_based_interval(test.statistic, test.df, settings.level);
    found.i2_q = Some(i2_from_q(test.statistic, test.df));
    found.i2_q_lower = limits.map(|(lower, _)| lower);
    found.i2_q_upper = limits.map(|(_, upper)| upper);
}

/// Settings of a model without random effects: nothing is predicted.
const fn common_only(settings: &Settings) -> Settings {
    Settings { prediction: PredictionMethod::None, ..*settings }
}
