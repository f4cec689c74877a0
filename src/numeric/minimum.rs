//! The minimum of a function of one variable.

use super::NumericError;

const TASK: &str = "minimise";
const MAX_ITERATIONS: usize = 500;
/// (3 − √5)/2, the golden section.
const GOLDEN: f64 = 0.381_966_011_250_105_1;

/// Where a function is smallest, and how that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimum {
    /// The place.
    pub x: f64,
    /// The value there.
    pub value: f64,
    /// Evaluations after the first.
    pub iterations: usize,
}

/// A local minimum of `f` inside `(lo, hi)` by Brent's method (Brent 1973, chapter 5), to `tol`
/// relative to `|x|` plus `tol²` of the interval. No more than √ε ≈ 1.5e-8 can be asked of `x`
/// because `f` is flat there. `f` may return ∞ near an end where it is not
/// defined.
///
/// # Errors
/// [`NumericError::NotFinite`] when `f` returns NaN.
///
/// ```
/// use resorb::numeric::minimum;
/// let m = minimum::brent(|x| (x - 1.0).powi(2) + 3.0, 0.0, 5.0, 1e-8)?;
/// assert!((m.x - 1.0).abs() < 1e-7 && m.value == 3.0);
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn brent(
    mut f: impl FnMut(f64) -> f64,
    lo: f64,
    hi: f64,
    tol: f64,
) -> Result<Minimum, NumericError> {
    let mut value = |x: f64| {
        let value = f(x);
        if value.is_nan() {
            Err(NumericError::NotFinite { task: TASK, value, at: x.to_string() })
        } else {
            Ok(value)
        }
    };
    let (mut a, mut b) = if lo <= hi { (lo, hi) } else { (hi, lo) };
    let floor = tol * tol * (b - a) + f64::MIN_POSITIVE;
    let tol = tol.max(f64::EPSILON.sqrt());
    // x is the best point, w the second best, v the third.
    let mut x = a + GOLDEN * (b - a);
    let mut fx = value(x)?;
    let (mut w, mut fw, mut v, mut fv) = (x, fx, x, fx);
    let (mut step, mut last) = (0.0_f64, 0.0_f64);
    for iterations in 0..MAX_ITERATIONS {
        let middle = 0.5 * (a + b);
        let near = tol * x.abs() + floor;
        if (x - middle).abs() <= 2.0 * near - 0.5 * (b - a) {
            return Ok(Minimum { x, value: fx, iterations });
        }
        let section = if x < middle { b - x } else { a - x };
        match parabola([x, w, v], [fx, fw, fv]) {
            Some(s)
                if last.abs() > near && s.abs() < 0.5 * last.abs() && a < x + s && x + s < b =>
            {
                (last, step) = (step, s);
                let u = x + step;
                if u - a < 2.0 * near || b - u < 2.0 * near {
                    step = near.copysign(middle - x);
                }
            }
            _ => (last, step) = (section, GOLDEN * section),
        }
        let u = x + if step.abs() >= near { step } else { near.copysign(step) };
        let fu = value(u)?;
        if fu <= fx {
            if u < x {
                b = x;
            } else {
                a = x;
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                a = u;
            } else {
                b = u;
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    Err(NumericError::NotConverged { task: TASK, iterations: MAX_ITERATIONS })
}

/// The step from x to the vertex of the parabola through three points, if it has one.
fn parabola([x, w, v]: [f64; 3], [fx, fw, fv]: [f64; 3]) -> Option<f64> {
    let r = (x - w) * (fx - fv);
    let q = (x - v) * (fx - fw);
    let step = 0.5 * ((x - w) * r - (x - v) * q) / (q - r);
    step.is_finite().then_some(step)
}
