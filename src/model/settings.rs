//! Every choice of an analysis, as one value: what the command line builds, JSON echoes and the
//! methods paragraph is written from. Combinations that make no sense cannot be written.

use serde::{Deserialize, Serialize};

use super::{Level, TwoGroupKind};
use crate::{
    effect::{Correction, Inversion, Measure, StudyInterval},
    study::OutcomeKind,
};

/// All choices of one analysis.
///
/// ```
/// use resorb::model::{Model, Settings};
/// let settings = Settings::default();
/// assert!(matches!(settings.model, Model::Glmm { .. }));
/// assert_eq!(settings.level.percent(), 95.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What is fitted, with the choices that only that model has.
    #[serde(flatten)]
    pub model: Model,
    /// The prediction interval for a new study.
    pub prediction: PredictionMethod,
    /// The interval of each single study.
    pub study_ci: StudyInterval,
    /// Which I² leads.
    pub i2: I2,
    /// The confidence level of every interval.
    pub level: Level,
    /// The seed of every random procedure.
    pub seed: u64,
}

/// The model and its own choices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "model", rename_all = "kebab-case")]
pub enum Model {
    /// Effects first, inverse-variance pooling second.
    TwoStep(TwoStep),
    /// Binomial counts with a normal random effect on the link scale, by maximum likelihood.
    Glmm {
        /// The scale on which the random effect is normal.
        link: Link,
        /// The interval of the pooled value.
        ci: OneStepCi,
        /// The heterogeneity test that `q` and the Q-based I² report.
        q_test: QTest,
    },
    /// Counts whose true rates follow a beta distribution, by maximum likelihood.
    BetaBinomial {
        /// The interval of the pooled value.
        ci: OneStepCi,
    },
    /// Two groups, each study a stratum, one common effect (Mantel and Haenszel 1959).
    MantelHaenszel {
        /// The effect measure: OR, RR or RD of counts, IRR or IRD of events over person-time.
        measure: Measure,
        /// What is added to empty cells where single studies are shown; the pooled value needs nothing.
        correction: Correction,
    },
    /// Two groups, one common odds ratio by observed less expected events (Yusuf et al. 1985).
    Peto,
    /// Two groups, their counts' own likelihood with normal log odds or rate ratios.
    TwoGroupGlmm {
        /// Which likelihood.
        kind: TwoGroupKind,
        /// The interval of the pooled value.
        ci: OneStepCi,
    },
    /// Single rates: Poisson counts of events over their time, with a normal random effect on the log
    /// scale, by maximum likelihood.
    RateGlmm {
        /// The interval of the pooled value.
        ci: OneStepCi,
    },
}

impl Default for Model {
    fn default() -> Self {
        Self::Glmm { link: Link::Logit, ci: OneStepCi::T, q_test: QTest::Lrt }
    }
}

/// The choices of the two-step model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TwoStep {
    /// The effect measure.
    pub measure: Measure,
    /// What is added to empty cells.
    pub correction: Correction,
    /// The estimator of the between-study variance.
    pub tau2: Tau2Method,
    /// The interval of the between-study variance.
    pub tau2_ci: Tau2Ci,
    /// The weights of the generalised-Q estimators and interval.
    pub genq_weights: GenqWeights,
    /// The interval of the pooled effect.
    pub ci: TwoStepCi,
    /// The sample size that turns a pooled Freeman–Tukey value back into a rate.
    pub inversion: Inversion,
}

/// Estimators of the between-study variance `τ²`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Tau2Method {
    /// `DerSimonian` and Laird 1986.
    Dl,
    /// Hedges 1983 (Hedges and Olkin 1985), also called Cochran's ANOVA.
    He,
    /// Hunter and Schmidt 1990.
    Hs,
    /// Hunter–Schmidt with the small-sample factor of Brannick et al. 2019.
    #[serde(rename = "HSk")]
    Hsk,
    /// Sidik and Jonkman 2005.
    Sj,
    /// Paule and Mandel 1982.
    Pm,
    /// Paule–Mandel median-unbiased (Viechtbauer 2021).
    Pmm,
    /// Maximum likelihood.
    Ml,
    /// Restricted maximum likelihood.
    #[default]
    Reml,
    /// Empirical Bayes (Morris 1983); its root is Paule–Mandel's.
    Eb,
    /// Two-step `DerSimonian`–Laird (`DerSimonian` and Kacker 2007).
    Dl2,
    /// Generalised Q with weights `1/√vᵢ` (Jackson 2013).
    Genq,
    /// Generalised Q, median-unbiased.
    Genqm,
}

impl Tau2Method {
    /// Its name, as `--tau2` takes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dl => "DL",
            Self::He => "HE",
            Self::Hs => "HS",
            Self::Hsk => "HSk",
            Self::Sj => "SJ",
            Self::Pm => "PM",
            Self::Pmm => "PMM",
            Self::Ml => "ML",
            Self::Reml => "REML",
            Self::Eb => "EB",
            Self::Dl2 => "DL2",
            Self::Genq => "GENQ",
            Self::Genqm => "GENQM",
        }
    }
}

/// Weights `aᵢ` of the generalised Q statistic (Jackson 2013).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GenqWeights {
    /// `1/√vᵢ`, Jackson's recommendation without prior knowledge of `τ²`.
    #[default]
    Se,
    /// `1/vᵢ`, with which the estimator is DL.
    Variance,
}

