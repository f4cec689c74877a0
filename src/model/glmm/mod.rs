//! The binomial-normal model: counts are binomial, their rates normal on a link scale.

mod estimate;
mod integral;
mod kernel;
mod linear;
mod link;
mod marginal;
mod mean;
mod nested;
mod report;
mod resample;
#[cfg(test)]
mod tests;

pub use estimate::GlmmFit;
pub(super) use integral::study as integrate;
pub(super) use kernel::{Jet, Kernel, Likelihood};
pub(super) use linear::{Linear, LinearError};
pub use nested::NestedGlmm;
pub(crate) use report::{corrected_variance, marginal_mean};

use super::{
    Estimand, Fit, Link, ModelError, OneStepCi, PredictionMethod, QTest, Settings,
    one_step::{draft, without_random},
};
use crate::study::Studies;

/// The model's name in messages.
const NAME: &str = "the binomial-normal model";

/// Fits the binomial-normal model.
pub(super) fn fit(
    studies: &Studies,
    link: Link,
    ci: OneStepCi,
    q_test: QTest,
    settings: &Settings,
) -> Result<Fit, ModelError> {
    let counts = studies.counts().ok_or(ModelError::NeedsCounts { model: NAME })?;
    let prediction = settings.prediction;
    if matches!(prediction, PredictionMethod::Hk | PredictionMethod::Kr) {
        return Err(ModelError::PredictionNeeds { prediction, model: NAME });
    }
    let fit = draft(studies, counts, link, q_test, settings)?;
    match GlmmFit::new(counts, link) {
        Ok(model) => report::complete(fit, &model, counts, ci),
        Err(reason) => without_random(fit, counts, link, Estimand::Median, reason),
    }
}
