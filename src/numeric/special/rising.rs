//! Differences of `ln Γ`, `ψ` and `ψ′` between `a` and `a + x`, taken before rounding can eat them.
//!
//! The likelihood of the beta-binomial is made of these, with `a` up to 1e12 where the binomial is
//! its limit and `x` up to 1e9.

use super::gamma::stirling_error;
use crate::numeric::Sum;

/// Below this many unit steps the product or sum is taken term by term.
const FEW: f64 = 32.0;
/// Stirling's series is good to the last bit from here on.
const LARGE: f64 = 10.0;

/// `ln Γ(a + x) − ln Γ(a)`, the logarithm of the rising factorial, for finite `a > 0`,
/// `x ≥ 0`; NaN otherwise.
///
/// ```
/// use resorb::numeric::special::ln_rising;
/// assert_eq!(ln_rising(1.0, 5.0), 120_f64.ln());
/// assert!((ln_rising(1e12, 1e9) / 27_631_520_949.344_665 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn ln_rising(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && x >= 0.0) {
        return f64::NAN;
    }
    if is_few(x) {
        return ln_product(steps(x).map(|j| a + j));
    }
    let (b, shift) = shifted(a);
    let far = (b - 0.5) * (x / b).ln_1p() + x * ((b + x).ln() - 1.0) + stirling_difference(b, x);
    far - ln_product_1p(steps(shift).map(|j| x / (a + j)))
}

/// `ln Γ(a + x) − ln Γ(a) − x ln a`: what [`ln_rising`] has beyond `aˣ`, without the cancellation.
///
/// For whole x it is `Σ_{j<x} ln(1 + j/a)`. A beta-binomial log-likelihood written with it,
/// `x ln μ + (n−x) ln(1−μ) + excess(α, x) + excess(β, n−x) − excess(α+β, n)`, keeps its digits
/// on the way to the binomial.
#[must_use]
pub fn ln_rising_excess(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && x >= 0.0) {
        return f64::NAN;
    }
    if is_few(x) {
        return ln_product_1p(steps(x).map(|j| j / a));
    }
    if a < LARGE {
        return ln_rising(a, x) - x * a.ln();
    }
    let t = x / a;
    a * entropy(t) - 0.5 * t.ln_1p() + stirling_difference(a, x)
}

/// `(1 + t) ln(1 + t) − t` for `t ≥ 0`.
fn entropy(t: f64) -> f64 {
    if t > 0.5 {
        return (1.0 + t) * t.ln_1p() - t;
    }
    // With s = t/(2+t), ln(1+t) = 2 atanh s, and the terms of order t cancel by hand.
    let s = t / (2.0 + t);
    s * t + 2.0 * (1.0 + t) * s * s * s * super::logistic::atanh_tail(s)
}

/// `ψ(a + x) − ψ(a)`, the derivative of [`ln_rising`] in `a`, for `a > 0`, `x ≥ 0`.
#[must_use]
pub fn digamma_difference(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && x >= 0.0) {
        return f64::NAN;
    }
    if is_few(x) {
        return steps(x).map(|j| 1.0 / (a + j)).collect::<Sum>().value();
    }
    let (b, shift) = shifted(a);
    let near = steps(shift).map(|j| x / ((a + j) * (a + j + x)));
    let (u, v) = (1.0 / b, 1.0 / (b + x));
    let d = -x * u * v;
    let far = (x / b).ln_1p() - 0.5 * d - power_series(&DIGAMMA, u, v, d);
    near.chain([far]).collect::<Sum>().value()
}

/// `ψ′(a + x) − ψ′(a)` (not positive), the second derivative of [`ln_rising`] in `a`.
#[must_use]
pub fn trigamma_difference(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && x >= 0.0) {
        return f64::NAN;
    }
    if is_few(x) {
        return -steps(x).map(|j| (a + j).recip().powi(2)).collect::<Sum>().value();
    }
    let (b, shift) = shifted(a);
    let near = steps(shift).map(|j| {
        let (u, v) = ((a + j).recip(), (a + j + x).recip());
        -x * u * v * (u + v)
    });
    let (u, v) = (1.0 / b, 1.0 / (b + x));
    let d = -x * u * v;
    let far = d + 0.5 * d * (u + v) + odd_series(&TRIGAMMA, u, v, d);
    near.chain([far]).collect::<Sum>().value()
}

