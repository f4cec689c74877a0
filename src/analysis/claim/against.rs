//! A claim against studies: which analyses of them give its digits, which come nearest, and how much
//! of a crude sum one study carries.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Printed, Stated};
use crate::{
    analysis::{
        Choice, Grid, Method, Multiverse, MultiverseError, Outcome, Specification, multiverse,
    },
    model::{Estimand, Level, Link, OneStepCi, PredictionMethod},
    study::{Counts, Studies},
};

/// What the grid of all analyses of some studies says about a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Against {
    /// The studies.
    pub k: usize,
    /// Their events, where they give events of a total.
    pub events: Option<u64>,
    /// Their patients.
    pub total: Option<u64>,
    /// How many analyses were carried out, prediction intervals aside.
    pub specifications: usize,
    /// The lowest and the highest estimate.
    pub range: [f64; 2],
    /// The binomial-normal model of all the studies, where the grid has it.
    pub reference: Option<Specification>,
    /// Analyses whose estimate, and interval and I² where the claim has them, round to the printed
    /// digits; an I² may be that from `τ²` or that from the test of heterogeneity.
    pub matches: Vec<Specification>,
    /// How many analyses give the estimate, whatever their interval and I².
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

/// What an analysis has to give: the printed numbers of a claim.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought {
    pub(super) estimate: Printed,
    pub(super) ci: Option<[Printed; 2]>,
    pub(super) i2: Option<Printed>,
}

impl From<&Stated> for Sought {
    fn from(stated: &Stated) -> Self {
        Self { estimate: stated.rate, ci: stated.ci, i2: stated.i2 }
    }
}

impl Sought {
    /// How far the printed numbers are from an analysis: 0 where it rounds to all of them.
    fn distance(&self, outcome: &Outcome) -> f64 {
        let limits = self.ci.map_or(0.0, |[lower, upper]| {
            lower.distance(outcome.ci_lower).max(upper.distance(outcome.ci_upper))
        });
        self.estimate.distance(outcome.estimate).max(limits).max(self.off_i2(outcome))
    }

    /// The same of I², as a proportion. Tools print the one from `τ²` or the one from Q, and an analysis
    /// without either can have printed none.
    fn off_i2(&self, outcome: &Outcome) -> f64 {
        let Some(i2) = self.i2 else { return 0.0 };
        let off = [outcome.i2, outcome.i2_q].into_iter().flatten().map(|own| i2.distance(own));
        off.fold(100.0, f64::min) / 100.0
    }
}

/// Every analysis of `grid` that a claim is held against. A claim prints no prediction interval: one
/// kind of them is enough.
///
/// # Errors
/// Those of [`multiverse`].
pub(super) fn analyses(
    studies: &Studies,
    grid: &Grid,
    level: Level,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Multiverse, MultiverseError> {
    let grid = Grid { predictions: vec![PredictionMethod::T], ..grid.clone() };
    multiverse(studies, &grid, level, progress)
}

/// Holds `sought` against analyses of `studies` that are done.
pub(super) fn against(sought: Sought, studies: &Studies, all: &Multiverse) -> Against {
    let mut by_distance: Vec<(f64, &Outcome)> =
        all.outcomes.iter().map(|outcome| (sought.distance(outcome), outcome)).collect();
    let matching: Vec<&Outcome> =
        by_distance.iter().filter(|(distance, _)| *distance == 0.0).map(|(_, o)| *o).collect();
    let value = sought.estimate.value();
    by_distance.sort_by(|(a, first), (b, second)| {
        let apart = |o: &Outcome| (o.estimate - value).abs();
        a.total_cmp(b).then(apart(first).total_cmp(&apart(second)))
    });
    let rounded = |o: &Outcome| {
        [o.estimate, o.ci_lower, o.ci_upper].map(|value| (value * 1e9).round().to_bits())
    };
    let mut seen = BTreeSet::new();
    by_distance.retain(|(_, outcome)| seen.len() < NEAREST && seen.insert(rounded(outcome)));
    let estimates = || all.outcomes.iter().map(|o| o.estimate);
    let counts = studies.counts();
    let sum = |of: fn(&Counts) -> u64| {
        counts.map(|counts| counts.iter().map(of).fold(0, u64::saturating_add))
    };
    Against {
        k: studies.k(),
        events: sum(|c| c.events()),
        total: sum(|c| c.total()),
        specifications: all.outcomes.len(),
        range: [
            estimates().fold(f64::INFINITY, f64::min),
            estimates().fold(f64::NEG_INFINITY, f64::max),
        ],
        reference: all.outcomes.iter().find(|o| is_reference(o)).map(|o| all.specification(o)),
        shared: shared(all, &matching),
        rate_matches: all.outcomes.iter().filter(|o| sought.estimate.covers(o.estimate)).count(),
        matches: matching.iter().map(|o| all.specification(o)).collect(),
        nearest: by_distance.iter().map(|(_, o)| all.specification(o)).collect(),
        crude_without: Vec::new(),
    }
}

fn is_reference(outcome: &Outcome) -> bool {
    let (link, estimand) = (Link::Logit, Estimand::Median);
    let (ci, prediction) = (OneStepCi::T, PredictionMethod::T);
    outcome.rows == 0 && outcome.method == Method::Glmm { link, estimand, ci, prediction }
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
pub(super) fn crude_without(stated: &Stated, studies: &Studies) -> Vec<CrudeWithout> {
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
