//! A published number as a claim: what it is consistent with, from arithmetic alone.

mod against;
mod check;
mod crude;
mod effect;
mod error;
mod hidden;
mod printed;
mod spread;
mod verdict;
mod whole;
mod words;

pub use against::{Against, CrudeWithout, Shared};
pub use check::{Arithmetic, Check, CheckName, arithmetic};
pub use effect::{EffectClaimError, ExaminedEffect, StatedEffect, examine_effect};
pub use error::ClaimError;
pub use hidden::{BinomialInterval, Hidden};
pub use printed::Printed;
pub use spread::{Implied, Spread, WidthKind};
pub use verdict::{Examined, examine, examine_against, examine_all_against};
pub use whole::WholeCounts;

use serde::Serialize;

use crate::model::Level;

/// The numbers of a claim as they are printed; all but the rate may be unknown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stated {
    /// Who claims it, and of what: `Xie 2024, overall`.
    pub label: Option<String>,
    /// The pooled rate.
    pub rate: Printed,
    /// Its interval.
    pub ci: Option<[Printed; 2]>,
    /// The studies.
    pub k: Option<u64>,
    /// The patients.
    pub total: Option<u64>,
    /// Those with the event.
    pub events: Option<u64>,
    /// I², a percentage.
    pub i2: Option<Printed>,
    /// The smallest rate of a study.
    pub smallest: Option<Printed>,
    /// The largest rate of a study.
    pub largest: Option<Printed>,
    /// The level of the interval.
    pub level: Level,
}

impl Stated {
    /// A rate of which nothing else is known.
    #[must_use]
    pub fn new(rate: Printed) -> Self {
        Self {
            label: None,
            rate,
            ci: None,
            k: None,
            total: None,
            events: None,
            i2: None,
            smallest: None,
            largest: None,
            level: Level::default(),
        }
    }
}

/// A claim whose numbers do not contradict one another.
///
/// ```
/// use resorb::analysis::{Claim, Printed, Stated, arithmetic};
/// let rate = Printed::rate("0.766")?;
/// let claim = Claim::new(Stated { total: Some(2199), events: Some(1684), ..Stated::new(rate) })?;
/// assert_eq!(arithmetic(&claim).crude_sum, Some(true));
/// # Ok::<(), resorb::analysis::ClaimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Claim(Stated);

impl Claim {
    /// Checks and keeps the numbers.
    ///
    /// # Errors
    /// [`ClaimError`] for numbers that cannot all be true of one analysis.
    pub fn new(stated: Stated) -> Result<Self, ClaimError> {
        let Stated { rate, ci, k, total, events, smallest, largest, .. } = &stated;
        if let Some([lower, upper]) = ci
            && lower.value() > upper.value()
        {
            return Err(ClaimError::LimitsSwapped { lower: lower.value(), upper: upper.value() });
        }
        for (what, count) in [("studies", k), ("patients", total)] {
            if *count == Some(0) {
                return Err(ClaimError::None { what });
            }
        }
        if let (Some(events), Some(total)) = (*events, *total)
            && events > total
        {
            return Err(ClaimError::EventsAboveTotal { events, total });
        }
        if let (Some(k), Some(total)) = (*k, *total)
            && k > total
        {
            return Err(ClaimError::StudiesAboveTotal { k, total });
        }
        let least = smallest.map_or(0.0, Printed::lower);
        let most = largest.map_or(1.0, Printed::upper);
        if rate.upper() < least || rate.lower() > most || least > most {
            return Err(ClaimError::OutsideStudies {
                rate: rate.value(),
                smallest: smallest.map_or(0.0, Printed::value),
                largest: largest.map_or(1.0, Printed::value),
            });
        }
        Ok(Self(stated))
    }

    /// The numbers.
    #[must_use]
    pub const fn stated(&self) -> &Stated {
        &self.0
    }
}
