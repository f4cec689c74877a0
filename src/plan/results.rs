//! What a plan comes to.

use std::fmt;

use crate::{
    analysis::{
        ClaimError, Examined, Gosh, GoshError, Multiverse, MultiverseError, MultiverseSummary,
        Pooled, Predictors, Sampling, Sensitivity, SensitivityError, SubgroupError, Subgroups,
        small_study::{Bias, SmallStudyError},
    },
    model::{Fit, ModelError, Regression, RegressionError, Settings},
};

use super::ChoiceError;

/// The results of all analyses of a plan, each what its library function returns.
#[derive(Clone, Debug)]
pub struct Results {
    /// The settings that the choices of the plan come to.
    pub settings: Settings,
    /// The pooled result.
    pub pool: Option<Pooled>,
    /// Subgroup analyses, in the order of the plan.
    pub subgroups: Vec<Subgroups>,
    /// Meta-regressions, in the order of the plan.
    pub regressions: Vec<Regression>,
    /// What the result hangs on.
    pub sensitivity: Option<Sensitivity>,
    /// Small-study effects.
    pub bias: Option<Bias>,
    /// Every subset.
    pub gosh: Option<GoshResult>,
    /// Every reasonable analysis.
    pub multiverse: Option<MultiverseResult>,
    /// Published rates.
    pub claims: Vec<Examined>,
    /// Predictors, in the order of the plan.
    pub predictors: Vec<Predictors>,
    /// What could not be done, where the plan says to go on without it.
    pub skipped: Vec<Skipped>,
}

/// The subsets with the result of all studies.
#[derive(Clone, Debug, PartialEq)]
pub struct GoshResult {
    /// All studies together.
    pub fit: Fit,
    /// The subsets.
    pub subsets: Gosh,
    /// How a sample was drawn, if one was.
    pub sampling: Sampling,
}

/// The grid with its summary.
#[derive(Clone, Debug)]
pub struct MultiverseResult {
    /// Every analysis.
    pub all: Multiverse,
    /// What they come to.
    pub summary: MultiverseSummary,
    /// Whether documents list every analysis.
    pub rows: bool,
}

/// An analysis that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Which.
    pub what: Section,
    /// Why, in a sentence.
    pub why: String,
}

/// A part of a plan; those of which there may be several with their number from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Section {
    /// `data`
    Data,
    /// `[settings]`
    Settings,
    /// `[pool]`
    Pool,
    /// `[[subgroup]]`
    Subgroup(usize),
    /// `[[regress]]`
    Regress(usize),
    /// `[sensitivity]`
    Sensitivity,
    /// `[bias]`
    Bias,
    /// `[gosh]`
    Gosh,
    /// `[multiverse]`
    Multiverse,
    /// `[[claim]]`
    Claim(usize),
    /// `[[predictors]]`
    Predictors(usize),
    /// `[methods]`
    Methods,
    /// `[[figure]]`
    Figure(usize),
    /// `[output]`
    Output,
}

impl Section {
    /// Its key, and its number where there may be several.
    #[must_use]
    pub const fn key(&self) -> (&'static str, Option<usize>) {
        match self {
            Self::Data => ("data", None),
            Self::Settings => ("settings", None),
            Self::Pool => ("pool", None),
            Self::Subgroup(number) => ("subgroup", Some(*number)),
            Self::Regress(number) => ("regress", Some(*number)),
            Self::Sensitivity => ("sensitivity", None),
            Self::Bias => ("bias", None),
            Self::Gosh => ("gosh", None),
            Self::Multiverse => ("multiverse", None),
            Self::Claim(number) => ("claim", Some(*number)),
            Self::Predictors(number) => ("predictors", Some(*number)),
            Self::Methods => ("methods", None),
            Self::Figure(number) => ("figure", Some(*number)),
            Self::Output => ("output", None),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key() {
            (key, None | Some(0)) => f.write_str(key),
            (key, Some(number)) => write!(f, "{key} {}", number + 1),
        }
    }
}

/// An analysis of a plan that cannot be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{source}")]
pub struct PlanError {
    /// Which part of the plan asks for it.
    pub section: Section,
    /// Why it cannot be done.
    #[source]
    pub source: Box<AnalysisError>,
}

/// Why an analysis cannot be done, as its own function says it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// The settings.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// Pooling.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Subgroups and predictors.
    #[error(transparent)]
    Subgroup(#[from] SubgroupError),
    /// Meta-regression.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// Sensitivity.
    #[error(transparent)]
    Sensitivity(#[from] SensitivityError),
    /// Small-study effects.
    #[error(transparent)]
    SmallStudy(#[from] SmallStudyError),
    /// Subsets.
    #[error(transparent)]
    Gosh(#[from] GoshError),
    /// The grid.
    #[error(transparent)]
    Multiverse(#[from] MultiverseError),
    /// A claim that cannot be read.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// Something else about what is asked.
    #[error("{0}")]
    Refused(String),
}

impl From<crate::model::DesignError> for AnalysisError {
    fn from(error: crate::model::DesignError) -> Self {
        Self::Regression(error.into())
    }
}
