//! One safeguarded Halley step for the logarithm of a tail, shared by all quantiles.
//!
//! In `u = ln x` (gamma) and `u = logit x` (beta) the density is log-concave for every parameter, so
//! the log of either tail is concave in u: the iteration is safe from any start and its order is 3.

use super::{Side, Tail};

/// Quantiles give up improving after this many evaluations; two or three are usual, twenty the most in tests.
pub(super) const MAX_STEPS: u32 = 32;

/// What one evaluation tells: the step in u, or that the tail is met to the last bit.
pub(super) struct Step {
    /// How far to move in u.
    pub(super) du: f64,
    /// Whether the root lies above.
    pub(super) up: bool,
}

/// The step from a point with this `tail`, log density `ln_d` in u and slope of that density.
pub(super) fn halley(target: Tail, tail: Tail, ln_d: f64, slope: f64) -> Step {
    let ln_t = tail.ln_at(target.side);
    let g = ln_t - target.ln;
    let sign = if target.side == Side::Lower { 1.0 } else { -1.0 };
    let g1 = sign * (ln_d - ln_t).exp();
    // g″/g′ = slope − g′; the correction is held within the factor 2 that keeps it a descent.
    let newton = g / g1;
    let bend = (0.5 * newton * (slope - g1)).clamp(-0.5, 0.5);
    Step { du: -newton / (1.0 - bend), up: g * sign < 0.0 }
}
