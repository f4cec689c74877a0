//! Leave-one-out: the result without each study in turn.

use serde::Serialize;

use super::{SensitivityError, pool_part};
use crate::{
    model::{Fit, Settings},
    study::Studies,
};

/// What is left out at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// One row of the table.
    #[default]
    Row,
    /// All rows that share a study's name.
    Study,
}

/// The result without one study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOut {
    /// The study left out.
    pub left_out: String,
    /// The rest.
    #[serde(flatten)]
    pub fit: Fit,
}

/// Pools the studies again and again, each time without one row or one study, in the order of the
/// file.
///
/// # Errors
/// [`SensitivityError::OneStudy`] where nothing would be left, [`SensitivityError::Part`] where the
/// rest cannot be pooled.
///
/// ```
/// use resorb::{analysis::{Unit, leave_one_out}, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let parts = leave_one_out(&studies, &Settings::two_step(), Unit::Row)?;
/// assert_eq!(parts[2].left_out, "Yu");
/// assert_eq!(parts[2].fit.k, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn leave_one_out(
    studies: &Studies,
    settings: &Settings,
    unit: Unit,
) -> Result<Vec<LeftOut>, SensitivityError> {
    let labels = studies.labels();
    let groups: Vec<usize> = match unit {
        Unit::Row => (0..labels.len()).collect(),
        Unit::Study => first_places(labels),
    };
    let mut units: Vec<(usize, &String)> =
        groups.iter().copied().zip(labels).enumerate().filter_map(first_of_its_unit).collect();
    if units.len() < 2 {
        let study = units.pop().map(|(_, label)| label.clone()).unwrap_or_default();
        return Err(SensitivityError::OneStudy { study });
    }
    units
        .into_iter()
        .map(|(unit, label)| {
            let fit = pool_part(studies, settings, format!("without {label}"), |i| {
                groups.get(i) != Some(&unit)
            })?;
            Ok(LeftOut { left_out: label.clone(), fit })
        })
        .collect()
}

/// For each row the place of the first row with its name.
fn first_places(labels: &[String]) -> Vec<usize> {
    let mut seen = std::collections::HashMap::new();
    labels.iter().enumerate().map(|(i, label)| *seen.entry(label).or_insert(i)).collect()
}

fn first_of_its_unit(
    (place, (unit, label)): (usize, (usize, &String)),
) -> Option<(usize, &String)> {
    (place == unit).then_some((unit, label))
}
