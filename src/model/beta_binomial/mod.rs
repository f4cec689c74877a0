//! The beta-binomial model: counts are binomial, their rates follow a beta distribution.

mod estimate;
mod likelihood;
mod report;
mod resample;
mod stirling;
#[cfg(test)]
mod tests;

pub use estimate::BetaBinomialFit;

use super::{
    Estimand, Fit, Link, ModelError, OneStepCi, PredictionMethod, QTest, Settings,
    one_step::{draft, without_random},
};
use crate::study::Studies;

/// Fits the beta-binomial model.
///
/// Its prediction interval is always a bootstrap mixture of beta distributions: the default of
/// [`Settings`] becomes that, and the methods that need a normal random effect are errors.
pub(super) fn fit(
    studies: &Studies,
    ci: OneStepCi,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    let model = "the beta-binomial model";
    let counts = studies.counts().ok_or(ModelError::NeedsCounts { model })?;
    let prediction = match settings.prediction {
        PredictionMethod::T | PredictionMethod::Bootstrap => PredictionMethod::Bootstrap,
        PredictionMethod::None => PredictionMethod::None,
        prediction => return Err(ModelError::BetaBinomialPrediction { prediction }),
    };
    let settings = Settings { prediction, ..*settings };
    let fit = draft(studies, counts, Link::Logit, QTest::Lrt, &settings)?;
    match BetaBinomialFit::new(counts) {
        Ok(model) => report::complete(fit, &model, counts, ci),
        Err(reason) => without_random(fit, counts, Link::Logit, Estimand::Mean, reason),
    }
}
