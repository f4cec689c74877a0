//! A weighted line through points, the regression behind every funnel test.

use super::SmallStudyError;

/// `y = intercept + slope·x` by weighted least squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) intercept: f64,
    pub(super) slope: f64,
    /// The weighted residual sum of squares.
    pub(super) residual: f64,
    /// `Σw`, the weighted mean of x, and the weighted sum of squares around it.
    total: f64,
    centre: f64,
    spread: f64,
}

impl Line {
    /// Through `(x, y)` at weights `w`; `None` where all x are the same.
    pub(super) fn fit(x: &[f64], y: &[f64], w: &[f64]) -> Option<Self> {
        let sum = |f: &dyn Fn(f64, f64, f64) -> f64| {
            crate::numeric::sum(x.iter().zip(y).zip(w).map(|((&x, &y), &w)| f(x, y, w)))
        };
        let total = sum(&|_, _, w| w);
        let centre = sum(&|x, _, w| w * x) / total;
        let height = sum(&|_, y, w| w * y) / total;
        let spread = sum(&|x, _, w| w * (x - centre) * (x - centre));
        let largest = x.iter().fold(0.0, |m, x| f64::max(m, (x - centre).abs()));
        if largest <= 1e-12 * centre.abs() {
            return None;
        }
        let slope = sum(&|x, y, w| w * (x - centre) * (y - height)) / spread;
        let residual = sum(&|x, y, w| {
            let r = y - height - slope * (x - centre);
            w * r * r
        });
        Some(Self { intercept: height - slope * centre, slope, residual, total, centre, spread })
    }

    /// The same, with a sentence where all x are the same.
    pub(super) fn of(
        x: &[f64],
        y: &[f64],
        w: &[f64],
        method: &'static str,
        what: &'static str,
    ) -> Result<Self, SmallStudyError> {
        Self::fit(x, y, w).ok_or(SmallStudyError::NoSpread { method, what })
    }

    /// The variance of `intercept + at·slope` at unit dispersion.
    pub(super) fn variance_at(&self, at: f64) -> f64 {
        self.total.recip() + (at - self.centre) * (at - self.centre) / self.spread
    }

    /// The variance of the slope at unit dispersion.
    pub(super) fn slope_variance(&self) -> f64 {
        self.spread.recip()
    }
}
