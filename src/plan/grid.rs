//! `[multiverse]`: every reasonable analysis, and the choices that it crosses.

use serde::{Deserialize, Serialize};

use super::{AnalysisError, Ci, MultiverseResult, words};
use crate::{
    analysis::{Family, Grid, Printed, RowChoices, multiverse},
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{Link, PredictionMethod, Settings, Tau2Method},
    study::{Filter, Studies},
};

/// `[multiverse]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MultiversePlan {
    /// A rate to look for in the intervals, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<String>,
    /// Whether documents list every analysis.
    #[serde(skip_serializing_if = "words::is_default")]
    pub rows: bool,
    /// The choices that are crossed.
    #[serde(skip_serializing_if = "words::is_default")]
    pub grid: GridPlan,
}

impl MultiversePlan {
    pub(super) fn run(
        &self,
        of: &Studies,
        settings: &Settings,
    ) -> Result<MultiverseResult, AnalysisError> {
        let value = self.holds.as_deref().map(Printed::rate).transpose()?;
        let all = multiverse(of, &Grid::from(&self.grid), settings.level, &mut |_, _| {})?;
        let summary = all.summary(value.map(Printed::value));
        Ok(MultiverseResult { all, summary, rows: self.rows })
    }
}

/// The alternatives of each choice; one that is not given has all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct GridPlan {
    /// Columns whose levels are analysed alone and left out.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub vary_by: Vec<String>,
    /// Predicates: all studies, and those where it holds.
    #[serde(with = "words::filters", skip_serializing_if = "Vec::is_empty")]
    pub vary_where: Vec<Filter>,
    /// All studies, and all but each one.
    #[serde(skip_serializing_if = "words::is_default")]
    pub vary_studies: bool,
    /// Families of models.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub families: Vec<Family>,
    /// Scales of the two-step and common-effect models.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Estimators of `τ²`.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub estimators: Vec<Tau2Method>,
    /// Intervals of the pooled value.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub intervals: Vec<Ci>,
    /// Prediction intervals.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub predictions: Vec<PredictionMethod>,
    /// Continuity corrections.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionRule>,
    /// Inversions of the Freeman–Tukey scale.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub inversions: Vec<Inversion>,
    /// Links of the GLMM.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// What was given, or else what stands there already.
fn given<T: Clone>(values: &[T], otherwise: Vec<T>) -> Vec<T> {
    if values.is_empty() { otherwise } else { values.to_vec() }
}

impl From<&GridPlan> for Grid {
    fn from(plan: &GridPlan) -> Self {
        let all = Self::default();
        let corrections: Vec<Correction> =
            plan.corrections.iter().map(|&to| Correction { to, ..Correction::default() }).collect();
        let (intervals, one_step_intervals) = if plan.intervals.is_empty() {
            (all.intervals, all.one_step_intervals)
        } else {
            let given = || plan.intervals.iter().copied();
            (given().map(Into::into).collect(), given().filter_map(Ci::one_step).collect())
        };
        Self {
            models: self::given(&plan.families, all.models),
            measures: self::given(&plan.measures, all.measures),
            corrections: self::given(&corrections, all.corrections),
            tau2: self::given(&plan.estimators, all.tau2),
            intervals,
            one_step_intervals,
            crude_intervals: all.crude_intervals,
            inversions: self::given(&plan.inversions, all.inversions),
            links: self::given(&plan.links, all.links),
            predictions: self::given(&plan.predictions, all.predictions),
            rows: RowChoices {
                by: plan.vary_by.clone(),
                filters: plan.vary_where.clone(),
                leave_one_out: plan.vary_studies,
            },
        }
    }
}
