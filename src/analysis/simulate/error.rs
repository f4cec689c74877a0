//! Which constraint of a simulation cannot be met.

/// Why no studies agree with a blueprint.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SimulateError {
    /// No studies or no patients.
    #[error("a simulation needs at least one study and one patient")]
    Nothing,
    /// A standard deviation that is none.
    #[error("τ = {tau} is not possible: give a number of at least 0, on the logit scale")]
    BadTau {
        /// What was given.
        tau: f64,
    },
    /// More studies than patients allow.
    #[error(
        "{k} studies of at least {least} patients need more than the {total} there are; lower the smallest size or the number of studies"
    )]
    TooFewPatients {
        /// Studies.
        k: usize,
        /// Patients.
        total: u64,
        /// The smallest size.
        least: u64,
    },
    /// A rate without a place on the logit scale.
    #[error("a true rate of {rate} is not possible here: give one strictly between 0 and 1")]
    BadRate {
        /// What was given.
        rate: f64,
    },
    /// A comparison of groups without a second group.
    #[error("the power of a test of groups needs two groups or more")]
    OneGroup,
    /// A rate that no whole number gives.
    #[error(
        "no whole number of {total} patients rounds to a rate of {rate}; change the rate, its digits or the total"
    )]
    NoWholeCount {
        /// The rate.
        rate: f64,
        /// Patients.
        total: u64,
    },
    /// More events than patients.
    #[error("{events} events of {total} patients: events cannot exceed the total")]
    EventsAboveTotal {
        /// Events.
        events: u64,
        /// Patients.
        total: u64,
    },
    /// Events that give another rate.
    #[error(
        "{events} events of {total} patients do not round to a rate of {rate}; leave out one of the three"
    )]
    OtherRate {
        /// Events.
        events: u64,
        /// Patients.
        total: u64,
        /// The rate.
        rate: f64,
    },
    /// A range above the mean.
    #[error(
        "the smallest rate {smallest} lies above the mean {mean:.4}: a mean lies between the smallest and the largest rate"
    )]
    SmallestAboveMean {
        /// The smallest rate.
        smallest: f64,
        /// The crude rate.
        mean: f64,
    },
    /// A range below the mean.
    #[error(
        "the largest rate {largest} lies below the mean {mean:.4}: a mean lies between the smallest and the largest rate"
    )]
    LargestBelowMean {
        /// The largest rate.
        largest: f64,
        /// The crude rate.
        mean: f64,
    },
    /// One study with a smallest and a largest rate.
    #[error(
        "one study cannot have both the smallest and the largest rate; give two studies or more"
    )]
    OneStudyTwoExtremes,
    /// A rate that no study of a possible size has.
    #[error(
        "no study of {least} to {most} patients has a rate of {rate}; give fewer digits, or other sizes"
    )]
    NoSize {
        /// The rate.
        rate: f64,
        /// The smallest size.
        least: u64,
        /// The largest that leaves patients for the other studies.
        most: u64,
    },
    /// Shares of groups that are no shares.
    #[error(
        "the shares of the groups must be above 0 and their rates strictly between 0 and 1; `{name}` has {share} and {rate}"
    )]
    BadGroup {
        /// The group.
        name: String,
        /// Its share.
        share: f64,
        /// Its rate.
        rate: f64,
    },
    /// More groups than studies.
    #[error("{groups} groups need as many studies, and there are {k}")]
    TooManyGroups {
        /// Groups.
        groups: usize,
        /// Studies.
        k: usize,
    },
    /// The range leaves too little room.
    #[error(
        "the events cannot be spread over studies within the smallest and the largest rate; widen the range or change the sizes"
    )]
    OutOfReach,
}
