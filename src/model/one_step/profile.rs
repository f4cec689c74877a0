//! Profile-likelihood intervals: all values that the likelihood does not reject.

use super::{
    search::{Maximum, Rung, Search},
    surface::{Effort, Surface},
};

const MAX_NEWTON: usize = 100;
/// A limit is taken when its likelihood is this close to the cut.
const CLOSE: f64 = 1e-10;

/// An interval of the scale, on its logarithmic axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ScaleInterval {
    /// `None`: the interval reaches the model without between-study variance.
    pub(crate) lower: Option<f64>,
    /// `None`: the likelihood rejects no large scale.
    pub(crate) upper: Option<f64>,
}

/// The scales whose profile likelihood lies within `drop` of the maximum (1.92 for 95 %). Where the
/// likelihood has several maxima the outermost crossings count.
pub(crate) fn scale_interval<S: Surface>(
    surface: &S,
    maximum: &Maximum,
    drop: f64,
) -> ScaleInterval {
    let mut search = Search::new(surface);
    let top = maximum.value();
    let cut = top - drop;
    let ladder = surface.ladder();
    let upper = outermost(&mut search, maximum, cut, 1.0)
        .and_then(|start| crossing(&mut search, top, cut, start, (ladder.step, ladder.limit)));
    let lower = if maximum.zero.value >= cut {
        None
    } else {
        let down = (-ladder.step, f64::NEG_INFINITY);
        outermost(&mut search, maximum, cut, -1.0)
            .and_then(|start| crossing(&mut search, top, cut, start, down))
    };
    ScaleInterval { lower, upper }
}

/// The rung furthest out, upwards or downwards, that the likelihood does not reject.
fn outermost<S: Surface>(
    search: &mut Search<'_, S>,
    maximum: &Maximum,
    cut: f64,
    direction: f64,
) -> Option<Rung> {
    let mut candidates: Vec<&Rung> = maximum.rungs.iter().chain(&maximum.inside).collect();
    candidates.sort_by(|a, b| (direction * b.log_scale).total_cmp(&(direction * a.log_scale)));
    for rung in candidates {
        // Rungs were integrated coarsely: look again before believing one.
        if rung.point.value >= cut - 0.1 {
            let full = search.profile(rung.log_scale, rung);
            if full.point.value >= cut {
                return Some(full);
            }
        }
    }
    // All rungs are rejected, so the maximum is at the boundary and the limit below the ladder.
    let mut rung = *maximum.rungs.first()?;
    for _ in 0..MAX_NEWTON {
        rung = search.profile(rung.log_scale - 2.0, &rung);
        if rung.point.value >= cut {
            return Some(rung);
        }
    }
    None
}

/// Where the profile falls through `cut`, going out from `inside` by `step` up to `end`.
///
/// Newton's method works on the signed root of the likelihood lost, which is nearly linear where the
/// likelihood itself is nearly quadratic.
fn crossing<S: Surface>(
    search: &mut Search<'_, S>,
    top: f64,
    cut: f64,
    inside: Rung,
    (step, end): (f64, f64),
) -> Option<f64> {
    let (mut inner, mut outer) = (inside.log_scale, None);
    let mut rung = inside;
    for _ in 0..MAX_NEWTON {
        let (lost, allowed) = (top - rung.point.value, top - cut);
        let newton = rung.log_scale
            + 2.0 * (lost - (lost * allowed).max(0.0).sqrt()) / rung.point.profile_slope();
        #[expect(clippy::single_match_else, reason = "two cases of one bracket")]
        let next = match outer {
            Some(outer) => {
                let (lo, hi) = ordered(inner, outer);
                if newton > lo && newton < hi { newton } else { 0.5 * (lo + hi) }
            }
            // Nothing outside is known yet: outwards by Newton's step, but not too far.
            None => {
                let ahead = (newton - rung.log_scale) / step;
                rung.log_scale + step * if ahead > 0.0 { ahead.min(3.0) } else { 1.0 }
            }
        };
        if (next - end) * step > 0.0 {
            return None;
        }
        if next == inner || Some(next) == outer {
            break;
        }
        rung = search.profile(next, &rung);
        let excess = rung.point.value - cut;
        if excess.abs() < CLOSE {
            break;
        }
        if excess >= 0.0 {
            inner = rung.log_scale;
        } else {
            outer = Some(rung.log_scale);
        }
    }
    Some(rung.log_scale)
}

