//! Which studies: every combination of the row choices, as masks.

use super::{MultiverseError, RowChoices};
use crate::study::{Column, Counts, Studies, TwoGroups};

/// A choice of studies, one alternative of every dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct RowSet {
    /// What it is called: `all`, `definition_class = any`, `without Lee 2017`.
    pub name: String,
    /// The alternative of each dimension, by its number in [`Dimension::levels`].
    pub levels: Vec<usize>,
    /// The studies in it.
    pub mask: Vec<bool>,
    /// How many.
    pub k: usize,
    /// Whether studies that say nothing about an odds ratio are left out of it for that reason.
    pub(super) without_double_zeros: bool,
}

/// A question about rows with its alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// The column, the predicate, or `left out`.
    pub name: String,
    /// What each alternative is called; the first is `all`.
    pub levels: Vec<String>,
    masks: Vec<Vec<bool>>,
}

impl Dimension {
    fn new(name: &str, k: usize) -> Self {
        Self { name: name.to_owned(), levels: vec!["all".to_owned()], masks: vec![vec![true; k]] }
    }

    fn push(&mut self, level: String, mask: Vec<bool>) {
        // An alternative with the same studies is no alternative; one without any is none at all.
        if mask.iter().any(|keep| *keep) && !self.masks.contains(&mask) {
            self.levels.push(level);
            self.masks.push(mask);
        }
    }
}

/// The name of the dimension of studies without a difference between their groups.
const DOUBLE_ZERO: &str = "double zeros";

fn is_double_zero(groups: &TwoGroups<Counts>) -> bool {
    let both = |holds: fn(Counts) -> bool| holds(groups.first) && holds(groups.second);
    both(|c| c.events() == 0) || both(|c| c.events() == c.total())
}

/// The most combinations of rows.
const MOST: usize = 100_000;

/// The dimensions that `choices` make of `studies`, and every combination of their alternatives that
/// leaves two studies; combinations with the same studies are kept once.
pub(super) fn row_sets(
    studies: &Studies,
    choices: &RowChoices,
) -> Result<(Vec<Dimension>, Vec<RowSet>), MultiverseError> {
    let dimensions = dimensions(studies, choices)?;
    let combinations = dimensions.iter().map(|d| d.levels.len()).try_fold(1, usize::checked_mul);
    let combinations = combinations.filter(|n| *n <= MOST).ok_or(MultiverseError::TooMany)?;
    let mut seen = std::collections::HashSet::new();
    let mut sets = Vec::new();
    for number in 0..combinations {
        let mut rest = number;
        // The last dimension turns fastest, as in nested loops.
        let mut levels: Vec<usize> = dimensions
            .iter()
            .rev()
            .map(|dimension| {
                let level = rest % dimension.levels.len();
                rest /= dimension.levels.len();
                level
            })
            .collect();
        levels.reverse();
        let mut mask = vec![true; studies.k()];
        let mut names = Vec::new();
        for (dimension, level) in dimensions.iter().zip(&levels) {
            if let Some(own) = dimension.masks.get(*level) {
                for (keep, own) in mask.iter_mut().zip(own) {
                    *keep &= own;
                }
            }
            if *level > 0
                && let Some(name) = dimension.levels.get(*level)
            {
                names.push(name.as_str());
            }
        }
        let k = mask.iter().filter(|keep| **keep).count();
        if k >= 2 && seen.insert(mask.clone()) {
            let name = if names.is_empty() { "all".to_owned() } else { names.join("; ") };
            let double_zeros = dimensions.iter().position(|d| d.name == DOUBLE_ZERO);
            let without_double_zeros =
                double_zeros.and_then(|d| levels.get(d)).is_some_and(|l| *l > 0);
            sets.push(RowSet { name, levels, mask, k, without_double_zeros });
        }
    }
    Ok((dimensions, sets))
}

fn dimensions(studies: &Studies, choices: &RowChoices) -> Result<Vec<Dimension>, MultiverseError> {
    let k = studies.k();
    let mut found = Vec::new();
    for name in &choices.by {
        let moderator = studies.moderator(name).ok_or_else(|| MultiverseError::UnknownColumn {
            name: name.clone(),
            available: studies.moderators().iter().map(|m| m.name.clone()).collect(),
        })?;
        let cells: Vec<Option<String>> = match &moderator.column {
            Column::Number(cells) => cells.iter().map(|c| c.map(|c| c.to_string())).collect(),
            Column::Text(cells) => cells.iter().map(|c| c.as_deref().map(str::to_owned)).collect(),
        };
        let mut levels: Vec<&String> = cells.iter().flatten().collect();
        levels.sort_unstable();
        levels.dedup();
        let mut dimension = Dimension::new(name, k);
        for level in &levels {
            let mask = cells.iter().map(|cell| cell.as_ref() == Some(*level)).collect();
            dimension.push(format!("{name} = {level}"), mask);
        }
        for level in &levels {
            let mask = cells.iter().map(|cell| cell.as_ref() != Some(*level)).collect();
            dimension.push(format!("{name} != {level}"), mask);
        }
        found.push(dimension);
    }
    for filter in &choices.filters {
        let mut dimension = Dimension::new(filter.predicate(), k);
        let mask = filter.mask(studies).map_err(MultiverseError::Filter)?;
        dimension.push(filter.predicate().to_owned(), mask);
        found.push(dimension);
    }
    if choices.double_zero
        && let Some(tables) = studies.two_counts()
        && tables.iter().any(is_double_zero)
    {
        let mut dimension = Dimension::new(DOUBLE_ZERO, k);
        let speaking = tables.iter().map(|groups| !is_double_zero(groups)).collect();
        dimension.push("without double zeros".to_owned(), speaking);
        found.push(dimension);
    }
    if choices.leave_one_out {
        let mut dimension = Dimension::new("left out", k);
        for (left, label) in studies.labels().iter().enumerate() {
            dimension.push(format!("without {label}"), (0..k).map(|i| i != left).collect());
        }
        found.push(dimension);
    }
    Ok(found)
}
