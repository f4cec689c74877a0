//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use super::special::{HALF_LN_2PI, ln_normal_cdf, ln_normal_sf};
use super::tail::{Side, Tail};

/// The density φ(z).
#[must_use]
pub fn pdf(z: f64) -> f64 {
    (-0.5 * z * z - HALF_LN_2PI).exp()
}

/// `Φ(z)`, through the error function of libm (the one of statrs is off by 1e-10).
///
/// ```
/// use resorb::numeric::normal;
/// assert!((normal::cdf(-10.0) / 7.619853024160527e-24 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn cdf(z: f64) -> f64 {
    sf(-z)
}

/// `1 − Φ(z)`.
#[must_use]
pub fn sf(z: f64) -> f64 {
    let x = z * FRAC_1_SQRT_2;
    let tail = 0.5 * libm::erfc(x);
    if x > 1.0 && x < 40.0 {
        // erfc at the rounded product is erfc at the exact one times e^{2x·error}, nearly.
        let error = z.mul_add(FRAC_1_SQRT_2, -x) + z * FRAC_1_SQRT_2_LOW;
        return tail * (1.0 - 2.0 * x * error);
    }
    tail
}

/// 1/√2 beyond its f64.
const FRAC_1_SQRT_2_LOW: f64 = -4.833_646_656_726_457e-17;

/// The z with `Φ(z) = p`: −∞ at 0, ∞ at 1, NaN outside `[0, 1]`. The inverse error function of
/// statrs, polished by one step against that of libm.
///
/// ```
/// assert!((resorb::numeric::normal::quantile(0.975) - 1.959963984540054).abs() < 1e-15);
/// ```
#[must_use]
pub fn quantile(p: f64) -> f64 {
    match p {
        _ if !(0.0..=1.0).contains(&p) => f64::NAN,
        // p − ½ is exact here.
        _ if (p - 0.5).abs() <= 0.25 => central(p - 0.5),
        _ if p < 0.5 => -upper(p),
        _ => upper(1.0 - p),
    }
}

/// The z with `1 − Φ(z) = q`.
#[must_use]
pub fn quantile_upper(q: f64) -> f64 {
    0.0 - quantile(q)
}

/// The z with `Φ(z) − ½ = d`.
fn central(d: f64) -> f64 {
    let z = SQRT_2 * statrs::function::erf::erf_inv(2.0 * d);
    z - (0.5 * libm::erf(z * FRAC_1_SQRT_2) - d) / pdf(z)
}

/// The z > 0 with `1 − Φ(z) = q < ½`, by one Halley step on the log of the tail.
fn upper(q: f64) -> f64 {
    if q == 0.0 {
        return f64::INFINITY;
    }
    let z = SQRT_2 * statrs::function::erf::erfc_inv(2.0 * q);
    let ln_sf = ln_normal_sf(z);
    let hazard = (-0.5 * z * z - HALF_LN_2PI - ln_sf).exp();
    let newton = (ln_sf - q.ln()) / hazard;
    z + newton / (1.0 + 0.5 * newton * (z - hazard))
}

/// The z of a tail whose probability may be below the smallest f64.
pub(super) fn quantile_of(target: Tail) -> f64 {
    let z = if target.ln > -700.0 {
        0.0 - quantile(target.ln.exp())
    } else {
        // φ(z)/z = q, solved by substitution; a starting value needs no more.
        let e = -2.0 * (target.ln + HALF_LN_2PI);
        (e - e.ln()).max(0.0).sqrt()
    };
    if target.side == Side::Lower { -z } else { z }
}

/// `ln Φ(z)`, to relative precision in both tails.
#[must_use]
pub fn ln_cdf(z: f64) -> f64 {
    ln_normal_cdf(z)
}

/// `ln(1 − Φ(z))`.
#[must_use]
pub fn ln_sf(z: f64) -> f64 {
    ln_normal_sf(z)
}
