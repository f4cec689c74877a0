//! One way to analyse: a point of the grid, and what its choices are called.

use std::borrow::Cow;

use super::Family;
use crate::{
    analysis::BinomialInterval,
    effect::{Correction, CorrectionRule, Inversion, Measure},
    model::{
        Estimand, Level, Link, Model, OneStepCi, PredictionMethod, QTest, Settings, Tau2Method,
        TwoGroupKind, TwoStep, TwoStepCi,
    },
};

/// A combination of choices that go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// All events over all patients.
    Crude {
        /// Interval.
        ci: BinomialInterval,
    },
    /// Inverse variance without variance between studies.
    Common {
        /// Scale.
        measure: Measure,
        /// Correction; `None` on a scale that takes none.
        correction: Option<Correction>,
        /// Inversion; `None` but for Freeman–Tukey.
        inversion: Option<Inversion>,
    },
    /// Inverse variance with random effects.
    TwoStep {
        /// Scale.
        measure: Measure,
        /// Correction; `None` on a scale that takes none.
        correction: Option<Correction>,
        /// Inversion; `None` but for Freeman–Tukey.
        inversion: Option<Inversion>,
        /// Estimator of `τ²`.
        tau2: Tau2Method,
        /// Interval.
        ci: TwoStepCi,
        /// Prediction interval.
        prediction: PredictionMethod,
    },
    /// Binomial-normal.
    Glmm {
        /// Scale of the random effect.
        link: Link,
        /// What is reported: the median or the mean rate.
        estimand: Estimand,
        /// Interval.
        ci: OneStepCi,
        /// Prediction interval.
        prediction: PredictionMethod,
    },
    /// Beta-binomial.
    BetaBinomial {
        /// Interval.
        ci: OneStepCi,
    },
    /// Mantel and Haenszel's.
    MantelHaenszel {
        /// Which ratio or difference.
        measure: Measure,
    },
    /// Peto's.
    Peto,
    /// Poisson-normal, of rates over time.
    RateGlmm {
        /// Interval.
        ci: OneStepCi,
        /// Prediction interval.
        prediction: PredictionMethod,
    },
    /// A one-step model of two groups.
    TwoGroup {
        /// Its likelihood.
        kind: TwoGroupKind,
        /// Interval.
        ci: OneStepCi,
        /// Prediction interval.
        prediction: PredictionMethod,
    },
}

/// What is chosen between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// The studies, by the dimension of the grid with this number.
    Rows(usize),
    /// Family of models.
    Model,
    /// Scale: measure or link.
    Scale,
    /// What is reported, median or mean.
    Estimand,
    /// Continuity correction.
    Correction,
    /// Inversion of the Freeman–Tukey scale.
    Inversion,
    /// Estimator of `τ²`.
    Tau2,
    /// Interval of the pooled value.
    Interval,
    /// Prediction interval.
    Prediction,
}

impl Choice {
    /// The choices of methods, in the order of tables.
    pub const METHODS: [Self; 8] = [
        Self::Model,
        Self::Scale,
        Self::Estimand,
        Self::Correction,
        Self::Inversion,
        Self::Tau2,
        Self::Interval,
        Self::Prediction,
    ];

    /// Its name, as columns and JSON have it; rows are named by their dimension.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rows(_) => "rows",
            Self::Model => "model",
            Self::Scale => "scale",
            Self::Estimand => "estimand",
            Self::Correction => "correction",
            Self::Inversion => "inversion",
            Self::Tau2 => "tau2_method",
            Self::Interval => "ci",
            Self::Prediction => "prediction",
        }
    }
}

impl Method {
    /// Its family.
    #[must_use]
    pub fn family(&self) -> Family {
        match *self {
            Self::Crude { .. } => Family::Crude,
            Self::Common { .. } => Family::Common,
            Self::TwoStep { .. } => Family::TwoStep,
            Self::Glmm { .. } | Self::RateGlmm { .. } => Family::Glmm,
            Self::BetaBinomial { .. } => Family::BetaBinomial,
            Self::MantelHaenszel { .. } => Family::MantelHaenszel,
            Self::Peto => Family::Peto,
            Self::TwoGroup { kind, .. } => kind.into(),
        }
    }

