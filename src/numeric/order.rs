//! Quantiles of a sample.

/// The `p` quantile of ascending values by linear interpolation (Hyndman and Fan 1996, type 7);
/// NaN for no values.
///
/// ```
/// assert_eq!(resorb::numeric::quantile_of_sorted(&[1.0, 2.0, 4.0], 0.75), 3.0);
/// ```
#[must_use]
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let position = last as f64 * p.clamp(0.0, 1.0);
    let below = position.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ below ≤ last")]
    let index = below as usize;
    match (sorted.get(index), sorted.get(index + 1)) {
        (Some(a), Some(b)) => (b - a).mul_add(position - below, *a),
        (Some(a), None) => *a,
        _ => f64::NAN,
    }
}
