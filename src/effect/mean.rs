//! Means and standard deviations of one group.

use super::{Correction, EffectError, Effects, Measure, correction::Family};
use crate::study::MeanSd;

/// The effects of single means.
pub(super) fn effects(
    means: &[MeanSd],
    labels: &[String],
    measure: Measure,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |_: MeanSd| false,
        effect: |m: MeanSd, _| effect(measure, m),
        facts: |m: MeanSd| format!("mean {}, sd {}, n {}", m.mean(), m.sd(), m.total()),
        way_out: "use MN or SDLN, for which a mean may be 0 or below",
    };
    family.effects(means, labels, measure, Correction::default())
}

/// The effect and its variance; CVLN for any measure that is none of single means.
fn effect(measure: Measure, m: MeanSd) -> (f64, f64) {
    let (mean, sd, n) = (m.mean(), m.sd(), m.n());
    match measure {
        Measure::Mn => (mean, sd * sd / n),
        Measure::Mnln => (mean.ln(), squared(sd / mean) / n),
        // Nakagawa et al. 2015.
        Measure::Sdln => (sd.ln() + ln_sd_bias(n), ln_sd_bias(n)),
        _ => ((sd / mean).ln() + ln_sd_bias(n), ln_cv_variance(m)),
    }
}

/// `1/(2(n−1))`: what the logarithm of a standard deviation falls short, and its variance.
pub(super) fn ln_sd_bias(n: f64) -> f64 {
    1.0 / (2.0 * (n - 1.0))
}

/// The variance of the logarithm of a coefficient of variation (Nakagawa et al. 2015).
pub(super) fn ln_cv_variance(m: MeanSd) -> f64 {
    ln_sd_bias(m.n()) + squared(m.sd() / m.mean()) / m.n()
}

pub(super) fn squared(x: f64) -> f64 {
    x * x
}
