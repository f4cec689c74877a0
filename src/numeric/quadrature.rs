//! Gauss–Hermite rules.

use std::f64::consts::PI;

use super::NumericError;

/// The largest rule on offer.
pub const MAX_NODES: usize = 1024;

/// Nodes and weights of `∫ e^{−x²} g(x) dx ≈ Σ wᵢ g(xᵢ)`, nodes ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The zeros of the Hermite polynomial.
    pub nodes: Vec<f64>,
    /// The weights; those of far nodes underflow to 0 in rules of some hundred nodes.
    pub weights: Vec<f64>,
    /// `wᵢ exp(xᵢ²)`, which never underflow: `∫ h(x) dx ≈ Σ scaledᵢ h(xᵢ)`.
    pub scaled_weights: Vec<f64>,
}

/// The Gauss–Hermite rule with `n` nodes, `1 ≤ n ≤ 1024`.
///
/// Zeros by Newton's method on the orthonormal three-term recurrence, from asymptotic starting
/// values; weights `1/(n h²ₙ₋₁(x))` of the Hermite function (DLMF 3.5.28). Accurate to about 1e-14.
///
/// # Errors
/// [`NumericError::Argument`] for another n.
///
/// ```
/// use resorb::numeric::quadrature::gauss_hermite;
/// let rule = gauss_hermite(7)?;
/// let second_moment: f64 = rule.nodes.iter().zip(&rule.weights).map(|(x, w)| w * x * x).sum();
/// assert!((second_moment - std::f64::consts::PI.sqrt() / 2.0).abs() < 1e-15);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn gauss_hermite(n: usize) -> Result<Rule, NumericError> {
    if !(1..=MAX_NODES).contains(&n) {
        return Err(NumericError::Argument(
            "a Gauss–Hermite rule has 1 to 1024 nodes; ask for a number in that range",
        ));
    }
    // The upper half, from the middle outwards; the lower half mirrors it.
    let half: Vec<(f64, f64)> = (0..n.div_ceil(2)).map(|i| node(n, i)).collect();
    let mirror = half.iter().skip(n % 2).map(|(x, s)| (-x, *s)).rev();
    let all: Vec<(f64, f64)> = mirror.chain(half.iter().copied()).collect();
    Ok(Rule {
        nodes: all.iter().map(|(x, _)| *x).collect(),
        weights: all.iter().map(|(x, s)| s * (-x * x).exp()).collect(),
        scaled_weights: all.iter().map(|(_, s)| *s).collect(),
    })
}

/// The i-th node from the middle (0 is the smallest that is not negative) and its scaled weight.
fn node(n: usize, i: usize) -> (f64, f64) {
    let mut x = if n % 2 == 1 && i == 0 { 0.0 } else { start(n, i) };
    for _ in 0..20 {
        let (h, before) = hermite(n, x);
        // h′ₙ = √(2n) hₙ₋₁ − x hₙ; at the node the second term is 0.
        let step = h / ((2.0 * n as f64).sqrt() * before);
        x -= step;
        if step.abs() <= 1e-9 * x.abs().max(1e-3) {
            break;
        }
    }
    if n % 2 == 1 && i == 0 {
        x = 0.0;
    }
    let (_, before) = hermite(n, x);
    (x, 1.0 / (n as f64 * before * before))
}

/// The orthonormal Hermite functions `(hₙ(x), hₙ₋₁(x))`, `hₙ = Hₙ e^{−x²/2} / √(2ⁿ n! √π)`.
fn hermite(n: usize, x: f64) -> (f64, f64) {
    // e^{−x²/2} would underflow beyond x = 38: keep it as a power of two put in on the way up.
    let mut exponent = -0.5 * x * x;
    let take = exponent.max(-600.0);
    exponent -= take;
    let (mut before, mut h) = (0.0, PI.powf(-0.25) * take.exp());
    for k in 0..n {
        let k = k as f64;
        let next = x * (2.0 / (k + 1.0)).sqrt() * h - (k / (k + 1.0)).sqrt() * before;
        (before, h) = (h, next);
        if exponent < 0.0 && h.abs() > 1e100 {
            let take = exponent.max(-600.0);
            exponent -= take;
            h *= take.exp();
            before *= take.exp();
        }
    }
    let rest = exponent.exp();
    (h * rest, before * rest)
}

/// Tricomi's approximation of the zeros (1941): with ν = 4m + 2α + 2 of the Laguerre polynomial of
/// degree m = ⌊n/2⌋ in x², `x² ≈ ν cos²(θ/2) − (…)/ν`, θ − sin θ given.
fn start(n: usize, i: usize) -> f64 {
    let m = (n / 2) as f64;
    let alpha = if n.is_multiple_of(2) { -0.5 } else { 0.5 };
    let nu = 4.0 * m + 2.0 * alpha + 2.0;
    let skip = (n % 2) as f64;
    // Counted from the largest zero.
    let k = m - (i as f64 - skip) - 1.0;
    let target = PI * (4.0 * k + 3.0) / nu;
    let mut theta = 0.5 * PI;
    for _ in 0..30 {
        let step = (theta - theta.sin() - target) / (1.0 - theta.cos());
        theta = (theta - step).clamp(0.5 * theta, 0.5 * (theta + PI));
        if step.abs() < 1e-12 {
            break;
        }
    }
    let c = (0.5 * theta).cos().powi(2);
    let d = 1.0 - c;
    let square = nu * c - (5.0 / (4.0 * d * d) - 1.0 / d - 1.0 + 3.0 * alpha * alpha) / (3.0 * nu);
    square.max(1e-6).sqrt()
}
