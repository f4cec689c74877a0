//! UM.FS: an intercept of its own for each study, a random effect of the group.

use super::{
    arms::{Arms, At},
    direct::{FULL, concave_maximum, ladder},
};
use crate::{
    model::one_step::{Effort, Ladder, Point, Surface, Zero},
    numeric::Sum,
};

/// Intercepts while only the sign of a slope is wanted.
const SCAN: f64 = 1e-8;

/// The log-likelihood of all studies at the best intercept of each: the intercepts are separate
/// problems once `(θ, τ)` is fixed, so that the profile has exact derivatives.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    pub(super) studies: Vec<Arms>,
    pub(super) saturated: f64,
}

/// One study at its best intercept: value, score and curvature in `(θ, ln τ)`.
struct Profile {
    point: Point,
    /// `d ln L/dτ²`, of use at `τ = 0`.
    slope: f64,
}

impl Fixed {
    /// Studies that have both events and non-events.
    pub(super) fn new(studies: Vec<Arms>, saturated: f64) -> Self {
        Self { studies, saturated }
    }

    /// Each study's information of θ, its intercept estimated.
    pub(super) fn information(&self, theta: f64, tau: f64) -> Vec<f64> {
        let tau = (tau > 0.0).then_some(tau);
        let of = |study| -profile(study, theta, tau, Effort::Full).point.hessian[0].min(0.0);
        self.studies.iter().map(of).collect()
    }

    fn sum(&self, theta: f64, tau: Option<f64>, effort: Effort) -> Profile {
        let mut sums = [Sum::default(); 7];
        let mut settled = true;
        for study in &self.studies {
            let Profile { point, slope } = profile(study, theta, tau, effort);
            let ([a, l], [aa, al, ll]) = (point.score, point.hessian);
            for (sum, term) in sums.iter_mut().zip([point.value, a, l, aa, al, ll, slope]) {
                sum.add(term);
            }
            settled &= point.settled;
        }
        let [value, a, l, aa, al, ll, slope] = sums.map(Sum::value);
        let value = value + self.saturated;
        Profile { point: Point { value, score: [a, l], hessian: [aa, al, ll], settled }, slope }
    }
}

fn profile(study: &Arms, theta: f64, tau: Option<f64>, effort: Effort) -> Profile {
    let bends = |here: &[f64; 3]| (here[1], here[2]);
    let alone = |alpha: f64| {
        let jet = study.at(&At { alpha, theta, sigma: None, tau: None }, effort);
        [jet.value, jet.score[0], jet.hessian[0][0]]
    };
    let start = 0.5 * (study.first.place() + study.second.place());
    let (start, _) = concave_maximum(alone, bends, (start, FULL));
    let at = |alpha: f64| study.at(&At { alpha, theta, sigma: None, tau }, effort);
    let alpha = if tau.is_some() {
        let averaged = |alpha: f64| {
            let jet = at(alpha);
            [jet.value, jet.score[0], jet.hessian[0][0]]
        };
        let tolerance = if effort == Effort::Scan { SCAN } else { FULL };
        concave_maximum(averaged, bends, (start, tolerance)).0
    } else {
        start
    };
    let jet = at(alpha);
    let [s0, s1, _, s3] = jet.score;
    let [[h00, h01, _, h03], [_, h11, _, h13], _, [.., h33]] = jet.hessian;
    // What the intercept would still take, and how it follows the other two (Schur's complement).
    let (by_theta, by_scale, left) = (h01 / h00, h03 / h00, s0);
    Profile {
        point: Point {
            value: jet.value - 0.5 * left * left / h00,
            score: [s1 - by_theta * left, s3 - by_scale * left],
            hessian: [h11 - by_theta * h01, h13 - by_theta * h03, h33 - by_scale * h03],
            settled: jet.settled,
        },
        slope: 0.5 * (h11 + s1 * s1),
    }
}

impl Surface for Fixed {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        self.sum(location, Some(log_scale.exp()), effort).point
    }

    fn zero(&self) -> Zero {
        let f = |theta: f64| {
            let Profile { point, slope } = self.sum(theta, None, Effort::Full);
            [point.value, point.score[0], point.hessian[0], slope]
        };
        let start = spread(&self.studies).0;
        let (location, [value, _, bend, slope]) =
            concave_maximum(f, |here| (here[1], here[2]), (start, FULL));
        Zero { location, value, information: -bend, slope }
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        let point = self.sum(location, None, Effort::Full).point;
        (point.value, point.score[0])
    }

    fn ladder(&self) -> Ladder {
        let (_, reach, information) = spread(&self.studies);
        ladder(information, reach)
    }
}

/// The weighted mean of the studies' raw differences, how far they reach, and the largest information.
pub(super) fn spread(studies: &[Arms]) -> (f64, f64, f64) {
    let mut sums = (0.0, 0.0);
    let (mut lowest, mut highest, mut largest) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);
    for (difference, information) in studies.iter().map(Arms::difference) {
        sums = (sums.0 + information * difference, sums.1 + information);
        lowest = lowest.min(difference);
        highest = highest.max(difference);
        largest = largest.max(information);
    }
    (sums.0 / sums.1, highest - lowest, largest)
}
