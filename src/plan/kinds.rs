//! Names that one option or key has for choices of several models.

use serde::{Deserialize, Serialize};

use crate::model::{Model, OneStepCi, TwoGroupKind, TwoStepCi};

/// The families of models, as `--model` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// Inverse-variance pooling of effects.
    TwoStep,
    /// Binomial-normal (rates over time: Poisson-normal), maximum likelihood.
    Glmm,
    /// Rates with a beta distribution.
    BetaBinomial,
    /// Mantel–Haenszel.
    #[serde(rename = "mh", alias = "mantel-haenszel")]
    MantelHaenszel,
    /// Peto's odds ratio.
    Peto,
    /// Two groups, given all events, exact.
    CmEl,
    /// The same, approximated for rare events.
    CmAl,
    /// Two groups, fixed study effects.
    UmFs,
    /// Two groups, random study effects.
    UmRs,
}

impl ModelKind {
    /// The one-step model of two groups that it is.
    #[must_use]
    pub const fn two_group(self) -> Option<TwoGroupKind> {
        match self {
            Self::CmEl => Some(TwoGroupKind::CmEl),
            Self::CmAl => Some(TwoGroupKind::CmAl),
            Self::UmFs => Some(TwoGroupKind::UmFs),
            Self::UmRs => Some(TwoGroupKind::UmRs),
            _ => None,
        }
    }

    /// The family of a model.
    #[must_use]
    pub const fn of(model: &Model) -> Self {
        match model {
            Model::TwoStep(_) => Self::TwoStep,
            Model::Glmm { .. } | Model::RateGlmm { .. } => Self::Glmm,
            Model::BetaBinomial { .. } => Self::BetaBinomial,
            Model::MantelHaenszel { .. } => Self::MantelHaenszel,
            Model::Peto => Self::Peto,
            Model::TwoGroupGlmm { kind: TwoGroupKind::CmEl, .. } => Self::CmEl,
            Model::TwoGroupGlmm { kind: TwoGroupKind::CmAl, .. } => Self::CmAl,
            Model::TwoGroupGlmm { kind: TwoGroupKind::UmFs, .. } => Self::UmFs,
            Model::TwoGroupGlmm { kind: TwoGroupKind::UmRs, .. } => Self::UmRs,
        }
    }
}

/// Every interval of a pooled value; which of them a model has is decided with the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ci {
    /// Normal quantiles.
    Z,
    /// `t` quantiles.
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
}

impl From<Ci> for TwoStepCi {
    fn from(ci: Ci) -> Self {
        match ci {
            Ci::Z => Self::Z,
            Ci::T => Self::T,
            Ci::Hk => Self::Hk,
            Ci::Adhoc => Self::Adhoc,
            Ci::Kr => Self::Kr,
            Ci::Pl => Self::Pl,
            Ci::Hc => Self::Hc,
            Ci::Bootstrap => Self::Bootstrap,
        }
    }
}

impl From<TwoStepCi> for Ci {
    fn from(ci: TwoStepCi) -> Self {
        match ci {
            TwoStepCi::Z => Self::Z,
            TwoStepCi::T => Self::T,
            TwoStepCi::Hk => Self::Hk,
            TwoStepCi::Adhoc => Self::Adhoc,
            TwoStepCi::Kr => Self::Kr,
            TwoStepCi::Pl => Self::Pl,
            TwoStepCi::Hc => Self::Hc,
            TwoStepCi::Bootstrap => Self::Bootstrap,
        }
    }
}

impl From<OneStepCi> for Ci {
    fn from(ci: OneStepCi) -> Self {
        match ci {
            OneStepCi::Z => Self::Z,
            OneStepCi::T => Self::T,
            OneStepCi::Pl => Self::Pl,
            OneStepCi::Bootstrap => Self::Bootstrap,
        }
    }
}

impl Ci {
    /// The same interval for a one-step model, where it has it.
    #[must_use]
    pub const fn one_step(self) -> Option<OneStepCi> {
        match self {
            Self::Z => Some(OneStepCi::Z),
            Self::T => Some(OneStepCi::T),
            Self::Pl => Some(OneStepCi::Pl),
            Self::Bootstrap => Some(OneStepCi::Bootstrap),
            Self::Hk | Self::Adhoc | Self::Kr | Self::Hc => None,
        }
    }
}
