//! Tests of subgroup differences that do not call the rows of one study independent.

mod differences;
mod together;

pub use differences::{Difference, Differences};

use nalgebra::DMatrix;
use serde::Serialize;

use together::Tests;

use super::{Rows, SubgroupError, two_step};
use crate::{
    model::{
        ClusteredBy, Link, Model, Multilevel, NestedGlmm, Robust, RobustTest, Sandwich, Settings,
        Small, ThreeLevelCoefficient, ThreeLevelTest, clusters, independent_rows,
    },
    numeric::chi_squared,
};

/// What respects that one study gives several rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dependence {
    /// Cluster-robust tests of the two-step regression on the groups.
    pub robust: RobustGroups,
    /// The three-level model, rows within studies.
    pub three_level: Option<ThreeLevelGroups>,
    /// For counts: a GLMM with random intercepts for study and row.
    pub glmm: Option<NestedGroups>,
    /// Differences from a group that several clusters carry.
    pub differences: Differences,
    /// What they show together.
    pub sentence: String,
}

/// CR2 with Satterthwaite degrees of freedom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustGroups {
    /// The small-sample correction.
    pub method: Small,
    /// What the clusters are.
    pub cluster: ClusteredBy,
    /// Treatment coding: the first level is the intercept, the others are differences from it.
    pub coefficients: Vec<RobustTerm>,
    /// The mean of each group.
    pub means: Vec<RobustMean>,
    /// All groups alike (HTZ).
    pub test: Option<RobustTest>,
}

/// One coefficient.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustTerm {
    /// The level.
    pub term: String,
    /// Its value.
    #[serde(flatten)]
    pub value: Robust,
    /// Why it has no standard error, or one that is too small: a cluster alone carries a level.
    pub note: Option<String>,
}

/// One group's mean on the analysis scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustMean {
    /// The level.
    pub group: String,
    /// Its mean.
    pub yi: f64,
    /// Its robust standard error; `None` where one study alone carries the level.
    pub se: Option<f64>,
    /// Satterthwaite degrees of freedom.
    pub df: Option<f64>,
}

/// The three-level model with the groups as moderator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreeLevelGroups {
    /// Variance between studies.
    pub sigma2_cluster: f64,
    /// The lower limit of its profile-likelihood interval.
    pub sigma2_cluster_lower: f64,
    /// The upper limit; `None` is unbounded.
    pub sigma2_cluster_upper: Option<f64>,
    /// Variance between rows of one study.
    pub sigma2_row: f64,
    /// The lower limit of its profile-likelihood interval.
    pub sigma2_row_lower: f64,
    /// The upper limit; `None` is unbounded.
    pub sigma2_row_upper: Option<f64>,
    /// Treatment coding.
    pub coefficients: Vec<ThreeLevelTerm>,
    /// All groups alike.
    pub test: Option<ThreeLevelTest>,
}

/// The GLMM with a random intercept for the study beside the row's, on the groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NestedGroups {
    /// Variance between studies.
    pub sigma2_cluster: f64,
    /// The lower limit of its profile-likelihood interval; `None` where there are too many rows for it.
    pub sigma2_cluster_lower: Option<f64>,
    /// The upper limit; `None` beside a lower one is unbounded.
    pub sigma2_cluster_upper: Option<f64>,
    /// Variance between rows of one study.
    pub sigma2_row: f64,
    /// The lower limit of its profile-likelihood interval.
    pub sigma2_row_lower: Option<f64>,
    /// The upper limit.
    pub sigma2_row_upper: Option<f64>,
    /// Treatment coding, with Wald tests.
    pub coefficients: Vec<ThreeLevelTerm>,
    /// All groups alike, by likelihood ratio against the model without groups.
    pub test: Option<ThreeLevelTest>,
    /// The log-likelihood.
    pub log_likelihood: f64,
}

/// One coefficient of the three-level model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreeLevelTerm {
    /// The level.
    pub term: String,
    /// Its value.
    #[serde(flatten)]
    pub value: ThreeLevelCoefficient,
}

