//! Tests of subgroup differences that do not call the rows of one study independent.

use nalgebra::DMatrix;
use serde::Serialize;

use crate::{
    effect::Effects,
    model::{
        Level, ModelError, Multilevel, Robust, Sandwich, Small, ThreeLevelCoefficient,
        ThreeLevelTest, TwoStep, WaldTest, clusters, independent_rows,
    },
};

/// What respects that one study gives several rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dependence {
    /// Cluster-robust tests of the two-step regression on the groups.
    pub robust: RobustGroups,
    /// The three-level model, rows within studies.
    pub three_level: Option<ThreeLevelGroups>,
    /// What they show together.
    pub sentence: String,
}

/// CR2 with Satterthwaite degrees of freedom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustGroups {
    /// The small-sample correction.
    pub method: Small,
    /// What the clusters are.
    pub cluster: &'static str,
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

/// The robust test of all differences.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RobustTest {
    /// `HTZ`.
    pub method: &'static str,
    /// Its value.
    #[serde(flatten)]
    pub value: WaldTest,
}

/// The three-level model with the groups as moderator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreeLevelGroups {
    /// Variance between studies.
    pub sigma2_cluster: f64,
    /// Its profile limits.
    pub sigma2_cluster_limits: (f64, Option<f64>),
    /// Variance between rows of one study.
    pub sigma2_row: f64,
    /// Its profile limits.
    pub sigma2_row_limits: (f64, Option<f64>),
    /// Treatment coding.
    pub coefficients: Vec<ThreeLevelTerm>,
    /// All groups alike.
    pub test: Option<ThreeLevelTest>,
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
    /// Both tests for `effects` whose rows carry `levels` (positions in `names`) and come from studies
    /// called `labels`; `plain` is the p value of the test that calls rows independent.
    pub(super) fn of(
        effects: &Effects,
        labels: &[&str],
        (names, levels): (&[String], &[usize]),
        choices: &TwoStep,
        (small, level): (Small, Level),
        plain: Option<f64>,
    ) -> Result<Self, ModelError> {
        let p = names.len();
        let x = DMatrix::from_fn(effects.k(), p, |i, j| {
            f64::from(u8::from(j == 0 || levels.get(i) == Some(&j)))
        });
        let studies = clusters(labels);
        let sandwich = independent_rows(&x, effects.yi(), effects.vi(), &studies, choices, small)?;
        let robust = RobustGroups::of(&sandwich, names, small);
        let three_level = Multilevel::fit(&x, effects.yi(), effects.vi(), &studies, level)
            .ok()
            .map(|fit| ThreeLevelGroups::of(fit, names));
        let sentence = sentence(plain, &robust, three_level.as_ref(), studies.len());
        Ok(Self { robust, three_level, sentence })
    }
}

impl RobustGroups {
    fn of(sandwich: &Sandwich, names: &[String], small: Small) -> Self {
        let p = names.len();
        let unit = |j: usize| (0..p).map(|i| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
        let coefficients = names
            .iter()
            .enumerate()
            .map(|(j, name)| RobustTerm {
                term: if j == 0 { format!("intercept ({name})") } else { name.clone() },
                value: sandwich.contrast(&unit(j)),
            })
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
                RobustMean { group: name.clone(), yi: mean.estimate, se: mean.se, df: mean.df }
            })
            .collect();
        let differences = DMatrix::from_fn(p - 1, p, |i, j| f64::from(u8::from(j == i + 1)));
        let test = sandwich.wald(&differences).map(|value| RobustTest { method: "HTZ", value });
        Self { method: small, cluster: "study", coefficients, means, test }
    }
}

impl ThreeLevelGroups {
    fn of(fit: Multilevel, names: &[String]) -> Self {
        let coefficients = names
            .iter()
            .zip(fit.coefficients)
            .enumerate()
            .map(|(j, (name, value))| ThreeLevelTerm {
                term: if j == 0 { format!("intercept ({name})") } else { name.clone() },
                value,
            })
            .collect();
        Self {
            sigma2_cluster: fit.sigma2_cluster,
            sigma2_cluster_limits: fit.sigma2_cluster_limits,
            sigma2_row: fit.sigma2_row,
            sigma2_row_limits: fit.sigma2_row_limits,
            coefficients,
            test: fit.test,
        }
    }
}

/// What the three tests show together, in words.
fn sentence(
    plain: Option<f64>,
    robust: &RobustGroups,
    three_level: Option<&ThreeLevelGroups>,
    studies: usize,
) -> String {
    let htz = robust.test.map(|test| test.value);
    let nested = three_level.and_then(|fit| fit.test);
    let (Some(htz), Some(nested)) = (htz, nested) else {
        return format!(
            "With {studies} studies the tests that respect shared studies cannot all be computed; \
             the plain test assumes that rows are independent, which they are not."
        );
    };
    let finds = |p: f64| if p < ALPHA { "a difference" } else { "none" };
    let reliability = if htz.df2 < RELIABLE_DF {
        format!(
            ", and with {:.1} denominator degrees of freedom its p value is not reliable",
            htz.df2
        )
    } else {
        String::new()
    };
    let plain = plain.map_or_else(String::new, |p| {
        format!("The plain test, which calls rows of one study independent, finds {}. ", finds(p))
    });
    let verdict = match (nested.p_value < ALPHA, htz.p_value < ALPHA, htz.df2 < RELIABLE_DF) {
        (true, true, false) => "Both agree that the groups differ.",
        (false, false, false) => "Neither shows that the groups differ.",
        _ => "Neither settles the question",
    };
    let tail =
        if verdict.ends_with('.') { String::new() } else { format!(" with {studies} studies.") };
    format!(
        "{plain}Of the tests that respect shared studies, the three-level model finds {}, and the \
         cluster-robust test {}{reliability}. {verdict}{tail}",
        finds(nested.p_value),
        finds(htz.p_value),
    )
}
