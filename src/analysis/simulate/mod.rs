//! Simulated data: studies that agree with a published summary to the last patient, always marked as
//! simulated.

mod counts;
mod error;
mod groups;
mod plans;
mod scenario;
mod sizes;

pub use error::SimulateError;
pub use groups::{GroupPlan, SimulatedGroup};
pub use scenario::{Performance, Power, PowerGroup, Scenario, coverage, subgroup_power};
pub use sizes::Sizes;

use counts::{Bounds, spread_events};

use super::{Printed, WholeCounts};
use crate::numeric::rng::Rng;

/// What the simulated studies must agree with.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// Studies.
    pub k: usize,
    /// Patients, exactly.
    pub total: u64,
    /// The crude rate that events over patients round to.
    pub rate: Printed,
    /// Events, exactly; `None`: the whole number nearest to the rate.
    pub events: Option<u64>,
    /// The smallest rate of a study, which one study has.
    pub smallest: Option<Printed>,
    /// The largest, which another has.
    pub largest: Option<Printed>,
    /// The standard deviation of the studies' logits, before the range cuts them.
    pub tau: f64,
    /// How sizes are drawn.
    pub sizes: Sizes,
    /// The smallest size.
    pub least_size: u64,
    /// Groups of studies, with their share of the patients and their rate.
    pub groups: Vec<GroupPlan>,
    /// The seed.
    pub seed: u64,
}

impl Blueprint {
    /// `k` studies with `total` patients and a crude `rate`, with τ = 1 on the logit scale.
    #[must_use]
    pub fn new(k: usize, total: u64, rate: Printed) -> Self {
        Self {
            k,
            total,
            rate,
            events: None,
            smallest: None,
            largest: None,
            tau: 1.0,
            sizes: Sizes::default(),
            least_size: 5,
            groups: Vec::new(),
            seed: 0,
        }
    }
}

/// A simulated study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulatedStudy {
    /// Events.
    pub events: u64,
    /// Patients.
    pub total: u64,
    /// Its group, by its place in the blueprint.
    pub group: Option<usize>,
}

/// Simulated studies, in random order.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// The studies.
    pub studies: Vec<SimulatedStudy>,
    /// What became of the groups.
    pub groups: Vec<SimulatedGroup>,
    /// The seed they come from.
    pub seed: u64,
}

/// Draws before giving up: narrow ranges need lucky sizes.
const TRIES: u64 = 200;

