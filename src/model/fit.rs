//! The result of every intercept model: one value that prints, draws and serialises.

use serde::Serialize;

use super::{Note, Settings, StudyRows, Tau2Ci};
use crate::effect::Measure;

/// What was pooled and what came out, for one model.
///
/// Its JSON form is the "pooled keys" of the contract `resorb/1`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Every choice that was made.
    pub settings: Settings,
    /// The number of studies.
    pub k: usize,
    /// All events, where the studies report counts.
    pub events: Option<u64>,
    /// All patients, where the studies report counts.
    pub total: Option<u64>,
    /// Events over patients as if all were one study.
    pub crude: Option<Rate>,
    /// The common-effect (fixed-effect) result.
    pub common: Option<Estimate>,
    /// The random-effects result; `None` for a single study, which has no between-study variance.
    pub random: Option<RandomEstimate>,
    /// Where the true value of a new study is expected; `None` for fewer than three studies.
    pub prediction: Option<Prediction>,
    /// How much the studies differ.
    pub heterogeneity: Heterogeneity,
    /// The studies with their intervals and weights.
    pub studies: StudyRows,
    /// How the fit was reached and what to know about it.
    pub diagnostics: Diagnostics,
}

/// A value on the display scale with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The value.
    pub estimate: f64,
    /// Lower limit.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
}

/// A pooled value on the analysis scale and on the display scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The pooled effect; `None` where it is not finite (all events 0 or all n on a link scale).
    pub yi: Option<f64>,
    /// Its standard error, scaled by `hk_scale` where that applies.
    pub se: Option<f64>,
    /// Lower limit on the analysis scale.
    pub yi_lower: Option<f64>,
    /// Upper limit on the analysis scale.
    pub yi_upper: Option<f64>,
    /// The pooled value on the display scale (a proportion from 0 to 1 for rates).
    pub estimate: f64,
    /// Lower limit on the display scale.
    pub ci_lower: Option<f64>,
    /// Upper limit on the display scale.
    pub ci_upper: Option<f64>,
    /// How the interval was made.
    pub method: CiMethod,
    /// The statistic of the test that the effect is 0 on the analysis scale.
    pub statistic: Option<f64>,
    /// Its degrees of freedom; `None` for a normal statistic.
    pub df: Option<f64>,
    /// Its two-sided p value.
    pub p_value: Option<f64>,
}

/// A random-effects result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RandomEstimate {
    /// The pooled value.
    #[serde(flatten)]
    pub pooled: Estimate,
    /// The factor on the variance under `hk` and `adhoc`.
    pub hk_scale: Option<f64>,
    /// The Wald standard error, whatever `se` is under the interval chosen: tests that compare fits
    /// use it.
    #[serde(skip)]
    pub wald_se: Option<f64>,
    /// What `estimate` estimates.
    pub estimand: Estimand,
    /// The rate of the median study.
    pub median: Option<f64>,
    /// The mean rate over studies, where the model has one of its own.
    pub marginal_mean: Option<Rate>,
}

/// Which summary of the distribution of true rates an estimate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Estimand {
    /// The rate of the study in the middle.
    Median,
    /// The average rate over studies.
    Mean,
}

impl Estimand {
    /// What the pooled value of a measure is, of true values that are normal on its scale: their mean
    /// where that is the scale people read, their median where it is a curved one.
    #[must_use]
    pub const fn of(measure: Measure) -> Self {
        match measure {
            Measure::Plo
            | Measure::Prz
            | Measure::Pas
            | Measure::Pft
            | Measure::Irs
            | Measure::Irft
            | Measure::Zcor => Self::Median,
            _ if measure.is_log() => Self::Median,
            _ => Self::Mean,
        }
    }
}

