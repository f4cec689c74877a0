//! Specification curves: every analysis sorted by its estimate, and under each the choices that made
//! it (Simonsohn, Simmons and Nelson 2020).

mod draw;

pub use draw::specifications;

use super::{
    Spread,
    behind::{cell, table},
};
use crate::{
    analysis::{Choice, Multiverse, Outcome},
    effect::Display,
};

/// The content of a specification curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Specifications {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the values are spread: ratios by their logarithm.
    pub spread: Spread,
    /// The level of the intervals, in percent.
    pub level: f64,
    /// How many analyses there are, shown or not.
    pub total: usize,
    /// The analyses shown, from the lowest estimate to the highest.
    pub points: Vec<Point>,
    /// The choices, from top to bottom.
    pub choices: Vec<Lines>,
    /// A value to compare with.
    pub value: Option<f64>,
}

/// An analysis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Its estimate.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Whether guidance advises against it.
    pub flagged: bool,
}

/// A choice: a line for each alternative, a mark where an analysis has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The choice.
    pub name: String,
    /// Its alternatives, each with the places of the analyses that have it.
    pub levels: Vec<(String, Vec<usize>)>,
}

/// Analyses shown at most: more would be narrower than a dot.
const MOST_POINTS: usize = 300;
/// Alternatives of one choice shown at most.
const MOST_LEVELS: usize = 14;

impl Specifications {
    /// The analyses of a grid, evenly spaced by rank where there are too many to show; analyses that
    /// differ only in their prediction interval are one.
    #[must_use]
    pub fn new(all: &Multiverse, value: Option<f64>) -> Self {
        let mut sorted: Vec<&Outcome> = Vec::new();
        for outcome in &all.outcomes {
            let same = |last: &&Outcome| {
                last.rows == outcome.rows
                    && Choice::METHODS
                        .iter()
                        .filter(|choice| **choice != Choice::Prediction)
                        .all(|choice| last.method.chosen(*choice) == outcome.method.chosen(*choice))
            };
            if !sorted.last().is_some_and(same) {
                sorted.push(outcome);
            }
        }
        // A stable sort: equal estimates stay in the order of the grid.
        sorted.sort_by(|a, b| a.estimate.total_cmp(&b.estimate));
        let total = sorted.len();
        let shown: Vec<&Outcome> = if total <= MOST_POINTS {
            sorted
        } else {
            let step = (total - 1) as f64 / (MOST_POINTS - 1) as f64;
            (0..MOST_POINTS).filter_map(|i| sorted.get(rank(i, step)).copied()).collect()
        };
        let choices = all
            .choices()
            .filter(|choice| *choice != Choice::Prediction)
            .filter_map(|choice| lines(all, &shown, choice))
            .collect();
        let points = shown.iter().map(|o| Point {
            estimate: o.estimate,
            lower: o.ci_lower,
            upper: o.ci_upper,
            flagged: !o.advice.is_empty(),
        });
        Self {
            effect: all.measure.symbol().to_owned(),
            spread: match all.measure.display() {
                Display::Ratio => Spread::Log,
                _ => Spread::Linear,
            },
            level: all.level.percent(),
            total,
            points: points.collect(),
            choices,
            value: value.or(all.measure.null()),
        }
    }

    /// The numbers behind the figure as CSV: the analyses shown, with their choices.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut head = vec!["place", "estimate", "lower", "upper", "flagged"];
        head.extend(self.choices.iter().map(|choice| choice.name.as_str()));
        let rows = self.points.iter().enumerate().map(|(i, point)| {
            let mut row = vec![
                (i + 1).to_string(),
                cell(point.estimate),
                cell(point.lower),
                cell(point.upper),
                point.flagged.to_string(),
            ];
            row.extend(self.choices.iter().map(|choice| {
                let own = choice.levels.iter().find(|(_, places)| places.binary_search(&i).is_ok());
                own.map_or_else(String::new, |(level, _)| level.clone())
            }));
            row
        });
        table(&head, rows)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
fn rank(i: usize, step: f64) -> usize {
    (i as f64 * step).round() as usize
}

/// The lines of a choice that the analyses shown differ in.
fn lines(all: &Multiverse, shown: &[&Outcome], choice: Choice) -> Option<Lines> {
    let mut levels: Vec<(String, Vec<usize>)> = Vec::new();
    // Alternatives come in the order of the grid, not in that of the estimates.
    for outcome in &all.outcomes {
        if let Some(level) = all.chosen(outcome, choice)
            && !levels.iter().any(|(known, _)| *known == level)
        {
            levels.push((level.into_owned(), Vec::new()));
        }
    }
    if levels.len() < 2 {
        return None;
    }
    levels.truncate(MOST_LEVELS);
    for (place, outcome) in shown.iter().enumerate() {
        let level = all.chosen(outcome, choice);
        let own = levels.iter_mut().find(|(known, _)| Some(known.as_str()) == level.as_deref());
        if let Some((_, places)) = own {
            places.push(place);
        }
    }
    Some(Lines { name: all.name_of(choice).replace("_method", ""), levels })
}