/// Coefficients of `ψ(z) = ln z − 1/(2z) − Σ cₖ z⁻²ᵏ` (DLMF 5.11.2).
const DIGAMMA: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 120.0,
    1.0 / 252.0,
    -1.0 / 240.0,
    1.0 / 132.0,
    -691.0 / 32760.0,
    1.0 / 12.0,
    -3617.0 / 8160.0,
];

/// Coefficients of `ψ′(z) = 1/z + 1/(2z²) + Σ cₖ z⁻²ᵏ⁻¹`.
const TRIGAMMA: [f64; 8] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
];

/// Coefficients of Stirling's series `Σ cₖ z⁻²ᵏ⁺¹`.
const STIRLING: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];

/// `S(a + x) − S(a)` of Stirling's error, with the factor x taken out where it is small.
fn stirling_difference(a: f64, x: f64) -> f64 {
    if x > a {
        return stirling_error(a + x) - stirling_error(a);
    }
    let (u, v) = (1.0 / a, 1.0 / (a + x));
    let d = -x * u * v;
    STIRLING[0] * d + odd_series(&STIRLING[1..], u, v, d)
}

/// `Σ cₖ (v²ᵏ − u²ᵏ)`, k from 1, with `d = v − u` exact.
fn power_series(c: &[f64], u: f64, v: f64, d: f64) -> f64 {
    let square = d * (u + v);
    differences(c, u, v, square, square, u * u)
}

/// `Σ cₖ (v²ᵏ⁺¹ − u²ᵏ⁺¹)`, k from 1.
fn odd_series(c: &[f64], u: f64, v: f64, d: f64) -> f64 {
    differences(c, u, v, d * (u + v), d * (u * u + u * v + v * v), u * u * u)
}

/// Differences of powers two apart, from `first = vᵐ − uᵐ`, `power = uᵐ` and `square = v² − u²`:
/// `vᵐ⁺² − uᵐ⁺² = v² (vᵐ − uᵐ) + uᵐ (v² − u²)`.
fn differences(c: &[f64], u: f64, v: f64, square: f64, first: f64, power: f64) -> f64 {
    let (mut sum, mut delta, mut power) = (0.0, first, power);
    for ck in c {
        sum += ck * delta;
        delta = v * v * delta + power * square;
        power *= u * u;
    }
    sum
}

fn is_few(x: f64) -> bool {
    x <= FEW && x == x.trunc()
}

/// `a` moved up by whole steps until Stirling's series holds, and the number of steps.
fn shifted(a: f64) -> (f64, f64) {
    let shift = if a < LARGE { (LARGE - a).ceil() } else { 0.0 };
    (a + shift, shift)
}

/// 0, 1, …, n − 1 as floats.
fn steps(n: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(0.0), |j| Some(j + 1.0)).take_while(move |j| *j < n)
}

/// `ln Π (1 + tᵢ)`, with full relative precision where all t are small.
fn ln_product_1p(t: impl Iterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    let mut excess: f64 = 0.0;
    for t in t {
        let next = excess + t + excess * t;
        if next < 1e290 {
            excess = next;
        } else {
            sum.add(excess.ln_1p());
            excess = t;
        }
    }
    sum.add(excess.ln_1p());
    sum.value()
}

/// `ln Π factors`, multiplying while the product stays in range.
fn ln_product(factors: impl Iterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    let mut product = 1.0;
    for f in factors {
        let next = product * f;
        if next.is_finite() && next > 1e-290 {
            product = next;
        } else {
            sum.add(f64::ln(product));
            product = f;
        }
    }
    sum.add(product.ln());
    sum.value()
}