/// The interval methods of both kinds of model, as a result names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CiMethod {
    /// Normal quantiles.
    Z,
    /// t quantiles.
    T,
    /// Hartung–Knapp.
    Hk,
    /// Hartung–Knapp that never narrows.
    Adhoc,
    /// Kenward–Roger.
    Kr,
    /// Profile likelihood.
    Pl,
    /// Henmi–Copas.
    Hc,
    /// Parametric bootstrap.
    Bootstrap,
    /// Exact one-sided binomial bound.
    Exact,
}

/// A prediction interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Prediction {
    /// How it was made.
    pub method: super::PredictionMethod,
    /// Degrees of freedom of the quantile, where it has one.
    pub df: Option<f64>,
    /// Lower limit on the analysis scale.
    pub yi_lower: Option<f64>,
    /// Upper limit on the analysis scale.
    pub yi_upper: Option<f64>,
    /// Lower limit on the display scale.
    pub lower: f64,
    /// Upper limit on the display scale.
    pub upper: f64,
}

/// How much the studies differ, and how sure that is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Heterogeneity {
    /// Cochran's Q (two-step) or the likelihood-ratio statistic (one-step).
    pub q: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Its p value.
    pub p_value: Option<f64>,
    /// Every heterogeneity test computed, by name.
    pub tests: Vec<Test>,
    /// The between-study variance on the analysis scale.
    pub tau2: Option<f64>,
    /// Its standard error.
    pub tau2_se: Option<f64>,
    /// Lower limit of its interval.
    pub tau2_lower: Option<f64>,
    /// Upper limit of its interval; `None` with a lower limit means unbounded.
    pub tau2_upper: Option<f64>,
    /// How that interval was made.
    pub tau2_interval: Option<Tau2Ci>,
    /// The between-study standard deviation.
    pub tau: Option<f64>,
    /// I² from τ², a percentage.
    pub i2: Option<f64>,
    /// Lower limit of it.
    pub i2_lower: Option<f64>,
    /// Upper limit of it.
    pub i2_upper: Option<f64>,
    /// I² from Q, a percentage.
    pub i2_q: Option<f64>,
    /// Lower limit of it (test-based, Higgins and Thompson 2002).
    pub i2_q_lower: Option<f64>,
    /// Upper limit of it.
    pub i2_q_upper: Option<f64>,
    /// H², total over sampling variance.
    pub h2: Option<f64>,
    /// Lower limit of it.
    pub h2_lower: Option<f64>,
    /// Upper limit of it.
    pub h2_upper: Option<f64>,
    /// Overdispersion of the beta-binomial model, `1/(α+β+1)`.
    pub rho: Option<f64>,
    /// Lower limit of it.
    pub rho_lower: Option<f64>,
    /// Upper limit of it.
    pub rho_upper: Option<f64>,
    /// The log-likelihood of the fit, where it has one.
    pub log_likelihood: Option<f64>,
}

/// A test of heterogeneity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Test {
    /// Which test.
    pub name: TestName,
    /// Its statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// Its p value.
    pub p_value: f64,
}

/// The heterogeneity tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestName {
    /// Cochran's Q.
    Q,
    /// Likelihood ratio against the saturated model.
    Lrt,
    /// Wald type over interior studies.
    Wald,
    /// Likelihood ratio of `τ² = 0`, half a χ²₁.
    LrtTau2,
    /// Breslow and Day's test of one odds ratio.
    BreslowDay,
    /// The same with Tarone's correction.
    Tarone,
    /// Cochran, Mantel and Haenszel's test of no difference in any study.
    Cmh,
}

/// How a fit was reached and what to know about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostics {
    /// Whether the fit meets its own stopping rule.
    pub converged: bool,
    /// Whether `τ²` (or `ρ`) stands at 0.
    pub boundary: bool,
    /// How many local maxima the likelihood has (1 for closed forms).
    pub modes: usize,
    /// Evaluations of the criterion (0 for closed forms).
    pub iterations: usize,
    /// Sentences a reader needs beside the numbers.
    pub warnings: Vec<Note>,
}