    /// The settings of [`pool`](crate::model::pool) whose random-effects result this is; for a
    /// common effect (of Mantel and Haenszel or Peto too), whose common result. `None` for the crude rate. The beta-binomial model goes
    /// without its bootstrap prediction here.
    #[must_use]
    pub fn settings(&self, level: Level) -> Option<Settings> {
        let two_step = |correction: Option<Correction>, inversion: Option<Inversion>| TwoStep {
            correction: correction.unwrap_or_default(),
            inversion: inversion.unwrap_or_default(),
            ..TwoStep::default()
        };
        let (model, prediction) = match *self {
            Self::Crude { .. } => return None,
            Self::Common { measure, correction, inversion } => (
                Model::TwoStep(TwoStep { measure, ..two_step(correction, inversion) }),
                PredictionMethod::None,
            ),
            Self::TwoStep { measure, correction, inversion, tau2, ci, prediction } => (
                Model::TwoStep(TwoStep { measure, tau2, ci, ..two_step(correction, inversion) }),
                prediction,
            ),
            Self::Glmm { link, ci, prediction, .. } => {
                (Model::Glmm { link, ci, q_test: QTest::Lrt }, prediction)
            }
            Self::BetaBinomial { ci } => (Model::BetaBinomial { ci }, PredictionMethod::None),
            Self::MantelHaenszel { measure } => (
                Model::MantelHaenszel { measure, correction: Correction::default() },
                PredictionMethod::None,
            ),
            Self::Peto => (Model::Peto, PredictionMethod::None),
            Self::TwoGroup { kind, ci, prediction } => {
                (Model::TwoGroupGlmm { kind, ci }, prediction)
            }
            Self::RateGlmm { ci, prediction } => (Model::RateGlmm { ci }, prediction),
        };
        Some(Settings { model, prediction, level, ..Settings::default() })
    }

    const fn measure(&self) -> Option<Measure> {
        match self {
            Self::Common { measure, .. }
            | Self::TwoStep { measure, .. }
            | Self::MantelHaenszel { measure } => Some(*measure),
            _ => None,
        }
    }

    const fn correction(&self) -> Option<Correction> {
        match self {
            Self::Common { correction, .. } | Self::TwoStep { correction, .. } => *correction,
            _ => None,
        }
    }

    const fn inversion(&self) -> Option<Inversion> {
        match self {
            Self::Common { inversion, .. } | Self::TwoStep { inversion, .. } => *inversion,
            _ => None,
        }
    }

    const fn prediction(&self) -> Option<PredictionMethod> {
        match self {
            Self::TwoStep { prediction, .. }
            | Self::Glmm { prediction, .. }
            | Self::RateGlmm { prediction, .. }
            | Self::TwoGroup { prediction, .. } => Some(*prediction),
            _ => None,
        }
    }

