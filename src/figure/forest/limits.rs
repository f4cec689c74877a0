//! The ends of the axis, when they are not given.

use super::{Forest, Mark};
use crate::figure::{Spread, axis::nice_limits};

/// Limits that show every estimate, every pooled interval and, as long as that does not squeeze
/// the rest into a corner, every study interval; longer ones end in an arrow. What has no place on
/// the axis, such as 0 on the logit scale, does not count.
pub(super) fn limits(forest: &Forest, spread: Spread, rates: bool) -> (f64, f64) {
    let mut inner = Range::default();
    let mut outer = Range::default();
    for row in forest.rows() {
        let (low, high) = row.prediction.map_or((None, None), |(a, b)| (Some(a), Some(b)));
        for x in [row.estimate, row.lower, row.upper, low, high].into_iter().flatten() {
            let x = spread.forward(x);
            outer.add(x);
            if row.mark != Mark::Square || row.estimate.map(|e| spread.forward(e)) == Some(x) {
                inner.add(x);
            }
        }
    }
    if let Some(x) = forest.null.map(|x| spread.forward(x)) {
        outer.add(x);
        inner.add(x);
    }
    let Some((low, high)) = outer.0 else {
        return nice_limits(spread, 0.0, 1.0, rates);
    };
    let (inner_low, inner_high) = inner.0.unwrap_or((low, high));
    // Beyond three times the span of what matters, an interval is cut.
    let room = 3.0 * (inner_high - inner_low);
    let cut = (low.max(inner_low - room), high.min(inner_high + room));
    let beyond = |x: Option<f64>| {
        x.map(|x| spread.forward(x)).is_some_and(|x| x.is_finite() && (x < cut.0 || x > cut.1))
    };
    let long = forest.studies().filter(|row| beyond(row.lower) || beyond(row.upper)).count();
    // Where many are long, they are what the data say.
    let few = long <= forest.studies().count() / FEW;
    let (low, high) = if few && room > 0.0 { cut } else { (low, high) };
    let (low, high) = (spread.back(low), spread.back(high));
    nice_limits(spread, low, high, rates)
}

/// One study in this many may be cut.
const FEW: usize = 5;

#[derive(Default)]
struct Range(Option<(f64, f64)>);

impl Range {
    fn add(&mut self, x: f64) {
        if x.is_finite() {
            self.0 = Some(self.0.map_or((x, x), |(low, high)| (low.min(x), high.max(x))));
        }
    }
}
