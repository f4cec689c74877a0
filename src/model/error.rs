//! Why an analysis cannot be done.

use super::{NoFit, PredictionMethod, Tau2Ci, Tau2Method, TwoStepCi};
use crate::{effect::EffectError, numeric::NumericError};

/// Why studies and settings do not give a result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The effects cannot be computed.
    #[error(transparent)]
    Effect(#[from] EffectError),
    /// A model for counts got effects.
    #[error(
        "{model} needs events and totals of one group, but these studies give something else; use the two-step model"
    )]
    NeedsCounts {
        /// The model's name.
        model: &'static str,
    },
    /// A model for two groups got something else.
    #[error(
        "{model} needs events of two groups (events1, total1, events2, total2, or times instead of totals), but these studies give {given}"
    )]
    NeedsTwoGroups {
        /// The model's name.
        model: &'static str,
        /// What there is.
        given: &'static str,
    },
    /// A model for single rates got something else.
    #[error(
        "{model} needs events and time at risk of one group (events, time), but these studies give {given}; use the two-step model"
    )]
    NeedsRates {
        /// The model's name.
        model: &'static str,
        /// What there is.
        given: &'static str,
    },
    /// A measure that strata are not pooled by.
    #[error(
        "Mantel and Haenszel's method pools OR, RR and RD of counts and IRR and IRD of events over person-time, not {measure}; choose one of these, or the two-step model"
    )]
    NoStrata {
        /// The measure's code.
        measure: &'static str,
    },
    /// A model without a bootstrap.
    #[error("{model} has no bootstrap interval; choose `t`, `z` or `pl`")]
    NoBootstrap {
        /// The model's name.
        model: &'static str,
    },
    /// Studies that cannot be put together.
    #[error(transparent)]
    Studies(#[from] crate::study::StudyError),
    /// A permutation test by a model that has no effects whose signs could change.
    #[error(
        "a permutation test of the pooled value changes the signs of the effects, which only the two-step model has; use the two-step model"
    )]
    PermutationNeedsTwoStep,
    /// A test without the value that it tests.
    #[error(
        "a single proportion has no null value of its own to test against; name one with `--null`, such as `--null 0.5`"
    )]
    NoNull,
    /// A null value that has no place on the scale.
    #[error(
        "a null value of {null} has no finite place on the scale of the {measure}; give a rate between 0 and 1"
    )]
    BadNull {
        /// The value given.
        null: f64,
        /// The measure in words.
        measure: &'static str,
    },
    /// A question about τ² where there is none.
    #[error(
        "{model} has no between-study variance τ²; use the two-step model or the GLMM and two or more studies"
    )]
    NoTau2 {
        /// What has none.
        model: &'static str,
    },
    /// An interval of the pooled effect that does not go with the estimator.
    #[error(
        "interval `{}` goes with τ² by {needs}, not {}; choose another interval or estimator", spelled(ci), tau2.code()
    )]
    CiNeeds {
        /// The interval asked for.
        ci: TwoStepCi,
        /// The estimator it was asked for with.
        tau2: Tau2Method,
        /// What it needs.
        needs: &'static str,
    },
    /// An interval of τ² that does not go with the estimator.
    #[error(
        "the τ² interval `{}` goes with τ² by {needs}, not {}; choose another interval or estimator", spelled(ci), tau2.code()
    )]
    Tau2CiNeeds {
        /// The interval asked for.
        ci: Tau2Ci,
        /// The estimator it was asked for with.
        tau2: Tau2Method,
        /// What it needs.
        needs: &'static str,
    },
    /// A prediction interval that does not go with the model.
    #[error(
        "the prediction interval `{}` is not defined for {model}; choose `t`, `hts`, `normal` or `none`",
        spelled(prediction)
    )]
    PredictionNeeds {
        /// The prediction interval asked for.
        prediction: PredictionMethod,
        /// The model's name.
        model: &'static str,
    },
    /// The beta-binomial model predicts in one way.
    #[error(
        "the beta-binomial model predicts by quantiles of the beta distribution with a bootstrap, so `{}` does not apply; choose `bootstrap` or `none`",
        spelled(prediction)
    )]
    BetaBinomialPrediction {
        /// The prediction interval asked for.
        prediction: PredictionMethod,
    },
    /// A one-step model has no estimate where one is needed.
    #[error(transparent)]
    OneStep(NoFit),
    /// More studies than a method with k × k matrices can take.
    #[error(
        "{method} works with {k} × {k} matrices and stops at {limit} studies; use the Q-profile interval or DL"
    )]
    TooManyStudies {
        /// What was asked for.
        method: &'static str,
        /// The studies given.
        k: usize,
        /// The most it takes.
        limit: usize,
    },
    /// A search did not end.
    #[error("{what} did not converge: {source}")]
    Numeric {
        /// What was being computed.
        what: &'static str,
        /// How the search failed.
        #[source]
        source: NumericError,
    },
}

/// An interval as options spell it.
fn spelled(interval: &impl std::fmt::Debug) -> String {
    format!("{interval:?}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{ModelError, PredictionMethod, Tau2Method, TwoStepCi};

    #[test]
    fn choices_are_spelled_as_they_are_given() {
        let ci = TwoStepCi::Kr;
        let error = ModelError::CiNeeds { ci, tau2: Tau2Method::Dl, needs: "REML" };
        assert_eq!(
            error.to_string(),
            "interval `kr` goes with τ² by REML, not DL; choose another interval or estimator"
        );
        let error = ModelError::BetaBinomialPrediction { prediction: PredictionMethod::Hts };
        assert!(
            error.to_string().ends_with("so `hts` does not apply; choose `bootstrap` or `none`")
        );
    }
}
