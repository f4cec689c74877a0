//! The options that belong to one model, as they were given, for messages and for the choice of it.

use std::fmt;

use super::{
    args::SettingsArgs,
    values::{Ci, ModelKind, spelling},
};
use crate::model::{OneStepCi, PredictionMethod};

/// An option that not every model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    Measure,
    Tau2,
    Tau2Ci,
    GenqWeights,
    Ci,
    Prediction,
    Add,
    To,
    Inversion,
    Link,
    QTest,
}

/// Such an option with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) flag: Flag,
    value: String,
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.flag.name(), self.value)
    }
}

impl Flag {
    const fn name(self) -> &'static str {
        match self {
            Self::Measure => "--measure",
            Self::Tau2 => "--tau2",
            Self::Tau2Ci => "--tau2-ci",
            Self::GenqWeights => "--genq-weights",
            Self::Ci => "--ci",
            Self::Prediction => "--prediction",
            Self::Add => "--add",
            Self::To => "--to",
            Self::Inversion => "--inversion",
            Self::Link => "--link",
            Self::QTest => "--q-test",
        }
    }

    /// What a model that does not have the option, or not with that value, has or does instead; the
    /// words follow the model's name.
    pub(super) const fn instead(self, model: ModelKind) -> &'static str {
        match (self, model) {
            (Self::Link, ModelKind::TwoStep) => {
                "takes its scale from --measure, such as PLO (logit) or PRZ (probit)"
            }
            (Self::QTest, ModelKind::TwoStep) => "reports Cochran's Q",
            (Self::Link, _) => "has no link: its rates follow a beta distribution",
            (Self::QTest, _) => "reports the likelihood-ratio test",
            (Self::Measure, ModelKind::Glmm) => {
                "takes its scale from --link logit, probit or cloglog"
            }
            (Self::Measure, _) => "works on the counts, without an effect measure",
            (Self::Tau2, _) => "estimates the spread of the rates by maximum likelihood",
            (Self::Tau2Ci, _) => "gives the profile-likelihood interval",
            (Self::GenqWeights, _) => "has no generalised Q",
            (Self::Ci, _) => "has --ci t, z, pl or bootstrap",
            (Self::Prediction, ModelKind::BetaBinomial) => "has --prediction bootstrap or none",
            (Self::Prediction, _) => "has --prediction t, hts, normal, bootstrap or none",
            (Self::Add | Self::To, _) => "takes the counts as they are and corrects no cells",
            (Self::Inversion, _) => "needs no inversion",
        }
    }

    fn with(self, value: Option<impl fmt::Display>) -> Option<Given> {
        value.map(|value| Given { flag: self, value: value.to_string() })
    }
}

impl SettingsArgs {
    /// The options given that only the two-step model has.
    pub(super) fn of_two_step(&self) -> impl Iterator<Item = Given> {
        let ci = self.ci.filter(|ci| one_step_ci(*ci).is_none());
        let one_step = if self.model.is_some() { glmm_prediction } else { glmm_default_prediction };
        let prediction = self.prediction.filter(|prediction| !one_step(*prediction));
        [
            Flag::Measure.with(self.measure.as_ref().map(spelling)),
            Flag::Tau2.with(self.tau2.as_ref().map(spelling)),
            Flag::Tau2Ci.with(self.tau2_ci.as_ref().map(spelling)),
            Flag::GenqWeights.with(self.genq_weights.as_ref().map(spelling)),
            Flag::Ci.with(ci.as_ref().map(spelling)),
            Flag::Prediction.with(prediction.as_ref().map(spelling)),
            Flag::Add.with(self.add),
            Flag::To.with(self.to.as_ref().map(spelling)),
            Flag::Inversion.with(self.inversion.as_ref().map(spelling)),
        ]
        .into_iter()
        .flatten()
    }

    /// The options given that only the GLMM has.
    pub(super) fn of_glmm(&self) -> impl Iterator<Item = Given> {
        [
            Flag::Link.with(self.link.as_ref().map(spelling)),
            Flag::QTest.with(self.q_test.as_ref().map(spelling)),
        ]
        .into_iter()
        .flatten()
    }

    /// The first option given that `model` does not have.
    pub(super) fn stranger_to(&self, model: ModelKind) -> Option<Given> {
        match model {
            ModelKind::TwoStep => self.of_glmm().next(),
            ModelKind::Glmm => self.of_two_step().next(),
            ModelKind::BetaBinomial => {
                let own =
                    |method| matches!(method, PredictionMethod::Bootstrap | PredictionMethod::None);
                let prediction = self.prediction.filter(|method| !own(*method));
                let prediction = Flag::Prediction.with(prediction.as_ref().map(spelling));
                self.of_two_step().chain(self.of_glmm()).chain(prediction).next()
            }
        }
    }
}

/// The same interval for a one-step model, where it has it.
pub(super) const fn one_step_ci(ci: Ci) -> Option<OneStepCi> {
    match ci {
        Ci::Z => Some(OneStepCi::Z),
        Ci::T => Some(OneStepCi::T),
        Ci::Pl => Some(OneStepCi::Pl),
        Ci::Bootstrap => Some(OneStepCi::Bootstrap),
        Ci::Hk | Ci::Adhoc | Ci::Kr | Ci::Hc => None,
    }
}

/// Whether the GLMM has this prediction interval.
const fn glmm_prediction(prediction: PredictionMethod) -> bool {
    !matches!(prediction, PredictionMethod::Hk | PredictionMethod::Kr)
}

/// Whether it leaves the default model, the GLMM: a bootstrap without --model is Nagashima's, of the
/// two-step model.
const fn glmm_default_prediction(prediction: PredictionMethod) -> bool {
    glmm_prediction(prediction) && !matches!(prediction, PredictionMethod::Bootstrap)
}
