//! The analyses that any table is worth.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    BiasPlan, MultiversePlan, OnFailure, Plan, PlanError, PoolPlan, PredictorsPlan, Results,
    Section, SensitivityPlan, Skipped, SubgroupPlan, execute,
};
use crate::{
    data::Table,
    study::{Column, OutcomeKind},
};

/// The most columns that make groups unasked.
const MOST_COLUMNS: usize = 4;

/// The most groups that a column makes unasked.
const MOST_GROUPS: usize = 8;

/// The most rows that are left out one by one unasked. Work and memory grow with the square: of a
/// one-step model 250 rows take two seconds and 1,500 over a minute, for figures that nobody can read.
const MOST_LEFT_OUT: usize = 250;

/// The most rows whose small-study effects are asked for unasked: the rank test, trim and fill and
/// selection models of 500 rows take five seconds, of 1,500 over twenty.
const MOST_IN_FUNNEL: usize = 500;

/// The most rows that are analysed in every reasonable way unasked: hundreds of one-step models of 500
/// rows take ten seconds, of 1,500 close to a minute.
const MOST_IN_GRID: usize = 500;

/// The analyses that a table is worth, and those that it has too many rows for.
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    /// What is asked.
    pub plan: Plan,
    /// What would take long, with the command that computes it all the same.
    pub left_out: Vec<Skipped>,
}

impl Standard {
    /// Carries the plan out on the table that it was made for; what was left out stands among what was
    /// skipped.
    ///
    /// # Errors
    /// Those of [`execute`].
    pub fn execute(&self, table: &Table) -> Result<Results, PlanError> {
        let mut results = execute(table, &self.plan)?;
        results.skipped.extend(self.left_out.iter().cloned());
        Ok(results)
    }
}

impl Plan {
    /// The full set of analyses for a table: the pooled result, subgroups, sensitivity, small-study
    /// effects, every reasonable analysis, and predictors where a column of that name tells rows of two
    /// groups apart. What the data cannot carry is left out, and
    /// the results say why ([`OnFailure::Skip`]); so they do of what would take minutes because there are
    /// hundreds of rows, which a plan of one's own computes.
    ///
    /// Groups are made by the columns `by`; without any, by up to four text columns that have two to
    /// eight levels, at least two of them with two studies or more.
    ///
    /// ```
    /// use resorb::{data, plan::Plan};
    /// let csv = b"study,events,total,type\nA,4,22,bulge\nB,3,25,bulge\nC,64,84,extrusion\nD,7,27,extrusion\n";
    /// let table = data::read(csv, &data::Mapping::default())?;
    /// let results = Plan::standard("studies.csv", &table, &[]).execute(&table)?;
    /// assert_eq!(results.subgroups[0].by, ["type"]);
    /// assert!(results.sensitivity.is_some() && results.multiverse.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standard(data: &str, table: &Table, by: &[String]) -> Standard {
        let kind = table.studies.outcomes().kind();
        let grouping =
            |column: &String| SubgroupPlan { by: vec![column.clone()], ..SubgroupPlan::default() };
        let predictor = || {
            let two_groups = matches!(
                kind,
                OutcomeKind::TwoProportions | OutcomeKind::TwoRates | OutcomeKind::TwoMeans
            );
            let column = two_groups.then(|| table.studies.moderator("predictor")).flatten()?;
            Some(PredictorsPlan { by: column.name.clone(), baseline: None })
        };
        let suited = if by.is_empty() { suited(table) } else { by.to_vec() };
        let k = table.studies.k();
        let long: Vec<&Long> = LONG.iter().filter(|long| k > long.most).collect();
        let quick = |what: &Section| !long.iter().any(|long| long.what == *what);
        let plan = Self {
            data: data.to_owned(),
            on_failure: OnFailure::Skip,
            pool: Some(PoolPlan::default()),
            subgroup: suited.iter().map(grouping).collect(),
            sensitivity: quick(&Section::Sensitivity).then(SensitivityPlan::default),
            bias: quick(&Section::Bias).then(BiasPlan::default),
            multiverse: quick(&Section::Multiverse).then(MultiversePlan::default),
            predictors: predictor().into_iter().collect(),
            ..Self::default()
        };
        Standard { plan, left_out: long.into_iter().map(|long| long.skipped(k)).collect() }
    }
}

/// What takes long with many rows.
struct Long {
    what: Section,
    most: usize,
    /// What it is, to begin a sentence with.
    name: &'static str,
}

const LONG: [Long; 3] = [
    Long {
        what: Section::Sensitivity,
        most: MOST_LEFT_OUT,
        name: "Leaving out one study after the other, with the influence of each,",
    },
    Long {
        what: Section::Bias,
        most: MOST_IN_FUNNEL,
        name: "Looking for small-study effects (tests of asymmetry, trim and fill, selection models)",
    },
    Long {
        what: Section::Multiverse,
        most: MOST_IN_GRID,
        name: "Analysing the studies in every reasonable way",
    },
];

impl Long {
    fn skipped(&self, k: usize) -> Skipped {
        let Self { what, most, name } = self;
        let why = format!(
            "{name} takes long with {k} rows, so a report does it by itself only up to {most}. To have it: `resorb {what} DATA`, or a table [{what}] in an analysis file."
        );
        Skipped { what: what.clone(), why }
    }
}

/// The columns whose texts are worth being compared.
fn suited(table: &Table) -> Vec<String> {
    let groups = |cells: &[Option<Arc<str>>]| {
        cells.iter().flatten().fold(BTreeMap::<Arc<str>, usize>::new(), |mut sizes, cell| {
            *sizes.entry(Arc::clone(cell)).or_default() += 1;
            sizes
        })
    };
    let compared = |column: &Column| match column {
        Column::Number(_) => false,
        Column::Text(cells) => {
            let sizes = groups(cells);
            (2..=MOST_GROUPS).contains(&sizes.len())
                && sizes.values().filter(|size| **size > 1).count() > 1
        }
    };
    let moderators = table.studies.moderators().iter();
    moderators
        .filter(|moderator| compared(&moderator.column))
        .map(|moderator| moderator.name.clone())
        .take(MOST_COLUMNS)
        .collect()
}
