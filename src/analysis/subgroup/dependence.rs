//! Tests of subgroup differences that do not call the rows of one study independent.

use nalgebra::DMatrix;
use serde::Serialize;

use super::{Rows, SubgroupError, two_step};
use crate::{
    model::{
        Link, Model, Multilevel, NestedGlmm, Robust, RobustTest, Sandwich, Settings, Small,
        ThreeLevelCoefficient, ThreeLevelTest, WaldTest, clusters, independent_rows,
    },
    numeric::{chi_squared, normal},
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
    /// What they show together.
    pub sentence: String,
}

/// CR2 with Satterthwaite degrees of freedom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustGroups {
    /// The small-sample correction.
    pub method: Small,
    /// What the clusters are.
    pub cluster: String,
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
    /// Variance between rows of one study.
    pub sigma2_row: f64,
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

/// The smallest p value called a difference.
const ALPHA: f64 = 0.05;

impl Dependence {
    /// The tests for `rows`; `plain` is the p value of the test that calls rows independent.
    pub(super) fn of(
        rows: &Rows<'_>,
        cluster: &str,
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
        // With one row a cluster only the sum of the two variances is identified, and with one cluster
        // only the variance within it.
        let nested = members.len() > 1 && members.iter().any(|rows| rows.len() > 1);
        let three_level = nested
            .then(|| Multilevel::fit(&x, effects.yi(), effects.vi(), &members, settings.level).ok())
            .flatten()
            .map(|fit| ThreeLevelGroups::of(fit, &rows.names));
        let glmm = nested.then(|| NestedGroups::of(rows, &x, &members, settings)).flatten();
        let tests = Tests {
            plain,
            robust: robust.test.map(|test| test.value),
            three_level: three_level.as_ref().and_then(|fit| fit.test.as_ref()).map(|t| t.p_value),
            glmm: glmm.as_ref().and_then(|fit| fit.test.as_ref()).map(|test| test.p_value),
        };
        let alone = robust.means.iter().filter(|mean| mean.se.is_none()).count();
        let sentence = tests.sentence(&of(members.len(), cluster), nested, alone);
        Ok(Self { robust, three_level, glmm, sentence })
    }
}

impl RobustGroups {
    fn of(sandwich: &Sandwich, names: &[&str], small: Small, cluster: &str) -> Self {
        let p = names.len();
        let unit = |j: usize| (0..p).map(|i| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
        let coefficients = names
            .iter()
            .enumerate()
            .map(|(j, name)| RobustTerm { term: term(j, name), value: sandwich.contrast(&unit(j)) })
            .collect();
        let means = names
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
        let differences = DMatrix::from_fn(p - 1, p, |i, j| f64::from(u8::from(j == i + 1)));
        let test = sandwich.wald(&differences).map(|value| RobustTest { method: "HTZ", value });
        Self { method: small, cluster: cluster.to_owned(), coefficients, means, test }
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
            .map(|(j, (name, (&estimate, &se)))| {
                let statistic = estimate / se;
                let p_value = 2.0 * normal::sf(statistic.abs());
                ThreeLevelTerm {
                    term: term(j, name),
                    value: ThreeLevelCoefficient { estimate, se, statistic, p_value },
                }
            })
            .collect();
        Some(Self {
            sigma2_cluster: fit.sigma2_cluster,
            sigma2_row: fit.sigma2_row,
            coefficients,
            test,
            log_likelihood: fit.log_likelihood,
        })
    }
}

/// The name of a coefficient: the first level is the intercept.
fn term(j: usize, name: &str) -> String {
    if j == 0 { format!("intercept ({name})") } else { name.to_owned() }
}

/// `8 studies`, `1 study`, `3 clusters by country`.
fn of(clusters: usize, column: &str) -> String {
    match (clusters, column) {
        (1, "study") => "1 study".to_owned(),
        (_, "study") => format!("{clusters} studies"),
        (1, _) => format!("1 cluster by {column}"),
        (_, _) => format!("{clusters} clusters by {column}"),
    }
}

/// The tests of one difference, as far as there are any.
struct Tests {
    /// p value of the test that calls rows independent.
    plain: Option<f64>,
    robust: Option<WaldTest>,
    three_level: Option<f64>,
    glmm: Option<f64>,
}

impl Tests {
    /// What they show together, in words; `alone` levels have no robust standard error.
    fn sentence(&self, clusters: &str, nested: bool, alone: usize) -> String {
        let finds =
            |p: f64| format!("{} ({})", if p < ALPHA { "a difference" } else { "none" }, p_text(p));
        let unreliable = |df: f64| {
            if df < RELIABLE_DF {
                format!("; with {df:.1} denominator degrees of freedom its p value is not reliable")
            } else {
                String::new()
            }
        };
        if clusters.starts_with("1 ") {
            return format!(
                "All rows belong to {clusters}: whether they depend on one another cannot be told, and \
                 no test can allow for it."
            );
        }
        if !nested {
            let test = self.robust.map_or_else(String::new, |htz| {
                format!("; it finds {}{}", finds(htz.p_value), unreliable(htz.df2))
            });
            return format!(
                "No study has several rows: the cluster-robust test guards against wrong sampling \
                 variances only{test}."
            );
        }
        let (Some(htz), Some(three_level)) = (self.robust, self.three_level) else {
            return format!(
                "With {clusters} the tests that respect shared studies cannot all be computed; the \
                 plain test assumes that rows are independent, which they are not."
            );
        };
        let plain = self.plain.map_or_else(String::new, |p| {
            format!(
                "The plain test, which calls rows of one study independent, finds {}. ",
                finds(p)
            )
        });
        let glmm = self.glmm.map_or_else(String::new, |p| {
            format!("the GLMM with study and row effects {}, ", finds(p))
        });
        let found: Vec<bool> = [Some(three_level), self.glmm, Some(htz.p_value)]
            .into_iter()
            .flatten()
            .map(|p| p < ALPHA)
            .collect();
        let few = htz.df2 < RELIABLE_DF;
        let verdict = match (found.iter().all(|&f| f), found.iter().all(|&f| !f)) {
            (true, _) if !few => "They agree that the groups differ.".to_owned(),
            (_, true) if !few => "None shows that the groups differ.".to_owned(),
            (true, _) | (_, true) => format!("They agree, on no more than {clusters}."),
            _ => format!("They disagree, and neither settles the question with {clusters}."),
        };
        let alone = if alone > 0 {
            " The robust test takes the mean of a level that one study carries as known, which makes \
             differences from it look too certain."
        } else {
            ""
        };
        format!(
            "{plain}Of the tests that respect shared studies, the three-level model finds {}, {glmm}\
             the cluster-robust test {}{}. {verdict}{alone}",
            finds(three_level),
            finds(htz.p_value),
            unreliable(htz.df2),
        )
    }
}

/// A p value in a sentence.
fn p_text(p: f64) -> String {
    match p {
        _ if p < 0.0001 => "p < 0.0001".to_owned(),
        _ if p < 0.001 => format!("p = {p:.4}"),
        _ => format!("p = {p:.3}"),
    }
}
