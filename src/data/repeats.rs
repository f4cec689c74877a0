//! Rows that may be one study twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::columns::Roles;
use super::findings::{At, Findings};
use super::problem::ProblemKind;
use super::records::Grid;
use super::select::label;
use crate::study::Counts;

/// Totals below this agree by chance too often to be worth a note.
const TELLING: u64 = 20;
/// As many notes on equal counts are given.
const NOTES: usize = 5;

/// Warns of names that stand on several rows, unless the grouping column tells them apart.
pub(super) fn labels(
    grid: &Grid,
    roles: &Roles,
    rows: &[(usize, Counts)],
    findings: &mut Findings<'_>,
) {
    let Some(study) = roles.study else { return };
    let Some(names) = grid.columns.get(study) else { return };
    let groups = roles.grouping.and_then(|column| grid.columns.get(column));
    let key = |row: usize| (names.get(row), groups.map_or("", |cells| cells.get(row)));
    let mut seen: HashMap<(&str, &str), usize> = HashMap::with_capacity(rows.len());
    // First row, second row, number of rows.
    let mut repeats: HashMap<(&str, &str), (usize, usize, usize)> = HashMap::new();
    for (row, _) in rows {
        match seen.entry(key(*row)) {
            Entry::Vacant(entry) => {
                entry.insert(*row);
            }
            Entry::Occupied(entry) => {
                repeats.entry(*entry.key()).or_insert((*entry.get(), *row, 1)).2 += 1;
            }
        }
    }
    let mut repeats: Vec<_> = repeats.into_iter().collect();
    repeats.sort_unstable_by_key(|(_, (_, second, _))| *second);
    for ((name, _), (first, second, times)) in repeats {
        let kind = ProblemKind::DuplicateLabel {
            label: name.to_owned(),
            first: grid.lines.get(first).copied().unwrap_or_default(),
            times,
            grouped: groups.is_some(),
        };
        findings.push(grid, At::Cell(second, study), kind);
    }
}

/// Notes rows with the same events of the same total, where the total is large enough to tell.
pub(super) fn counts(
    grid: &Grid,
    roles: &Roles,
    rows: &[(usize, Counts)],
    findings: &mut Findings<'_>,
) {
    let mut seen: HashMap<Counts, usize> = HashMap::new();
    let mut notes = 0;
    for (row, counts) in rows.iter().filter(|(_, counts)| counts.total() >= TELLING) {
        match seen.entry(*counts) {
            Entry::Vacant(entry) => {
                entry.insert(*row);
            }
            Entry::Occupied(entry) => {
                let kind = ProblemKind::SameCounts {
                    label: label(grid, roles, *row).into_owned(),
                    other: label(grid, roles, *entry.get()).into_owned(),
                    line: grid.lines.get(*entry.get()).copied().unwrap_or_default(),
                    events: counts.events(),
                    total: counts.total(),
                };
                findings.push(grid, At::Cell(*row, roles.events), kind);
                notes += 1;
                if notes == NOTES {
                    return;
                }
            }
        }
    }
}
