//! What resamples of a one-step model say about new studies.

use super::{mixture_prediction, mixture_quantile};
use crate::{
    model::{ModelError, Prediction},
    numeric::normal,
};

/// What a resample says about the values of new studies, on the analysis scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Draw {
    /// `N(μ*, τ²*)`; a point where `τ* = 0`.
    Normal { mu: f64, tau: f64 },
    /// Without any event: everything at −∞.
    NoEvents,
    /// Without any non-event: everything at ∞.
    AllEvents,
    /// All or nothing in every study: this share at −∞, the rest at ∞.
    Split { below: f64 },
}

impl Draw {
    /// `μ*`.
    pub(crate) fn location(self) -> f64 {
        match self {
            Self::Normal { mu, .. } => mu,
            Self::NoEvents => f64::NEG_INFINITY,
            Self::AllEvents => f64::INFINITY,
            Self::Split { below } if below > 0.5 => f64::NEG_INFINITY,
            Self::Split { below } if below < 0.5 => f64::INFINITY,
            Self::Split { .. } => 0.0,
        }
    }

    /// The share of new studies at or below `y`.
    pub(crate) fn cdf(self, y: f64) -> f64 {
        match self {
            Self::Normal { mu, tau } if tau > 0.0 => normal::cdf((y - mu) / tau),
            Self::Normal { mu, .. } => f64::from(u8::from(y >= mu)),
            Self::NoEvents => 1.0,
            Self::AllEvents => 0.0,
            Self::Split { below } => below,
        }
    }
}

/// Where the value of a new study is expected, by quantiles of the mixture of the resampled distributions;
/// `tail` is what lies beyond each limit.
pub(crate) fn resampled_prediction(
    draws: &[Draw],
    start: f64,
    tail: f64,
    back: impl Fn(f64) -> f64,
) -> Result<Prediction, ModelError> {
    let share = |y| draws.iter().map(|draw| draw.cdf(y)).sum::<f64>() / draws.len() as f64;
    let limit = |probability| {
        mixture_quantile(share, probability, start)
            .map_err(|source| ModelError::Numeric { what: "the prediction interval", source })
    };
    Ok(mixture_prediction(limit(tail)?, limit(1.0 - tail)?, back))
}
