//! Means and standard deviations of two groups.

use super::{
    Correction, EffectError, Effects, Measure,
    correction::Family,
    mean::{ln_cv_variance, ln_sd_bias, squared},
};
use crate::study::{MeanSd, TwoGroups, convert::small_sample};

/// The effects of two means a study.
pub(super) fn effects(
    means: &[TwoGroups<MeanSd>],
    labels: &[String],
    measure: Measure,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |_: TwoGroups<MeanSd>| false,
        effect: |g: TwoGroups<MeanSd>, _| effect(measure, g.first, g.second),
        facts: |g: TwoGroups<MeanSd>| {
            let (a, b) = (g.first, g.second);
            format!("mean {}, sd {} and mean {}, sd {}", a.mean(), a.sd(), b.mean(), b.sd())
        },
        way_out: "use MD or SMD, which any means have",
    };
    family.effects(means, labels, measure, Correction::default())
}

/// The effect and its variance; CVR for any measure that is none of two means.
fn effect(measure: Measure, a: MeanSd, b: MeanSd) -> (f64, f64) {
    let difference = a.mean() - b.mean();
    let (n1, n2) = (a.n(), b.n());
    match measure {
        Measure::Md => (difference, squared(a.sd()) / n1 + squared(b.sd()) / n2),
        Measure::Mdp => (difference, squared(pooled_sd(a, b)) * (1.0 / n1 + 1.0 / n2)),
        // Hedges 1981; Hedges and Olkin 1985.
        Measure::Smd => {
            let g = small_sample(n1 + n2 - 2.0) * difference / pooled_sd(a, b);
            (g, 1.0 / n1 + 1.0 / n2 + g * g / (2.0 * (n1 + n2)))
        }
        Measure::Smdh => separate(a, b, difference),
        // Hedges, Gurevitch and Curtis 1999, with the bias taken out as by Lajeunesse 2015.
        Measure::Rom => {
            let relative = |m: MeanSd| squared(m.sd() / m.mean()) / m.n();
            let (first, second) = (relative(a), relative(b));
            ((a.mean() / b.mean()).ln() + 0.5 * (first - second), first + second)
        }
        // Nakagawa et al. 2015, as the next.
        Measure::Vr => (
            (a.sd() / b.sd()).ln() + ln_sd_bias(n1) - ln_sd_bias(n2),
            ln_sd_bias(n1) + ln_sd_bias(n2),
        ),
        _ => {
            let cv = |m: MeanSd| m.sd() / m.mean();
            let bias = ln_sd_bias(n1) - ln_sd_bias(n2);
            ((cv(a) / cv(b)).ln() + bias, ln_cv_variance(a) + ln_cv_variance(b))
        }
    }
}

/// The square root of the variances' mean weighted by their degrees of freedom.
fn pooled_sd(a: MeanSd, b: MeanSd) -> f64 {
    let (df1, df2) = (a.n() - 1.0, b.n() - 1.0);
    ((df1 * squared(a.sd()) + df2 * squared(b.sd())) / (df1 + df2)).sqrt()
}

/// The standardised mean difference without the assumption of one variance (Bonett 2008, 2009): the
/// standardiser is the root of the plain mean of both variances.
fn separate(a: MeanSd, b: MeanSd, difference: f64) -> (f64, f64) {
    let (v1, v2) = (squared(a.sd()), squared(b.sd()));
    let (df1, df2) = (a.n() - 1.0, b.n() - 1.0);
    let mean = f64::midpoint(v1, v2);
    let factor = small_sample(df1 + df2);
    let y = factor * difference / mean.sqrt();
    let v = y * y * (v1 * v1 / df1 + v2 * v2 / df2) / (8.0 * mean * mean)
        + (v1 / df1 + v2 / df2) / mean;
    (y, factor * factor * v)
}

#[cfg(test)]
mod tests {
    use crate::study::convert::small_sample;

    /// Γ(5)/(√5 Γ(4.5)) and Γ(1)/(1·Γ(½)) = 1/√π by hand; 1 − 3/(4m − 1) for many patients.
    #[test]
    fn factor_for_small_samples() {
        let of_ten = 24.0 / (5f64.sqrt() * 105.0 / 16.0 * std::f64::consts::PI.sqrt());
        assert!((small_sample(10.0) - of_ten).abs() < 1e-14);
        assert!((small_sample(2.0) - std::f64::consts::PI.sqrt().recip()).abs() < 1e-14);
        assert!((small_sample(1e6) - (1.0 - 3.0 / (4e6 - 1.0))).abs() < 1e-12);
    }
}
