//! Groups of simulated studies: their share of the patients and their rates.

use serde::Serialize;

use super::{SimulateError, SimulatedStudy, shuffle};
use crate::numeric::{rng::Rng, special::logit};

/// A group of studies.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPlan {
    /// Its name.
    pub name: String,
    /// Its share of the patients; shares are scaled to sum to 1.
    pub share: f64,
    /// Its rate. Where rates and shares do not average to the rate of all, every group is moved by the
    /// same distance on the logit scale, so that the odds ratios between groups stay.
    pub rate: f64,
}

/// What became of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedGroup {
    /// Its name.
    pub name: String,
    /// Its studies.
    pub k: usize,
    /// Its events.
    pub events: u64,
    /// Its patients.
    pub total: u64,
    /// The rate that was asked for.
    pub asked: f64,
}

impl GroupPlan {
    pub(super) fn logit(&self) -> f64 {
        logit(self.rate)
    }
}

pub(super) fn check(plans: &[GroupPlan], k: usize) -> Result<(), SimulateError> {
    if plans.len() > k {
        return Err(SimulateError::TooManyGroups { groups: plans.len(), k });
    }
    let bad = |plan: &&GroupPlan| {
        !(plan.share > 0.0 && plan.share.is_finite() && plan.rate > 0.0 && plan.rate < 1.0)
    };
    match plans.iter().find(bad) {
        Some(GroupPlan { name, share, rate }) => {
            Err(SimulateError::BadGroup { name: name.clone(), share: *share, rate: *rate })
        }
        None => Ok(()),
    }
}

/// The group of each study: the extremes go to the groups with the lowest and the highest rate, each
/// other study, in random order, to the group that lacks most patients.
pub(super) fn assign(
    plans: &[GroupPlan],
    sizes: &[u64],
    (smallest, largest): (bool, bool),
    rng: &mut Rng,
) -> Vec<Option<usize>> {
    let mut members: Vec<Option<usize>> = vec![None; sizes.len()];
    if plans.is_empty() {
        return members;
    }
    let shares: f64 = plans.iter().map(|plan| plan.share).sum();
    let total: u64 = sizes.iter().sum();
    let mut lacking: Vec<f64> =
        plans.iter().map(|plan| total as f64 * plan.share / shares).collect();
    let by_rate = |a: &(usize, &GroupPlan), b: &(usize, &GroupPlan)| a.1.rate.total_cmp(&b.1.rate);
    let lowest = plans.iter().enumerate().min_by(by_rate).map(|(i, _)| i);
    let highest = plans.iter().enumerate().max_by(by_rate).map(|(i, _)| i);
    let first = if smallest { lowest } else { highest };
    let set = usize::from(smallest) + usize::from(largest);
    let mut order: Vec<usize> = (set..sizes.len()).collect();
    shuffle(&mut order, rng);
    let wanted = [first, highest];
    for i in (0..set).chain(order) {
        let most =
            || lacking.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(group, _)| group);
        let group = if i < set { wanted.get(i).copied().flatten() } else { most() };
        if let (Some(group), Some(member), Some(size)) = (group, members.get_mut(i), sizes.get(i)) {
            *member = Some(group);
            if let Some(lack) = lacking.get_mut(group) {
                *lack -= *size as f64;
            }
        }
    }
    // A group with a small share may have got none: it takes the smallest study that another can spare.
    for group in 0..plans.len() {
        if members.contains(&Some(group)) {
            continue;
        }
        let spare = (set..sizes.len())
            .filter(|i| {
                let own = members.get(*i).copied().flatten();
                members.iter().filter(|member| **member == own).count() > 1
            })
            .min_by_key(|i| sizes.get(*i));
        if let Some(member) = spare.and_then(|i| members.get_mut(i)) {
            *member = Some(group);
        }
    }
    members
}

pub(super) fn outcome(plans: &[GroupPlan], studies: &[SimulatedStudy]) -> Vec<SimulatedGroup> {
    let of = |(i, plan): (usize, &GroupPlan)| {
        let own = || studies.iter().filter(move |study| study.group == Some(i));
        SimulatedGroup {
            name: plan.name.clone(),
            k: own().count(),
            events: own().map(|study| study.events).sum(),
            total: own().map(|study| study.total).sum(),
            asked: plan.rate,
        }
    };
    plans.iter().enumerate().map(of).collect()
}
