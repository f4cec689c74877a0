//! Cumulative meta-analysis: the result as the studies come in, one by one.

use std::{cmp::Ordering, convert::Infallible, fmt, str::FromStr};

use serde::Serialize;

use super::{SensitivityError, pool_part};
use crate::{
    model::{Fit, Settings},
    study::{Column, Studies},
};

/// The order in which studies come in; equal ones stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the table.
    #[default]
    Data,
    /// By name.
    Name,
    /// By total, the largest first; by variance, the smallest first, where effects are given.
    Size,
    /// By a column: numbers from small to large, texts by the alphabet, missing cells last.
    Column(String),
}

impl FromStr for Order {
    type Err = Infallible;

    /// Reads `data`, `name`, `size` in any case, or else the name of a column.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.trim().to_ascii_lowercase().as_str() {
            "data" => Self::Data,
            "name" => Self::Name,
            "size" => Self::Size,
            _ => Self::Column(text.trim().to_owned()),
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Data => "data",
            Self::Name => "name",
            Self::Size => "size",
            Self::Column(name) => name,
        })
    }
}

/// The result after one more study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Added {
    /// The study that came in last.
    pub added: String,
    /// It and all before it.
    #[serde(flatten)]
    pub fit: Fit,
}

/// Pools the first study, the first two, and so on to all of them.
///
/// # Errors
/// [`SensitivityError::UnknownColumn`], and [`SensitivityError::Part`] where the studies up to one
/// of them cannot be pooled.
///
/// ```
/// use resorb::{analysis::{Order, cumulative}, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Ahn", 25, 36), ("Yu", 20, 83)])?;
/// let steps = cumulative(&studies, &Settings::two_step(), &Order::Name)?;
/// let added: Vec<&str> = steps.iter().map(|step| step.added.as_str()).collect();
/// assert_eq!(added, ["Ahn", "Bush", "Yu"]);
/// assert_eq!(steps[1].fit.k, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cumulative(
    studies: &Studies,
    settings: &Settings,
    order: &Order,
) -> Result<Vec<Added>, SensitivityError> {
    let order = places(studies, order)?;
    // For each row the step at which it comes in.
    let mut steps = vec![0; studies.k()];
    for (step, &place) in order.iter().enumerate() {
        if let Some(slot) = steps.get_mut(place) {
            *slot = step;
        }
    }
    order
        .iter()
        .filter_map(|&place| studies.labels().get(place))
        .enumerate()
        .map(|(step, label)| {
            let fit = pool_part(studies, settings, format!("up to {label}"), |i| {
                steps.get(i).is_some_and(|&s| s <= step)
            })?;
            Ok(Added { added: label.clone(), fit })
        })
        .collect()
}

/// The places of the studies in an order.
fn places(studies: &Studies, order: &Order) -> Result<Vec<usize>, SensitivityError> {
    let mut places: Vec<usize> = (0..studies.k()).collect();
    match order {
        Order::Data => {}
        Order::Name => places.sort_by_key(|&i| studies.labels().get(i)),
        Order::Size => {
            let size = |i: usize| studies.outcomes().size(i).unwrap_or(0.0);
            places.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
        }
        Order::Column(name) => {
            let column =
                studies.moderator(name).ok_or_else(|| SensitivityError::UnknownColumn {
                    name: name.clone(),
                    available: studies.moderators().iter().map(|m| m.name.clone()).collect(),
                })?;
            places.sort_by(|&a, &b| match &column.column {
                Column::Number(values) => last(
                    values.get(a).copied().flatten(),
                    values.get(b).copied().flatten(),
                    f64::total_cmp,
                ),
                Column::Text(values) => {
                    let text = |i: usize| values.get(i).and_then(Option::as_deref);
                    last(text(a), text(b), Ord::cmp)
                }
            });
        }
    }
    Ok(places)
}

/// Compares two cells; a missing one comes last.
fn last<T>(a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => compare(&a, &b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