/// Degrees of freedom below which a Satterthwaite p value is not reliable (Tipton 2015).
const RELIABLE_DF: f64 = 4.0;

impl Dependence {
    /// The tests for `rows`; `plain` is the p value of the test that calls rows independent.
    pub(super) fn of(
        rows: &Rows<'_>,
        cluster: &ClusteredBy,
        small: Small,
        settings: &Settings,
        plain: Option<f64>,
    ) -> Result<Self, SubgroupError> {
        let choices = two_step(settings);
        let effects = choices
            .measure
            .effects(rows.studies, choices.correction)
            .map_err(|error| SubgroupError::Overall(error.into()))?;
        let x = DMatrix::from_fn(effects.k(), rows.names.len(), |i, j| {
            f64::from(u8::from(j == 0 || rows.places.get(i) == Some(&j)))
        });
        let members = clusters(rows.labels);
        let sandwich = independent_rows(&x, effects.yi(), effects.vi(), &members, &choices, small)
            .map_err(SubgroupError::Overall)?;
        let robust = RobustGroups::of(&sandwich, &rows.names, small, cluster);
        let base = robust.means.iter().position(|mean| mean.se.is_some()).unwrap_or(0);
        // With one row a cluster only the sum of the two variances is identified, and with one cluster
        // only the variance within it.
        let nested = members.len() > 1 && members.iter().any(|rows| rows.len() > 1);
        let three_level = nested
            .then(|| Multilevel::fit(&x, effects.yi(), effects.vi(), &members, settings.level).ok())
            .flatten();
        let differences = Differences::of(&rows.names, base, &sandwich, three_level.as_ref());
        let three_level = three_level.map(|fit| ThreeLevelGroups::of(fit, &rows.names));
        let glmm = nested.then(|| NestedGroups::of(rows, &x, &members, settings)).flatten();
        let tests = Tests {
            plain,
            robust: robust.test.map(|test| test.value),
            three_level: three_level.as_ref().and_then(|fit| fit.test.as_ref()).map(|t| t.p_value),
            glmm: glmm.as_ref().and_then(|fit| fit.test.as_ref()).map(|test| test.p_value),
        };
        let alone = robust.means.iter().filter(|mean| mean.se.is_none()).count();
        let sentence = tests.sentence(cluster, members.len(), nested, alone);
        Ok(Self { robust, three_level, glmm, differences, sentence })
    }
}

