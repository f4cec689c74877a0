//! Rows that may be one study twice.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

use super::columns::{Place, Roles};
use super::counts::Checked;
use super::findings::{At, Findings};
use super::problem::{ProblemKind, shortened};
use super::records::Grid;
use super::select::label;
use crate::study::Counts;

/// Totals below this agree by chance too often to be worth a note.
const TELLING: u64 = 20;
/// As many notes on equal counts are given.
const NOTES: usize = 5;

/// Warns of names that stand on several rows, unless the grouping column tells them apart.
pub(super) fn labels(grid: &Grid, roles: &Roles, rows: &[usize], findings: &mut Findings<'_>) {
    let Some(study) = roles.study else { return };
    let Some(names) = grid.columns.get(study) else { return };
    let groups = roles.grouping.and_then(|column| grid.columns.get(column));
    let key = |row: usize| (names.get(row), groups.map_or("", |cells| cells.get(row)));
    let suspects = suspects(rows, key);
    if suspects.is_empty() {
        return;
    }
    let mut seen: HashMap<(String, &str), Repeat> = HashMap::new();
    for row in rows {
        if suspects.binary_search(&hash(key(*row))).is_ok() {
            let (name, group) = key(*row);
            let repeat = seen.entry((folded(name).collect(), group)).or_insert(Repeat {
                first: *row,
                second: None,
                times: 0,
            });
            repeat.times += 1;
            if repeat.times == 2 {
                repeat.second = Some(*row);
            }
        }
    }
    let mut repeats: Vec<Repeat> = seen.into_values().collect();
    repeats.sort_unstable_by_key(|repeat| repeat.second);
    for Repeat { first, second, times } in repeats {
        let Some(second) = second else { continue };
        let kind = ProblemKind::DuplicateLabel {
            label: shortened(names.get(first)),
            first: grid.lines.get(first).copied().unwrap_or_default(),
            times,
            grouped: groups.is_some(),
        };
        findings.push(grid, At::Cell(second, study), kind);
    }
}

/// Rows of one name.
struct Repeat {
    first: usize,
    second: Option<usize>,
    times: usize,
}

/// The hashes that occur twice, sorted: in nearly every table none, found in a tenth of the memory that
/// a map of the names would take.
fn suspects<'a>(rows: &[usize], key: impl Fn(usize) -> (&'a str, &'a str)) -> Vec<u64> {
    let mut hashes: Vec<u64> = rows.iter().map(|row| hash(key(*row))).collect();
    hashes.sort_unstable();
    let twice = hashes.windows(2).filter(|pair| pair.first() == pair.last());
    let mut suspects: Vec<u64> = twice.filter_map(|pair| pair.first().copied()).collect();
    suspects.dedup();
    suspects
}

fn hash((name, group): (&str, &str)) -> u64 {
    let mut hasher = DefaultHasher::new();
    folded(name).for_each(|c| c.hash(&mut hasher));
    group.hash(&mut hasher);
    hasher.finish()
}

/// A name as `--exclude-study` reads it: whatever its case, and one space for several.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let words = name.split_whitespace();
    words.flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase)))
}

/// Notes rows with the same events of the same total, where the total is large enough to tell.
pub(super) fn counts(grid: &Grid, roles: &Roles, checked: &Checked, findings: &mut Findings<'_>) {
    let Place::Counts { events, .. } = roles.outcome else { return };
    let mut seen: HashMap<Counts, usize> = HashMap::new();
    let mut notes = 0;
    let rows = checked.rows.iter().zip(&checked.counts);
    for (row, counts) in rows.filter(|(_, counts)| counts.total() >= TELLING) {
        match seen.entry(*counts) {
            Entry::Vacant(entry) => {
                entry.insert(*row);
            }
            Entry::Occupied(_) if notes == NOTES => {
                let kind = ProblemKind::MoreSameCounts { shown: NOTES };
                findings.push(grid, At::Cell(*row, events), kind);
                return;
            }
            Entry::Occupied(entry) => {
                let kind = ProblemKind::SameCounts {
                    label: shortened(&label(grid, roles, *row)),
                    other: shortened(&label(grid, roles, *entry.get())),
                    line: grid.lines.get(*entry.get()).copied().unwrap_or_default(),
                    events: counts.events(),
                    total: counts.total(),
                };
                findings.push(grid, At::Cell(*row, events), kind);
                notes += 1;
            }
        }
    }
}
