//! The binomial distribution of `n` trials with probability `p`.
//!
//! `n` and the count are whole numbers held as f64, exact to 2⁵³; a count between two whole numbers
//! counts as the lower one. NaN is returned when n is negative or not whole, or p is outside `[0, 1]`.

use super::special::ln_choose;
use super::tail::{Tail, beta_tail, ln_beta_kernel};

/// `P(X = x)`; 0 for an x that is not a whole number from 0 to n.
#[must_use]
pub fn pmf(x: f64, n: f64, p: f64) -> f64 {
    if !valid(n, p) || x.is_nan() {
        return f64::NAN;
    }
    if x != x.trunc() || x < 0.0 || x > n {
        return 0.0;
    }
    match (x == 0.0, x == n) {
        (true, true) => 1.0,
        (true, false) => (n * (-p).ln_1p()).exp(),
        (false, true) => p.powf(n),
        _ if p == 0.0 || p == 1.0 => 0.0,
        // C(n, x) pˣ qⁿ⁻ˣ = n/(x(n−x)) · pˣ qⁿ⁻ˣ / B(x, n−x), whose saddle-point form keeps the digits.
        _ => (ln_beta_kernel(x, n - x, p, 1.0 - p)).exp() * (n / x / (n - x)),
    }
}

/// `ln P(X = x)`, −∞ where the probability is 0.
#[must_use]
pub fn ln_pmf(x: f64, n: f64, p: f64) -> f64 {
    if !valid(n, p) || x.is_nan() {
        return f64::NAN;
    }
    if x != x.trunc() || x < 0.0 || x > n {
        return f64::NEG_INFINITY;
    }
    let times = |c: f64, ln: f64| if c == 0.0 { 0.0 } else { c * ln };
    if x == 0.0 || x == n || p == 0.0 || p == 1.0 {
        return ln_choose(n, x) + times(x, p.ln()) + times(n - x, (-p).ln_1p());
    }
    ln_beta_kernel(x, n - x, p, 1.0 - p) + (n / x / (n - x)).ln()
}

/// `P(X ≤ x)`.
///
/// ```
/// use resorb::numeric::binomial;
/// assert!((binomial::cdf(1.0, 3.0, 0.5) - 0.5).abs() < 1e-15);
/// ```
#[must_use]
pub fn cdf(x: f64, n: f64, p: f64) -> f64 {
    tail(x, n, p).map_or(f64::NAN, Tail::cdf)
}

/// `P(X > x)`.
#[must_use]
pub fn sf(x: f64, n: f64, p: f64) -> f64 {
    tail(x, n, p).map_or(f64::NAN, Tail::sf)
}

/// The smallest x with `P(X ≤ x) ≥ probability`.
#[must_use]
pub fn quantile(probability: f64, n: f64, p: f64) -> f64 {
    if !valid(n, p) || !(0.0..=1.0).contains(&probability) {
        return f64::NAN;
    }
    if probability == 0.0 {
        return 0.0;
    }
    // Whole numbers between one that is too low and one that is not: the normal approximation, then
    // doubling steps away from it, then halving; exact, in at most about 2 · 53 steps.
    let (mut below, mut reached) = (-1.0, n);
    let sd = (n * p * (1.0 - p)).sqrt();
    let guess = n * p + if sd > 0.0 { super::normal::quantile(probability) * sd } else { 0.0 };
    let (mut x, mut width) = (guess.floor(), 1.0);
    while reached - below > 1.0 {
        if !(x > below && x < reached) {
            x = (0.5 * (below + reached)).floor();
        }
        if cdf(x, n, p) >= probability {
            reached = x;
            x -= width;
        } else {
            below = x;
            x += width;
        }
        width *= 2.0;
    }
    reached
}

fn valid(n: f64, p: f64) -> bool {
    n >= 0.0 && n.is_finite() && n == n.trunc() && (0.0..=1.0).contains(&p)
}

fn tail(x: f64, n: f64, p: f64) -> Option<Tail> {
    if !valid(n, p) || x.is_nan() {
        return None;
    }
    let x = x.floor();
    Some(match x {
        _ if x < 0.0 => Tail::BELOW,
        _ if x >= n => Tail::ABOVE,
        // P(X ≤ x) is the upper tail of Beta(x+1, n−x) at p.
        _ => beta_tail(x + 1.0, n - x, p, 1.0 - p).swapped(),
    })
}
