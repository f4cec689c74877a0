//! A horizontal axis: from values to places on the page, and ticks that read well.

use super::{FigureError, Numbers, number::short};

/// How the values of an axis are spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    /// Evenly.
    #[default]
    Linear,
    /// By their log odds: room for rates near 0 and near 1.
    Logit,
    /// By their logarithm: ratios.
    Log,
}

impl Spread {
    /// From a value to where it stands on the spread; not finite where it has no place.
    pub(super) fn forward(self, x: f64) -> f64 {
        match self {
            Self::Linear => x,
            Self::Logit => (x / (1.0 - x)).ln(),
            Self::Log => x.ln(),
        }
    }

    /// The value that stands at a place of the spread.
    pub(super) fn back(self, at: f64) -> f64 {
        match self {
            Self::Linear => at,
            Self::Logit => 1.0 / (1.0 + (-at).exp()),
            Self::Log => at.exp(),
        }
    }

    /// Its name and what limits it can have, for messages; `None` if any number will do.
    const fn room(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Linear => None,
            Self::Logit => Some(("logit", "above 0 and below 1, such as 0.01 and 0.99")),
            Self::Log => Some(("log", "above 0, such as 0.1 and 10")),
        }
    }

    /// Whether a value has a place on this spread: 0 and 1 have none on a logit axis.
    fn holds(self, x: f64) -> bool {
        match self {
            Self::Linear => x.is_finite(),
            Self::Logit => x > 0.0 && x < 1.0,
            Self::Log => x > 0.0 && x.is_finite(),
        }
    }
}

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Left of the axis.
    Below,
    /// At this x on the page.
    At(f64),
    /// Right of the axis.
    Above,
}

/// An axis between two places of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    spread: Spread,
    lower: f64,
    upper: f64,
    left: f64,
    right: f64,
}

impl Axis {
    /// An axis for values from `lower` to `upper`, drawn from `left` to `right`.
    ///
    /// # Errors
    /// [`FigureError::BadLimits`] unless the limits are different numbers in order,
    /// [`FigureError::OffAxis`] unless the spread has a place for both.
    pub fn new(
        spread: Spread,
        (lower, upper): (f64, f64),
        (left, right): (f64, f64),
    ) -> Result<Self, FigureError> {
        let lower_off = !spread.holds(lower);
        match spread.room() {
            _ if !(lower.is_finite() && upper.is_finite() && lower < upper) => {
                Err(FigureError::BadLimits { lower, upper })
            }
            Some((axis, room)) if lower_off || !spread.holds(upper) => {
                Err(FigureError::OffAxis { axis, room, lower, upper, lower_off })
            }
            _ => Ok(Self { spread, lower, upper, left, right }),
        }
    }

    /// The same values between other places.
    #[must_use]
    pub const fn between(self, left: f64, right: f64) -> Self {
        Self { left, right, ..self }
    }

    /// The values at the ends.
    #[must_use]
    pub const fn limits(&self) -> (f64, f64) {
        (self.lower, self.upper)
    }

    /// The places of the ends.
    #[must_use]
    pub const fn ends(&self) -> (f64, f64) {
        (self.left, self.right)
    }

    /// Where a value lies; a hair beyond the end, from rounding, still counts as the end.
    #[must_use]
    pub fn place(&self, x: f64) -> Place {
        let (from, to) = (self.spread.forward(self.lower), self.spread.forward(self.upper));
        let share = (self.spread.forward(x) - from) / (to - from);
        match share {
            s if s < -1e-9 => Place::Below,
            s if s > 1.0 + 1e-9 => Place::Above,
            s => Place::At(s.clamp(0.0, 1.0).mul_add(self.right - self.left, self.left)),
        }
    }

    /// The place of a value on the line of which the axis is a part; not finite where it has none.
    #[must_use]
    pub(super) fn beyond(&self, x: f64) -> f64 {
        let (from, to) = (self.spread.forward(self.lower), self.spread.forward(self.upper));
        let share = (self.spread.forward(x) - from) / (to - from);
        share.mul_add(self.right - self.left, self.left)
    }

    /// Where a value lies, at the end of the axis if it is beyond.
    #[must_use]
    pub fn clamped(&self, x: f64) -> f64 {
        match self.place(x) {
            Place::Below => self.left,
            Place::At(x) => x,
            Place::Above => self.right,
        }
    }

    /// The ticks: values with their labels, at most `most` of them and at least the ends' worth.
    #[must_use]
    pub fn ticks(&self, numbers: Numbers, most: usize) -> Vec<(f64, String)> {
        let factor = numbers.scale.factor();
        let even = || {
            let ticks = linear(self.lower * factor, self.upper * factor, most);
            ticks.into_iter().map(|x| x / factor).filter(|&x| self.spread.holds(x)).collect()
        };
        let values: Vec<f64> = match self.spread {
            Spread::Linear => even(),
            // Between marks of the whole scale, even steps serve.
            Spread::Logit => Some(self.thinned(logit_marks(), most))
                .filter(|marks| marks.len() > 2)
                .unwrap_or_else(even),
            Spread::Log => Some(self.whole_ranks(log_marks(self.lower, self.upper), most))
                .filter(|marks| marks.len() > 1)
                .unwrap_or_else(even),
        };
        let digits = digits(values.iter().map(|x| x * factor));
        let same = self.spread == Spread::Linear;
        values
            .into_iter()
            .map(|x| {
                let label = if same {
                    super::number::fixed(x * factor, digits, numbers.mark)
                } else {
                    short(x * factor, digits, numbers.mark)
                };
                (x, label)
            })
            .collect()
    }