    /// What was chosen, as the command line spells it; `None` where the model has no such choice.
    #[must_use]
    pub fn chosen(&self, choice: Choice) -> Option<Cow<'static, str>> {
        let plain = |name: &'static str| Some(Cow::Borrowed(name));
        match choice {
            Choice::Rows(_) => None,
            Choice::Model => plain(self.family().name()),
            Choice::Scale => match self {
                Self::Glmm { link, .. } => plain(link_name(*link)),
                _ => self.measure().map(|measure| Cow::Borrowed(measure.code())),
            },
            Choice::Estimand => match self {
                Self::Glmm { estimand: Estimand::Median, .. } => plain("median"),
                Self::Glmm { estimand: Estimand::Mean, .. } => plain("mean"),
                _ => None,
            },
            Choice::Correction => self
                .correction()
                .map(|Correction { add, to }| Cow::Owned(format!("{add} {}", rule_name(to)))),
            Choice::Inversion => {
                self.inversion().map(|inversion| Cow::Borrowed(inversion_name(inversion)))
            }
            Choice::Tau2 => match self {
                Self::TwoStep { tau2, .. } => plain(tau2.code()),
                _ => None,
            },
            Choice::Interval => plain(match self {
                Self::Crude { ci } => binomial_name(*ci),
                Self::Common { .. } | Self::MantelHaenszel { .. } | Self::Peto => "z",
                Self::TwoStep { ci, .. } => two_step_ci_name(*ci),
                Self::Glmm { ci, .. }
                | Self::BetaBinomial { ci }
                | Self::RateGlmm { ci, .. }
                | Self::TwoGroup { ci, .. } => one_step_ci_name(*ci),
            }),
            Choice::Prediction => {
                self.prediction().map(|prediction| Cow::Borrowed(prediction_name(prediction)))
            }
        }
    }

    /// The options of `resorb pool` that give this result, where there are such.
    #[must_use]
    pub fn options(&self) -> Option<String> {
        if matches!(self, Self::Crude { .. } | Self::Common { .. })
            || matches!(self, Self::Glmm { estimand: Estimand::Mean, .. })
        {
            return None;
        }
        let name = |choice| self.chosen(choice);
        let mut text = format!("--model {}", self.family().name());
        let scale = if matches!(self, Self::Glmm { .. }) { "link" } else { "measure" };
        let mut add = |option: &str, value: Option<Cow<'static, str>>| {
            if let Some(value) = value {
                text.extend([" --", option, " ", &*value]);
            }
        };
        add(scale, name(Choice::Scale));
        add("tau2", name(Choice::Tau2));
        if !matches!(self, Self::MantelHaenszel { .. } | Self::Peto) {
            add("ci", name(Choice::Interval));
        }
        if let Some(Correction { add: amount, to }) =
            self.correction().filter(|correction| *correction != Correction::default())
        {
            add("add", Some(amount.to_string().into()));
            add("to", Some(rule_name(to).into()));
        }
        add("inversion", name(Choice::Inversion));
        add("prediction", name(Choice::Prediction));
        Some(text)
    }
}

const fn link_name(link: Link) -> &'static str {
    match link {
        Link::Logit => "logit",
        Link::Probit => "probit",
        Link::Cloglog => "cloglog",
    }
}

const fn rule_name(rule: CorrectionRule) -> &'static str {
    match rule {
        CorrectionRule::Only0 => "only0",
        CorrectionRule::If0all => "if0all",
        CorrectionRule::All => "all",
        CorrectionRule::None => "none",
    }
}

const fn inversion_name(inversion: Inversion) -> &'static str {
    match inversion {
        Inversion::Variance => "variance",
        Inversion::Harmonic => "harmonic",
        Inversion::Geometric => "geometric",
        Inversion::Arithmetic => "arithmetic",
    }
}

const fn binomial_name(interval: BinomialInterval) -> &'static str {
    match interval {
        BinomialInterval::Wald => "wald",
        BinomialInterval::WaldLogit => "wald-logit",
        BinomialInterval::WaldArcsine => "wald-arcsine",
        BinomialInterval::Wilson => "wilson",
        BinomialInterval::WilsonCc => "wilson-cc",
        BinomialInterval::AgrestiCoull => "agresti-coull",
        BinomialInterval::ClopperPearson => "clopper-pearson",
        BinomialInterval::MidP => "mid-p",
        BinomialInterval::Jeffreys => "jeffreys",
    }
}

const fn two_step_ci_name(ci: TwoStepCi) -> &'static str {
    match ci {
        TwoStepCi::Z => "z",
        TwoStepCi::T => "t",
        TwoStepCi::Hk => "hk",
        TwoStepCi::Adhoc => "adhoc",
        TwoStepCi::Kr => "kr",
        TwoStepCi::Pl => "pl",
        TwoStepCi::Hc => "hc",
        TwoStepCi::Bootstrap => "bootstrap",
    }
}

const fn one_step_ci_name(ci: OneStepCi) -> &'static str {
    match ci {
        OneStepCi::Z => "z",
        OneStepCi::T => "t",
        OneStepCi::Pl => "pl",
        OneStepCi::Bootstrap => "bootstrap",
    }
}

const fn prediction_name(prediction: PredictionMethod) -> &'static str {
    match prediction {
        PredictionMethod::T => "t",
        PredictionMethod::Hts => "hts",
        PredictionMethod::Normal => "normal",
        PredictionMethod::Hk => "hk",
        PredictionMethod::Kr => "kr",
        PredictionMethod::Bootstrap => "bootstrap",
        PredictionMethod::None => "none",
    }
}
