//! The ends of the axis, when they are not given.

use super::{Forest, Mark, Options};
use crate::figure::axis::nice_limits;

/// Limits that show every estimate, every pooled interval and, as long as that does not squeeze
/// the rest into a corner, every study interval; longer ones end in an arrow.
pub(super) fn limits(forest: &Forest, options: &Options) -> (f64, f64) {
    let mut inner = Range::default();
    let mut outer = Range::default();
    for row in forest.rows() {
        let (low, high) = row.prediction.map_or((None, None), |(a, b)| (Some(a), Some(b)));
        for x in [row.estimate, row.lower, row.upper, low, high].into_iter().flatten() {
            outer.add(x);
            if row.mark != Mark::Square || row.estimate == Some(x) {
                inner.add(x);
            }
        }
    }
    for x in [forest.null].into_iter().flatten() {
        outer.add(x);
        inner.add(x);
    }
    let Some((low, high)) = outer.0 else { return (0.0, 1.0) };
    let (inner_low, inner_high) = inner.0.unwrap_or((low, high));
    // Beyond three times the span of what matters, an interval is cut.
    let room = 3.0 * (inner_high - inner_low);
    let (low, high) = if forest.studies().count() > 1 && room > 0.0 {
        (low.max(inner_low - room), high.min(inner_high + room))
    } else {
        (low, high)
    };
    nice_limits(options.spread, low, high, options.scale.is_rate())
}

#[derive(Default)]
struct Range(Option<(f64, f64)>);

impl Range {
    fn add(&mut self, x: f64) {
        if x.is_finite() {
            self.0 = Some(self.0.map_or((x, x), |(low, high)| (low.min(x), high.max(x))));
        }
    }
}