    /// The marks down to the lowest rank that finds room as a whole, so that an axis has no quarter
    /// without its half; thinned where not even the highest does.
    fn whole_ranks(&self, marks: Vec<(u8, f64)>, most: usize) -> Vec<f64> {
        let down_to = |lowest: u8| -> Vec<(u8, f64)> {
            let inside = |x: f64| matches!(self.place(x), Place::At(_));
            marks.iter().copied().filter(|&(rank, x)| rank <= lowest && inside(x)).collect()
        };
        (1..=3)
            .rev()
            .map(|lowest| (down_to(lowest).len(), self.thinned(down_to(lowest), most)))
            .find_map(|(all, kept)| (kept.len() == all && all > 1).then_some(kept))
            .unwrap_or_else(|| self.thinned(marks, most))
    }

    /// Drops marks that stand too close, those of the highest rank kept first.
    fn thinned(&self, marks: Vec<(u8, f64)>, most: usize) -> Vec<f64> {
        let gap = (self.right - self.left) / (most.max(2) as f64);
        let mut inside: Vec<(u8, f64, f64)> = marks
            .into_iter()
            .filter_map(|(rank, x)| match self.place(x) {
                Place::At(at) => Some((rank, x, at)),
                _ => None,
            })
            .collect();
        inside.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut kept: Vec<(f64, f64)> = Vec::new();
        for (_, x, at) in inside {
            if kept.iter().all(|&(_, other)| (at - other).abs() >= gap) {
                kept.push((x, at));
            }
        }
        kept.sort_by(|a, b| a.0.total_cmp(&b.0));
        kept.into_iter().map(|(x, _)| x).collect()
    }
}

/// Limits that hold all values, widened to ticks; rates stay between 0 and 1.
pub(super) fn nice_limits(spread: Spread, lower: f64, upper: f64, rate: bool) -> (f64, f64) {
    match spread {
        Spread::Linear => {
            // A rate's axis starts at 0 (ends at 1) unless that wasted more than half of it.
            let low =
                if rate && lower >= 0.0 && lower < 0.5 * (upper - lower) { 0.0 } else { lower };
            let high =
                if rate && upper <= 1.0 && 1.0 - upper < 0.25 * (1.0 - low) { 1.0 } else { upper };
            let pad = if high > low { 0.0 } else { high.abs().max(0.1) * 0.1 };
            let (low, high) = (low - pad, high + pad);
            let step = step(high - low, 6);
            let (low, high) =
                ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
            if rate { (low.max(0.0), high.min(1.0)) } else { (low, high) }
        }
        Spread::Logit => {
            let (least, most) = (RAREST, 1.0 - RAREST);
            let inside = |x: f64| x.clamp(least, most);
            let (low, high) = (inside(lower), inside(upper));
            let marks = logit_marks();
            let below = marks.iter().map(|m| m.1).filter(|&m| m <= low).fold(least, f64::max);
            let above = marks.iter().map(|m| m.1).filter(|&m| m >= high).fold(most, f64::min);
            if below < above {
                (below, above)
            } else {
                (spread.back(spread.forward(below) - 1.0), spread.back(spread.forward(above) + 1.0))
            }
        }
        Spread::Log => {
            let low = if lower > 0.0 { lower } else { upper.abs().max(1e-3) * 1e-3 };
            let high = upper.max(low * 2.0);
            let marks = log_marks(low * 0.1, high * 10.0);
            let below = marks.iter().map(|m| m.1).filter(|&m| m <= low).fold(low * 0.5, f64::max);
            let above = marks.iter().map(|m| m.1).filter(|&m| m >= high).fold(high * 2.0, f64::min);
            (below, above)
        }
    }
}

