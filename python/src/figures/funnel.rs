//! The funnel plot, as it is or with the studies that trim and fill finds missing.

use resorb::{
    analysis::small_study::{self, Side, TrimEstimator},
    figure::funnel::{Against, Funnel, Options, funnel},
    model::{Model, Settings, TwoStep, pool},
};

use super::{Made, Material};
use crate::failure::Failure;

const AXES: &[(&str, Against)] =
    &[("size", Against::Size), ("inverse-size", Against::InverseSize), ("se", Against::Se)];

const ESTIMATORS: &[(&str, TrimEstimator)] =
    &[("L0", TrimEstimator::L0), ("R0", TrimEstimator::R0), ("Q0", TrimEstimator::Q0)];

const SIDES: &[(&str, Side)] = &[("left", Side::Left), ("right", Side::Right)];

pub(super) fn draw(m: &Material<'_>) -> Made {
    let against = m.options.word("vertical", AXES)?;
    let contours = m.options.number("contours")?;
    let estimator = m.options.word("trim_and_fill", ESTIMATORS)?;
    // Contours are of p values, and mirror images have no size: both need the standard error.
    let by_se = contours.is_some() || estimator.is_some();
    if let (true, Some(Against::Size | Against::InverseSize)) = (by_se, against) {
        return Err(Failure::with_help(
            "contours and filled studies stand against the standard error",
            "leave `vertical` out, or give \"se\"",
        ));
    }
    let input = match estimator {
        None => Funnel::from(&pool(m.studies, m.settings)?),
        Some(estimator) => filled(m, estimator)?,
    };
    // Where the measure has a value of no effect, contours are of tests against it.
    let null = match m.settings.model {
        Model::TwoStep(choices) => choices.measure.null().map(|null| choices.measure.of(null)),
        Model::MantelHaenszel { measure, .. } => measure.null().map(|null| measure.of(null)),
        Model::Peto | Model::TwoGroupGlmm { .. } => Some(0.0),
        Model::Glmm { .. } | Model::BetaBinomial { .. } | Model::RateGlmm { .. } => None,
    };
    let others = against.is_some_and(|against| against != Against::Se);
    let contours = contours.or(null.filter(|_| !others && !by_se));
    let usual = if by_se || contours.is_some() { Against::Se } else { Against::default() };
    let options = Options {
        style: m.look.style,
        width: m.look.width,
        scale: m.look.scale,
        against: against.unwrap_or(usual),
        contours,
    };
    Ok((funnel(&input, &options, m.fonts)?, input.csv()))
}

/// The funnel of the two-step model with the studies filled in.
fn filled(m: &Material<'_>, estimator: TrimEstimator) -> Result<Funnel, Failure> {
    // Mirror images are of effects: a one-step model stands for the two-step default.
    let choices = match m.settings.model {
        Model::TwoStep(choices) => choices,
        _ => TwoStep::default(),
    };
    let settings = Settings { model: Model::TwoStep(choices), ..*m.settings };
    let of = small_study::Funnel::new(m.studies, &settings)?;
    let side = m.options.word("side", SIDES)?;
    let filled = small_study::trim_and_fill(&of, estimator, side, false)?;
    Ok(Funnel::filled(&pool(m.studies, &settings)?, &filled))
}
