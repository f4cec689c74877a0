//! Profile-likelihood intervals: all values that the likelihood does not reject.

use super::{
    search::{Maximum, Rung, Search},
    surface::{Effort, Surface},
};

const MAX_NEWTON: usize = 100;
/// A limit is taken when its likelihood is this close to the cut.
const CLOSE: f64 = 1e-11;

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
    let cut = maximum.value() - drop;
    let ladder = surface.ladder();
    let upper = outermost(&mut search, maximum, cut, 1.0)
        .and_then(|start| crossing(&mut search, start, cut, ladder.step, ladder.limit));
    let lower = if maximum.zero.value >= cut {
        None
    } else {
        outermost(&mut search, maximum, cut, -1.0)
            .and_then(|start| crossing(&mut search, start, cut, -ladder.step, f64::NEG_INFINITY))
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
fn crossing<S: Surface>(
    search: &mut Search<'_, S>,
    inside: Rung,
    cut: f64,
    step: f64,
    end: f64,
) -> Option<f64> {
    let mut inside = inside;
    let mut outside = loop {
        let next = inside.log_scale + step;
        if (next - end) * step > 0.0 {
            return None;
        }
        let rung = search.profile(next, &inside);
        if rung.point.value < cut {
            break rung;
        }
        inside = rung;
    };
    let mut rung = outside;
    for _ in 0..MAX_NEWTON {
        let excess = rung.point.value - cut;
        if excess.abs() < CLOSE {
            break;
        }
        if excess >= 0.0 {
            inside = rung;
        } else {
            outside = rung;
        }
        let (lo, hi) = ordered(inside.log_scale, outside.log_scale);
        let newton = rung.log_scale - excess / rung.point.profile_slope();
        let next = if newton > lo && newton < hi { newton } else { 0.5 * (lo + hi) };
        if next <= lo || next >= hi {
            break;
        }
        rung = search.profile(next, &rung);
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
