//! What a reader needs to know beside the numbers.

use super::{
    super::{
        document::{Label, Sentences},
        rows,
    },
    Context, choices,
};
use crate::{
    analysis::Pooled,
    model::{Fit, Note, PredictionMethod},
};

/// Remarks on the comparison, then warnings, then the methods that gave no result.
pub(super) fn sentences(context: Context<'_>, pooled: &Pooled) -> Option<Sentences> {
    let fit = context.fit;
    let rate = |rate: f64| context.values.with_unit(rate);
    let remarks = pooled.remarks.iter().map(|remark| remark.sentence(rate));
    let warnings = fit.diagnostics.warnings.iter().map(|note| note.sentence(rate));
    let sentences: Vec<String> = remarks
        .chain(warnings)
        .chain(several_rows(fit))
        .chain(no_prediction(fit).map(str::to_owned))
        .chain(failed(pooled))
        .collect();
    (!sentences.is_empty()).then(|| Sentences { heading: Label::plain("Notes"), sentences })
}

/// A sentence for each alternative that gave no result.
pub(super) fn failed(pooled: &Pooled) -> impl Iterator<Item = String> {
    pooled.alternatives.iter().filter_map(|alternative| {
        let reason = alternative.fit.as_ref().err()?;
        let stop = if reason.ends_with('.') { "" } else { "." };
        Some(format!("No result by {}: {reason}{stop}", choices::method(&alternative.settings)))
    })
}

/// That rows of one study are taken as independent.
pub(super) fn several_rows(fit: &Fit) -> Option<String> {
    let names = rows::several(fit.studies.studies());
    (!names.is_empty()).then(|| {
        format!(
            "{} several rows, which are pooled as if they were independent: intervals may be too narrow. `resorb subgroup --by COL` tells the groups of a study apart.",
            rows::have(&names)
        )
    })
}

/// Why a prediction interval that was wanted is not there, unless a note says it already.
fn no_prediction(fit: &Fit) -> Option<&'static str> {
    let wanted = fit.settings.prediction != PredictionMethod::None && fit.prediction.is_none();
    let said = |note: &Note| {
        matches!(note, Note::SingleStudy | Note::AllZero { .. } | Note::AllEvents { .. })
    };
    if !wanted || fit.diagnostics.warnings.iter().any(said) {
        return None;
    }
    Some(if fit.k < 3 {
        "No prediction interval: it needs at least three studies."
    } else {
        "No prediction interval: it is not defined for these data."
    })
}
