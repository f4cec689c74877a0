//! Single proportions: counts to effects on an analysis scale.

use super::{Correction, EffectError, Effects, Measure, correction::Family};
use crate::{numeric::normal, study::Counts};

/// The effects of single proportions.
pub(super) fn effects(
    counts: &[Counts],
    labels: &[String],
    measure: Measure,
    correction: Correction,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |c: Counts| !c.is_interior(),
        effect: |c: Counts, add: f64| effect(measure, c.x() + add, c.n() - c.x() + add),
        facts: |c: Counts| format!("{}/{}", c.events(), c.total()),
        way_out: "use `--to only0`, an arcsine measure (PAS, PFT), or a one-step model",
    };
    family.effects(counts, labels, measure, correction)
}

/// The effect and its variance from `x` events and `m = n − x` non-events; PFT for any measure that is
/// none of single proportions.
fn effect(measure: Measure, x: f64, m: f64) -> (f64, f64) {
    let n = x + m;
    let p = x / n;
    match measure {
        Measure::Pr => (p, x * m / n / n / n),
        // A rate near 1 has a small logarithm, which only the complement gives in full.
        Measure::Pln if m < x => ((-m / n).ln_1p(), m / x / n),
        Measure::Pln => (p.ln(), m / x / n),
        Measure::Plo => ((x / m).ln(), 1.0 / x + 1.0 / m),
        Measure::Prz => {
            // The quantile from the smaller tail keeps all digits of a rate near 1.
            let z = if x <= m { normal::quantile(p) } else { normal::quantile_upper(m / n) };
            let density = normal::pdf(z);
            (z, x * m / n / n / n / (density * density))
        }
        Measure::Pas => (x.sqrt().atan2(m.sqrt()), 1.0 / (4.0 * n)),
        _ => (freeman_tukey(x, n), 1.0 / 4.0f64.mul_add(n, 2.0)),
    }
}

/// The double arcsine, `½[asin √(x/(n+1)) + asin √((x+1)/(n+1))]` (Freeman and Tukey 1950).
fn freeman_tukey(x: f64, n: f64) -> f64 {
    let n1 = n + 1.0;
    // asin √(a/(a+b)) = atan √(a/b), which keeps all digits near 1.
    let part = |a: f64| (a / (n1 - a)).sqrt().atan();
    0.5 * (part(x) + part(x + 1.0))
}

/// The rate of which a double arcsine `y` at sample size `n` is the transform (Miller 1978).
///
/// Values beyond the transforms of 0/n and n/n are 0 and 1. Below one patient the closed form means
/// nothing, and `sin² y` stands in.
pub(super) fn freeman_tukey_back(y: f64, n: f64) -> f64 {
    if n < 1.0 {
        return arcsine_back(y);
    }
    if y <= freeman_tukey(0.0, n) {
        return 0.0;
    }
    if y >= freeman_tukey(n, n) {
        return 1.0;
    }
    let (sin, cos) = (2.0 * y).sin_cos();
    let s = sin - cos * cos / (n * sin);
    let root = (1.0 - s * s).max(0.0).sqrt();
    // ½(1 − √(1−s²)) in a form that does not cancel for small rates.
    let smaller = 0.5 * s * s / (1.0 + root);
    if cos >= 0.0 { smaller } else { 1.0 - smaller }
}

/// `sin²`, with `y` held within 0 and π/2: prediction limits do go below 0.
pub(super) fn arcsine_back(y: f64) -> f64 {
    y.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Miller 1978, table: the transform doubled, to the four digits printed.
    #[test]
    fn miller_1978() {
        for ((x, n), printed) in [
            ((3.0, 11.0), 1.1391),
            ((6.0, 17.0), 1.2888),
            ((10.0, 21.0), 1.5253),
            ((1.0, 6.0), 0.9515),
        ] {
            let doubled = 2.0 * freeman_tukey(x, n);
            assert!((doubled - printed).abs() < 5e-5, "{x}/{n}: {doubled}");
            assert!((freeman_tukey_back(doubled / 2.0, n) - x / n).abs() < 1e-12);
        }
    }
}
