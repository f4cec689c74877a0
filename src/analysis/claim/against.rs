//! A claim against studies: which analyses of them give its digits, which come nearest, and how much
//! of a crude sum one study carries.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Claim, Stated};
use crate::{
    analysis::{
        Choice, Grid, Method, Multiverse, MultiverseError, Outcome, Specification, multiverse,
    },
    model::{Estimand, Link, OneStepCi, PredictionMethod},
    study::Studies,
};

/// What the grid of all analyses of some studies says about a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// The studies.
    pub k: usize,
    /// Their events.
    pub events: u64,
    /// Their patients.
    pub total: u64,
    /// How many analyses were carried out, prediction intervals aside.
    pub specifications: usize,
    /// The lowest and the highest estimate.
    pub range: [f64; 2],
    /// The binomial-normal model of all the studies, where the grid has it.
    pub reference: Option<Specification>,
    /// Analyses whose estimate, and interval where the claim has one, round to the printed digits.
    pub matches: Vec<Specification>,
    /// How many analyses give the rate, whatever their interval.
    pub rate_matches: usize,
    /// What all matches have in common and other analyses do not.
    pub shared: Vec<Shared>,
    /// The nearest analyses with different results, nearest first.
    pub nearest: Vec<Specification>,
    /// A crude sum without each study, the largest change first.
    pub crude_without: Vec<CrudeWithout>,
}

/// An alternative that all matches have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shared {
    /// The choice.
    pub choice: String,
    /// The alternative.
    pub level: String,
    /// The share of all analyses that have it.
    pub share_of_grid: f64,
}

/// A claim's crude sum without the patients of one study, were it among them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrudeWithout {
    /// The study.
    pub study: String,
    /// Its events.
    pub events: u64,
    /// Its patients.
    pub total: u64,
    /// Its rate.
    pub rate: f64,
    /// Events without it.
    pub events_without: u64,
    /// Patients without it.
    pub total_without: u64,
    /// The crude rate without it.
    pub rate_without: f64,
    /// Whether its rate is the largest or the smallest that the claim states.
    pub is_stated_extreme: bool,
}

/// Analyses listed as nearest.
const NEAREST: usize = 5;

/// Holds `claim` against every analysis of `studies`.
///
/// # Errors
/// Those of [`multiverse`].
pub(super) fn against(
    claim: &Claim,
    studies: &Studies,
    grid: &Grid,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Against, MultiverseError> {
    // A claim prints no prediction interval: one of them is enough.
    let grid = Grid { predictions: vec![PredictionMethod::T], ..grid.clone() };
    let stated = claim.stated();
    let all = multiverse(studies, &grid, stated.level, progress)?;
    let gives_rate = |o: &&Outcome| stated.rate.covers(o.estimate);
    let matching: Vec<&Outcome> =
        all.outcomes.iter().filter(|o| distance(stated, o) == 0.0).collect();
    let mut by_distance: Vec<&Outcome> = all.outcomes.iter().collect();
    by_distance.sort_by(|a, b| {
        let further = distance(stated, a).total_cmp(&distance(stated, b));
        let apart = |o: &Outcome| (o.estimate - stated.rate.value()).abs();
        further.then(apart(a).total_cmp(&apart(b)))
    });
    let rounded = |o: &Outcome| {
        [o.estimate, o.ci_lower, o.ci_upper].map(|value| (value * 1e9).round().to_bits())
    };
    let mut seen = BTreeSet::new();
    by_distance.retain(|outcome| seen.len() < NEAREST && seen.insert(rounded(outcome)));
    let estimates = || all.outcomes.iter().map(|o| o.estimate);
    let counts = studies.counts().unwrap_or_default();
    Ok(Against {
        k: studies.k(),
        events: counts.iter().map(|c| c.events()).fold(0, u64::saturating_add),
        total: counts.iter().map(|c| c.total()).fold(0, u64::saturating_add),
        specifications: all.outcomes.len(),
        range: [
            estimates().fold(f64::INFINITY, f64::min),
            estimates().fold(f64::NEG_INFINITY, f64::max),
        ],
        reference: all.outcomes.iter().find(|o| is_reference(o)).map(|o| all.specification(o)),
        shared: shared(&all, &matching),
        rate_matches: all.outcomes.iter().filter(gives_rate).count(),
        matches: matching.iter().map(|o| all.specification(o)).collect(),
        nearest: by_distance.iter().map(|o| all.specification(o)).collect(),
        crude_without: crude_without(stated, studies),
    })
}

fn is_reference(outcome: &Outcome) -> bool {
    let (link, estimand) = (Link::Logit, Estimand::Median);
    let (ci, prediction) = (OneStepCi::T, PredictionMethod::T);
    outcome.rows == 0 && outcome.method == Method::Glmm { link, estimand, ci, prediction }
}

/// How far the printed numbers are from an analysis: 0 where it rounds to all of them.
fn distance(stated: &Stated, outcome: &Outcome) -> f64 {
    let limits = stated.ci.map_or(0.0, |[lower, upper]| {
        lower.distance(outcome.ci_lower).max(upper.distance(outcome.ci_upper))
    });
    stated.rate.distance(outcome.estimate).max(limits)
}

fn shared(all: &Multiverse, matching: &[&Outcome]) -> Vec<Shared> {
    let Some(first) = matching.first() else { return Vec::new() };
    let of = |choice: Choice| {
        let level = all.chosen(first, choice)?;
        let same = |o: &&Outcome| all.chosen(o, choice).as_deref() == Some(&*level);
        let everywhere = all.outcomes.iter().filter(same).count();
        (matching.iter().all(same) && everywhere < all.outcomes.len()).then(|| Shared {
            choice: all.name_of(choice).to_owned(),
            level: level.clone().into_owned(),
            share_of_grid: everywhere as f64 / all.outcomes.len() as f64,
        })
    };
    all.choices().filter_map(of).collect()
}

/// The claim's events and patients without those of each study that can be among them.
fn crude_without(stated: &Stated, studies: &Studies) -> Vec<CrudeWithout> {
    let (Some(events), Some(total)) = (stated.events, stated.total) else { return Vec::new() };
    if !stated.rate.covers(events as f64 / total as f64) {
        return Vec::new();
    }
    let extremes = [stated.smallest, stated.largest];
    let counts = studies.counts().unwrap_or_default();
    let mut found: Vec<CrudeWithout> = studies
        .labels()
        .iter()
        .zip(counts)
        .filter_map(|(study, counts)| {
            let events_without = events.checked_sub(counts.events())?;
            let total_without = total.checked_sub(counts.total())?;
            (total_without > 0 && events_without <= total_without).then(|| CrudeWithout {
                study: study.clone(),
                events: counts.events(),
                total: counts.total(),
                rate: counts.proportion(),
                events_without,
                total_without,
                rate_without: events_without as f64 / total_without as f64,
                is_stated_extreme: extremes
                    .iter()
                    .flatten()
                    .any(|extreme| extreme.covers(counts.proportion())),
            })
        })
        .collect();
    let change = |w: &CrudeWithout| (w.rate_without - stated.rate.value()).abs();
    found.sort_by(|a, b| change(b).total_cmp(&change(a)));
    found
}
