//! The log-likelihood of all studies under the binomial-normal model.

use super::{integral, kernel::Kernel};
use crate::{
    model::{
        Link,
        one_step::{Effort, Ladder, Point, Pooled, Surface, Zero},
    },
    numeric::Sum,
    study::Counts,
};

/// From this many different studies on, threads are worth their cost.
#[cfg(feature = "parallel")]
const PARALLEL: usize = 128;

/// The studies as the likelihood sees them: equal counts once, in ascending order, so that the
/// order of the rows changes no digit.
#[derive(Clone, Debug)]
pub(super) struct Marginal {
    pooled: Pooled,
    /// All studies as one.
    whole: Kernel,
    kernels: Vec<(Kernel, f64)>,
    counts: Vec<Counts>,
}

impl Marginal {
    pub(super) fn new(counts: &[Counts], link: Link) -> Self {
        let mut sorted = counts.to_vec();
        sorted.sort_unstable();
        let pooled = Pooled::new(&sorted);
        let kernels = sorted
            .chunk_by(|a, b| a == b)
            .filter_map(|equal| {
                let first = equal.first()?;
                Some((Kernel::new(link, first.x(), first.n() - first.x()), equal.len() as f64))
            })
            .collect();
        sorted.dedup();
        let whole = Kernel::new(link, pooled.events, pooled.non_events);
        Self { pooled, whole, kernels, counts: sorted }
    }

    /// Each study's observed information of μ at `τ`, in the order of `counts`; never negative,
    /// because the integrand is log-concave.
    pub(super) fn information(&self, counts: &[Counts], mu: f64, tau: f64) -> Vec<f64> {
        let by_counts: Vec<f64> = self
            .kernels
            .iter()
            .map(|(kernel, _)| -integral::study(kernel, mu, tau, Effort::Full).hessian[0].min(0.0))
            .collect();
        let of = |c: &Counts| self.counts.binary_search(c).ok().and_then(|i| by_counts.get(i));
        counts.iter().map(|c| of(c).copied().unwrap_or(0.0)).collect()
    }

    /// Every different study's part, in ascending order of the counts.
    fn parts(&self, mu: f64, tau: f64, effort: Effort) -> impl Iterator<Item = (Point, f64)> {
        let part = move |(kernel, times): &(Kernel, f64)| {
            (integral::study(kernel, mu, tau, effort), *times)
        };
        #[cfg(feature = "parallel")]
        if self.kernels.len() >= PARALLEL {
            use rayon::prelude::*;
            let all: Vec<_> = self.kernels.par_iter().map(part).collect();
            return all.into_iter();
        }
        self.kernels.iter().map(part).collect::<Vec<_>>().into_iter()
    }
}

impl Surface for Marginal {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        let mut sums = [Sum::default(); 6];
        let mut settled = true;
        for (part, times) in self.parts(location, log_scale.exp(), effort) {
            let [aa, al, ll] = part.hessian;
            let terms = [part.value, part.score[0], part.score[1], aa, al, ll];
            for (sum, term) in sums.iter_mut().zip(terms) {
                sum.add(times * term);
            }
            settled &= part.settled;
        }
        let [value, a, l, aa, al, ll] = sums.map(Sum::value);
        Point {
            value: value + self.pooled.saturated,
            score: [a, l],
            hessian: [aa, al, ll],
            settled,
        }
    }

    fn zero(&self) -> Zero {
        let location = self.whole.peak();
        // d ln L/dτ² at 0 is half of E[ℓ″ + ℓ′²] over studies.
        let slope: Sum = self
            .kernels
            .iter()
            .map(|(kernel, times)| {
                let jet = kernel.at(location);
                0.5 * times * (jet.curvature + jet.slope * jet.slope)
            })
            .collect();
        Zero {
            location,
            value: self.pooled.log_likelihood(),
            information: self.whole.information(),
            slope: slope.value(),
        }
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        let jet = self.whole.at(location);
        (self.pooled.log_likelihood() + jet.value, jet.slope)
    }

    fn ladder(&self) -> Ladder {
        // Below a twentieth of the smallest standard error, τ² acts linearly.
        let informations =
            self.kernels.iter().map(|(kernel, _)| -kernel.at(self.whole.peak()).curvature);
        let largest = informations.fold(f64::MIN_POSITIVE, f64::max);
        let places: Vec<f64> = self
            .kernels
            .iter()
            .filter_map(|(kernel, _)| kernel.step().map_or(Some(kernel.peak()), |(at, _)| Some(at)))
            .collect();
        let lowest = places.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let first = (0.05 / largest.sqrt()).ln();
        Ladder {
            first,
            step: 0.6,
            last: (0.5 * (highest - lowest)).ln().max(first + 1.0),
            limit: 18.0,
        }
    }
}
