//! Correlations, raw, corrected for bias, and by Fisher's z.

use super::{Correction, EffectError, Effects, Measure, correction::Family};
use crate::{numeric::special::ln_rising, study};

/// The effects of correlations.
pub(super) fn effects(
    correlations: &[study::Correlation],
    labels: &[String],
    measure: Measure,
) -> Result<Effects, EffectError> {
    let family = Family {
        is_empty: |_: study::Correlation| false,
        effect: |c: study::Correlation, _| {
            let (r, n) = (c.r(), c.n());
            let variance = |y: f64| ((1.0 - y) * (1.0 + y)).powi(2) / (n - 1.0);
            match measure {
                Measure::Cor => (r, variance(r)),
                Measure::Ucor => {
                    let y = unbiased(r, n);
                    (y, variance(y))
                }
                // Fisher 1921.
                _ => (r.atanh(), 1.0 / (n - 3.0)),
            }
        },
        facts: |c: study::Correlation| format!("r {}, n {}", c.r(), c.total()),
        way_out: "use ZCOR",
    };
    family.effects(correlations, labels, measure, Correction::default())
}

/// From here on the hypergeometric series of [`unbiased`] needs few terms.
const SERIES_FROM: f64 = 15.0;

/// The unbiased correlation `r·₂F₁(½, ½; (n−2)/2; 1−r²)` (Olkin and Pratt 1958), n ≥ 4.
fn unbiased(r: f64, n: f64) -> f64 {
    if r == 0.0 {
        return 0.0;
    }
    let c = (n - 2.0) / 2.0;
    let z = (1.0 - r) * (1.0 + r);
    r * if c >= SERIES_FROM { series(c, z) } else { integral(c, z) }
}

/// `₂F₁(½, ½; c; z)` term by term; with c ≥ 15 the terms fall as k⁻¹⁵ at the slowest.
fn series(c: f64, z: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 0..1000_u32 {
        let k = f64::from(k);
        term *= (k + 0.5) * (k + 0.5) / ((c + k) * (k + 1.0)) * z;
        sum += term;
        if term < 1e-17 {
            break;
        }
    }
    sum
}

/// The same by Euler's integral with t = sin²θ, `2B(½, c−½)⁻¹ ∫ cos²ᶜ⁻²θ (1 − z sin²θ)^−½ dθ` over
/// a quarter turn. The integrand is even and periodic, so the trapezoidal rule converges geometrically.
fn integral(c: f64, z: f64) -> f64 {
    let at = |theta: f64| {
        let (sin, cos) = theta.sin_cos();
        // 1 − z sin²θ = cos²θ + (1 − z) sin²θ keeps its digits near the end.
        cos.abs().powf(2.0 * c - 2.0) / (cos * cos + (1.0 - z) * sin * sin).sqrt()
    };
    let quarter = std::f64::consts::FRAC_PI_2;
    let mut steps = 16_u32;
    let mut mean = {
        let inner: f64 = (1..steps).map(|i| at(quarter * f64::from(i) / f64::from(steps))).sum();
        (inner + f64::midpoint(at(0.0), at(quarter))) / f64::from(steps)
    };
    while steps < 1 << 18 {
        let step = quarter / f64::from(steps);
        let middle: f64 =
            (0..steps).map(|i| at(step * (f64::from(i) + 0.5))).sum::<f64>() / f64::from(steps);
        let finer = f64::midpoint(mean, middle);
        let settled = (finer - mean).abs() <= 1e-15 * finer;
        mean = finer;
        steps *= 2;
        if settled {
            break;
        }
    }
    // B(½, c−½)⁻¹ = Γ(c)/(√π Γ(c−½)); twice the mean over π/2 is π times it.
    std::f64::consts::PI.sqrt() * mean * ln_rising(c - 0.5, 0.5).exp()
}

#[cfg(test)]
mod tests {
    use super::{integral, series, unbiased};

    /// The series and the integral are two ways to the same function; and with n = 5 (c = 3/2) it is
    /// asin(√z)/√z (DLMF 15.4.4), so that r = .6 gives .6·asin(.8)/.8.
    #[test]
    fn two_ways_and_a_closed_form() {
        for (c, r) in [(15.0, 0.1), (15.0, 0.9), (20.0, 1e-3), (40.0, 0.5)] {
            let z = 1.0 - r * r;
            assert!((series(c, z) - integral(c, z)).abs() < 1e-13, "c {c}, r {r}");
        }
        assert!((unbiased(0.6, 5.0) - 0.6 * 0.8f64.asin() / 0.8).abs() < 1e-14);
        assert!((unbiased(-0.6, 5.0) + 0.6 * 0.8f64.asin() / 0.8).abs() < 1e-14);
    }
}
