//! Minimisation in a few dimensions with the gradient: BFGS with a safeguarded line search
//! (Nocedal and Wright 2006, algorithms 6.1 and 3.5).

use super::NumericError;

const TASK: &str = "minimise";
/// Armijo's and Wolfe's constants.
const DECREASE: f64 = 1e-4;
const CURVATURE: f64 = 0.9;
const LINE_STEPS: usize = 60;
/// Relative rounding of f that the search tolerates.
const ROUNDING: f64 = 1e-14;

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Converged when every `|gᵢ| max(|xᵢ|, 1) ≤ gradient_tolerance · max(|f|, 1)`.
    pub gradient_tolerance: f64,
    /// Error after this many line searches.
    pub max_iterations: usize,
    /// The largest step in any coordinate in one iteration.
    pub max_step: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { gradient_tolerance: 1e-9, max_iterations: 500, max_step: 5.0 }
    }
}

/// A minimum, and how it was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimum {
    /// The place.
    pub x: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// The gradient there.
    pub gradient: Vec<f64>,
    /// Line searches made.
    pub iterations: usize,
    /// Whether the gradient test holds; false when rounding stopped the search before it did.
    pub converged: bool,
}

/// A local minimum of `f`, which returns the value and the gradient (to maximise, negate both).
///
/// `f` may return ∞ or NaN away from the start: the step is shortened.
///
/// # Errors
/// [`NumericError::NotFinite`] when the value or gradient at the start is not finite,
/// [`NumericError::NotConverged`] after `max_iterations`.
///
/// ```
/// use resorb::numeric::quasi_newton::{Options, bfgs};
/// // Rosenbrock's valley.
/// let f = |x: &[f64]| {
///     let (u, v) = (1.0 - x[0], x[1] - x[0] * x[0]);
///     (u * u + 100.0 * v * v, vec![-2.0 * u - 400.0 * x[0] * v, 200.0 * v])
/// };
/// let best = bfgs(f, &[-1.2, 1.0], Options::default())?;
/// assert!(best.converged && (best.x[0] - 1.0).abs() < 1e-7);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn bfgs(
    mut f: impl FnMut(&[f64]) -> (f64, Vec<f64>),
    start: &[f64],
    options: Options,
) -> Result<Optimum, NumericError> {
    let n = start.len();
    let mut here = Point::at(&mut f, start.to_vec());
    if !here.is_finite() || here.g.len() != n {
        let at = start.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(NumericError::NotFinite { task: TASK, value: here.f, at });
    }
    let mut inverse = Inverse::identity(n);
    for iterations in 0..options.max_iterations {
        if here.is_flat(options.gradient_tolerance) {
            return Ok(here.into_optimum(iterations, true));
        }
        let mut direction = inverse.descent(&here.g);
        if dot(&direction, &here.g) >= 0.0 {
            inverse = Inverse::identity(n);
            direction = inverse.descent(&here.g);
        }
        let longest = direction.iter().fold(0.0, |m, d| f64::max(m, d.abs()));
        let limit = options.max_step / longest;
        // Before the curvature is known a unit step along the gradient can be any size.
        let first = if inverse.fresh { limit.min(1.0 / longest).min(1.0) } else { limit.min(1.0) };
        let Some(next) = line_search(&mut f, &here, &direction, first, limit) else {
            if inverse.fresh {
                // Not even the gradient direction improves: rounding has the last word.
                let converged = here.is_flat(options.gradient_tolerance.sqrt());
                return Ok(here.into_optimum(iterations, converged));
            }
            inverse = Inverse::identity(n);
            continue;
        };
        inverse.update(&difference(&next.x, &here.x), &difference(&next.g, &here.g));
        here = next;
    }
    Err(NumericError::NotConverged { task: TASK, iterations: options.max_iterations })
}

struct Point {
    x: Vec<f64>,
    f: f64,
    g: Vec<f64>,
}

impl Point {
    fn at(f: &mut impl FnMut(&[f64]) -> (f64, Vec<f64>), x: Vec<f64>) -> Self {
        let (value, g) = f(&x);
        Self { x, f: value, g }
    }

