//! Why numbers do not make a claim.

/// Why a claim cannot be examined.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// Text that is no number.
    #[error(
        "`{text}` is not a number as print has it: give digits with a decimal point, such as 0.766 or 76.6%"
    )]
    NotANumber {
        /// What was given.
        text: String,
    },
    /// A number above 1 without a percent sign.
    #[error(
        "`{text}` has two readings: {text} %, which is {proportion} as a proportion, or {text} times all patients, more than all; write {text}% or {proportion}"
    )]
    TwoReadings {
        /// What was given.
        text: String,
        /// It as a percentage would be.
        proportion: f64,
    },
    /// A number outside 0 to 1, or 0 to 100 %.
    #[error("`{text}` is not a rate: rates lie between 0 and 1, or 0 % and 100 %")]
    NotARate {
        /// What was given.
        text: String,
    },
    /// A percentage such as I² outside 0 to 100.
    #[error("`{text}` is not a percentage: give a number from 0 to 100, such as 95.1")]
    NotAPercentage {
        /// What was given.
        text: String,
    },
    /// An interval without two limits.
    #[error(
        "`{text}` is not an interval: give two limits with a comma between them, such as 0.49,0.77"
    )]
    NotAnInterval {
        /// What was given.
        text: String,
    },
    /// Limits in the wrong order.
    #[error(
        "the lower limit {lower} lies above the upper limit {upper}: swap them, or check the numbers"
    )]
    LimitsSwapped {
        /// Lower limit.
        lower: f64,
        /// Upper limit.
        upper: f64,
    },
    /// More events than patients.
    #[error(
        "the claim has {events} events of {total} patients: events cannot exceed the total; check which number is which"
    )]
    EventsAboveTotal {
        /// Events.
        events: u64,
        /// Patients.
        total: u64,
    },
    /// More studies than patients, or none.
    #[error(
        "the claim has {k} studies of {total} patients: every study has at least one; check which number is which"
    )]
    StudiesAboveTotal {
        /// Studies.
        k: u64,
        /// Patients.
        total: u64,
    },
    /// A count of 0 where there must be something.
    #[error("the claim has 0 {what}: leave the number out if it is not known")]
    None {
        /// What there is none of.
        what: &'static str,
    },
    /// A pooled rate outside the rates it is pooled from.
    #[error(
        "the claim's rate {rate} lies outside the rates of its studies, {smallest} to {largest}: no average does; check the numbers"
    )]
    OutsideStudies {
        /// The pooled rate.
        rate: f64,
        /// The smallest rate of a study.
        smallest: f64,
        /// The largest.
        largest: f64,
    },
}
