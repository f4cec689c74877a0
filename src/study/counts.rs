//! Events among a total, the smallest fact a study reports.

use super::StudyError;

/// The largest total accepted: every whole number up to here is exact as `f64`.
pub const MAX_TOTAL: u64 = 1 << 53;

/// `events` of `total`, with `0 ≤ events ≤ total` and `1 ≤ total ≤ 2⁵³`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Counts {
    events: u64,
    total: u64,
}

impl Counts {
    /// Checks and keeps a pair of counts.
    ///
    /// # Errors
    /// [`StudyError::NoPatients`] for a total of 0, [`StudyError::MoreEventsThanTotal`] and
    /// [`StudyError::TotalTooLarge`] as their names say.
    ///
    /// ```
    /// use resorb::study::Counts;
    /// assert_eq!(Counts::new(64, 84)?.proportion(), 64.0 / 84.0);
    /// assert!(Counts::new(85, 84).is_err());
    /// # Ok::<(), resorb::study::StudyError>(())
    /// ```
    pub fn new(events: u64, total: u64) -> Result<Self, StudyError> {
        match () {
            () if total == 0 => Err(StudyError::NoPatients),
            () if total > MAX_TOTAL => Err(StudyError::TotalTooLarge { total }),
            () if events > total => Err(StudyError::MoreEventsThanTotal { events, total }),
            () => Ok(Self { events, total }),
        }
    }

    /// The number of events, as printed by the study.
    #[must_use]
    pub const fn events(self) -> u64 {
        self.events
    }

    /// The number of patients (or discs, or trials) at risk.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.total
    }

    /// `x`, the events, for formulas.
    #[must_use]
    pub const fn x(self) -> f64 {
        self.events as f64
    }

    /// `n`, the total, for formulas.
    #[must_use]
    pub const fn n(self) -> f64 {
        self.total as f64
    }

    /// The raw proportion `x / n`.
    #[must_use]
    pub const fn proportion(self) -> f64 {
        self.x() / self.n()
    }

    /// Whether neither cell (events, non-events) is empty.
    #[must_use]
    pub const fn is_interior(self) -> bool {
        self.events > 0 && self.events < self.total
    }
}