impl RobustGroups {
    fn of(sandwich: &Sandwich, names: &[&str], small: Small, cluster: &ClusteredBy) -> Self {
        let p = names.len();
        let unit = |j: usize| (0..p).map(|i| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
        let means: Vec<RobustMean> = names
            .iter()
            .enumerate()
            .map(|(j, name)| {
                let mut c = unit(j);
                if let Some(intercept) = c.first_mut() {
                    *intercept = 1.0;
                }
                let mean = sandwich.contrast(&c);
                RobustMean {
                    group: (*name).to_owned(),
                    yi: mean.estimate,
                    se: mean.se,
                    df: mean.df,
                }
            })
            .collect();
        let alone = |j: usize| means.get(j).is_some_and(|mean| mean.se.is_none());
        let coefficients = names
            .iter()
            .enumerate()
            .map(|(j, name)| {
                let value = sandwich.contrast(&unit(j));
                let levels = if j == 0 { vec![0] } else { vec![0, j] };
                let carried: Vec<&str> = levels
                    .into_iter()
                    .filter(|&level| value.leans_on_one_cluster() && alone(level))
                    .filter_map(|level| names.get(level).copied())
                    .collect();
                RobustTerm { term: term(j, name), value, note: note(&carried, value.se, cluster) }
            })
            .collect();
        let differences = DMatrix::from_fn(p - 1, p, |i, j| f64::from(u8::from(j == i + 1)));
        let test = sandwich.wald(&differences).map(|value| RobustTest { method: "HTZ", value });
        Self { method: small, cluster: cluster.clone(), coefficients, means, test }
    }
}

impl ThreeLevelGroups {
    fn of(fit: Multilevel, names: &[&str]) -> Self {
        let coefficients = names
            .iter()
            .zip(fit.coefficients)
            .enumerate()
            .map(|(j, (name, value))| ThreeLevelTerm { term: term(j, name), value })
            .collect();
        Self {
            sigma2_cluster: fit.sigma2_cluster,
            sigma2_cluster_lower: fit.sigma2_cluster_limits.0,
            sigma2_cluster_upper: fit.sigma2_cluster_limits.1,
            sigma2_row: fit.sigma2_row,
            sigma2_row_lower: fit.sigma2_row_limits.0,
            sigma2_row_upper: fit.sigma2_row_limits.1,
            coefficients,
            test: fit.test,
        }
    }
}

/// The most rows for which the GLMM's nested integrals are computed.
const MOST_ROWS: usize = 400;
/// The most for which their profiles are.
const MOST_ROWS_PROFILED: usize = 100;

impl NestedGroups {
    /// `None` for effects, for more rows than are worth the time, and where a group has no finite value.
    fn of(
        rows: &Rows<'_>,
        x: &DMatrix<f64>,
        members: &[Vec<usize>],
        settings: &Settings,
    ) -> Option<Self> {
        let counts = rows.studies.counts().filter(|counts| counts.len() <= MOST_ROWS)?;
        let link = match settings.model {
            Model::Glmm { link, .. } => link,
            _ => Link::Logit,
        };
        let fit = NestedGlmm::fit(counts, x, members, link).ok()?;
        let ones = DMatrix::from_element(counts.len(), 1, 1.0);
        let test = NestedGlmm::fit(counts, &ones, members, link).ok().map(|without| {
            let df = (rows.names.len() - 1) as f64;
            let statistic = (2.0 * (fit.log_likelihood - without.log_likelihood)).max(0.0);
            ThreeLevelTest { statistic, df, p_value: chi_squared::sf(statistic, df) }
        });
        let coefficients = rows
            .names
            .iter()
            .zip(fit.coefficients.iter().zip(&fit.se))
            .enumerate()
            .map(|(j, (name, (&estimate, &se)))| ThreeLevelTerm {
                term: term(j, name),
                value: ThreeLevelCoefficient::of(estimate, se),
            })
            .collect();
        let limits = if counts.len() <= MOST_ROWS_PROFILED {
            fit.limits(counts, x, members, link, settings.level).ok()
        } else {
            None
        };
        let cluster = limits.as_ref().map(|limits| limits.sigma2_cluster);
        let row = limits.as_ref().map(|limits| limits.sigma2_row);
        Some(Self {
            sigma2_cluster: fit.sigma2_cluster,
            sigma2_cluster_lower: cluster.map(|(lower, _)| lower),
            sigma2_cluster_upper: cluster.and_then(|(_, upper)| upper),
            sigma2_row: fit.sigma2_row,
            sigma2_row_lower: row.map(|(lower, _)| lower),
            sigma2_row_upper: row.and_then(|(_, upper)| upper),
            coefficients,
            test,
            log_likelihood: fit.log_likelihood,
        })
    }
}

/// What a coefficient is worth that rests on levels `carried` by one cluster each.
fn note(carried: &[&str], se: Option<f64>, cluster: &ClusteredBy) -> Option<String> {
    let what = cluster.one();
    let levels = carried.join(" and ");
    let worth = match (carried.len(), se) {
        (0, _) => return None,
        (_, None) => "there is no robust standard error".to_owned(),
        (1, Some(_)) => {
            "its mean is taken as known, and the standard error is too small".to_owned()
        }
        _ => "their means are taken as known, and the standard error is too small".to_owned(),
    };
    Some(match carried.len() {
        1 => format!("One {what} alone carries {levels}: {worth}."),
        _ => format!("One {what} alone carries each of {levels}: {worth}."),
    })
}

/// The name of a coefficient: the first level is the intercept.
fn term(j: usize, name: &str) -> String {
    if j == 0 { format!("intercept ({name})") } else { name.to_owned() }
}
