//! The line of growing selection that Carpenter, Rücker and Schwarzer (2009) follow.

use super::{
    contour,
    likelihood::{Likelihood, Studies},
};
use crate::{
    analysis::small_study::line::Line,
    numeric::{normal, parallel, sum},
};

/// Points of the grid along each side.
const GRID: u32 = 20;

/// Changes of the mean below this share of its standard error are none.
const FLAT: f64 = 1e-4;

/// About how many levels of the mean are looked at.
const LEVELS: u32 = 10;

/// The strengths `(γ₀, γ₁)` from weak to strong at which a straight line from the weakest selection of the
/// grid crosses the lines of equal mean, at a right angle to their average direction.
///
/// The grid: `γ₁` from 0 to `1.29/(1/se_min − 1/se_max)`, `γ₀` from `−0.25 − γ₁/se_max` (its largest
/// `γ₁`) to 2, 20 values of each, rescaled to the unit square. Each line of equal mean is replaced by its
/// regression line; those that fit (adjusted R² above 0) are averaged, weighted with their corners. Empty
/// where the mean does not depend on the selection.
pub(super) fn strengths(studies: &Studies<'_>, se: &[f64]) -> Vec<(f64, f64)> {
    let (least, most) = se.iter().fold((f64::INFINITY, 0.0), |(a, b), &s| (s.min(a), s.max(b)));
    let widest = 1.29 / (1.0 / least - 1.0 / most);
    let lowest = -0.25 - widest / most;
    let gamma0 = |x: f64| lowest + x * (2.0 - lowest);
    let gamma1 = |y: f64| y * widest;
    let last = f64::from(GRID - 1);
    let rows = parallel::map(GRID, |i| {
        let mut before: Option<Vec<f64>> = None;
        // From the weakest selection of the row to its strongest, each from the one before.
        let mut row: Vec<f64> = (0..GRID)
            .rev()
            .map(|j| {
                let at = Likelihood::new(
                    studies,
                    gamma0(f64::from(i) / last),
                    gamma1(f64::from(j) / last),
                );
                let found = at.near(before.as_deref());
                let mean = found.as_ref().and_then(|f| f.x.first().copied());
                before = found.map(|f| f.x).or(before.take());
                mean.unwrap_or(f64::NAN)
            })
            .collect();
        row.reverse();
        row
    });
    let means = rows.concat();
    let finite = || means.iter().copied().filter(|m| m.is_finite());
    let (low, high) =
        (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if high - low < FLAT * studies.scale {
        return Vec::new();
    }
    let side_length = usize::try_from(GRID).unwrap_or(0);
    let fitted: Vec<Fitted> = contour::levels(low, high, LEVELS)
        .into_iter()
        .flat_map(|level| contour::lines(&means, side_length, level))
        .filter_map(|corners| Fitted::through(&corners))
        .collect();
    let good = || fitted.iter().filter(|line| line.adjusted_r2 > 0.0);
    let slope = -sum(good().map(|l| l.corners)) / sum(good().map(|l| l.corners * l.slope));
    let mut crossed: Vec<(f64, f64)> = fitted
        .iter()
        .map(|line| {
            let x = (1.0 - slope - line.intercept) / (line.slope - slope);
            (x, 1.0 + slope * (x - 1.0))
        })
        .filter(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y))
        .map(|(x, y)| (gamma0(x), gamma1(y)))
        .collect();
    let chance = |(a, b): &(f64, f64)| normal::cdf(a + b / most);
    crossed.sort_by(|a, b| chance(b).total_cmp(&chance(a)));
    crossed
}

/// A line of equal mean as its regression line.
struct Fitted {
    corners: f64,
    slope: f64,
    intercept: f64,
    adjusted_r2: f64,
}

impl Fitted {
    /// Least squares of y on x; `None` for a vertical line.
    fn through(corners: &[(f64, f64)]) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "at most a few hundred corners")]
        let n = corners.len() as f64;
        let (x, y): (Vec<f64>, Vec<f64>) = corners.iter().copied().unzip();
        let line = Line::fit(&x, &y, &vec![1.0; x.len()])?;
        let Line { slope, intercept, residual, .. } = line;
        let explained = slope * slope / line.slope_variance();
        // Two corners fit any line: their R² says nothing, and NaN is not above 0.
        let adjusted_r2 = 1.0 - residual / (n - 2.0) / ((residual + explained) / (n - 1.0));
        Some(Self { corners: n, slope, intercept, adjusted_r2 })
    }
}