impl GenqWeights {
    pub(crate) fn weight(self, v: f64) -> f64 {
        match self {
            Self::Se => 1.0 / v.sqrt(),
            Self::Variance => 1.0 / v,
        }
    }
}

/// Intervals of `τ²`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tau2Ci {
    /// Q-profile (Viechtbauer 2007).
    #[default]
    Qp,
    /// Profile likelihood (Hardy and Thompson 1996); for ML and REML.
    Pl,
    /// Generalised Q (Jackson 2013), weights `1/√vᵢ`.
    Genq,
    /// Biggerstaff and Tweedie 1997, for DL.
    Bt,
}

/// Intervals of the pooled effect of the two-step model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TwoStepCi {
    /// Wald with normal quantiles.
    Z,
    /// Wald with `t(k−1)` quantiles.
    T,
    /// Hartung–Knapp–Sidik–Jonkman: variance × q, `t(k−1)`.
    Hk,
    /// Hartung–Knapp that never narrows: variance × max(1, q) (Knapp and Hartung 2003).
    #[default]
    Adhoc,
    /// Kenward and Roger 1997, for REML.
    Kr,
    /// Profile likelihood, for ML and REML.
    Pl,
    /// Henmi and Copas 2010, for DL.
    Hc,
    /// Parametric bootstrap.
    Bootstrap,
}

/// Intervals of the pooled value of the one-step models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OneStepCi {
    /// Wald with normal quantiles.
    Z,
    /// Wald with `t(k−1)` quantiles.
    #[default]
    T,
    /// Profile likelihood.
    Pl,
    /// Parametric bootstrap.
    Bootstrap,
}

/// Prediction intervals for the true value of a new study.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PredictionMethod {
    /// `t(k−1)` with the Wald standard error.
    #[default]
    T,
    /// `t(k−2)` with the Wald standard error (Higgins, Thompson and Spiegelhalter 2009).
    Hts,
    /// Normal quantiles with the Wald standard error.
    Normal,
    /// `t(k−1)` with the Hartung–Knapp standard error.
    Hk,
    /// `t` with the Kenward–Roger standard error and degrees of freedom.
    Kr,
    /// Parametric bootstrap (Nagashima, Noma and Furukawa 2019).
    Bootstrap,
    /// No prediction interval.
    None,
}

/// Link functions of the binomial-normal model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// `ln(p/(1−p))`.
    #[default]
    Logit,
    /// `Φ⁻¹(p)`.
    Probit,
    /// Complementary log-log, `ln(−ln(1−p))`.
    Cloglog,
}

/// Which test of the one-step models `q` reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QTest {
    /// Likelihood ratio against the saturated model.
    #[default]
    Lrt,
    /// Wald type over the studies without an empty cell, whose number less one is the df.
    Wald,
    /// The same statistic on k − 1 degrees of freedom, as R's metafor and meta print it: studies with
    /// an empty cell add to the df and not to the statistic, which makes I² smaller.
    WaldAll,
}

/// Which I² a table shows first; both are always computed and named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum I2 {
    /// `100·τ²/(τ² + v̄)`.
    #[default]
    Tau2,
    /// `max(0, (Q − df)/Q)`.
    Q,
}

impl Model {
    /// The choices of a two-step model: this one's own or, for another model, the defaults on the
    /// measure that it pools. Questions that are asked of effects (funnels, subsets, regressions) use it.
    #[must_use]
    pub fn as_two_step(&self) -> TwoStep {
        let on = |measure| TwoStep { measure, ..TwoStep::default() };
        match *self {
            Self::TwoStep(choices) => choices,
            Self::Glmm { .. } | Self::BetaBinomial { .. } => TwoStep::default(),
            Self::MantelHaenszel { measure, correction } => TwoStep { correction, ..on(measure) },
            Self::Peto | Self::TwoGroupGlmm { .. } => on(Measure::Or),
            Self::RateGlmm { .. } => on(Measure::Irln),
        }
    }

    /// The same model for a kind of outcome: the GLMM of rates over time is that of Poisson counts. A model
    /// that does not go with the kind stays what it is.
    ///
    /// ```
    /// use resorb::{model::{Model, OneStepCi}, study::OutcomeKind};
    /// let poisson = Model::default().for_outcome(OutcomeKind::Rates);
    /// assert_eq!(poisson, Model::RateGlmm { ci: OneStepCi::T });
    /// ```
    #[must_use]
    pub fn for_outcome(self, kind: OutcomeKind) -> Self {
        match self {
            Self::Glmm { ci, .. } if kind == OutcomeKind::Rates => Self::RateGlmm { ci },
            own => own,
        }
    }

    /// Whether it knows a common effect only: no between-study variance, and nothing to predict.
    #[must_use]
    pub const fn common_only(&self) -> bool {
        matches!(self, Self::MantelHaenszel { .. } | Self::Peto)
    }
}

impl Settings {
    /// The two-step model with its defaults: logit, REML, Q-profile, ad-hoc Hartung–Knapp.
    #[must_use]
    pub fn two_step() -> Self {
        Self { model: Model::TwoStep(TwoStep::default()), ..Self::default() }
    }
}