/// The step of 1, 2, 2.5 or 5 times a power of ten with at most `most` steps in a span.
fn step(span: f64, most: usize) -> f64 {
    let rough = span / (most.max(1) as f64);
    let power = 10.0f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .map(|m| m * power)
        .find(|&s| s >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Round numbers from `lower` to `upper`, at most `most` of them.
pub(super) fn linear(lower: f64, upper: f64, most: usize) -> Vec<f64> {
    let step = step(upper - lower, most.saturating_sub(1).max(1));
    let (first, last) = ((lower / step - 1e-9).ceil(), (upper / step + 1e-9).floor());
    let mut ticks = Vec::new();
    let mut i = first;
    while i <= last && ticks.len() <= most {
        ticks.push(i * step);
        i += 1.0;
    }
    ticks
}

/// Digits behind the mark that tell the values apart exactly, at most six.
fn digits(values: impl Iterator<Item = f64>) -> usize {
    values
        .map(|x| {
            (0..6)
                .find(|&d| {
                    let scaled = x * 10f64.powi(d);
                    (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1e-3)
                })
                .map_or(6, |d| usize::try_from(d).unwrap_or(6))
        })
        .max()
        .unwrap_or(0)
}

/// The rarest rate at which a logit axis of its own accord ends, and 1 less it the most frequent.
const RAREST: f64 = 1e-6;

fn logit_marks() -> Vec<(u8, f64)> {
    let mut marks = vec![(0, 0.5), (1, 0.1), (1, 0.9), (2, 0.25), (2, 0.75)];
    for power in [1e2, 1e3, 1e4, 1e5, 1e6] {
        for (rank, times) in [(1, 1.0), (3, 2.0), (3, 5.0)] {
            marks.extend([(rank, times / power), (rank, 1.0 - times / power)]);
        }
    }
    marks
}

fn log_marks(lower: f64, upper: f64) -> Vec<(u8, f64)> {
    let mut marks = Vec::new();
    let mut power = 10.0f64.powf(lower.log10().floor());
    while power <= upper && marks.len() < 300 {
        // A quarter is what ratios are read by; a fortieth is not.
        let low = if (power - 0.1).abs() < 1e-12 { 2.5 } else { 2.0 };
        marks.extend([(u8::from(power != 1.0), power), (3, low * power), (2, 5.0 * power)]);
        power *= 10.0;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Scale;

    fn labels(spread: Spread, limits: (f64, f64), scale: Scale) -> Vec<String> {
        let axis = Axis::new(spread, limits, (0.0, 200.0)).unwrap();
        let numbers = Numbers::new(scale, None, '.', 1.0);
        axis.ticks(numbers, 6).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            labels(Spread::Linear, (0.0, 1.0), Scale::Percent),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            labels(Spread::Linear, (0.0, 0.05), Scale::Proportion),
            ["0.00", "0.01", "0.02", "0.03", "0.04", "0.05"]
        );
        assert_eq!(labels(Spread::Linear, (0.4, 1.0), Scale::Percent), ["40", "60", "80", "100"]);
        assert_eq!(
            labels(Spread::Logit, (0.01, 0.99), Scale::Percent),
            ["1", "10", "50", "90", "99"]
        );
        assert_eq!(labels(Spread::Log, (0.1, 10.0), Scale::Plain), ["0.1", "1", "10"]);
        let ratios = Axis::new(Spread::Log, (0.1, 10.0), (0.0, 200.0)).unwrap();
        let numbers = Numbers::new(Scale::Plain, None, '.', 1.0);
        let found: Vec<String> = ratios.ticks(numbers, 7).into_iter().map(|t| t.1).collect();
        assert_eq!(found, ["0.1", "0.25", "0.5", "1", "2", "5", "10"]);
        assert_eq!(labels(Spread::Logit, (1e-5, 1e-3), Scale::Per1000), ["0.01", "0.1", "1"]);
        // Short pieces of a logit or log scale have even steps.
        assert_eq!(labels(Spread::Logit, (0.52, 0.74), Scale::Percent), ["55", "60", "65", "70"]);
        assert_eq!(
            labels(Spread::Log, (1.1, 1.6), Scale::Plain),
            ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
        );
    }

    #[test]
    fn limits_of_rates_stay_in_0_to_1_and_start_at_0_when_close() {
        assert_eq!(nice_limits(Spread::Linear, 0.12, 0.95, true), (0.0, 1.0));
        let (low, high) = nice_limits(Spread::Linear, 0.0, 0.0, true);
        assert!(low == 0.0 && high > 0.0 && high <= 0.1);
        let (low, high) = nice_limits(Spread::Linear, 1.0, 1.0, true);
        assert!(low < 1.0 && high == 1.0);
        let (low, high) = nice_limits(Spread::Linear, 0.81, 0.86, true);
        assert!(low > 0.7 && high < 0.9, "{low} {high}");
    }

    #[test]
    fn logit_limits_follow_rare_and_frequent_rates() {
        assert_eq!(nice_limits(Spread::Logit, 0.000_12, 0.000_24, true), (1e-4, 5e-4));
        assert_eq!(nice_limits(Spread::Logit, 0.3, 0.999_85, true), (0.25, 1.0 - 1e-4));
        assert_eq!(nice_limits(Spread::Logit, 0.0, 1.0, true), (1e-6, 1.0 - 1e-6));
        let (low, high) = nice_limits(Spread::Logit, 1e-3, 1e-3, true);
        assert!(low > 2e-4 && high < 4e-3, "{low} {high}");
    }

    #[test]
    fn a_place_is_where_the_number_says() {
        let axis = Axis::new(Spread::Logit, (0.1, 0.9), (100.0, 300.0)).unwrap();
        assert_eq!(axis.place(0.5), Place::At(200.0));
        assert_eq!(axis.place(0.05), Place::Below);
        assert_eq!(axis.place(1.0), Place::Above);
        assert!(Axis::new(Spread::Logit, (0.0, 0.9), (0.0, 1.0)).is_err());
        assert!(Axis::new(Spread::Linear, (1.0, 1.0), (0.0, 1.0)).is_err());
    }
}
