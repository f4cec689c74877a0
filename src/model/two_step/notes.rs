//! What a reader must be told about a two-step result.

use super::{Random, Scale};
use crate::{
    effect::{Display, Inversion, Measure},
    model::{CiMethod, Note, Settings, TwoStep, ci, note, tau2::Tau2Limits},
};

/// Sizes that differ by more than this make the harmonic mean unsafe (Schwarzer et al. 2019).
const UNSAFE_SIZE_RATIO: f64 = 20.0;

/// Adds the sentences that `random` calls for.
pub(super) fn add(
    notes: &mut Vec<Note>,
    random: &Random,
    choices: &TwoStep,
    settings: &Settings,
    scale: &Scale<'_>,
    k: usize,
) {
    let (lower, upper) = random.limits.pair();
    let estimate = random.tau2.value;
    if k == 2 {
        notes.extend(two_studies(random, settings, scale));
    }
    if let (CiMethod::Hk, Some(factor)) = (random.estimate.pooled.method, random.estimate.hk_scale)
        && factor < 1.0
    {
        notes.push(Note::HkNarrow { scale: factor });
    }
    match random.limits {
        Tau2Limits::Null => notes.push(Note::Tau2IntervalNull),
        Tau2Limits::Interval(..) if estimate < lower || estimate > upper => {
            notes.push(Note::Tau2Outside);
        }
        Tau2Limits::Interval(..) => {
            if let (0.0, Some(p_value)) = (lower, random.heterogeneity.p_value)
                && p_value < 0.05
            {
                notes.push(Note::Tau2IntervalMeetsZero { p_value });
            }
        }
    }
    if let (Some(q), Some(df)) = (random.heterogeneity.q, random.heterogeneity.df)
        && q < df
    {
        notes.push(Note::QBelowDf { q, df });
    }
    if random.tau2.modes > 1 {
        notes.push(Note::SeveralModes { modes: random.tau2.modes });
    }
    note::on_prediction(
        notes,
        random.prediction.as_ref(),
        &random.estimate.pooled,
        k,
        (estimate, Some(upper)),
    );
    notes.extend(freeman_tukey(random, choices, scale));
    let limits = [random.estimate.pooled.yi_lower, random.estimate.pooled.yi_upper];
    let prediction = random.prediction.map(|p| [p.yi_lower, p.yi_upper]).unwrap_or_default();
    if limits.iter().chain(&prediction).flatten().any(|&y| scale.measure().clips(y)) {
        notes.push(match scale.measure().display() {
            Display::Proportion => Note::Clipped,
            _ => Note::ClippedValue,
        });
    }
}

/// With two studies the t-based and the Wald interval stand side by side.
fn two_studies(random: &Random, settings: &Settings, scale: &Scale<'_>) -> Option<Note> {
    let pooled = &random.estimate.pooled;
    let yi = pooled.yi?;
    let limits = |df: Option<f64>, method| {
        let interval = ci::wald(yi, random.se, df, settings.level, method);
        let estimate = scale.estimate(&interval, random.se);
        estimate.ci_lower.zip(estimate.ci_upper)
    };
    let t = match pooled.method {
        CiMethod::T | CiMethod::Hk | CiMethod::Adhoc => pooled.ci_lower.zip(pooled.ci_upper),
        _ => limits(Some(1.0), CiMethod::T),
    };
    let own = note::own_interval(pooled);
    Some(Note::TwoStudies { t: t?, z: limits(None, CiMethod::Z)?, own })
}

/// What the inversion of a pooled double arcsine should not hide.
fn freeman_tukey(random: &Random, choices: &TwoStep, scale: &Scale<'_>) -> Option<Note> {
    if scale.measure() != Measure::Pft {
        return None;
    }
    if scale.sample_size(choices.inversion, random.se).is_some_and(|n| n < 1.0) {
        return Some(Note::InversionTiny);
    }
    let ratio = scale.size_ratio();
    if choices.inversion != Inversion::Harmonic || ratio <= UNSAFE_SIZE_RATIO {
        return None;
    }
    let yi = random.estimate.pooled.yi?;
    let others = [Inversion::Variance, Inversion::Geometric, Inversion::Arithmetic]
        .map(|inversion| Measure::Pft.back(yi, scale.context_by(inversion, random.se)));
    Some(Note::InversionUnsafe { ratio, others })
}
