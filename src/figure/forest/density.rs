//! The shape of a density from probabilities.

use crate::figure::Axis;

/// Heights of the density over the places of an axis, the highest `most`, from values with the
/// probability to lie below them. The density is that of the place on the axis, so that equal areas
/// are equal probabilities whatever the axis is.
pub(super) fn heights(distribution: &[(f64, f64)], axis: Axis, most: f64) -> Vec<(f64, f64)> {
    let mut curve: Vec<(f64, f64)> = distribution
        .windows(2)
        .filter_map(|pair| {
            let [(x0, p0), (x1, p1)] = *pair else { return None };
            let (from, to) = (axis.clamped(x0), axis.clamped(x1));
            // Of a step across an end, the part inside is as high as the whole.
            let width = axis.beyond(x1) - axis.beyond(x0);
            (to > from).then(|| (0.5 * (from + to), (p1 - p0).max(0.0) / width))
        })
        .collect();
    let highest = curve.iter().map(|point| point.1).fold(0.0, f64::max);
    if highest > 0.0 {
        for point in &mut curve {
            point.1 *= most / highest;
        }
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Spread;

    #[test]
    fn equal_probabilities_over_equal_places_are_equally_high() {
        let axis = Axis::new(Spread::Linear, (0.0, 1.0), (100.0, 200.0)).unwrap();
        let even: Vec<(f64, f64)> =
            (0..=4).map(|i| (0.25 * f64::from(i), 0.25 * f64::from(i))).collect();
        assert_eq!(
            heights(&even, axis, 8.0),
            [(112.5, 8.0), (137.5, 8.0), (162.5, 8.0), (187.5, 8.0)]
        );
        let across: Vec<(f64, f64)> =
            (0..=4).map(|i| (0.5 * f64::from(i) - 0.9, 0.25 * f64::from(i))).collect();
        let flat = heights(&across, axis, 8.0);
        assert_eq!(flat.len(), 3);
        assert!(flat.iter().all(|point| (point.1 - 8.0).abs() < 1e-9), "{flat:?}");
        let uneven = [(0.0, 0.0), (0.5, 0.75), (1.0, 1.0)];
        let curve = heights(&uneven, axis, 9.0);
        assert!((curve[1].1 - 3.0).abs() < 1e-12);
    }
}
