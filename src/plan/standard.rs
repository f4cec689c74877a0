//! The analyses that any table is worth.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    BiasPlan, MultiversePlan, OnFailure, Plan, PoolPlan, PredictorsPlan, SensitivityPlan,
    SubgroupPlan,
};
use crate::{
    data::Table,
    study::{Column, OutcomeKind},
};

/// The most columns that make groups unasked.
const MOST_COLUMNS: usize = 4;

/// The most groups that a column makes unasked.
const MOST_GROUPS: usize = 8;

impl Plan {
    /// The full set of analyses for a table: the pooled result, subgroups, sensitivity, small-study
    /// effects, every reasonable analysis, and predictors where a column of that name tells rows of two
    /// groups apart. What the data cannot carry is left out, and
    /// the results say why ([`OnFailure::Skip`]).
    ///
    /// Groups are made by the columns `by`; without any, by up to four text columns that have two to
    /// eight levels, at least two of them with two studies or more.
    ///
    /// ```
    /// use resorb::{data, plan::{Plan, execute}};
    /// let csv = b"study,events,total,type\nA,4,22,bulge\nB,3,25,bulge\nC,64,84,extrusion\nD,7,27,extrusion\n";
    /// let table = data::read(csv, &data::Mapping::default())?;
    /// let plan = Plan::standard("studies.csv", &table, &[]);
    /// let results = execute(&table, &plan)?;
    /// assert_eq!(results.subgroups[0].by, ["type"]);
    /// assert!(results.sensitivity.is_some() && results.multiverse.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standard(data: &str, table: &Table, by: &[String]) -> Self {
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
        Self {
            data: data.to_owned(),
            on_failure: OnFailure::Skip,
            pool: Some(PoolPlan::default()),
            subgroup: suited.iter().map(grouping).collect(),
            sensitivity: Some(SensitivityPlan::default()),
            bias: Some(BiasPlan::default()),
            multiverse: Some(MultiversePlan::default()),
            predictors: predictor().into_iter().collect(),
            ..Self::default()
        }
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
