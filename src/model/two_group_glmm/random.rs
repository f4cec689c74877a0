//! UM.RS: a random intercept of the study beside the random effect of the group, independent of it.

use std::cell::Cell;

use super::{
    arms::{Arms, At, Jet4, above},
    direct::{FULL, concave_maximum, ladder},
    fixed::spread,
};
use crate::model::one_step::{Effort, Ladder, Point, Surface, Zero};

/// A standard deviation of intercepts this small is none.
const FLOOR: f64 = -16.0;
/// The search of the intercepts' mean and spread ends when it promises less than this; what is left is
/// taken off by one more step on paper.
const CLOSE: f64 = 1e-11;
const SCAN: f64 = 1e-4;
/// A search that is left with more than this to gain has not settled.
const LEFT: f64 = 1e-8;
const MAX_STEPS: usize = 100;

/// The log-likelihood of all studies at the best mean and spread of their intercepts.
#[derive(Clone, Debug)]
pub(super) struct Random {
    studies: Vec<Arms>,
    saturated: f64,
    /// The log of a `σ` so small that the likelihood is linear in `σ²` below it.
    small: f64,
    /// Where the last search of `(α, ln σ)` ended, from which the next one starts.
    last: Cell<[f64; 2]>,
}

/// The best intercepts at one `(θ, τ)`.
struct Profile {
    alpha: f64,
    ln_sigma: f64,
    point: Point,
    /// `d ln L/dτ²`, of use at `τ = 0`.
    slope: f64,
}

impl Random {
    /// Studies that have both events and non-events; at least two.
    pub(super) fn new(studies: Vec<Arms>, saturated: f64) -> Self {
        let middles: Vec<f64> =
            studies.iter().map(|s| 0.5 * (s.first.place() + s.second.place())).collect();
        let k = middles.len() as f64;
        let mean = middles.iter().sum::<f64>() / k;
        let variance = middles.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / k;
        let small = ladder(spread(&studies).2, 0.0).first;
        Self { studies, saturated, small, last: Cell::new([mean, 0.5 * variance.max(1e-4).ln()]) }
    }

    /// The studies.
    pub(super) fn studies(&self) -> &[Arms] {
        &self.studies
    }

    /// The variance of the intercepts at `(θ, τ)`.
    pub(super) fn sigma2(&self, theta: f64, tau: f64) -> f64 {
        let best = self.best(theta, (tau > 0.0).then_some(tau), Effort::Full);
        (2.0 * best.ln_sigma).exp()
    }

    /// Each study's information of θ with the other parameters at their best; never negative, because
    /// the integrand is log-concave.
    pub(super) fn information(&self, theta: f64, tau: f64) -> Vec<f64> {
        let tau = (tau > 0.0).then_some(tau);
        let best = self.best(theta, tau, Effort::Full);
        let at = At { alpha: best.alpha, theta, sigma: Some(best.ln_sigma.exp()), tau };
        let of = |study: &Arms| -study.at(&at, Effort::Full).hessian[1][1].min(0.0);
        self.studies.iter().map(of).collect()
    }

    /// All studies together, and `d ln L/dτ²` at `τ = 0`.
    fn total(&self, at: &At, effort: Effort) -> (Jet4, f64) {
        let mut sum =
            Jet4 { value: self.saturated, score: [0.0; 4], hessian: [[0.0; 4]; 4], settled: true };
        let mut slope = 0.0;
        for study in &self.studies {
            let jet = study.at(at, effort);
            sum.value += jet.value;
            sum.settled &= jet.settled;
            slope += 0.5 * (jet.hessian[1][1] + jet.score[1].powi(2));
            for (total, own) in sum.score.iter_mut().zip(jet.score) {
                *total += own;
            }
            for (total, own) in sum.hessian.iter_mut().flatten().zip(jet.hessian.iter().flatten()) {
                *total += own;
            }
        }
        (sum, slope)
    }

