//! The maximum of a [`Surface`]: along the scale by a ladder, in the location by Newton's method.

use super::surface::{Effort, Ladder, Point, Surface, Zero};
use crate::numeric::NumericError;

/// Newton's method ends when the likelihood it still promises is below this: a location to 1e-10 of
/// its standard error.
const FULL: f64 = 1e-20;
/// Enough for a profile value, to which the promised gain is added: what is left is of third order.
const PROFILE: f64 = 1e-8;
const SCAN: f64 = 1e-2;
const MAX_STEPS: usize = 200;
/// Steps below the ladder after which the arithmetic sees no maximum apart from the boundary.
const RUNGS_BELOW: u8 = 24;

/// The best location at one scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rung {
    pub(crate) log_scale: f64,
    pub(crate) location: f64,
    pub(crate) point: Point,
}

/// Where a likelihood is largest, and how that was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Maximum {
    /// The model without between-study variance.
    pub(crate) zero: Zero,
    /// The maximum inside; `None` when no between-study variance fits at least as well.
    pub(crate) inside: Option<Rung>,
    /// The scales looked at, upwards.
    pub(crate) rungs: Vec<Rung>,
    /// Local maxima along the scale, with the boundary.
    pub(crate) modes: usize,
    /// Evaluations of the likelihood.
    pub(crate) evaluations: usize,
    /// Whether the stopping rules were met.
    pub(crate) converged: bool,
}

impl Maximum {
    /// The largest log-likelihood.
    pub(crate) fn value(&self) -> f64 {
        self.inside.map_or(self.zero.value, |rung| rung.point.value)
    }

    /// The location of the maximum.
    pub(crate) fn location(&self) -> f64 {
        self.inside.map_or(self.zero.location, |rung| rung.location)
    }

    /// Covariance of location and log scale from the full observed information.
    ///
    /// At the boundary, where the scale has no information, the location's variance stands alone.
    pub(crate) fn covariance(&self) -> [f64; 3] {
        let Some(rung) = self.inside else { return [self.zero.information.recip(), 0.0, 0.0] };
        let [aa, al, ll] = rung.point.hessian;
        let curvature = rung.point.profile_curvature();
        if curvature < 0.0 {
            // Inverse of a 2 × 2 matrix by its Schur complement.
            let slope = al / aa;
            [-(1.0 / aa + slope * slope / curvature), slope / curvature, -1.0 / curvature]
        } else {
            [-1.0 / aa.min(-f64::MIN_POSITIVE), 0.0, if ll < 0.0 { -1.0 / ll } else { 0.0 }]
        }
    }
}

/// Evaluates a surface and counts.
pub(crate) struct Search<'a, S> {
    surface: &'a S,
    pub(crate) evaluations: usize,
    pub(crate) converged: bool,
}

impl<'a, S: Surface> Search<'a, S> {
    pub(crate) fn new(surface: &'a S) -> Self {
        Self { surface, evaluations: 0, converged: true }
    }

    pub(crate) fn surface(&self) -> &S {
        self.surface
    }

    pub(crate) fn at(&mut self, location: f64, log_scale: f64, effort: Effort) -> Point {
        self.evaluations += 1;
        let point = self.surface.at(location, log_scale, effort);
        self.converged &= point.settled;
        point
    }

    /// The single maximum in the location at a scale: Newton steps, held inside the bracket that the
    /// signs of the score give.
    fn location(&mut self, log_scale: f64, start: f64, effort: Effort, tolerance: f64) -> Rung {
        let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut a = start;
        let mut reach = 1.0;
        let mut point = self.at(a, log_scale, effort);
        for _ in 0..MAX_STEPS {
            let (score, curvature) = (point.score[0], point.hessian[0]);
            let promised = score * score / curvature.abs();
            if score == 0.0 || (curvature < 0.0 && promised < tolerance) {
                return Rung { log_scale, location: a, point };
            }
            if score > 0.0 {
                lo = a;
            } else {
                hi = a;
            }
            let newton = a - score / curvature;
            if curvature < 0.0 && newton == a {
                return Rung { log_scale, location: a, point };
            }
            let next = if curvature < 0.0 && newton > lo && newton < hi {
                newton
            } else if lo.is_finite() && hi.is_finite() {
                0.5 * (lo + hi)
            } else {
                reach *= 2.0;
                a + reach * score.signum()
            };
            // A Newton step beyond anything plausible comes from a flat place.
            let most = 16.0 * (1.0 + a.abs());
            let next = if (next - a).abs() > most { a + most * score.signum() } else { next };
            if next == a || (hi - lo).abs() <= f64::EPSILON * a.abs() {
                return Rung { log_scale, location: a, point };
            }
            a = next;
            point = self.at(a, log_scale, effort);
        }
        self.converged = false;
        Rung { log_scale, location: a, point }
    }

    /// The profile at a scale, starting from a neighbour.
    pub(crate) fn profile(&mut self, log_scale: f64, from: &Rung) -> Rung {
        let start = predicted(from, log_scale);
        let mut rung = self.location(log_scale, start, Effort::Full, PROFILE);
        let [score, _] = rung.point.score;
        if rung.point.hessian[0] < 0.0 {
            rung.point.value -= 0.5 * score * score / rung.point.hessian[0];
        }
        rung
    }