/// The locations whose profile likelihood over the scale lies within `drop` of the maximum; a limit
/// is `None` where the likelihood rejects no location on that side.
pub(crate) fn location_interval<S: Surface>(
    surface: &S,
    maximum: &Maximum,
    drop: f64,
) -> (Option<f64>, Option<f64>) {
    let mut search = Search::new(surface);
    let cut = maximum.value() - drop;
    let se = maximum.covariance()[0].sqrt();
    let mut side = |direction: f64| {
        let mut inside = maximum.location();
        let mut step = direction * se * (2.0 * drop).sqrt();
        let mut tries = 0;
        let mut outside = loop {
            let place = inside + step;
            tries += 1;
            if tries > 40 || !place.is_finite() {
                return None;
            }
            if over_scale(&mut search, maximum, place).0 < cut {
                break place;
            }
            inside = place;
            step *= 2.0;
        };
        let mut place = outside;
        for _ in 0..MAX_NEWTON {
            let (value, slope) = over_scale(&mut search, maximum, place);
            let excess = value - cut;
            if excess.abs() < CLOSE {
                break;
            }
            if excess >= 0.0 {
                inside = place;
            } else {
                outside = place;
            }
            let (lo, hi) = ordered(inside, outside);
            let newton = place - excess / slope;
            let next = if newton > lo && newton < hi { newton } else { 0.5 * (lo + hi) };
            if next <= lo || next >= hi {
                break;
            }
            place = next;
        }
        Some(place)
    };
    (side(-1.0), side(1.0))
}

/// The largest likelihood over the scale at one location, and its slope in the location.
fn over_scale<S: Surface>(
    search: &mut Search<'_, S>,
    maximum: &Maximum,
    location: f64,
) -> (f64, f64) {
    let ladder = search.surface().ladder();
    let at_zero = search.surface().at_zero(location);
    // The best rung of the ladder, which goes on upwards as long as the likelihood rises.
    let mut scales: Vec<f64> = maximum.rungs.iter().map(|rung| rung.log_scale).collect();
    let mut best = (f64::NEG_INFINITY, ladder.first);
    let mut i = 0;
    while let Some(&scale) = scales.get(i) {
        let value = search.at(location, scale, Effort::Scan).value;
        if value > best.0 {
            best = (value, scale);
            let next = scale + ladder.step;
            if i + 1 == scales.len() && next < ladder.limit {
                scales.push(next);
            }
        }
        i += 1;
    }
    let (mut lo, mut hi) = (best.1 - ladder.step, best.1 + ladder.step);
    let mut scale = best.1;
    let mut point = search.at(location, scale, Effort::Full);
    for _ in 0..MAX_NEWTON {
        let (slope, curvature) = (point.score[1], point.hessian[2]);
        if slope == 0.0 || (curvature < 0.0 && slope * slope / -curvature < 1e-13) {
            break;
        }
        if slope > 0.0 {
            lo = scale;
        } else {
            hi = scale;
        }
        let newton = scale - slope / curvature;
        let next =
            if curvature < 0.0 && newton > lo && newton < hi { newton } else { 0.5 * (lo + hi) };
        if hi - lo < 1e-12 || next == scale {
            break;
        }
        scale = next;
        point = search.at(location, scale, Effort::Full);
    }
    if at_zero.0 >= point.value { at_zero } else { (point.value, point.score[0]) }
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    if a <= b { (a, b) } else { (b, a) }
}

/// The largest likelihood over the scale at one location.
pub(crate) fn profile_location<S: Surface>(surface: &S, maximum: &Maximum, location: f64) -> f64 {
    over_scale(&mut Search::new(surface), maximum, location).0
}

/// Profile values over the location at any scale, each started from the one before.
pub(crate) struct ProfileSearch<'a, S> {
    search: Search<'a, S>,
    last: Option<Rung>,
}

impl<'a, S: Surface> ProfileSearch<'a, S> {
    pub(crate) fn new(surface: &'a S, maximum: &Maximum) -> Self {
        let last = maximum.inside.or_else(|| maximum.rungs.first().copied());
        Self { search: Search::new(surface), last }
    }

    pub(crate) fn value(&mut self, log_scale: f64) -> f64 {
        let Some(last) = self.last else { return f64::NAN };
        let rung = self.search.profile(log_scale, &last);
        self.last = Some(rung);
        rung.point.value
    }
}
