//! Coefficients with tests that stay valid when rows of one cluster are not independent.

use nalgebra::DMatrix;
use serde::Serialize;

use super::{DesignError, Regression, RegressionError};
use crate::{
    model::{ClusteredBy, Robust, RobustTest, Sandwich, Small, clusters},
    numeric::student_t,
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
    /// The coefficients.
    pub coefficients: Vec<RobustCoefficient>,
    /// All moderators at once (HTZ).
    pub test: Option<RobustTest>,
    /// Levels that one cluster alone carries: their means are taken as known.
    pub carried_by_one: Vec<CarriedByOne>,
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

/// One coefficient; its test is `None` where one cluster alone determines it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustCoefficient {
    /// The column of the design.
    pub term: String,
    /// The estimate, that of the regression.
    pub estimate: f64,
    /// The robust standard error.
    pub se: Option<f64>,
    /// Satterthwaite degrees of freedom.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Lower limit by `t(df)`.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
    /// Why there is no standard error, or one that is too small: one cluster alone determines a part.
    pub note: Option<String>,
}

impl Regression {
    /// Adds cluster-robust tests: clusters are studies of one name, or rows with equal values in a
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
        let coefficients = design.names().iter().enumerate().map(|(j, term)| {
            let found = sandwich.contrast(&unit(j));
            let half = found
                .se
                .zip(found.df)
                .map(|(se, df)| se * student_t::quantile_upper(self.settings.level.tail(), df));
            RobustCoefficient {
                term: term.clone(),
                estimate: found.estimate,
                se: found.se,
                df: found.df,
                p_value: found.p_value,
                ci_lower: half.map(|half| found.estimate - half),
                ci_upper: half.map(|half| found.estimate + half),
                note: note(&found, &clustered_by),
            }
        });
        let coefficients: Vec<RobustCoefficient> = coefficients.collect();
        let from = usize::from(design.has_intercept());
        let constraints =
            DMatrix::from_fn(self.p - from, self.p, |i, j| f64::from(u8::from(j == i + from)));
        let test = (self.p > from).then(|| sandwich.wald(&constraints)).flatten();
        let robust = ClusterRobust {
            method: small,
            carried_by_one: self.carried_by_one(&members),
            cluster: clustered_by,
            clusters: members.len(),
            coefficients,
            test: test.map(|value| RobustTest { method: "HTZ", value }),
        };
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
        let moderator = studies.moderator(name).ok_or_else(|| DesignError::UnknownColumn {
            column: name.to_owned(),
            nearest: nearest(name, names()).map(str::to_owned),
            available: names().map(str::to_owned).collect(),
        })?;
        let own = |i: usize| format!("row {}", i + 1);
        Ok((0..studies.k()).map(|i| moderator.column.level(i).unwrap_or_else(|| own(i))).collect())
    }
}

/// What a robust standard error is worth that rests on one cluster.
fn note(found: &Robust, by: &ClusteredBy) -> Option<String> {
    let one = by.one();
    match found.se {
        None => Some(format!("One {one} alone determines it: there is no robust standard error.")),
        Some(_) if found.leans_on_one_cluster() => Some(format!(
            "One {one} alone determines a part of it, which is taken as known: the robust standard error is too small."
        )),
        Some(_) => None,
    }
}