/// Draws studies that agree with `blueprint` exactly.
///
/// # Errors
/// [`SimulateError`] says which constraint cannot be met.
///
/// ```
/// use resorb::analysis::{Blueprint, Printed, simulate};
/// let rate = Printed::rate("0.766")?;
/// let made = simulate(&Blueprint { events: Some(1684), ..Blueprint::new(34, 2199, rate) })?;
/// assert_eq!(made.studies.iter().map(|s| s.total).sum::<u64>(), 2199);
/// assert_eq!(made.studies.iter().map(|s| s.events).sum::<u64>(), 1684);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate(blueprint: &Blueprint) -> Result<Simulated, SimulateError> {
    let events = check(blueprint)?;
    let mut last = SimulateError::OutOfReach;
    for attempt in 0..TRIES {
        let mut rng = Rng::stream(blueprint.seed, attempt);
        match draw(blueprint, events, &mut rng) {
            Ok(studies) => {
                let groups = groups::outcome(&blueprint.groups, &studies);
                return Ok(Simulated { studies, groups, seed: blueprint.seed });
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The exact number of events, once nothing contradicts.
fn check(blueprint: &Blueprint) -> Result<u64, SimulateError> {
    let Blueprint { k, total, rate, smallest, largest, tau, least_size, .. } = blueprint;
    if *k == 0 || *total == 0 {
        return Err(SimulateError::Nothing);
    }
    if !(tau.is_finite() && *tau >= 0.0) {
        return Err(SimulateError::BadTau { tau: *tau });
    }
    if (*k as u64).checked_mul((*least_size).max(1)).is_none_or(|needed| needed > *total) {
        return Err(SimulateError::TooFewPatients { k: *k, total: *total, least: *least_size });
    }
    let possible = WholeCounts::of(*rate, *total);
    let events = match blueprint.events {
        Some(events) if events > *total => {
            return Err(SimulateError::EventsAboveTotal { events, total: *total });
        }
        Some(events) if rate.covers(events as f64 / *total as f64) => events,
        Some(events) => {
            return Err(SimulateError::OtherRate { events, total: *total, rate: rate.value() });
        }
        None => possible
            .counts()
            .min_by(|a, b| {
                let away = |x: &u64| (*x as f64 / *total as f64 - rate.value()).abs();
                away(a).total_cmp(&away(b))
            })
            .ok_or(SimulateError::NoWholeCount { rate: rate.value(), total: *total })?,
    };
    let mean = events as f64 / *total as f64;
    if let Some(smallest) = smallest.filter(|smallest| smallest.lower() > mean) {
        return Err(SimulateError::SmallestAboveMean { smallest: smallest.value(), mean });
    }
    if let Some(largest) = largest.filter(|largest| largest.upper() < mean) {
        return Err(SimulateError::LargestBelowMean { largest: largest.value(), mean });
    }
    if smallest.is_some() && largest.is_some() && *k < 2 {
        return Err(SimulateError::OneStudyTwoExtremes);
    }
    groups::check(&blueprint.groups, *k)?;
    Ok(events)
}

fn draw(
    blueprint: &Blueprint,
    events: u64,
    rng: &mut Rng,
) -> Result<Vec<SimulatedStudy>, SimulateError> {
    let Blueprint { k, total, least_size, groups: plans, .. } = blueprint;
    let least = (*least_size).max(1);
    let mut sizes = blueprint.sizes.draw(*k, *total, least, rng);
    // The studies with the extreme rates take the nearest size that has such a rate; the others give or
    // take the difference.
    let extremes: Vec<Printed> =
        [blueprint.smallest, blueprint.largest].into_iter().flatten().collect();
    let mut fixed: Vec<(u64, u64)> = Vec::new();
    for extreme in &extremes {
        let at = fixed.len();
        let wanted = sizes.get(at).copied().unwrap_or(least);
        let room = total.saturating_sub(fixed.iter().map(|f| f.1).sum::<u64>())
            - least * (*k as u64 - at as u64 - 1);
        fixed.push(sizes::with_rate(*extreme, wanted, (least, room))?);
    }
    let taken: u64 = fixed.iter().map(|f| f.1).sum();
    let others = *k - fixed.len();
    if others == 0 && (taken != *total || fixed.iter().map(|f| f.0).sum::<u64>() != events) {
        return Err(SimulateError::OutOfReach);
    }
    let rest = sizes::scaled(sizes.split_off(fixed.len()), *total - taken, least);
    let rate_of = |(x, n): &(u64, u64)| *x as f64 / *n as f64;
    let lower = blueprint.smallest.and_then(|_| fixed.first().map(rate_of)).unwrap_or(0.0);
    let upper = blueprint.largest.and_then(|_| fixed.last().map(rate_of)).unwrap_or(1.0);
    let all: Vec<u64> = fixed.iter().map(|f| f.1).chain(rest.iter().copied()).collect();
    let ends = (blueprint.smallest.is_some(), blueprint.largest.is_some());
    let members = groups::assign(plans, &all, ends, rng);
    let logits = |i: usize| {
        let group = members.get(i).copied().flatten();
        group.and_then(|group| plans.get(group)).map_or(0.0, GroupPlan::logit)
    };
    let places: Vec<f64> = (0..rest.len())
        .map(|i| blueprint.tau.mul_add(rng.normal(), logits(i + fixed.len())))
        .collect();
    let needed = events
        .checked_sub(fixed.iter().map(|f| f.0).sum::<u64>())
        .ok_or(SimulateError::OutOfReach)?;
    let bounds: Vec<Bounds> = rest
        .iter()
        .map(|n| Bounds::new(*n, lower, upper))
        .collect::<Option<_>>()
        .ok_or(SimulateError::OutOfReach)?;
    let counts = spread_events(&places, &bounds, needed)?;
    let mut studies: Vec<SimulatedStudy> = fixed
        .iter()
        .copied()
        .chain(counts.into_iter().zip(rest))
        .enumerate()
        .map(|(i, (events, total))| SimulatedStudy {
            events,
            total,
            group: members.get(i).copied().flatten(),
        })
        .collect();
    shuffle(&mut studies, rng);
    Ok(studies)
}

/// Fisher and Yates.
fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for i in (1..items.len()).rev() {
        let j = usize::try_from(rng.below(i as u64 + 1)).unwrap_or(0);
        items.swap(i, j);
    }
}
