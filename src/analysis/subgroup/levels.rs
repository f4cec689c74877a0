//! Levels of grouping columns: their names, their order, and the studies that have several.

use std::{collections::HashMap, fmt, str::FromStr};

use serde::Serialize;

use super::SubgroupError;
use crate::study::{Moderator, Studies};

/// The order in which levels are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LevelOrder {
    /// As they first occur in the data.
    #[default]
    Data,
    /// By name.
    Name,
    /// As given; levels that are not named follow in the order of the data. Of several columns the names
    /// are those of whole groups, as in `mild / cohort`, or of the levels of each column.
    Given(Vec<String>),
}

impl FromStr for LevelOrder {
    type Err = String;

    /// Reads `data`, `name`, or the names of levels with commas between them, in double quotes where a
    /// name holds a comma.
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text.trim().to_ascii_lowercase().as_str() {
            "data" => Self::Data,
            "name" => Self::Name,
            _ => Self::Given(names(text)?),
        })
    }
}

impl fmt::Display for LevelOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data => f.write_str("data"),
            Self::Name => f.write_str("name"),
            Self::Given(names) => {
                for (i, name) in names.iter().enumerate() {
                    let comma = if i > 0 { "," } else { "" };
                    let word = ["data", "name"].iter().any(|word| name.eq_ignore_ascii_case(word));
                    let mark = if word || name.contains(',') { "\"" } else { "" };
                    write!(f, "{comma}{mark}{name}{mark}")?;
                }
                Ok(())
            }
        }
    }
}

/// Names with commas between them; one that holds a comma stands in double quotes.
fn names(text: &str) -> Result<Vec<String>, String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = text.trim();
    loop {
        let (name, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or("a double quote is not closed")?,
            None => rest.find(',').map_or((rest, ""), |comma| rest.split_at(comma)),
        };
        let (name, after) = (name.trim(), after.trim_start());
        if name.is_empty() {
            return Err("there is a name missing before or after a comma".to_owned());
        }
        if names.iter().any(|other| other == name) {
            return Err(format!("`{name}` is named twice"));
        }
        names.push(name.to_owned());
        match after.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None if after.is_empty() => return Ok(names),
            None => return Err("put a comma after a name in double quotes".to_owned()),
        }
    }
}

/// A study that gives rows to more than one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// The study.
    pub study: String,
    /// Its groups, in the order of its rows.
    pub groups: Vec<String>,
}

/// Between the levels of several columns in the name of a group.
const BETWEEN: &str = " / ";

/// The level of each study; `None` where a column is missing.
pub(in crate::analysis) fn of(k: usize, columns: &[&Moderator]) -> Vec<Option<String>> {
    (0..k)
        .map(|i| {
            let parts: Option<Vec<String>> =
                columns.iter().map(|moderator| moderator.column.level(i)).collect();
            parts.map(|parts| parts.join(BETWEEN))
        })
        .collect()
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
            Some(moderator.column.level(i).unwrap_or_else(|| format!("row {}", i + 1)))
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
            let known = |name: &String| {
                let named =
                    |level: &String| level == name || level.split(BETWEEN).any(|p| p == name);
                distinct.iter().any(named)
            };
            if let Some(level) = first.iter().find(|name| !known(name)) {
                return Err(SubgroupError::UnknownLevel {
                    level: level.clone(),
                    available: distinct,
                });
            }
            let place = |name: &str| first.iter().position(|f| f == name).unwrap_or(usize::MAX);
            // The sort is stable, so levels that are not named keep the order of the data.
            distinct.sort_by_cached_key(|level| {
                (place(level), level.split(BETWEEN).map(place).collect::<Vec<usize>>())
            });
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
