//! The smooth outline of how places are spread along a line.

/// Places with heights.
pub(super) type Ridge = Vec<(f64, f64)>;

/// Cells along the line.
const CELLS: usize = 160;

/// The density of places between two ends, as a Gaussian kernel over counts in narrow cells gives it,
/// in shares of `all` places; empty without a place. What would lie beyond an end is turned back, so
/// that the whole area is between them.
pub(super) fn ridge(places: &[f64], (from, to): (f64, f64), all: f64) -> Ridge {
    let k = places.len() as f64;
    if places.is_empty() || to <= from || all <= 0.0 {
        return Vec::new();
    }
    let cell = (to - from) / CELLS as f64;
    let mut counts = vec![0.0f64; CELLS];
    for place in places {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = (((place - from) / cell).floor().max(0.0) as usize).min(CELLS - 1);
        if let Some(count) = counts.get_mut(at) {
            *count += 1.0;
        }
    }
    let mean = places.iter().sum::<f64>() / k;
    let spread = (places.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / k).sqrt();
    // Silverman 1986, no narrower than the cells can show.
    let width = (0.9 * spread * k.powf(-0.2)).max(1.5 * cell);
    let middle = |i: usize| (i as f64 + 0.5).mul_add(cell, from);
    let kernel = |x: f64| (-0.5 * (x / width).powi(2)).exp();
    let full = k / all / (k * width * std::f64::consts::TAU.sqrt());
    (0..CELLS)
        .map(|i| {
            let x = middle(i);
            let height: f64 = counts
                .iter()
                .enumerate()
                .filter(|(_, count)| **count > 0.0)
                .map(|(j, count)| {
                    let y = middle(j);
                    let mirrored =
                        kernel(x - y) + kernel(x + y - 2.0 * from) + kernel(x + y - 2.0 * to);
                    count * mirrored
                })
                .sum();
            (x, full * height)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_the_share_of_the_places() {
        let places: Vec<f64> = (0..300).map(|i| 10.0 + f64::from(i * 7 % 100) * 0.4).collect();
        let curve = ridge(&places, (0.0, 100.0), 600.0);
        let area: f64 = curve.iter().map(|point| point.1).sum::<f64>() * 100.0 / 160.0;
        assert!((area - 0.5).abs() < 5e-3, "{area}");
        // At an end, too.
        let curve = ridge(&[0.0; 50], (0.0, 100.0), 50.0);
        let area: f64 = curve.iter().map(|point| point.1).sum::<f64>() * 100.0 / 160.0;
        assert!((area - 1.0).abs() < 5e-3, "{area}");
        assert!(ridge(&[], (0.0, 1.0), 1.0).is_empty());
    }
}
