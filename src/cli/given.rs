//! The options that belong to one model, as they were given, for messages and for the choice of it.

use std::fmt;

use super::{
    args::SettingsArgs,
    values::{Ci, ModelKind, spelling},
};
use crate::{effect::Measure, model::PredictionMethod};

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
            (Self::QTest, ModelKind::TwoStep | ModelKind::MantelHaenszel | ModelKind::Peto) => {
                "reports Cochran's Q"
            }
            (_, ModelKind::MantelHaenszel | ModelKind::Peto) => common_only(self, model),
            (flag, kind) if kind.two_group().is_some() => two_group(flag),
            (Self::Link, ModelKind::Glmm) => "of rates over time has the log link alone",
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

/// What the methods that know a common effect only have instead of an option.
const fn common_only(flag: Flag, model: ModelKind) -> &'static str {
    match (flag, model) {
        (Flag::Ci, _) => "has the Wald interval, --ci z",
        (Flag::Measure, ModelKind::MantelHaenszel) => {
            "pools OR, RR or RD of counts, IRR or IRD of events over person-time"
        }
        (Flag::Measure, _) => "pools the odds ratio and nothing else",
        (Flag::Add | Flag::To, _) => "corrects no cells",
        (Flag::Link, _) => "has no link",
        (Flag::Inversion, _) => "needs no inversion",
        _ => "has a common effect only: no between-study variance, and nothing to predict",
    }
}

/// What the one-step models of two groups have instead of an option.
const fn two_group(flag: Flag) -> &'static str {
    match flag {
        Flag::Link => "pools log odds ratios, or log rate ratios",
        Flag::QTest => "reports the likelihood-ratio and the Wald test",
        Flag::Ci => "has --ci t, z or pl",
        Flag::Prediction => "has --prediction t, hts, normal or none",
        Flag::Measure => "pools the odds ratio of counts and the rate ratio of person-time",
        Flag::Tau2 => "estimates τ² by maximum likelihood",
        Flag::Tau2Ci => "gives the profile-likelihood interval",
        Flag::GenqWeights => "has no generalised Q",
        Flag::Add | Flag::To => "takes the counts as they are and corrects no cells",
        Flag::Inversion => "needs no inversion",
    }
}

impl SettingsArgs {
    /// The options given that only the two-step model has.
    pub(super) fn of_two_step(&self) -> impl Iterator<Item = Given> {
        let ci = self.ci.filter(|ci| ci.one_step().is_none());
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
            ModelKind::MantelHaenszel | ModelKind::Peto => {
                let mh = model == ModelKind::MantelHaenszel;
                let strata = self.measure.is_some_and(|measure| {
                    use Measure::{Ird, Irr, Or, Rd, Rr};
                    matches!(measure, Or | Rr | Rd | Irr | Ird)
                });
                let own = |flag| match flag {
                    Flag::Measure => mh && strata,
                    Flag::Add | Flag::To => mh,
                    _ => false,
                };
                let ci = self.ci.filter(|ci| *ci != Ci::Z);
                let prediction = self.prediction.filter(|p| *p != PredictionMethod::None);
                self.of_two_step()
                    .filter(|given| !own(given.flag))
                    .chain(self.of_glmm())
                    .chain(Flag::Ci.with(ci.as_ref().map(spelling)))
                    .chain(Flag::Prediction.with(prediction.as_ref().map(spelling)))
                    .next()
            }
            ModelKind::CmEl | ModelKind::CmAl | ModelKind::UmFs | ModelKind::UmRs => {
                let ci = self.ci.filter(|ci| *ci == Ci::Bootstrap);
                let prediction = self.prediction.filter(|p| *p == PredictionMethod::Bootstrap);
                self.of_two_step()
                    .chain(self.of_glmm())
                    .chain(Flag::Ci.with(ci.as_ref().map(spelling)))
                    .chain(Flag::Prediction.with(prediction.as_ref().map(spelling)))
                    .next()
            }
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

/// Whether the GLMM has this prediction interval.
const fn glmm_prediction(prediction: PredictionMethod) -> bool {
    !matches!(prediction, PredictionMethod::Hk | PredictionMethod::Kr)
}

/// Whether it leaves the default model, the GLMM: a bootstrap without --model is Nagashima's, of the
/// two-step model.
const fn glmm_default_prediction(prediction: PredictionMethod) -> bool {
    glmm_prediction(prediction) && !matches!(prediction, PredictionMethod::Bootstrap)
}