    /// The best mean and spread of the intercepts.
    fn best(&self, theta: f64, tau: Option<f64>, effort: Effort) -> Profile {
        let at = |alpha: f64, ln_sigma: f64| {
            self.total(&At { alpha, theta, sigma: Some(ln_sigma.exp()), tau }, effort)
        };
        let tolerance = if effort == Effort::Scan { SCAN } else { CLOSE };
        let ([alpha, ln_sigma], (jet, slope)) = self.climb(at, tolerance);
        self.last.set([alpha, ln_sigma]);
        let left = Step::new(&jet, ln_sigma, self.small);
        let mut point = complement(&jet, ln_sigma);
        point.settled &= effort == Effort::Scan || left.promised < LEFT;
        let left = if left.closes { left } else { Step { ln_sigma: 0.0, ..left } };
        Profile { alpha: alpha + left.alpha, ln_sigma: ln_sigma + left.ln_sigma, point, slope }
    }

    /// The largest log-likelihood with a difference of its own for each study, the intercepts random as
    /// before: what the common difference `theta` is tested against. `None` where no maximum was reached.
    pub(super) fn separate(&self, theta: f64) -> Option<f64> {
        // Uphill from the maximum of the model within it.
        self.best(theta, None, Effort::Full);
        let at = |alpha: f64, ln_sigma: f64| (self.apart(alpha, ln_sigma.exp()), 0.0);
        let ([_, ln_sigma], (jet, _)) = self.climb(at, CLOSE);
        let left = Step::new(&jet, ln_sigma, self.small);
        (jet.settled && left.promised < LEFT).then_some(jet.value)
    }

    /// All studies together, each at its own best difference.
    fn apart(&self, alpha: f64, sigma: f64) -> Jet4 {
        let mut sum =
            Jet4 { value: self.saturated, score: [0.0; 4], hessian: [[0.0; 4]; 4], settled: true };
        for study in &self.studies {
            let at = |theta: f64| {
                study.at(&At { alpha, theta, sigma: Some(sigma), tau: None }, Effort::Full)
            };
            let one = |theta: f64| {
                let jet = at(theta);
                [jet.value, jet.score[1], jet.hessian[1][1]]
            };
            let start = study.difference().0;
            // A difference without end is flat long before: two empty cells against each other.
            let (theta, _) = concave_maximum(one, |here| (here[1], here[2]), (start, CLOSE));
            let jet = at(theta);
            let (left, bend) = (jet.score[1], jet.hessian[1][1]);
            let share = |i: usize| if bend < 0.0 { jet.hessian[i][1] / bend } else { 0.0 };
            sum.value += jet.value - if bend < 0.0 { 0.5 * left * left / bend } else { 0.0 };
            sum.settled &= jet.settled;
            for i in [0, 2] {
                sum.score[i] += jet.score[i] - share(i) * left;
                for j in [0, 2] {
                    sum.hessian[i][j] += jet.hessian[i][j] - share(i) * jet.hessian[1][j];
                }
            }
        }
        sum
    }

    /// The mean and the log spread of the intercepts at which a log-likelihood of all studies is largest, by
    /// Newton's method with halved steps from where the last search ended; and what it is there.
    fn climb(
        &self,
        at: impl Fn(f64, f64) -> (Jet4, f64),
        tolerance: f64,
    ) -> ([f64; 2], (Jet4, f64)) {
        let [mut alpha, mut ln_sigma] = self.last.get();
        let mut here = at(alpha, ln_sigma);
        for _ in 0..MAX_STEPS {
            let step = Step::new(&here.0, ln_sigma, self.small);
            if step.closes && step.promised < tolerance {
                break;
            }
            let mut share = 1.0;
            let mut next = at(alpha + step.alpha, ln_sigma + step.ln_sigma);
            while !above(next.0.value, here.0.value) && share > 1e-6 {
                share *= 0.5;
                next = at(alpha + share * step.alpha, ln_sigma + share * step.ln_sigma);
            }
            if !above(next.0.value, here.0.value) {
                break;
            }
            alpha += share * step.alpha;
            ln_sigma = (ln_sigma + share * step.ln_sigma).max(FLOOR);
            here = next;
        }
        ([alpha, ln_sigma], here)
    }
}

