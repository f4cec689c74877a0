//! Models in which each study has a likelihood of its own value alone, and the values are normal.

use crate::{
    model::{
        glmm::{Likelihood, integrate},
        one_step::{Effort, Ladder, Point, Surface, Zero},
    },
    numeric::Sum,
};

/// Newton's method ends when it promises less than this.
pub(super) const FULL: f64 = 1e-20;
const MAX_STEPS: usize = 200;
/// The distance of two rungs in `ln τ`.
const STEP: f64 = 0.6;

/// The log-likelihood of all studies, `ηᵢ ~ N(μ, τ²)`.
#[derive(Clone, Debug)]
pub(super) struct Direct<K> {
    pub(super) studies: Vec<K>,
    /// The sum of the studies' largest log-likelihoods.
    pub(super) saturated: f64,
}

impl<K: Likelihood> Direct<K> {
    /// Studies, of which at least one has a finite peak.
    pub(super) fn new(studies: Vec<K>, saturated: f64) -> Self {
        Self { studies, saturated }
    }

    /// Each study's observed information of μ; never negative, because the integrand is log-concave.
    pub(super) fn information(&self, mu: f64, tau: f64) -> Vec<f64> {
        let at = |study: &K| match tau {
            0.0 => -study.at(mu).curvature,
            _ => -integrate(study, mu, tau, Effort::Full).hessian[0].min(0.0),
        };
        self.studies.iter().map(at).collect()
    }

    fn common(&self, mu: f64) -> [f64; 3] {
        let mut sums = [Sum::default(); 3];
        for study in &self.studies {
            let jet = study.at(mu);
            for (sum, term) in sums.iter_mut().zip([jet.value, jet.slope, jet.curvature]) {
                sum.add(term);
            }
        }
        sums.map(Sum::value)
    }
}

/// Where the peaks lie: the weighted mean of the finite ones, and how far all reach (for an infinite
/// one the step).
pub(super) fn places<K: Likelihood>(studies: &[K]) -> (f64, f64) {
    let inside = studies.iter().filter(|study| study.step().is_none());
    let (sum, weight) = inside.fold((0.0, 0.0), |(sum, weight), study| {
        let information = study.information();
        (sum + information * study.peak(), weight + information)
    });
    let place = |study: &K| study.step().map_or_else(|| study.peak(), |(at, _)| at);
    let (lowest, highest) = studies
        .iter()
        .map(place)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), at| (lo.min(at), hi.max(at)));
    (sum / weight, highest - lowest)
}

/// Rungs from where `τ²` acts linearly, a twentieth of the smallest standard error, to half the spread
/// of the peaks.
pub(super) fn ladder(largest_information: f64, spread: f64) -> Ladder {
    let first = (0.05 / largest_information.max(f64::MIN_POSITIVE).sqrt()).ln();
    Ladder { first, step: STEP, last: (0.5 * spread).ln().max(first + 1.0), limit: 18.0 }
}

/// The maximum of a concave function of one variable, given with its slope and curvature; Newton's
/// method within the bracket that the signs of the slope give. Returns place and function there.
pub(super) fn concave_maximum<const N: usize>(
    f: impl Fn(f64) -> [f64; N],
    slope_and_curvature: impl Fn(&[f64; N]) -> (f64, f64),
    (start, tolerance): (f64, f64),
) -> (f64, [f64; N]) {
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut at = start;
    let mut here = f(at);
    for _ in 0..MAX_STEPS {
        let (slope, curvature) = slope_and_curvature(&here);
        if slope == 0.0 || (curvature < 0.0 && slope * slope / -curvature < tolerance) {
            break;
        }
        if slope > 0.0 {
            lo = at;
        } else {
            hi = at;
        }
        let newton = at - slope / curvature;
        let most = 4.0 * (1.0 + at.abs());
        let next = if curvature < 0.0 && newton > lo && newton < hi && (newton - at).abs() < most {
            newton
        } else if lo.is_finite() && hi.is_finite() {
            0.5 * (lo + hi)
        } else {
            at + most * slope.signum()
        };
        if next == at || (hi - lo).abs() <= f64::EPSILON * at.abs() {
            break;
        }
        at = next;
        here = f(at);
    }
    (at, here)
}

impl<K: Likelihood> Surface for Direct<K> {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        let tau = log_scale.exp();
        let mut sums = [Sum::default(); 6];
        let mut settled = true;
        for study in &self.studies {
            let part = integrate(study, location, tau, effort);
            let [aa, al, ll] = part.hessian;
            let terms = [part.value, part.score[0], part.score[1], aa, al, ll];
            for (sum, term) in sums.iter_mut().zip(terms) {
                sum.add(term);
            }
            settled &= part.settled;
        }
        let [value, a, l, aa, al, ll] = sums.map(Sum::value);
        Point { value: value + self.saturated, score: [a, l], hessian: [aa, al, ll], settled }
    }

    fn zero(&self) -> Zero {
        let start = places(&self.studies).0;
        let (location, [value, _, curvature]) = concave_maximum(
            |mu| self.common(mu),
            |[_, slope, bend]| (*slope, *bend),
            (start, FULL),
        );
        // d ln L/dτ² at 0 is half of E[ℓ″ + ℓ′²] over studies.
        let slope: Sum = self
            .studies
            .iter()
            .map(|study| {
                let jet = study.at(location);
                0.5 * (jet.curvature + jet.slope * jet.slope)
            })
            .collect();
        Zero {
            location,
            value: value + self.saturated,
            information: -curvature,
            slope: slope.value(),
        }
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        let [value, slope, _] = self.common(location);
        (value + self.saturated, slope)
    }

    fn ladder(&self) -> Ladder {
        let (mean, spread) = places(&self.studies);
        let informations = self.studies.iter().map(|study| -study.at(mean).curvature);
        ladder(informations.fold(0.0, f64::max), spread)
    }
}
