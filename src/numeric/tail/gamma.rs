//! The regularised incomplete gamma functions P(a, x) and Q(a, x).

use super::super::special::{HALF_LN_2PI, ln_gamma_1p, stirling_error};
use super::uniform::Series;
use super::{Tail, deviance};

/// No series or fraction takes more terms; the slowest use needs about a hundred.
const MAX_TERMS: u32 = 1000;
/// What a term may be of the sum to be left out.
const NEGLIGIBLE: f64 = 0.1 * f64::EPSILON;
/// From here on the uniform expansion is both faster and sharper than series and fraction.
const UNIFORM_FROM: f64 = 25.0;

/// 0.3 of the radius of convergence 2√π.
const SERIES: Series = Series::new(1.0, 0.0, 1.06);

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
    counted_tail(a, x).0
}

/// The tail, and how many terms it took.
fn counted_tail(a: f64, x: f64) -> (Tail, u32) {
    if x <= 0.0 {
        return (Tail::BELOW, 0);
    }
    if x == f64::INFINITY {
        return (Tail::ABOVE, 0);
    }
    if a >= UNIFORM_FROM {
        let d = deviance((x - a) / a, x / a);
        let zeta = (2.0 * d).sqrt().copysign(x - a);
        if SERIES.holds(zeta) {
            return (SERIES.tail(a, zeta, a * d), 0);
        }
    }
    if a < 1.0 && x < 1.5 {
        let (ln, terms) = ln_small_shape(a, x);
        return (Tail::lower(ln), terms);
    }
    let kernel = ln_gamma_kernel(a, x);
    if x < a + 1.0 {
        let (sum, terms) = series(a, x);
        (Tail::lower(kernel + sum.ln()), terms)
    } else {
        let (value, terms) = fraction(a, x);
        (Tail::upper(kernel + value.ln()), terms)
    }
}

/// ln P for a < 1 and small x, where P may be so near 1 that Q needs `ln P` to relative precision:
/// `P = xᵃ/Γ(1+a) [1 + a Σ (−x)ⁿ/(n!(a+n))]` (DLMF 8.7.1).
fn ln_small_shape(a: f64, x: f64) -> (f64, u32) {
    let (mut term, mut sum, mut terms) = (1.0, 0.0_f64, 0);
    while terms < MAX_TERMS {
        terms += 1;
        let n = f64::from(terms);
        term *= -x / n;
        let add = term / (a + n);
        sum += add;
        if add.abs() <= NEGLIGIBLE * sum.abs() {
            break;
        }
    }
    (a * x.ln() - ln_gamma_1p(a) + (a * sum).ln_1p(), terms)
}

/// `Σ xⁿ / (a (a+1) … (a+n))`, so that P = kernel × series (DLMF 8.11.4).
fn series(a: f64, x: f64) -> (f64, u32) {
    let (mut term, mut sum, mut terms) = (1.0 / a, 1.0 / a, 0);
    while terms < MAX_TERMS && term > NEGLIGIBLE * sum {
        terms += 1;
        term *= x / (a + f64::from(terms));
        sum += term;
    }
    (sum, terms)
}

/// Legendre's continued fraction, so that Q = kernel × fraction (DLMF 8.9.2, even part), by the
/// modified Lentz method.
fn fraction(a: f64, x: f64) -> (f64, u32) {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let (mut value, mut terms) = (d, 0);
    while terms < MAX_TERMS {
        terms += 1;
        let n = f64::from(terms);
        let alpha = -n * (n - a);
        b += 2.0;
        d = 1.0 / (alpha * d + b);
        c = b + alpha / c;
        value *= d * c;
        if (d * c - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    (value, terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bound on work that keeps every call in microseconds: no expansion takes 200 terms.
    #[test]
    fn expansions_are_short_everywhere() {
        for e in -300..=300 {
            let a = 10_f64.powf(0.05 * f64::from(e));
            for u in -200..=100 {
                let x =
                    a * 10_f64.powf(0.02 * f64::from(u)) + if u > 0 { f64::from(u) } else { 0.0 };
                let (tail, terms) = counted_tail(a, x);
                assert!(terms < 200, "{terms} terms at a = {a}, x = {x}");
                assert!(tail.ln <= 1e-14, "{tail:?} at a = {a}, x = {x}");
            }
        }
    }
}
