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
    r * if c >= SERIES_FROM { series(c, (1.0 - r) * (1.0 + r)) } else { integral(c, r) }
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

/// The same at `z = 1 − r²` by Euler's integral, `2B(½, c−½)⁻¹ ∫ sin²ᶜ⁻²φ (sin²φ + r² cos²φ)^−½ dφ` over a quarter
/// turn, by the double-exponential rule (Takahasi and Mori 1974): where n is odd the integrand has a
/// kink at 0, and where r is small it rises steeply there.
fn integral(c: f64, r: f64) -> f64 {
    /// Beyond it the weights are below 1e-60.
    const END: f64 = 4.5;
    let quarter = std::f64::consts::FRAC_PI_2;
    let at = |u: f64| {
        let steep = std::f64::consts::PI * u.sinh();
        let (share, rest) = (1.0 / (1.0 + (-steep).exp()), 1.0 / (1.0 + steep.exp()));
        let (sin, cos) = (quarter * share).sin_cos();
        let height = sin.powf(2.0 * c - 2.0) / sin.hypot(r * cos);
        height * share * rest * u.cosh()
    };
    let mut step = 0.25;
    let mut sum = 0.0;
    for doubling in 0..8_u32 {
        // Each pass adds the points between those of the passes before.
        let (first, stride) = if doubling == 0 { (0, 1) } else { (1, 2) };
        let count = (2.0 * END / step).round();
        let mut places = (0..).step_by(stride).map(|i: u32| f64::from(i + first));
        let new: f64 =
            places.by_ref().take_while(|i| *i <= count).map(|i| at(i * step - END)).sum();
        let before = sum * 2.0 * step;
        sum += new;
        if doubling > 1 && (sum * step - before).abs() <= 1e-15 * before {
            break;
        }
        step *= 0.5;
    }
    // dφ is π²/2 times the weights; B(½, c−½)⁻¹ = Γ(c)/(√π Γ(c−½)).
    std::f64::consts::PI.powf(1.5) * sum * step * ln_rising(c - 0.5, 0.5).exp()
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
            assert!((series(c, z) - integral(c, r)).abs() < 1e-13, "c {c}, r {r}");
        }
        assert!((unbiased(0.6, 5.0) - 0.6 * 0.8f64.asin() / 0.8).abs() < 1e-14);
        assert!((unbiased(-0.6, 5.0) + 0.6 * 0.8f64.asin() / 0.8).abs() < 1e-14);
        // n = 4 (c = 1): 2K(√z)/π; by mpmath for r = 1e-6 and 0.3.
        assert!((unbiased(1e-6, 4.0) / 9.677_769_587_166e-6 - 1.0).abs() < 1e-13);
        assert!((unbiased(0.3, 4.0) / 0.501_867_738_151_540_7 - 1.0).abs() < 1e-13);
    }
}
