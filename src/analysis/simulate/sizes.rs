//! Sizes of studies that sum to a total.

use super::SimulateError;
use crate::{
    analysis::{Printed, WholeCounts},
    numeric::rng::Rng,
};

/// How the sizes of studies are distributed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sizes {
    /// As equal as whole numbers can be.
    Equal,
    /// Log-normal, with this standard deviation of their logarithm.
    LogNormal(f64),
}

impl Default for Sizes {
    /// Log-normal with 0.8: the largest of 34 studies is some five times the median one.
    fn default() -> Self {
        Self::LogNormal(0.8)
    }
}

impl Sizes {
    /// `k` sizes of at least `least` patients that sum to `total`, by a seed.
    ///
    /// # Errors
    /// [`SimulateError::TooFewPatients`], [`SimulateError::Nothing`].
    pub fn drawn(
        self,
        k: usize,
        total: u64,
        least: u64,
        seed: u64,
    ) -> Result<Vec<u64>, SimulateError> {
        let least = least.max(1);
        if k == 0 {
            return Err(SimulateError::Nothing);
        }
        if (k as u64).checked_mul(least).is_none_or(|needed| needed > total) {
            return Err(SimulateError::TooFewPatients { k, total, least });
        }
        Ok(self.draw(k, total, least, &mut Rng::new(seed)))
    }

    /// `k` sizes of at least `least` that sum to `total`.
    pub(super) fn draw(self, k: usize, total: u64, least: u64, rng: &mut Rng) -> Vec<u64> {
        let weights: Vec<f64> = (0..k)
            .map(|_| match self {
                Self::Equal => 1.0,
                // Held in: a weight of e³⁰ would leave nothing for the others.
                Self::LogNormal(sigma) => (sigma * rng.normal()).clamp(-30.0, 30.0).exp(),
            })
            .collect();
        share_out(&weights, total, least)
    }
}

/// Sizes in the proportions of `sizes` that sum to `total`.
pub(super) fn scaled(sizes: Vec<u64>, total: u64, least: u64) -> Vec<u64> {
    let weights: Vec<f64> = sizes.into_iter().map(|n| n as f64).collect();
    share_out(&weights, total, least)
}

/// `least` each, and the rest in proportion to `weights` by largest remainders.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a total")]
fn share_out(weights: &[f64], total: u64, least: u64) -> Vec<u64> {
    let spare = total.saturating_sub(least * weights.len() as u64);
    let sum: f64 = weights.iter().sum();
    let parts: Vec<f64> = weights.iter().map(|w| spare as f64 * w / sum).collect();
    let mut sizes: Vec<u64> = parts.iter().map(|part| least + part.floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |i: &usize| parts.get(*i).map_or(0.0, |part| part.fract());
    order.sort_by(|a, b| remainder(b).total_cmp(&remainder(a)));
    let mut left = total.saturating_sub(sizes.iter().sum());
    for i in order.into_iter().cycle().take(weights.len() * 2) {
        if left == 0 {
            break;
        }
        if let Some(size) = sizes.get_mut(i) {
            *size += 1;
            left -= 1;
        }
    }
    sizes
}

/// Events and size of a study whose rate rounds to `rate`: the size nearest to `wanted` that has one.
pub(super) fn with_rate(
    rate: Printed,
    wanted: u64,
    (least, most): (u64, u64),
) -> Result<(u64, u64), SimulateError> {
    let of = |n: u64| {
        let counts = WholeCounts::of(rate, n);
        let away = |x: &u64| (*x as f64 / n as f64 - rate.value()).abs();
        let best = counts.counts().min_by(|a, b| away(a).total_cmp(&away(b)));
        best.map(|x| (x, n))
    };
    let wanted = wanted.clamp(least, most.max(least));
    (0..=most)
        .flat_map(|d| [wanted.checked_sub(d), wanted.checked_add(d)])
        .flatten()
        .filter(|n| (least..=most).contains(n))
        .find_map(of)
        .ok_or(SimulateError::NoSize { rate: rate.value(), least, most })
}
