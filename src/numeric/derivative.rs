//! Derivatives by central differences with Richardson's extrapolation.

use super::NumericError;

const TASK: &str = "differentiate";
/// Halvings of the step; the error after them is of order h⁸.
const LEVELS: usize = 4;
/// The second difference that a step in a log-likelihood should make: large against rounding, small
/// against the distance on which the curvature changes (a step of about a third of a standard error).
const CHANGE: f64 = 0.1;

/// The matrix of second derivatives of `f` at `x`, row-major, `x.len()²` long.
///
/// Made for log-likelihoods: the step in each coordinate is a fraction of the distance over which
/// `f` changes by about one. Relative accuracy about 1e-8 for an `f` good to 1e-15.
///
/// # Errors
/// [`NumericError::NotFinite`] when `f` is not finite near `x`.
///
/// ```
/// use resorb::numeric::derivative;
/// let h = derivative::hessian(|x| x[0] * x[0] * x[1].exp(), &[2.0, 0.0])?;
/// for (ours, exact) in h.iter().zip([2.0, 4.0, 4.0, 4.0]) {
///     assert!((ours - exact).abs() < 1e-7);
/// }
/// # Ok::<(), resorb::numeric::NumericError>(())
/// ```
pub fn hessian(mut f: impl FnMut(&[f64]) -> f64, x: &[f64]) -> Result<Vec<f64>, NumericError> {
    let n = x.len();
    let mut point = x.to_vec();
    let centre = finite(f(x), x)?;
    let mut steps = Vec::with_capacity(n);
    let mut h = vec![0.0; n * n];
    for i in 0..n {
        steps.push(step_for(&mut f, &mut point, x, i, centre));
    }
    for i in 0..n {
        for j in 0..=i {
            let table = (0..LEVELS).map(|level| {
                let scale = 0.5_f64.powi(i32::try_from(level).unwrap_or(0));
                let (hi, hj) = (steps[i] * scale, steps[j] * scale);
                let mut at = |si: f64, sj: f64| {
                    point.copy_from_slice(x);
                    point[i] += si * hi;
                    if i != j {
                        point[j] += sj * hj;
                    }
                    finite(f(&point), &point)
                };
                if i == j {
                    Ok((at(1.0, 0.0)? - 2.0 * centre + at(-1.0, 0.0)?) / (hi * hi))
                } else {
                    let same = at(1.0, 1.0)? + at(-1.0, -1.0)?;
                    let opposite = at(1.0, -1.0)? + at(-1.0, 1.0)?;
                    Ok((same - opposite) / (4.0 * hi * hj))
                }
            });
            let value = richardson(&table.collect::<Result<Vec<_>, _>>()?);
            h[i * n + j] = value;
            h[j * n + i] = value;
        }
    }
    Ok(h)
}

/// The step in coordinate i at which the second difference of `f` is about [`CHANGE`].
fn step_for(
    f: &mut impl FnMut(&[f64]) -> f64,
    point: &mut [f64],
    x: &[f64],
    i: usize,
    centre: f64,
) -> f64 {
    // The rounding of a large f, 1e-16 of it, must stay small against the change.
    let goal = CHANGE.max(1e-7 * centre.abs());
    let mut step = 0.1 * x[i].abs().max(0.1);
    for _ in 0..40 {
        let mut at = |to: f64| {
            point.copy_from_slice(x);
            point[i] = to;
            f(point)
        };
        let change = (at(x[i] + step) - 2.0 * centre + at(x[i] - step)).abs();
        if change <= goal {
            break;
        }
        // Second differences grow with the square; a NaN halves.
        step *= if change.is_finite() { (0.5 * goal / change).sqrt().max(0.1) } else { 0.5 };
    }
    step
}

/// The limit at step 0 of values at steps h, h/2, h/4, …, whose error has even powers.
fn richardson(values: &[f64]) -> f64 {
    let mut row = values.to_vec();
    let mut power = 4.0;
    while row.len() > 1 {
        row = row.windows(2).map(|w| w[1] + (w[1] - w[0]) / (power - 1.0)).collect();
        power *= 4.0;
    }
    row.first().copied().unwrap_or(f64::NAN)
}

fn finite(value: f64, at: &[f64]) -> Result<f64, NumericError> {
    if value.is_finite() {
        return Ok(value);
    }
    let at = at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Err(NumericError::NotFinite { task: TASK, value, at })
}
