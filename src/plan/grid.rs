//! `[multiverse]`: every reasonable analysis, and the choices that it crosses.

use serde::{Deserialize, Serialize};

use super::{AnalysisError, Ci, MultiverseResult, stated_measure, words};
use crate::{
    analysis::{ClaimError, Family, Grid, Printed, RowChoices, multiverse},
    data::Table,
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{Link, PredictionMethod, Settings, Tau2Method},
    study::{Filter, OutcomeKind},
};

/// `[multiverse]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct MultiversePlan {
    /// A value to look for in the intervals, as printed.
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
    /// The value to look for, read as what the table is about: a rate, or a number on the scale of the
    /// measure.
    ///
    /// # Errors
    /// [`ClaimError`] for a text that is none.
    pub fn value(&self, table: &Table) -> Result<Option<f64>, ClaimError> {
        let read = match table.studies.outcomes().kind() {
            OutcomeKind::Proportions => Printed::rate,
            _ => Printed::number,
        };
        Ok(self.holds.as_deref().map(read).transpose()?.map(Printed::value))
    }

    pub(super) fn run(
        &self,
        table: &Table,
        settings: &Settings,
    ) -> Result<MultiverseResult, AnalysisError> {
        let value = self.value(table)?;
        let all = multiverse(&table.studies, &self.grid.of(table), settings.level, &mut |_, _| {})?;
        let summary = all.summary(value);
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

impl GridPlan {
    /// The grid for a table: what is given, and for the rest what suits the table.
    ///
    /// ```
    /// use resorb::{analysis::Grid, data, plan::GridPlan};
    /// let csv = b"study,events,total\nBush 1992,64,84\nKomori 1996,35,77\n";
    /// assert_eq!(GridPlan::default().of(&data::read(csv, &data::Mapping::default())?), Grid::default());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(&self, table: &Table) -> Grid {
        let usual = Grid::of(table.studies.outcomes().kind());
        // Effects computed elsewhere are of the measure that their column states.
        let measures = table.stated.map_or(usual.measures, |stated| vec![stated_measure(stated)]);
        let all = Grid { measures, ..usual };
        let corrections: Vec<Correction> =
            self.corrections.iter().map(|&to| Correction { to, ..Correction::default() }).collect();
        let (intervals, one_step_intervals) = if self.intervals.is_empty() {
            (all.intervals, all.one_step_intervals)
        } else {
            let asked = || self.intervals.iter().copied();
            (asked().map(Into::into).collect(), asked().filter_map(Ci::one_step).collect())
        };
        Grid {
            models: given(&self.families, all.models),
            measures: given(&self.measures, all.measures),
            corrections: given(&corrections, all.corrections),
            tau2: given(&self.estimators, all.tau2),
            intervals,
            one_step_intervals,
            crude_intervals: all.crude_intervals,
            inversions: given(&self.inversions, all.inversions),
            links: given(&self.links, all.links),
            predictions: given(&self.predictions, all.predictions),
            rows: RowChoices {
                by: self.vary_by.clone(),
                filters: self.vary_where.clone(),
                leave_one_out: self.vary_studies,
                ..all.rows
            },
        }
    }
}
