//! Rows left out by predicates.

use std::sync::Arc;

use super::super::Mapping;
use super::super::columns::Roles;
use super::super::moderators::{Convention, Kind, value};
use super::super::number::{Reading, read};
use super::super::problem::ProblemKind;
use super::super::records::Grid;
use super::{Reason, Selection};
use crate::study::{Filter, FilterError, nearest};

/// Leaves out those of the `candidates` at which a predicate does not hold.
pub(super) fn apply(
    grid: &Grid,
    roles: &Roles,
    filter: &Filter,
    candidates: &[usize],
    convention: &Convention<'_>,
    selection: &mut Selection,
) -> Result<(), FilterError> {
    let Some(column) = filter_column(grid, roles, filter)? else { return Ok(()) };
    let Some(cells) = grid.columns.get(column) else { return Ok(()) };
    let rows = candidates.iter().copied();
    let kind = match roles.study {
        Some(study) if study == column => Kind::Text,
        _ => convention.kind(cells, rows.clone()),
    };
    let predicate: Arc<str> = filter.predicate().into();
    let mut keep = |row: usize, holds: Option<bool>| {
        let reason = match holds {
            Some(true) => return,
            Some(false) => Reason::Filter(predicate.clone()),
            None => Reason::FilterMissing(predicate.clone()),
        };
        if selection.used.get(row) == Some(&true) {
            selection.exclude(row, grid, roles, reason);
        }
    };
    match kind {
        Kind::Number(decimal) => {
            let test = filter.on_numbers()?;
            for row in rows {
                keep(row, value(cells.get(row), decimal).map(&test));
            }
        }
        Kind::Text => {
            let word = |cell: &&str| matches!(read(cell, None), Reading::Word);
            let mut words = rows.clone().map(|row| cells.get(row)).filter(word);
            let test = filter.on_text(|| words.next().map(str::to_owned))?;
            for row in rows {
                let cell = cells.get(row);
                keep(row, (!cell.is_empty()).then(|| test(cell)));
            }
        }
    }
    Ok(())
}

/// What is wrong with the columns that predicates name, when the counts have not been found.
pub(in crate::data) fn unknown_columns(grid: &Grid, mapping: &Mapping) -> Vec<FilterError> {
    let header = grid.header.iter().map(String::as_str);
    let names: Vec<&str> = header.chain(["study", "events", "total"]).collect();
    mapping.filters.iter().filter_map(|filter| filter.find(&names).err()).collect()
}

/// The column a predicate names: by the file's names, or by what the column is used for.
fn filter_column(
    grid: &Grid,
    roles: &Roles,
    filter: &Filter,
) -> Result<Option<usize>, FilterError> {
    let mut names: Vec<&str> = grid.header.iter().map(String::as_str).collect();
    let mut indices: Vec<usize> = (0..names.len()).collect();
    let own = roles.outcome.columns();
    let own = own.iter().map(|(alias, column)| (alias.as_str(), *column));
    for (alias, column) in roles.study.map(|column| ("study", column)).into_iter().chain(own) {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(alias)) {
            names.push(alias);
            indices.push(column);
        }
    }
    Ok(indices.get(filter.find(&names)?).copied())
}

/// Why nothing is left: the reasons with the number of rows, most frequent first, and for a predicate
/// whose value does not occur the nearest that does.
pub(in crate::data) fn nothing_left(
    grid: &Grid,
    roles: &Roles,
    mapping: &Mapping,
    selection: &Selection,
) -> ProblemKind {
    let mut counts: Vec<(&Reason, usize)> = Vec::new();
    for excluded in &selection.excluded {
        match counts.iter_mut().find(|(reason, _)| *reason == &excluded.reason) {
            Some((_, count)) => *count += 1,
            None => counts.push((&excluded.reason, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let reasons = counts.iter().map(|(reason, count)| match reason {
        Reason::Study => format!("{count} left out by name"),
        _ => format!("{count} because {reason}"),
    });
    let nearest = mapping.filters.iter().find_map(|filter| {
        let cells = grid.columns.get(filter_column(grid, roles, filter).ok()??)?;
        let mut values: Vec<&str> = (0..grid.lines.len())
            .map(|row| cells.get(row))
            .filter(|cell| !cell.is_empty())
            .collect();
        values.sort_unstable();
        values.dedup();
        let wanted = filter.wanted().into_iter().find(|wanted| !values.contains(wanted))?;
        let nearest = nearest(wanted, values.iter().copied().take(1000))?;
        Some((wanted.to_owned(), nearest.to_owned()))
    });
    ProblemKind::NothingLeft { rows: grid.lines.len(), reasons: reasons.collect(), nearest }
}
