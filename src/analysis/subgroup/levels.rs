//! Levels of grouping columns: their names, their order, and the studies that have several.

use std::collections::HashMap;

use serde::Serialize;

use super::SubgroupError;
use crate::study::{Column, Moderator, Studies};

/// The order in which levels are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LevelOrder {
    /// As they first occur in the data.
    #[default]
    Data,
    /// By name.
    Name,
    /// As given; levels that are not named follow in the order of the data.
    Given(Vec<String>),
}

/// A study that gives rows to more than one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// The study.
    pub study: String,
    /// Its groups, in the order of its rows.
    pub groups: Vec<String>,
}

/// The level of each study; `None` where a column is missing.
pub(in crate::analysis) fn of(k: usize, columns: &[&Moderator]) -> Vec<Option<String>> {
    (0..k)
        .map(|i| {
            let parts: Option<Vec<String>> =
                columns.iter().map(|moderator| cell(&moderator.column, i)).collect();
            parts.map(|parts| parts.join(" / "))
        })
        .collect()
}

fn cell(column: &Column, i: usize) -> Option<String> {
    match column {
        Column::Number(values) => (*values.get(i)?).map(|value| value.to_string()),
        Column::Text(values) => values.get(i)?.as_deref().map(str::to_owned),
    }
}

/// What each row that is used belongs to: its study by name, or the value of a column. A missing value
/// is a cluster of its own.
pub(super) fn clusters(
    studies: &Studies,
    column: Option<&Moderator>,
    used: &[bool],
) -> Vec<String> {
    let label = |i: usize| match column {
        None => studies.labels().get(i).cloned(),
        Some(moderator) => {
            Some(cell(&moderator.column, i).unwrap_or_else(|| format!("row {}", i + 1)))
        }
    };
    used.iter().enumerate().filter(|(_, used)| **used).filter_map(|(i, _)| label(i)).collect()
}

/// The distinct levels in the order asked for.
pub(in crate::analysis) fn ordered(
    levels: &[String],
    order: &LevelOrder,
) -> Result<Vec<String>, SubgroupError> {
    let mut distinct: Vec<String> = Vec::new();
    for level in levels {
        if !distinct.contains(level) {
            distinct.push(level.clone());
        }
    }
    match order {
        LevelOrder::Data => {}
        LevelOrder::Name => distinct.sort(),
        LevelOrder::Given(first) => {
            if let Some(level) = first.iter().find(|level| !distinct.contains(level)) {
                return Err(SubgroupError::UnknownLevel {
                    level: level.clone(),
                    available: distinct,
                });
            }
            let place = |level: &String| first.iter().position(|f| f == level);
            // The sort is stable, so levels that are not named keep the order of the data.
            distinct.sort_by_key(|level| place(level).unwrap_or(usize::MAX));
        }
    }
    Ok(distinct)
}

/// The studies with rows in more than one level.
pub(in crate::analysis) fn overlap(labels: &[String], levels: &[String]) -> Vec<Overlap> {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: HashMap<&str, Vec<String>> = HashMap::new();
    for (label, level) in labels.iter().zip(levels) {
        let seen = groups.entry(label).or_insert_with(|| {
            order.push(label);
            Vec::new()
        });
        if !seen.contains(level) {
            seen.push(level.clone());
        }
    }
    order
        .into_iter()
        .filter_map(|study| Some((study, groups.remove(study)?)))
        .filter(|(_, groups)| groups.len() > 1)
        .map(|(study, groups)| Overlap { study: study.to_owned(), groups })
        .collect()
}

/// The studies without a level.
pub(in crate::analysis) fn missing(labels: &[String], levels: &[Option<String>]) -> Vec<String> {
    labels
        .iter()
        .zip(levels)
        .filter(|(_, level)| level.is_none())
        .map(|(label, _)| label.clone())
        .collect()
}