/// A step of Newton's method in `(α, ln σ)`.
struct Step {
    alpha: f64,
    ln_sigma: f64,
    /// What a quadratic likelihood would gain by it.
    promised: f64,
    /// Whether the likelihood bends down, so that it cannot gain much more than promised.
    closes: bool,
}

impl Step {
    fn new(jet: &Jet4, ln_sigma: f64, small: f64) -> Self {
        let (s0, s2) = (jet.score[0], jet.score[2]);
        let (h00, h02, h22) = (jet.hessian[0][0], jet.hessian[0][2], jet.hessian[2][2]);
        let slope = s2 - h02 / h00 * s0;
        let bend = h22 - h02 / h00 * h02;
        let own = s0 * s0 / -h00;
        if ln_sigma <= FLOOR && slope <= 0.0 {
            return Self { alpha: -s0 / h00, ln_sigma: 0.0, promised: own, closes: true };
        }
        let by = if bend < 0.0 {
            (-slope / bend).clamp(-1.5, 1.5)
        } else if slope > 0.0 {
            // Near σ = 0 every likelihood is flat in ln σ, also one that rises in σ²: out of there.
            (small - ln_sigma).max(1.0)
        } else {
            -1.0
        };
        let promised = own + slope * slope / bend.abs().max(f64::MIN_POSITIVE);
        Self { alpha: -(s0 + h02 * by) / h00, ln_sigma: by, promised, closes: bend < 0.0 }
    }
}

/// Value, score and curvature in `(θ, ln τ)` with the intercepts' parameters at their best: Schur's
/// complement, and one more step of those parameters on paper.
fn complement(jet: &Jet4, ln_sigma: f64) -> Point {
    let (s, h) = (&jet.score, &jet.hessian);
    let h00 = h[0][0];
    let bend = h[2][2] - h[0][2] * h[0][2] / h00;
    let free = ln_sigma > FLOOR && bend < 0.0;
    // Eliminated in turn: α, then ln σ.
    let without = |i: usize, j: usize| -> f64 {
        let one = h[i][j] - h[i][0] * h[0][j] / h00;
        if free {
            let (a, b) = (h[i][2] - h[i][0] * h[0][2] / h00, h[2][j] - h[2][0] * h[0][j] / h00);
            one - a * b / bend
        } else {
            one
        }
    };
    let slope = s[2] - h[0][2] / h00 * s[0];
    let score = |i: usize| -> f64 {
        let one = s[i] - h[i][0] / h00 * s[0];
        if free { one - (h[i][2] - h[i][0] * h[0][2] / h00) / bend * slope } else { one }
    };
    let gain = -0.5 * s[0] * s[0] / h00 - if free { 0.5 * slope * slope / bend } else { 0.0 };
    Point {
        value: jet.value + gain,
        score: [score(1), score(3)],
        hessian: [without(1, 1), without(1, 3), without(3, 3)],
        settled: jet.settled,
    }
}

impl Surface for Random {
    fn at(&self, location: f64, log_scale: f64, effort: Effort) -> Point {
        self.best(location, Some(log_scale.exp()), effort).point
    }

    fn zero(&self) -> Zero {
        let f = |theta: f64| {
            let Profile { point, slope, .. } = self.best(theta, None, Effort::Full);
            [point.value, point.score[0], point.hessian[0], slope]
        };
        let start = spread(&self.studies).0;
        let (location, [value, _, bend, slope]) =
            concave_maximum(f, |here| (here[1], here[2]), (start, FULL));
        Zero { location, value, information: -bend, slope }
    }

    fn at_zero(&self, location: f64) -> (f64, f64) {
        let point = self.best(location, None, Effort::Full).point;
        (point.value, point.score[0])
    }

    fn ladder(&self) -> Ladder {
        let (_, reach, information) = spread(&self.studies);
        ladder(information, reach)
    }
}
