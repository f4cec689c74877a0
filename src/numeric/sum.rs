//! Sums that keep the digits that plain addition drops.

/// A running sum with Neumaier's correction (Neumaier 1974): the error does not grow with the
/// number of terms.
///
/// ```
/// use resorb::numeric::Sum;
/// let mut total = Sum::default();
/// for x in [1.0, 1e100, 1.0, -1e100] {
///     total.add(x);
/// }
/// assert_eq!(total.value(), 2.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds one term.
    pub fn add(&mut self, x: f64) {
        let total = self.total + x;
        self.lost += if self.total.abs() >= x.abs() {
            (self.total - total) + x
        } else {
            (x - total) + self.total
        };
        self.total = total;
    }

    /// The sum so far.
    #[must_use]
    pub fn value(self) -> f64 {
        // After an overflow the correction is NaN and the plain sum says ±∞.
        if self.total.is_finite() { self.total + self.lost } else { self.total }
    }
}

impl Extend<f64> for Sum {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, terms: I) {
        terms.into_iter().for_each(|x| self.add(x));
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        sum.extend(terms);
        sum
    }
}

/// The compensated sum of `terms`.
///
/// ```
/// assert_eq!(resorb::numeric::sum([0.1; 10]), 1.0);
/// ```
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    terms.into_iter().collect::<Sum>().value()
}
