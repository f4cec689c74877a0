//! What a grid comes to: the range, and which choice moves the result most.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use serde::Serialize;

use super::{Advice, Choice, Multiverse, Outcome};
use crate::{
    effect::Display,
    numeric::{self, quantile_of_sorted},
};

/// A summary of all analyses of a grid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MultiverseSummary {
    /// How many analyses.
    pub specifications: usize,
    /// How many different estimates, to six decimals.
    pub distinct_estimates: usize,
    /// The lowest and the highest estimate.
    pub range: [f64; 2],
    /// The estimate in the middle.
    pub median: f64,
    /// The middle half of the estimates.
    pub quartiles: [f64; 2],
    /// The lowest lower and the highest upper confidence limit.
    pub ci_range: [f64; 2],
    /// Analyses that nothing speaks against.
    pub unflagged: usize,
    /// Their lowest and highest estimate.
    pub unflagged_range: Option<[f64; 2]>,
    /// How many intervals hold a value that was asked about, or else that of no effect.
    pub holds: Option<Holding>,
    /// The choices, the one that moves the estimates most first.
    pub choices: Vec<ChoiceShare>,
    /// The share of variance that no choice has alone.
    pub interactions: Option<f64>,
    /// What speaks against analyses, and how many have it.
    pub advice: Vec<AdviceCount>,
}

/// How many intervals hold a value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Holding {
    /// The value.
    pub value: f64,
    /// The share of confidence intervals that hold it.
    pub ci_share: f64,
    /// The share of prediction intervals that hold it; `None` without any.
    pub prediction_share: Option<f64>,
}

/// A choice and what it does to the estimates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceShare {
    /// The choice.
    pub choice: String,
    /// Its share of the variance of all estimates; `None` where they are all alike.
    pub share_of_variance: Option<f64>,
    /// Its alternatives, in the order of the grid.
    pub levels: Vec<LevelSummary>,
}

/// The analyses with one alternative of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelSummary {
    /// The alternative.
    pub level: String,
    /// How many analyses.
    pub specifications: usize,
    /// Their lowest estimate.
    pub lowest: f64,
    /// Their median estimate.
    pub median: f64,
    /// Their highest estimate.
    pub highest: f64,
}

/// A reason and how many analyses it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdviceCount {
    /// Its name.
    pub advice: Advice,
    /// The reason.
    pub reason: &'static str,
    /// Where it is said.
    pub source: &'static str,
    /// How many.
    pub specifications: usize,
}

impl Multiverse {
    /// Summarises the grid; `value` is a value to look for in the intervals, by default that of no
    /// effect where the measure has one.
    #[must_use]
    pub fn summary(&self, value: Option<f64>) -> MultiverseSummary {
        let estimates = sorted(self.outcomes.iter());
        let unflagged = sorted(self.outcomes.iter().filter(|o| o.advice.is_empty()));
        let coded: Vec<Coded> = self.choices().map(|choice| self.coded(choice)).collect();
        let mut choices: Vec<ChoiceShare> =
            coded.iter().filter_map(|choice| self.share(choice, &coded)).collect();
        let shares = choices.iter().filter_map(|choice| choice.share_of_variance);
        let interactions = choices
            .iter()
            .any(|choice| choice.share_of_variance.is_some())
            .then(|| (1.0 - shares.sum::<f64>()).max(0.0));
        // A stable sort: equal shares stay in the order of the grid.
        choices.sort_by(|a, b| {
            let share = |c: &ChoiceShare| c.share_of_variance.unwrap_or(0.0);
            share(b).total_cmp(&share(a))
        });
        let limit = |f: fn(f64, f64) -> f64, start, of: fn(&Outcome) -> f64| {
            self.outcomes.iter().map(of).fold(start, f)
        };
        let micro = |p: f64| (p * 1e6).round();
        let mut distinct: Vec<f64> = estimates.iter().map(|p| micro(*p)).collect();
        distinct.dedup();
        MultiverseSummary {
            specifications: estimates.len(),
            distinct_estimates: distinct.len(),
            range: ends(&estimates).unwrap_or([f64::NAN; 2]),
            median: quantile_of_sorted(&estimates, 0.5),
            quartiles: [0.25, 0.75].map(|p| quantile_of_sorted(&estimates, p)),
            ci_range: [
                limit(f64::min, f64::INFINITY, |o| o.ci_lower),
                limit(f64::max, f64::NEG_INFINITY, |o| o.ci_upper),
            ],
            unflagged: unflagged.len(),
            unflagged_range: ends(&unflagged),
            holds: value.or(self.measure.null()).map(|value| self.holding(value)),
            choices,
            interactions,
            advice: self.advice(),
        }
    }

    fn advice(&self) -> Vec<AdviceCount> {
        let count = |advice: Advice| AdviceCount {
            advice,
            reason: advice.reason(),
            source: advice.source(),
            specifications: self.outcomes.iter().filter(|o| o.advice.contains(advice)).count(),
        };
        Advice::ALL.into_iter().map(count).filter(|found| found.specifications > 0).collect()
    }

