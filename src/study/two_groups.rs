//! The same fact reported by two groups of one study, and events over person-time.

use super::StudyError;

/// What two groups of a study report: the first is the exposed (treated) group, the second the one it
/// is compared with, so that a ratio is first over second.
///
/// ```
/// use resorb::study::{Counts, TwoGroups};
/// let bcg = TwoGroups { first: Counts::new(4, 123)?, second: Counts::new(11, 139)? };
/// assert_eq!(bcg.swapped().first.events(), 11);
/// # Ok::<(), resorb::study::StudyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TwoGroups<T> {
    /// The exposed or treated group.
    pub first: T,
    /// The unexposed or control group.
    pub second: T,
}

impl<T> TwoGroups<T> {
    /// The groups in the other order.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { first: self.second, second: self.first }
    }
}

impl TwoGroups<super::Counts> {
    /// Whether nobody, or everybody, has the event in both groups: such a table says nothing about a
    /// ratio.
    #[must_use]
    pub const fn is_double_zero(&self) -> bool {
        let (a, b) = (self.first, self.second);
        (a.events() == 0 && b.events() == 0) || (a.events() == a.total() && b.events() == b.total())
    }
}

/// `events` over `time` at risk (person-years, say), with a finite `time` above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PersonTime {
    events: u64,
    time: f64,
}

impl PersonTime {
    /// Checks and keeps events over person-time.
    ///
    /// # Errors
    /// [`StudyError::TimeNotPositive`] unless `time` is finite and above 0,
    /// [`StudyError::TotalTooLarge`] for events beyond 2⁵³.
    ///
    /// ```
    /// use resorb::study::PersonTime;
    /// assert_eq!(PersonTime::new(13, 26.0)?.rate(), 0.5);
    /// assert!(PersonTime::new(13, 0.0).is_err());
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    pub fn new(events: u64, time: f64) -> Result<Self, StudyError> {
        match () {
            () if !(time.is_finite() && time > 0.0) => Err(StudyError::TimeNotPositive { time }),
            () if events > super::MAX_TOTAL => Err(StudyError::TotalTooLarge { total: events }),
            () => Ok(Self { events, time }),
        }
    }

    /// The number of events, as printed by the study.
    #[must_use]
    pub const fn events(self) -> u64 {
        self.events
    }

    /// `x`, the events, for formulas.
    #[must_use]
    pub const fn x(self) -> f64 {
        self.events as f64
    }

    /// `t`, the time at risk.
    #[must_use]
    pub const fn time(self) -> f64 {
        self.time
    }

    /// The raw rate, `x / t`.
    #[must_use]
    pub const fn rate(self) -> f64 {
        self.x() / self.time
    }
}
