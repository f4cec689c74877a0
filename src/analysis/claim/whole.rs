//! Which whole numbers of patients give a printed rate (Brown and Heathers 2017, the GRIM test).

use serde::Serialize;

use super::Printed;

/// The counts of a total that round to a printed rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WholeCounts {
    /// Patients.
    pub total: u64,
    /// The least count that rounds to the rate; above `last` where there is none.
    pub first: u64,
    /// The largest.
    pub last: u64,
}

impl WholeCounts {
    /// The counts of `total` that round to `rate`.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 0 to total"
    )]
    pub fn of(rate: Printed, total: u64) -> Self {
        let n = total as f64;
        let guess = |p: f64| (p * n).clamp(0.0, n) as u64;
        // Rounding may put the guess one off: the counts around it are asked one by one.
        let fits = |x: &u64| *x <= total && rate.covers(*x as f64 / n);
        let from = guess(rate.lower()).saturating_sub(1);
        let to = guess(rate.upper()) + 2;
        let first = (from..=to).find(fits);
        let last = (from..=to).rev().find(fits);
        match (first, last) {
            (Some(first), Some(last)) => Self { total, first, last },
            _ => Self { total, first: 1, last: 0 },
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> u64 {
        if self.last < self.first { 0 } else { self.last - self.first + 1 }
    }

    /// Whether no whole count gives the rate.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.last < self.first
    }

    /// The counts.
    pub fn counts(&self) -> impl Iterator<Item = u64> + Clone {
        self.first..=self.last
    }
}

/// The smallest total of which a whole count rounds to `rate`, with that count.
pub(super) fn smallest_total(rate: Printed) -> Option<(u64, u64)> {
    // A total of one unit of the last decimal gives every rate; a million tries are enough for six.
    let most = 10_u64.checked_pow(u32::from(rate.decimals())).unwrap_or(u64::MAX).min(1_000_000);
    (1..=most).find_map(|total| {
        let found = WholeCounts::of(rate, total);
        (!found.is_empty()).then_some((found.first, total))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every total to 400 and every rate of two and three decimals, against counting.
    #[test]
    fn as_counting_finds_them() {
        for text in ["0.00", "0.07", "0.5", "0.766", "0.962", "1.00", "0.333"] {
            let rate = Printed::rate(text).unwrap();
            for total in 1..400_u64 {
                let counted: Vec<u64> =
                    (0..=total).filter(|x| rate.covers(*x as f64 / total as f64)).collect();
                let found: Vec<u64> = WholeCounts::of(rate, total).counts().collect();
                assert_eq!(found, counted, "{text} of {total}");
            }
        }
    }

    /// No count of 28 gives a mean of 5.19: Brown and Heathers 2017, here as a rate of 0.19 of 28.
    #[test]
    fn a_rate_that_no_count_gives() {
        assert!(WholeCounts::of(Printed::rate("0.19").unwrap(), 28).is_empty());
        assert_eq!(smallest_total(Printed::rate("0.766").unwrap()), Some((36, 47)));
    }
}