    fn holding(&self, value: f64) -> Holding {
        let n = self.outcomes.len() as f64;
        let holds = |o: &&Outcome| (o.ci_lower..=o.ci_upper).contains(&value);
        let predictions: Vec<[f64; 2]> =
            self.outcomes.iter().filter_map(|o| o.prediction).collect();
        let within = predictions.iter().filter(|[lower, upper]| (*lower..=*upper).contains(&value));
        Holding {
            value,
            ci_share: self.outcomes.iter().filter(holds).count() as f64 / n,
            prediction_share: (!predictions.is_empty())
                .then(|| within.count() as f64 / predictions.len() as f64),
        }
    }

    /// The alternatives of a choice in the order of the grid, and for each analysis the place of its own.
    fn coded(&self, choice: Choice) -> Coded {
        let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let mut names = Vec::new();
        let of = |outcome: &Outcome| {
            let level = self.chosen(outcome, choice)?;
            Some(*places.entry(level).or_insert_with_key(|level| {
                names.push(level.clone().into_owned());
                names.len() - 1
            }))
        };
        let own = self.outcomes.iter().map(of).collect();
        Coded { choice, names, own }
    }

    /// The variance of the means of the alternatives, within the part of the grid that has the choice:
    /// an estimator of `τ²` is compared with others of the two-step model, a correction with others on
    /// the same scale. `None` for a choice without an alternative.
    fn share(&self, coded: &Coded, all: &[Coded]) -> Option<ChoiceShare> {
        if coded.names.len() < 2 {
            return None;
        }
        let parents: &[Choice] = match coded.choice {
            Choice::Rows(_) | Choice::Model => &[],
            Choice::Correction | Choice::Inversion => &[Choice::Model, Choice::Scale],
            _ => &[Choice::Model],
        };
        let parents: Vec<&Coded> =
            all.iter().filter(|other| parents.contains(&other.choice)).collect();
        let part = |i: usize| -> [usize; 2] {
            let mut own = parents.iter().map(|parent| parent.at(i).unwrap_or(usize::MAX));
            [own.next().unwrap_or(0), own.next().unwrap_or(0)]
        };
        let mut levels: Vec<Vec<f64>> = vec![Vec::new(); coded.names.len()];
        let mut cells: BTreeMap<([usize; 2], usize), Mean> = BTreeMap::new();
        let mut groups: BTreeMap<[usize; 2], Mean> = BTreeMap::new();
        for (i, outcome) in self.outcomes.iter().enumerate() {
            let Some(level) = coded.at(i) else { continue };
            if let Some(members) = levels.get_mut(level) {
                members.push(outcome.estimate);
            }
            let part = part(i);
            let value = self.straight(outcome);
            groups.entry(part).or_default().add(value);
            cells.entry((part, level)).or_default().add(value);
        }
        let between: f64 = cells
            .iter()
            .filter_map(|((part, _), cell)| {
                let away = cell.mean() - groups.get(part)?.mean();
                Some(cell.n * away * away)
            })
            .sum();
        let total = self.sum_of_squares();
        let summaries = coded.names.iter().zip(levels).map(|(level, mut members)| {
            members.sort_by(f64::total_cmp);
            let [lowest, highest] = ends(&members).unwrap_or([f64::NAN; 2]);
            let median = quantile_of_sorted(&members, 0.5);
            LevelSummary {
                level: level.clone(),
                specifications: members.len(),
                lowest,
                median,
                highest,
            }
        });
        Some(ChoiceShare {
            choice: self.name_of(coded.choice).to_owned(),
            share_of_variance: (total > 0.0).then(|| (between / total).min(1.0)),
            levels: summaries.collect(),
        })
    }

    /// `Σ(estimate − mean)²`; 0 where the estimates differ by rounding alone.
    fn sum_of_squares(&self) -> f64 {
        let n = self.outcomes.len() as f64;
        let mean = numeric::sum(self.outcomes.iter().map(|o| self.straight(o))) / n;
        let total = numeric::sum(self.outcomes.iter().map(|o| (self.straight(o) - mean).powi(2)));
        if total <= n * 1e-24 { 0.0 } else { total }
    }

    /// An estimate where differences mean the same everywhere: the logarithm of a ratio.
    fn straight(&self, outcome: &Outcome) -> f64 {
        match self.measure.display() {
            Display::Ratio => outcome.estimate.ln(),
            _ => outcome.estimate,
        }
    }
}

/// A choice with the alternatives of all analyses as numbers.
struct Coded {
    choice: Choice,
    names: Vec<String>,
    own: Vec<Option<usize>>,
}

impl Coded {
    fn at(&self, i: usize) -> Option<usize> {
        self.own.get(i).copied().flatten()
    }
}

#[derive(Default)]
struct Mean {
    n: f64,
    sum: f64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.n += 1.0;
        self.sum += value;
    }

    fn mean(&self) -> f64 {
        self.sum / self.n
    }
}

fn sorted<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Vec<f64> {
    let mut estimates: Vec<f64> = outcomes.map(|o| o.estimate).collect();
    estimates.sort_by(f64::total_cmp);
    estimates
}

fn ends(sorted: &[f64]) -> Option<[f64; 2]> {
    Some([*sorted.first()?, *sorted.last()?])
}
