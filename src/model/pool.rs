//! The door of the room.

use super::{
    Fit, Level, Model, ModelError, Note, Rate, Settings, StudyRows, beta_binomial, glmm, rate_glmm,
    two_group, two_step,
};
use crate::{
    numeric::beta,
    study::{Counts, Studies},
};

/// Pools `studies` as `settings` say.
///
/// One study gives a [`Fit`] without a random-effects part and a sentence that says why; every
/// other edge case is a result with its own sentence in `diagnostics.warnings`.
///
/// # Errors
/// [`ModelError`] when settings and studies do not go together, or a search cannot end.
///
/// ```
/// use resorb::{model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let random = fit.random.ok_or("one study has no random effects")?;
/// assert!((0.60..0.70).contains(&random.pooled.estimate));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn pool(studies: &Studies, settings: &Settings) -> Result<Fit, ModelError> {
    let mut fit = match &settings.model {
        Model::TwoStep(choices) => two_step::fit(studies, choices, settings),
        Model::Glmm { link, ci, q_test } => glmm::fit(studies, *link, *ci, *q_test, settings),
        Model::BetaBinomial { ci } => beta_binomial::fit(studies, *ci, settings),
        Model::MantelHaenszel { measure, correction } => {
            two_group::mantel_haenszel(studies, *measure, *correction, settings)
        }
        Model::Peto => two_group::peto(studies, settings),
        Model::TwoGroupGlmm { kind, ci } => two_group::one_step(studies, *kind, *ci, settings),
        Model::RateGlmm { ci } => rate_glmm::fit(studies, *ci, settings),
    }?;
    let notes: Vec<Note> =
        dominated(&fit.studies).into_iter().chain(wald_of_corrected(&fit.studies)).collect();
    fit.diagnostics.warnings.extend(notes);
    Ok(fit)
}

/// A common effect that is one study's must not be read as agreement of many.
fn dominated(studies: &StudyRows) -> Option<Note> {
    const NEARLY_ALL: f64 = 90.0;
    if studies.len() < 3 {
        return None;
    }
    let (i, weight) = studies.heaviest_common()?;
    (weight > NEARLY_ALL)
        .then(|| studies.studies().labels().get(i).map(ToString::to_string))
        .flatten()
        .map(|study| Note::Dominated { study, weight })
}

/// An interval that does not hold the rate printed beside it needs a sentence.
fn wald_of_corrected(studies: &StudyRows) -> Option<Note> {
    let studies = studies.wald_of_corrected();
    (studies > 0).then_some(Note::WaldOfCorrected { studies })
}

/// Events over patients as if all were one study, with the exact interval (Clopper and Pearson 1934).
pub(super) fn crude(counts: &[Counts], level: Level) -> Rate {
    // Sums of whole numbers below 2⁵³ are exact, and a sum beyond it is off by less than 1e-15.
    let (x, n) = counts.iter().fold((0.0, 0.0), |(x, n), c| (x + c.x(), n + c.n()));
    let tail = level.tail();
    Rate {
        estimate: x / n,
        ci_lower: Some(if x == 0.0 { 0.0 } else { beta::quantile(tail, x, n - x + 1.0) }),
        ci_upper: Some(if x == n { 1.0 } else { beta::quantile_upper(tail, x + 1.0, n - x) }),
    }
}
