//! Events that sum to a number, each within the rates its study may have.

use super::SimulateError;
use crate::numeric::special::expit;

/// The events a study may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    n: f64,
    lower: u64,
    upper: u64,
}

impl Bounds {
    /// Counts of `n` with a rate from `lower` to `upper`; `None` if there is none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to n")]
    pub(super) fn new(n: u64, lower: f64, upper: f64) -> Option<Self> {
        let size = n as f64;
        // A product may fall short of a whole number by an ulp.
        let least = (lower * size - 1e-9).ceil().max(0.0) as u64;
        let most = (upper * size + 1e-9).floor().min(size) as u64;
        (least <= most).then_some(Self { n: size, lower: least, upper: most })
    }

    fn held(self, p: f64) -> f64 {
        (self.n * p).clamp(self.lower as f64, self.upper as f64)
    }
}

/// Counts near `n·expit(μ + place)`, `μ` such that they sum to `needed`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to n")]
pub(super) fn spread_events(
    places: &[f64],
    bounds: &[Bounds],
    needed: u64,
) -> Result<Vec<u64>, SimulateError> {
    let least: u64 = bounds.iter().map(|b| b.lower).sum();
    let most: u64 = bounds.iter().map(|b| b.upper).sum();
    if !(least..=most).contains(&needed) {
        return Err(SimulateError::OutOfReach);
    }
    let at = |mu: f64| {
        places.iter().zip(bounds).map(move |(place, bound)| bound.held(expit(mu + place)))
    };
    // The sum rises with μ from all the least to all the most.
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if at(middle).sum::<f64>() < needed as f64 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let real: Vec<f64> = at(0.5 * (low + high)).collect();
    let mut counts: Vec<u64> = real.iter().map(|x| x.floor() as u64).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let part = |i: &usize| real.get(*i).map_or(0.0, |x| x.fract());
    order.sort_by(|a, b| part(b).total_cmp(&part(a)));
    // What rounding left, one patient at a time, where there is room for one.
    let mut sum: u64 = counts.iter().sum();
    while sum != needed {
        for i in &order {
            let (Some(count), Some(bound)) = (counts.get_mut(*i), bounds.get(*i)) else { continue };
            if sum < needed && *count < bound.upper {
                *count += 1;
                sum += 1;
            } else if sum > needed && *count > bound.lower {
                *count -= 1;
                sum -= 1;
            }
        }
    }
    Ok(counts)
}
