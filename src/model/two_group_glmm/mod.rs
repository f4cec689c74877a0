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