    fn is_finite(&self) -> bool {
        self.f.is_finite() && self.g.iter().all(|g| g.is_finite())
    }

    fn is_flat(&self, tolerance: f64) -> bool {
        let scale = tolerance * self.f.abs().max(1.0);
        self.x.iter().zip(&self.g).all(|(x, g)| g.abs() * x.abs().max(1.0) <= scale)
    }

    fn into_optimum(self, iterations: usize, converged: bool) -> Optimum {
        Optimum { x: self.x, value: self.f, gradient: self.g, iterations, converged }
    }
}

/// A point that satisfies the strong Wolfe conditions, or the best that decreases enough; `None`
/// when no step decreases f.
fn line_search(
    f: &mut impl FnMut(&[f64]) -> (f64, Vec<f64>),
    here: &Point,
    direction: &[f64],
    first: f64,
    limit: f64,
) -> Option<Point> {
    let slope = dot(direction, &here.g);
    // The best step so far with its value and slope; the minimum lies between it and `far`.
    let (mut near, mut near_f, mut near_slope) = (0.0, here.f, slope);
    let mut far: Option<(f64, f64)> = None;
    let mut best = None;
    let mut step = first;
    for _ in 0..LINE_STEPS {
        let x: Vec<f64> = here.x.iter().zip(direction).map(|(x, d)| x + step * d).collect();
        if x == here.x {
            break;
        }
        let point = Point::at(f, x);
        let slope_there = dot(direction, &point.g);
        let flatter = slope_there.abs() <= -CURVATURE * slope;
        // Where f changes by no more than its rounding, the slope alone decides (Hager and Zhang 2005).
        if point.is_finite() && flatter && point.f <= here.f + ROUNDING * here.f.abs().max(1.0) {
            return Some(point);
        }
        let enough = point.f <= here.f + DECREASE * step * slope && point.f < near_f;
        if point.is_finite() && enough {
            if slope_there * far.map_or(1.0, |(to, _)| to - step) >= 0.0 {
                far = Some((near, near_f));
            }
            (near, near_f, near_slope) = (step, point.f, slope_there);
            best = Some(point);
        } else {
            far = Some((step, point.f));
        }
        step = match far {
            Some((to, to_f)) => between(near, near_f, near_slope, to, to_f),
            None if near < limit => (2.0 * near).min(limit),
            None => break,
        };
    }
    best
}

/// The minimum of the parabola through (near, f, slope) and (far, f), kept off the ends.
fn between(near: f64, near_f: f64, slope: f64, far: f64, far_f: f64) -> f64 {
    let width = far - near;
    let share = -0.5 * slope * width / (far_f - near_f - slope * width);
    near + width * if share.is_finite() { share.clamp(0.1, 0.9) } else { 0.1 }
}

/// The approximation of the inverse Hessian.
struct Inverse {
    rows: Vec<Vec<f64>>,
    fresh: bool,
}

impl Inverse {
    fn identity(n: usize) -> Self {
        let rows = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        Self { rows, fresh: true }
    }

    fn times(&self, v: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| dot(row, v)).collect()
    }

    fn descent(&self, gradient: &[f64]) -> Vec<f64> {
        self.times(gradient).iter().map(|v| -v).collect()
    }

    fn update(&mut self, s: &[f64], y: &[f64]) {
        let sy = dot(s, y);
        let yy = dot(y, y);
        // A pair without positive curvature would make the matrix indefinite.
        if sy.is_nan() || sy <= 1e-12 * (dot(s, s) * yy).sqrt() {
            return;
        }
        if self.fresh {
            for (i, row) in self.rows.iter_mut().enumerate() {
                if let Some(d) = row.get_mut(i) {
                    *d = sy / yy;
                }
            }
            self.fresh = false;
        }
        let hy = self.times(y);
        let factor = (1.0 + dot(y, &hy) / sy) / sy;
        for ((row, si), hyi) in self.rows.iter_mut().zip(s).zip(&hy) {
            for ((h, sj), hyj) in row.iter_mut().zip(s).zip(&hy) {
                *h += factor * si * sj - (hyi * sj + si * hyj) / sy;
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
