//! Tails of the standard normal distribution, also where the tail itself is below the smallest f64.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// `½ ln 2π`.
pub(in crate::numeric) const HALF_LN_2PI: f64 = 0.918_938_533_204_672_8;

/// Mills' ratio `(1 − Φ(z)) / φ(z)` for `z ≥ 0`.
pub(in crate::numeric) fn mills(z: f64) -> f64 {
    if z < 6.0 {
        return (0.5 * PI).sqrt() * libm::erfc(z * FRAC_1_SQRT_2) * (0.5 * z * z).exp();
    }
    // Laplace's continued fraction z + 1/(z + 2/(z + 3/(z + …))), DLMF 7.9.2; from z = 6 on
    // twenty-five terms reach the last bit.
    let fraction = (1..=25).rev().fold(z, |tail, k| z + f64::from(k) / tail);
    1.0 / fraction
}

/// `ln(1 − Φ(z))`, to full relative precision for any z.
///
/// ```
/// use resorb::numeric::special::ln_normal_sf;
/// assert!((ln_normal_sf(1e5) / -5_000_000_012.431_864 - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn ln_normal_sf(z: f64) -> f64 {
    if z > 0.0 {
        if z.is_infinite() { f64::NEG_INFINITY } else { mills(z).ln() - 0.5 * z * z - HALF_LN_2PI }
    } else {
        (-crate::numeric::normal::sf(-z)).ln_1p()
    }
}

/// `ln Φ(z)`, to full relative precision for any z.
#[must_use]
pub fn ln_normal_cdf(z: f64) -> f64 {
    ln_normal_sf(-z)
}
