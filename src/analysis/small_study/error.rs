//! Why a question about small studies has no answer.

use crate::{
    analysis::ThresholdError, effect::EffectError, model::ModelError, numeric::NumericError,
};

/// Why a method for small-study effects gives no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SmallStudyError {
    /// Fewer studies than the method needs.
    #[error("{method} needs at least {minimum} studies; this table has {k}")]
    TooFew {
        /// The method.
        method: &'static str,
        /// The studies there are.
        k: usize,
        /// The fewest it takes.
        minimum: usize,
    },
    /// A method on sample sizes got effects computed elsewhere.
    #[error(
        "{method} needs the studies' sizes, but these studies give effects with variances only"
    )]
    NeedsSizes {
        /// The method.
        method: &'static str,
    },
    /// A method on two groups got one, or effects computed elsewhere.
    #[error("{method} needs {what}, which these studies do not give")]
    NeedsGroups {
        /// The method.
        method: &'static str,
        /// What it needs.
        what: &'static str,
    },
    /// All studies are equally precise, so that a small-study effect cannot show.
    #[error("{method} compares small with large studies, but all studies have the same {what}")]
    NoSpread {
        /// The method.
        method: &'static str,
        /// What does not differ.
        what: &'static str,
    },
    /// All studies have the same effect.
    #[error(
        "{method} asks whether small studies differ from large ones, but all studies have the same effect"
    )]
    SameEffects {
        /// The method.
        method: &'static str,
    },
    /// No study has both events and non-events.
    #[error(
        "{method} compares the rates of small and large studies, but every study has no events or only events, so that the effects say nothing beyond the sizes"
    )]
    EmptyCells {
        /// The method.
        method: &'static str,
    },
    /// A method that asks which studies are significant, without a value to be significant against.
    #[error(
        "{method} asks which studies differ from a null value, and a single proportion has none; name one with `--null`, such as `--null 0.5`"
    )]
    NoNull {
        /// The method.
        method: &'static str,
    },
    /// A null value that no rate can have on this scale.
    #[error(
        "a null value of {value} has no finite place on the scale of the {measure}; give a rate between 0 and 1"
    )]
    BadNull {
        /// The value given.
        value: f64,
        /// The measure in words.
        measure: &'static str,
    },
    /// Cut points of a step function that are not ascending p values inside (0, 1).
    #[error(
        "the cut point {value} is not possible: give ascending p values between 0 and 1, such as 0.025,0.5"
    )]
    CutPoint {
        /// The value given.
        value: f64,
    },
    /// A step function without a cut point.
    #[error("a step function needs at least one cut point, such as 0.025")]
    NoCutPoint,
    /// Trim and fill goes round in circles.
    #[error(
        "the {estimator} estimator of trim and fill does not settle: it alternates between {first} and {second} missing studies; use another estimator"
    )]
    Alternates {
        /// The estimator.
        estimator: &'static str,
        /// One number.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Q0 has no real solution.
    #[error("the Q0 estimator of trim and fill has no solution for these studies; use L0 or R0")]
    NoRoot,
    /// An effect to aim at that makes no sense.
    #[error(
        "a target effect of {target} is not possible: it must be closer to the null value than the mean of the studies"
    )]
    Target {
        /// The value given.
        target: f64,
    },
    /// The effects cannot be computed.
    #[error(transparent)]
    Effect(#[from] EffectError),
    /// A model behind the method cannot be fitted.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A threshold that no rate can be compared with.
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
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
