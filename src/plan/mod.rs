//! `analysis.toml`: what is analysed and how, as one value that runs again to the same results.
//!
//! [`Plan`] is what the file says, [`Plan::parse`] reads it with positions in its errors, and
//! [`execute`] carries it out on a table. Nothing here reads or writes files.

mod analyses;
mod choices;
mod claim;
mod execute;
mod grid;
mod kinds;
mod output;
mod parse;
mod problems;
mod prune;
mod reading;
mod results;
mod standard;
mod words;

pub use analyses::{
    BiasPlan, GoshPlan, PoolPlan, PredictorsPlan, RegressPlan, SensitivityPlan, SubgroupPlan,
};
pub use choices::{ChoiceError, Choices, stated_measure};
pub use claim::ClaimPlan;
pub use execute::execute;
pub use grid::{GridPlan, MultiversePlan};
pub use kinds::{Ci, ModelKind};
pub use output::{FigurePlan, MethodsPlan, Output, OutputFormat, Value};
pub use parse::{locate, locate_key};
pub use problems::{PlanProblem, PlanProblems};
pub use reading::Reading;
pub use results::{
    AnalysisError, GoshResult, MultiverseResult, PlanError, Results, Section, Skipped,
};
pub use standard::Standard;

use serde::{Deserialize, Serialize};

use crate::data::Mapping;

/// An analysis from its data to its figures: the content of `analysis.toml`.
///
/// Keys are named as the options of the command line and mean the same. A table that is there asks for
/// its analysis; a plan that asks for none, and for no figure, pools the studies.
///
/// ```
/// use resorb::{data, plan::{Plan, execute}};
/// let plan = Plan::parse(r#"
///     data = "studies.csv"
///     [settings]
///     model = "two-step"
///     [pool]
///     [[subgroup]]
///     by = "type"
/// "#)?;
/// let csv = b"study,events,total,type\nA,4,22,bulge\nB,3,25,bulge\nC,64,84,extrusion\nD,7,27,extrusion\n";
/// let results = execute(&data::read(csv, &plan.mapping())?, &plan)?;
/// assert_eq!(results.subgroups[0].groups.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    /// DATA: a path from the folder of the file, or the name of a bundled data set.
    pub data: String,
    /// What happens when an analysis cannot be done.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub on_failure: OnFailure,
    /// Which columns and rows of the data are read, and how.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub reading: Reading,
    /// The choices of the analysis that all parts share.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub settings: Choices,
    /// The pooled result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolPlan>,
    /// Subgroup analyses.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "words::is_default"
    )]
    pub subgroup: Vec<SubgroupPlan>,
    /// Meta-regressions.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "words::is_default"
    )]
    pub regress: Vec<RegressPlan>,
    /// What the result hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<SensitivityPlan>,
    /// Small-study effects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bias: Option<BiasPlan>,
    /// Every subset of the studies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gosh: Option<GoshPlan>,
    /// Every reasonable analysis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiverse: Option<MultiversePlan>,
    /// Published rates that are held against the data.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "words::is_default"
    )]
    pub claim: Vec<ClaimPlan>,
    /// Predictors, each pooled on its own.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "words::is_default"
    )]
    pub predictors: Vec<PredictorsPlan>,
    /// The paragraphs of a paper, with the works that they cite; they begin with the pooled result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub methods: Option<MethodsPlan>,
    /// Figures.
    #[serde(
        default,
        deserialize_with = "words::one_or_many",
        skip_serializing_if = "words::is_default"
    )]
    pub figure: Vec<FigurePlan>,
    /// Where results go, and in which formats.
    #[serde(default, skip_serializing_if = "words::is_default")]
    pub output: Output,
}

/// What happens when one of several analyses cannot be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnFailure {
    /// Nothing is written, and the error says which and why.
    #[default]
    Stop,
    /// It is left out, and the results say why.
    Skip,
}

impl Plan {
    /// How the data are to be read.
    ///
    /// Columns that a single analysis needs count as missing where they are empty, as its command has
    /// it. Of several analyses each says itself which rows it could not use, so that they share rows.
    #[must_use]
    pub fn mapping(&self) -> Mapping {
        let mapping = Mapping::from(&self.reading);
        if self.analyses() != 1 {
            return mapping;
        }
        let groups = self.subgroup.iter().flat_map(SubgroupPlan::columns);
        let moderators = self.regress.iter().flat_map(RegressPlan::columns);
        let predictors = self.predictors.iter().map(|predictors| predictors.by.clone());
        let mut names = groups.chain(moderators).chain(predictors);
        Mapping { grouping: names.next(), needed: names.collect(), ..mapping }
    }

    /// Whether the studies are pooled without a table that asks for it.
    fn pools_unasked(&self) -> bool {
        self.methods.is_some() || (self.analyses() == 0 && self.figure.is_empty())
    }

    /// How many analyses are asked for.
    fn analyses(&self) -> usize {
        [
            self.pool.is_some(),
            self.sensitivity.is_some(),
            self.bias.is_some(),
            self.gosh.is_some(),
            self.multiverse.is_some(),
        ]
        .into_iter()
        .map(usize::from)
        .sum::<usize>()
            + self.subgroup.len()
            + self.regress.len()
            + self.claim.len()
            + self.predictors.len()
    }

    /// The plan as the text of a file; [`Plan::parse`] reads it back to the same plan.
    ///
    /// # Errors
    /// None for plans that were parsed: a number that TOML cannot write, such as a seed above 2⁶³ − 1.
    pub fn to_toml(&self) -> Result<String, PlanProblem> {
        toml::to_string(self).map_err(|error| PlanProblem::new(error.to_string()))
    }
}
