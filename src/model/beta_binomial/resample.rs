//! Parametric bootstrap of the beta-binomial model: counts are drawn from it, it is fitted again.

use super::estimate::BetaBinomialFit;
use crate::{
    model::{one_step::NoFit, resamples::RESAMPLES},
    numeric::{NumericError, beta, parallel, rng::Rng, special},
    study::Counts,
};

/// What a resample says about the rates of new studies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Draw {
    /// Beta(α*, β*), with the logit of its mean.
    Beta { logit_mean: f64, a: f64, b: f64 },
    /// All studies alike, `ρ* = 0`, at this logit; infinite without events or without non-events.
    Point(f64),
    /// `ρ* = 1`: this share at 0, the rest at 1, with the logit of the mean.
    Split { logit_mean: f64, below: f64 },
}

impl Draw {
    pub(super) fn location(self) -> f64 {
        match self {
            Self::Beta { logit_mean, .. } | Self::Split { logit_mean, .. } => logit_mean,
            Self::Point(logit) => logit,
        }
    }

    /// The share of new studies with a rate of at most `expit(y)`.
    pub(super) fn cdf(self, y: f64) -> f64 {
        match self {
            // From the side of the smaller argument, which has the digits.
            Self::Beta { a, b, .. } if y <= 0.0 => beta::cdf(special::expit(y), a, b),
            Self::Beta { a, b, .. } => beta::sf(special::expit(-y), b, a),
            Self::Point(logit) => f64::from(u8::from(y >= logit)),
            Self::Split { below, .. } => below,
        }
    }
}

/// Resamples of the fitted model; resample `i` has its own random stream, so the result does not
/// depend on the number of threads.
pub(super) fn resample(
    fit: &BetaBinomialFit,
    counts: &[Counts],
    seed: u64,
) -> Result<Vec<Draw>, NumericError> {
    let one = |i: u32| {
        let mut rng = Rng::stream(seed, u64::from(i));
        let drawn: Vec<Counts> = counts
            .iter()
            .map(|c| {
                let events = match fit.shape() {
                    Some((a, b)) => {
                        let rate = rate(&mut rng, a, b);
                        rng.binomial(c.total(), rate)
                    }
                    None if fit.rho() == 0.0 => rng.binomial(c.total(), fit.mean()),
                    None if rng.uniform() < fit.mean() => c.total(),
                    None => 0,
                };
                Counts::new(events, c.total()).unwrap_or(*c)
            })
            .collect();
        match BetaBinomialFit::rough(&drawn) {
            Ok(fit) => Ok(described(&fit)),
            Err(NoFit::NoEvents) => Ok(Draw::Point(f64::NEG_INFINITY)),
            Err(NoFit::AllEvents) => Ok(Draw::Point(f64::INFINITY)),
            Err(NoFit::Search(error)) => Err(error),
            Err(_) => Ok(Draw::Point(fit.logit_mean())),
        }
    };
    parallel::map(RESAMPLES, one).into_iter().collect()
}

fn described(fit: &BetaBinomialFit) -> Draw {
    let logit_mean = fit.logit_mean();
    match fit.shape() {
        Some((a, b)) => Draw::Beta { logit_mean, a, b },
        None if fit.rho() == 0.0 => Draw::Point(logit_mean),
        None => Draw::Split { logit_mean, below: special::expit(-logit_mean) },
    }
}

/// A draw of Beta(a, b) as a ratio of gamma draws, on the log scale: for a shape near 0 the draw of
/// shape `a + 1` times `U^{1/a}` has the right distribution where the draw itself would underflow.
fn rate(rng: &mut Rng, a: f64, b: f64) -> f64 {
    let mut ln_gamma = |shape: f64| rng.gamma(shape + 1.0).ln() + rng.uniform().ln() / shape;
    let (ln_a, ln_b) = (ln_gamma(a), ln_gamma(b));
    special::expit(ln_a - ln_b)
}
