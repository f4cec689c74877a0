//! Simulated studies as a table that says of itself that it is simulated.

use std::io::{self, Write};

use super::number::grouped;
use crate::analysis::{Blueprint, Simulated};

/// What the first line of every simulated table begins with: readers of the table know it by that.
pub const SIMULATED: &str = "# Simulated data";

/// Writes simulated studies as CSV: comments that say what they are, then `study`, `events`, `total`,
/// the groups under `column` where there are some, and `source`.
///
/// # Errors
/// What the writer says.
pub fn write_simulated(
    out: &mut impl Write,
    made: &Simulated,
    blueprint: &Blueprint,
    column: &str,
) -> io::Result<()> {
    let sum = |of: fn(&crate::analysis::SimulatedStudy) -> u64| -> u64 {
        made.studies.iter().map(of).sum()
    };
    let number = |n: u64| grouped(usize::try_from(n).unwrap_or(usize::MAX)).replace(',', " ");
    let range = match (blueprint.smallest, blueprint.largest) {
        (Some(smallest), Some(largest)) => {
            format!("; rates from {} to {}", smallest.percent(), largest.percent())
        }
        (Some(smallest), None) => format!("; rates from {}", smallest.percent()),
        (None, Some(largest)) => format!("; rates up to {}", largest.percent()),
        (None, None) => String::new(),
    };
    writeln!(
        out,
        "{SIMULATED}: these are no real studies. resorb simulate drew them to agree with a summary:"
    )?;
    writeln!(
        out,
        "# {} studies; {} of {} patients with the event{range}; tau {}; seed {}",
        made.studies.len(),
        number(sum(|study| study.events)),
        number(sum(|study| study.total)),
        blueprint.tau,
        made.seed
    )?;
    for group in &made.groups {
        writeln!(
            out,
            "# {}: {} of {} in {} studies; asked for {:.1} % before all groups were moved to the overall rate",
            group.name.replace(',', " "),
            group.events,
            group.total,
            group.k,
            100.0 * group.asked
        )?;
    }
    let grouped = !made.groups.is_empty();
    let group_head = if grouped { format!("{},", quoted(column)) } else { String::new() };
    writeln!(out, "study,{group_head}events,total,source")?;
    let width = made.studies.len().to_string().len();
    for (i, study) in made.studies.iter().enumerate() {
        let name = study.group.and_then(|group| made.groups.get(group));
        let group = if grouped {
            format!("{},", name.map_or_else(String::new, |group| quoted(&group.name)))
        } else {
            String::new()
        };
        writeln!(
            out,
            "Simulated {:0width$},{group}{},{},simulated with seed {}",
            i + 1,
            study.events,
            study.total,
            made.seed
        )?;
    }
    Ok(())
}

/// A cell of a CSV file.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', '#']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
