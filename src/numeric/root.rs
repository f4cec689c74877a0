//! Roots of a function of one variable, between two points where its signs differ.

use super::NumericError;

const TASK: &str = "find a root";
const MAX_ITERATIONS: usize = 500;
/// Doublings in the search for a bracket: from 1e-16 to 1e292.
const MAX_DOUBLINGS: usize = 1024;

/// The root of `f` between `lo` and `hi` by Brent's method (Brent 1973, chapter 4), to `rel_tol`
/// relative (at best 4 ε; for a root at 0, 1e-31 of the interval).
///
/// `f` may return ±∞ (only the sign counts then). An end that is a root is returned as it is.
///
/// # Errors
/// [`NumericError::NoBracket`] when both ends have the same sign, [`NumericError::NotFinite`] when
/// `f` returns NaN.
///
/// ```
/// use resorb::numeric::root;
/// let x = root::brent(|x| x * x - 2.0, 0.0, 2.0, 1e-15)?;
/// assert!((x - 2_f64.sqrt()).abs() < 1e-15);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn brent(
    mut f: impl FnMut(f64) -> f64,
    lo: f64,
    hi: f64,
    rel_tol: f64,
) -> Result<f64, NumericError> {
    let mut value = |x: f64| checked(f(x), x);
    let (mut a, mut b) = (lo, hi);
    let (mut fa, mut fb) = (value(a)?, value(b)?);
    if fa == 0.0 {
        return Ok(a);
    }
    if fb == 0.0 {
        return Ok(b);
    }
    if (fa > 0.0) == (fb > 0.0) {
        return Err(NumericError::NoBracket { lo, hi, f_lo: fa, f_hi: fb });
    }
    // b is the best point, a the one before, c the other end of the bracket.
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut last = step;
    let floor = f64::EPSILON * f64::EPSILON * (hi - lo).abs();
    for _ in 0..MAX_ITERATIONS {
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let tol = (0.5 * rel_tol.max(4.0 * f64::EPSILON) * b.abs()).max(floor);
        let half = 0.5 * (c - b);
        if half.abs() <= tol || fb == 0.0 {
            return Ok(b);
        }
        let interpolated = interpolate([a, b, c], [fa, fb, fc]);
        match interpolated {
            Some(s) if last.abs() >= tol && fa.abs() > fb.abs() => {
                let limit = (1.5 * half.abs() - 0.5 * tol).min(0.5 * last.abs());
                let towards = s * half.signum();
                (last, step) =
                    if towards > 0.0 && towards < limit { (step, s) } else { (half, half) };
            }
            _ => (last, step) = (half, half),
        }
        (a, fa) = (b, fb);
        b += if step.abs() > tol { step } else { tol.copysign(half) };
        fb = value(b)?;
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            step = b - a;
            last = step;
        }
    }
    Err(NumericError::NotConverged { task: TASK, iterations: MAX_ITERATIONS })
}

/// The step from b by inverse quadratic interpolation, or the secant where two points coincide.
fn interpolate([a, b, c]: [f64; 3], [fa, fb, fc]: [f64; 3]) -> Option<f64> {
    let s = fb / fa;
    let (p, q) = if a == c {
        ((c - b) * s, 1.0 - s)
    } else {
        let (t, r) = (fa / fc, fb / fc);
        (s * ((c - b) * t * (t - r) - (b - a) * (r - 1.0)), (t - 1.0) * (r - 1.0) * (s - 1.0))
    };
    let step = if a == c { p / q } else { -p / q };
    step.is_finite().then_some(step)
}

/// Two points, the first `lo` or a later one, between which `f` changes sign: `hi` moves up from
/// `lo + step` in doubling steps.
///
/// # Errors
/// [`NumericError::NoBracket`] when no change of sign is found up to the largest f64,
/// [`NumericError::NotFinite`] when `f` returns NaN.
///
/// ```
/// use resorb::numeric::root;
/// let (lo, hi) = root::bracket_upwards(|x| x - 1000.0, 0.0, 1.0)?;
/// assert!(lo <= 1000.0 && 1000.0 <= hi);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn bracket_upwards(
    mut f: impl FnMut(f64) -> f64,
    lo: f64,
    step: f64,
) -> Result<(f64, f64), NumericError> {
    let mut value = |x: f64| checked(f(x), x);
    let f_lo = value(lo)?;
    let (mut from, mut f_from, mut step) = (lo, f_lo, step);
    for _ in 0..MAX_DOUBLINGS {
        let to = from + step;
        if to == f64::INFINITY {
            break;
        }
        let f_to = value(to)?;
        if f_from == 0.0 || f_to == 0.0 || (f_from > 0.0) != (f_to > 0.0) {
            return Ok((from, to));
        }
        (from, f_from) = (to, f_to);
        step *= 2.0;
    }
    Err(NumericError::NoBracket { lo, hi: from, f_lo, f_hi: f_from })
}

fn checked(value: f64, at: f64) -> Result<f64, NumericError> {
    if value.is_nan() {
        Err(NumericError::NotFinite { task: TASK, value, at: at.to_string() })
    } else {
        Ok(value)
    }
}
