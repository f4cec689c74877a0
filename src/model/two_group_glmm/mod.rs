//! One-step models of two groups: the counts have their own likelihood and the studies' log odds ratios
//! (or log rate ratios) are normal (Stijnen, Hamza and Özdemir 2010; Jackson et al. 2018). Beside them
//! the Poisson-normal model of single rates.
//!
//! | | given all events of a study | not given them |
//! |---|---|---|
//! | exact | CM.EL: non-central hypergeometric (rates: binomial) | UM.FS: a fixed intercept each; UM.RS: random intercepts |
//! | for rare events | CM.AL: binomial | |
//!
//! The unconditional models code the groups as ±½, so that the intercept is that of both together.

mod arms;
mod direct;
mod estimate;
mod fixed;
mod hypergeometric;
mod poisson;
mod random;
mod shifted;
mod single;

pub use estimate::OneStepFit;

use serde::{Deserialize, Serialize};

/// The one-step models of two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TwoGroupKind {
    /// Unconditional, a fixed intercept for each study.
    UmFs,
    /// Unconditional, random intercepts independent of the random effects.
    UmRs,
    /// Conditional on all events of each study, exact.
    CmEl,
    /// Conditional, with the binomial approximation for rare events.
    CmAl,
}

impl TwoGroupKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::UmFs, Self::UmRs, Self::CmEl, Self::CmAl];

    /// The code in the literature.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UmFs => "UM.FS",
            Self::UmRs => "UM.RS",
            Self::CmEl => "CM.EL",
            Self::CmAl => "CM.AL",
        }
    }

    /// The name in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UmFs => "mixed model with fixed study effects",
            Self::UmRs => "mixed model with random study effects",
            Self::CmEl => "conditional mixed model, exact likelihood",
            Self::CmAl => "conditional mixed model, approximate likelihood",
        }
    }

    /// The term that explains it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::UmFs => "um-fs",
            Self::UmRs => "um-rs",
            Self::CmEl => "cm-el",
            Self::CmAl => "cm-al",
        }
    }
}
