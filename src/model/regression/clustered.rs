//! Coefficients with tests that stay valid when rows of one cluster are not independent.

use nalgebra::DMatrix;
use serde::Serialize;

use super::{Combination, DesignError, Regression, RegressionError};
use crate::{
    model::{ClusteredBy, RobustTest, Sandwich, Small, clusters},
    study::nearest,
};

/// A regression's coefficients with their cluster-robust tests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClusterRobust {
    /// The small-sample correction.
    pub method: Small,
    /// What the clusters are: `study` or a column.
    pub cluster: ClusteredBy,
    /// How many there are.
    pub clusters: usize,
    /// The coefficients; a test is `None` where one cluster alone determines one.
    pub coefficients: Vec<Combination>,
    /// All moderators at once (HTZ).
    pub test: Option<RobustTest>,
    /// Levels that one cluster alone carries: their means are taken as known.
    pub carried_by_one: Vec<CarriedByOne>,
    #[serde(skip)]
    pub(super) sandwich: Sandwich,
}

/// A level of a categorical moderator whose rows belong to one cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarriedByOne {
    /// The moderator.
    pub column: String,
    /// The level.
    pub level: String,
    /// The cluster, by the name of its first row.
    pub study: String,
}

impl Regression {
    /// Adds cluster-robust tests, also to the differences, the trend and the predictions that are asked
    /// for afterwards: clusters are studies of one name, or rows with equal values in a
    /// column (a missing value is a cluster of its own).
    ///
    /// # Errors
    /// [`RegressionError`]: a column that is not there, or a model other than two-step.
    pub fn with_robust(
        mut self,
        small: Small,
        column: Option<&str>,
    ) -> Result<Self, RegressionError> {
        let solved = &self.solved;
        let Some(effects) = &solved.effects else {
            return Err(RegressionError::NeedsTwoStep { what: "a cluster-robust test" });
        };
        let labels = self.cluster_labels(column)?;
        let clustered_by = ClusteredBy::from(column);
        let members = clusters(&labels);
        let vi = effects.vi();
        let phi = |rows: &[usize]| {
            let diagonal = rows.iter().map(|&row| vi.get(row).map_or(1.0, |v| v + solved.tau2));
            DMatrix::from_diagonal(&nalgebra::DVector::from_iterator(rows.len(), diagonal))
        };
        let design = &solved.designed.design;
        let sandwich = Sandwich::fit(design.matrix(), effects.yi(), &members, phi, small)?;
        let unit = |j: usize| (0..self.p).map(|i| f64::from(u8::from(i == j))).collect::<Vec<_>>();
        let level = self.settings.level;
        let coefficients = design.names().iter().enumerate().map(|(j, term)| {
            let found = sandwich.contrast(&unit(j));
            Combination::robust(term.clone(), &found, level, &clustered_by)
        });
        let coefficients: Vec<Combination> = coefficients.collect();
        let from = usize::from(design.has_intercept());
        let all_zero = |columns: std::ops::Range<usize>| {
            let of = |i: usize, j: usize| f64::from(u8::from(j == i + columns.start));
            let constraints = DMatrix::from_fn(columns.len(), self.p, of);
            (columns.end > columns.start).then(|| sandwich.wald(&constraints)).flatten()
        };
        let test = all_zero(from..self.p);
        let of_terms: Vec<_> =
            (0..design.terms().count()).map(|term| all_zero(design.columns_of(term))).collect();
        let robust = ClusterRobust {
            method: small,
            carried_by_one: self.carried_by_one(&members),
            cluster: clustered_by,
            clusters: members.len(),
            coefficients,
            test: test.map(|value| RobustTest { method: "HTZ", value }),
            sandwich,
        };
        for (term, test) in self.terms.iter_mut().zip(of_terms) {
            term.robust = test;
        }
        self.robust = Some(robust);
        Ok(self)
    }

    /// The levels of categorical moderators whose rows belong to one of the clusters.
    fn carried_by_one(&self, members: &[Vec<usize>]) -> Vec<CarriedByOne> {
        let studies = self.studies();
        let design = &self.solved.designed.design;
        let mut found = Vec::new();
        for (column, _) in design.references() {
            let cells = studies.moderator(column).map(|moderator| &moderator.column);
            for level in design.levels(column).unwrap_or_default() {
                let has =
                    |row: usize| cells.and_then(|cells| cells.level(row)).as_deref() == Some(level);
                let mut carriers = members.iter().filter(|rows| rows.iter().any(|&row| has(row)));
                if let (Some(rows), None) = (carriers.next(), carriers.next())
                    && let Some(study) = rows.first().and_then(|&row| studies.labels().get(row))
                {
                    let (column, level) = (column.to_owned(), level.clone());
                    found.push(CarriedByOne { column, level, study: study.clone() });
                }
            }
        }
        found
    }

    /// What each row belongs to.
    fn cluster_labels(&self, column: Option<&str>) -> Result<Vec<String>, DesignError> {
        let studies = self.studies();
        let Some(name) = column else { return Ok(studies.labels().to_vec()) };
        let names = || studies.moderators().iter().map(|m| m.name.as_str());
        let moderator =
            studies.moderator_in_any_case(name).ok_or_else(|| DesignError::UnknownColumn {
                column: name.to_owned(),
                nearest: nearest(name, names()).map(str::to_owned),
                available: names().map(str::to_owned).collect(),
            })?;
        let own = |i: usize| format!("row {}", i + 1);
        Ok((0..studies.k()).map(|i| moderator.column.level(i).unwrap_or_else(|| own(i))).collect())
    }
}
