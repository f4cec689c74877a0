//! The regularised incomplete gamma functions P(a, x) and Q(a, x).

use std::sync::LazyLock;

use super::super::special::{HALF_LN_2PI, ln_gamma_1p, stirling_error};
use super::uniform::Series;
use super::{Tail, deviance};

/// No series or fraction takes more terms; the slowest use needs about a hundred.
const MAX_TERMS: u32 = 2000;
/// From here on the uniform expansion is both faster and sharper than series and fraction.
const UNIFORM_FROM: f64 = 25.0;

/// 0.3 of the radius of convergence 2√π.
static SERIES: LazyLock<Series> = LazyLock::new(|| Series::new(1.0, 0.0, 1.06));

/// `ln [xᵃ e⁻ˣ / Γ(a)]`, the density in `ln x`.
pub(in crate::numeric) fn ln_gamma_kernel(a: f64, x: f64) -> f64 {
    if a < 1.0 {
        // 1/Γ(a) = a/Γ(1+a)
        return a * x.ln() - x + a.ln() - ln_gamma_1p(a);
    }
    0.5 * a.ln() - HALF_LN_2PI - stirling_error(a) - a * deviance((x - a) / a, x / a)
}

/// The tail of a Gamma(a, 1) variable at x that is cheap and exact to compute.
pub(in crate::numeric) fn gamma_tail(a: f64, x: f64) -> Tail {
    if x <= 0.0 {
        return Tail::BELOW;
    }
    if x == f64::INFINITY {
        return Tail::ABOVE;
    }
    if a >= UNIFORM_FROM {
        let d = deviance((x - a) / a, x / a);
        let eta = (2.0 * d).sqrt().copysign(x - a);
        if SERIES.holds(eta) {
            return SERIES.tail(a, eta, a * d);
        }
    }
    if a < 1.0 && x < 1.5 {
        return Tail::lower(ln_small_shape(a, x));
    }
    if x < a + 1.0 {
        Tail::lower(ln_gamma_kernel(a, x) + series(a, x).ln())
    } else {
        Tail::upper(ln_gamma_kernel(a, x) + fraction(a, x).ln())
    }
}

/// ln P for a < 1 and small x, where P may be so near 1 that Q needs `ln P` to relative precision:
/// `P = xᵃ/Γ(1+a) [1 + a Σ (−x)ⁿ/(n!(a+n))]` (DLMF 8.7.1).
fn ln_small_shape(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 0.0;
    for n in 1..MAX_TERMS {
        let n = f64::from(n);
        term *= -x / n;
        let add = term / (a + n);
        sum += add;
        if add.abs() <= f64::EPSILON * 0.1 * sum.abs() {
            break;
        }
    }
    a * x.ln() - ln_gamma_1p(a) + (a * sum).ln_1p()
}

/// `Σ xⁿ / (a (a+1) … (a+n))`, so that P = kernel × series (DLMF 8.11.4).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..MAX_TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term <= sum * 0.1 * f64::EPSILON {
            break;
        }
    }
    sum
}

/// Legendre's continued fraction, so that Q = kernel × fraction (DLMF 8.9.2, even part), by the
/// modified Lentz method.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..MAX_TERMS {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    h
}
