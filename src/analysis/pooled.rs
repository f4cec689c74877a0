//! A headline result and, beside it, what other methods make of the same data.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{Fit, Settings};

/// The answer of `resorb pool`: one fit that leads, and others for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The headline.
    pub fit: Fit,
    /// The same data by other methods, in a fixed order; empty when not wanted.
    pub alternatives: Vec<Alternative>,
    /// What the comparison shows, in sentences.
    pub remarks: Vec<Remark>,
}

/// One other method's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Which method.
    pub name: AlternativeName,
    /// Its choices.
    pub settings: Settings,
    /// Its result, or the sentence that says why there is none.
    pub fit: Result<Fit, String>,
}

/// The methods that stand beside the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlternativeName {
    /// Binomial-normal GLMM.
    Glmm,
    /// Two-step, logit, REML, ad-hoc Hartung–Knapp.
    LogitReml,
    /// Two-step, arcsine, REML, ad-hoc Hartung–Knapp.
    ArcsineReml,
    /// Two-step, Freeman–Tukey, REML, variance inversion.
    FreemanTukey,
    /// Beta-binomial.
    BetaBinomial,
}

impl AlternativeName {
    /// The method in words, as a table row says it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Glmm => "binomial-normal GLMM",
            Self::LogitReml => "two-step logit, REML, adhoc HK",
            Self::ArcsineReml => "two-step arcsine, REML, adhoc HK",
            Self::FreemanTukey => "two-step Freeman–Tukey, REML, adhoc HK",
            Self::BetaBinomial => "beta-binomial",
        }
    }
}

/// What a comparison of methods shows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Remark {
    /// The methods differ by more than 5 points or a factor of 1.25.
    MethodsDiffer {
        /// The lowest rate.
        lowest: f64,
        /// The highest rate.
        highest: f64,
    },
    /// Medians and means stand side by side.
    Estimands,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MethodsDiffer { lowest, highest } => write!(
                f,
                "The methods range from {:.1} % to {:.1} %: with studies that differ this much, the method is part of the answer.",
                lowest * 100.0,
                highest * 100.0
            ),
            Self::Estimands => f.write_str(
                "The GLMM and the two-step models estimate the rate of the median study, the beta-binomial model and the crude rate a mean; where studies differ they are different numbers.",
            ),
        }
    }
}

impl Serialize for Remark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