    /// Rungs of the ladder, from the lowest until the likelihood falls for good.
    fn climb(&mut self, zero: &Zero) -> Result<Vec<Rung>, NumericError> {
        let ladder = self.surface.ladder();
        let mut rungs: Vec<Rung> = Vec::new();
        let mut log_scale = ladder.first;
        let mut start = zero.location;
        loop {
            let rung = self.location(log_scale, start, Effort::Scan, SCAN);
            let falling = rung.point.profile_slope() < 0.0;
            let before = rungs.last().is_none_or(|last| last.point.profile_slope() < 0.0);
            rungs.push(rung);
            if falling && before && log_scale >= ladder.last {
                return Ok(rungs);
            }
            if log_scale > ladder.limit {
                return Err(NumericError::NotConverged {
                    task: "find the between-study variance of largest likelihood",
                    iterations: rungs.len(),
                });
            }
            log_scale += ladder.step;
            start = predicted(&rung, log_scale);
        }
    }

    /// The maximum between a rung where the profile rises and one where it falls; `None` when a closer
    /// look shows it to fall from the boundary on.
    fn refine(&mut self, rising: f64, falling: &Rung) -> Option<Rung> {
        let Ladder { first, step, .. } = self.surface.ladder();
        let (mut lo, mut hi) = (rising - step, falling.log_scale + step);
        // Rungs were integrated coarsely: an end of the bracket holds once it was seen with care, and
        // moves outwards until then.
        let (mut rose, mut fell) = (false, false);
        let mut rung = self.profile(0.5 * (lo + hi), falling);
        for _ in 0..MAX_STEPS {
            let (slope, curvature) = (rung.point.profile_slope(), rung.point.profile_curvature());
            if slope == 0.0 || (curvature < 0.0 && slope * slope / -curvature < FULL) {
                break;
            }
            if slope > 0.0 {
                (lo, rose) = (rung.log_scale, true);
                hi = if fell { hi } else { hi.max(lo + step) };
            } else {
                (hi, fell) = (rung.log_scale, true);
                lo = if rose { lo } else { lo.min(hi - step) };
            }
            if lo < first - f64::from(RUNGS_BELOW) * step {
                return None;
            }
            let newton = rung.log_scale - slope / curvature;
            let next = if curvature < 0.0 && newton > lo && newton < hi {
                newton
            } else {
                0.5 * (lo + hi)
            };
            if hi - lo <= 4.0 * f64::EPSILON * hi.abs().max(1.0) || next == rung.log_scale {
                break;
            }
            rung = self.profile(next, &rung);
        }
        let rung = self.location(rung.log_scale, rung.location, Effort::Full, FULL);
        let left = rung.point.profile_slope().powi(2) / rung.point.profile_curvature().abs();
        self.converged &= rung.point.profile_curvature() < 0.0 && left < 1e-9;
        Some(rung)
    }

    /// A scale below the ladder at which the profile still rises, if the arithmetic can see one.
    fn rising_below(&mut self, first: &Rung) -> Option<f64> {
        let step = self.surface.ladder().step;
        let mut rung = *first;
        for _ in 0..RUNGS_BELOW {
            rung = self.profile(rung.log_scale - step, &rung);
            if rung.point.profile_slope() > 0.0 {
                return Some(rung.log_scale);
            }
        }
        None
    }
}

/// Where the best location moves to when the scale does, to first order.
fn predicted(from: &Rung, log_scale: f64) -> f64 {
    let [aa, al, _] = from.point.hessian;
    if aa >= 0.0 {
        return from.location;
    }
    let move_by = -(from.point.score[0] + al * (log_scale - from.log_scale)) / aa;
    let most = 2.0 + from.location.abs();
    from.location + move_by.max(-most).min(most)
}

/// The global maximum of `surface`.
///
/// # Errors
/// [`NumericError::NotConverged`] when the likelihood rises to the end of the ladder.
pub(crate) fn maximise<S: Surface>(surface: &S) -> Result<Maximum, NumericError> {
    let mut search = Search::new(surface);
    let zero = surface.zero();
    let rungs = search.climb(&zero)?;
    let mut tops = Vec::new();
    let mut inside: Option<Rung> = None;
    let mut below: Option<Rung> = None;
    for rung in &rungs {
        let falls = rung.point.profile_slope() <= 0.0;
        let rising = match &below {
            None if falls && zero.slope > 0.0 => search.rising_below(rung),
            Some(last) if falls && last.point.profile_slope() > 0.0 => Some(last.log_scale),
            _ => None,
        };
        if let Some(top) = rising.and_then(|rising| search.refine(rising, rung)) {
            let seen = tops.iter().any(|seen: &f64| (seen - top.log_scale).abs() < 1e-6);
            if !seen {
                tops.push(top.log_scale);
            }
            if inside.is_none_or(|best| top.point.value > best.point.value) {
                inside = Some(top);
            }
        }
        below = Some(*rung);
    }
    let modes = tops.len() + usize::from(zero.slope <= 0.0);
    let inside = inside.filter(|best| best.point.value > zero.value);
    Ok(Maximum {
        zero,
        inside,
        rungs,
        modes: modes.max(1),
        evaluations: search.evaluations,
        converged: search.converged,
    })
}

/// Rungs up to the end of the ladder, for a likelihood that rises as long as the scale does.
pub(crate) fn rungs_to_the_end<S: Surface>(surface: &S) -> Vec<Rung> {
    let mut search = Search::new(surface);
    let ladder = surface.ladder();
    let mut rungs: Vec<Rung> = Vec::new();
    let mut log_scale = ladder.first;
    while log_scale < ladder.limit {
        let start = rungs.last().map_or(surface.zero().location, |last| predicted(last, log_scale));
        rungs.push(search.location(log_scale, start, Effort::Full, FULL));
        log_scale += ladder.step;
    }
    let start = rungs.last().map_or(surface.zero().location, |last| last.location);
    rungs.push(search.location(ladder.limit, start, Effort::Full, FULL));
    rungs
}
