//! The rows that are used, read as one kind of outcome.

use super::{
    conversions::Conversions,
    correlation::correlation,
    effect::generic,
    field::{Field, Group, What},
    find::Layout,
    interval::swapped,
    mean::mean,
    mixed::{mixed, several_measures},
    row::{Cells, Row},
};
use crate::{
    data::{
        Mapping, Missing,
        columns::Roles,
        counts::needed,
        findings::{At, Findings},
        moderators::Convention,
        problem::{OutcomeProblem, ProblemKind},
        records::Grid,
        select::{Reason, Selection},
    },
    study::{Counts, OutcomeKind, Outcomes, PersonTime, StudyError, TwoGroups},
};

/// The rows that passed, and their outcomes; empty without one.
pub(in crate::data) struct Read {
    pub(in crate::data) rows: Vec<usize>,
    pub(in crate::data) outcomes: Outcomes,
}

/// Reads and checks every row that is used.
pub(in crate::data) fn check(
    grid: &Grid,
    (roles, layout): (&Roles, &Layout),
    mapping: &Mapping,
    selection: &mut Selection,
    convention: &Convention<'_>,
    findings: &mut Findings<'_>,
) -> Read {
    let kinds = layout.columns.iter().filter_map(|(_, column)| {
        Some(convention.kind(grid.columns.get(*column)?, selection.rows()))
    });
    let cells = Cells { grid, layout, mapping, kinds: kinds.collect() };
    if layout.kind == OutcomeKind::Generic && layout.stated.is_none() {
        swapped(&cells, selection, findings);
        several_measures(&cells, selection, findings);
    }
    let mut all = All { cells: &cells, roles, selection, convention, findings, rows: Vec::new() };
    let mut conversions = Conversions::default();
    let outcomes = match layout.kind {
        OutcomeKind::Proportions => Outcomes::Proportions(all.each(|row| counts(row, Group::Only))),
        OutcomeKind::Rates => Outcomes::Rates(all.each(|row| rate(row, Group::Only))),
        OutcomeKind::Means => {
            Outcomes::Means(all.each(|row| mean(row, Group::Only, &mut conversions)))
        }
        OutcomeKind::Correlations => {
            Outcomes::Correlations(all.each(|row| correlation(row, &mut conversions)))
        }
        OutcomeKind::TwoProportions => Outcomes::TwoProportions(
            all.each_but(|row| two(row, counts), TwoGroups::<Counts>::is_double_zero),
        ),
        OutcomeKind::TwoRates => Outcomes::TwoRates(
            all.each_but(|row| two(row, rate), |g| g.first.events() == 0 && g.second.events() == 0),
        ),
        OutcomeKind::TwoMeans => Outcomes::TwoMeans(
            all.each(|row| two(row, |row, group| mean(row, group, &mut conversions))),
        ),
        OutcomeKind::Generic => Outcomes::Generic(all.each(|row| match mapping.convert_to {
            None => generic(row, layout.stated, &mut conversions),
            Some(target) => mixed(row, layout.stated, target, &mut conversions),
        })),
    };
    let rows = all.rows;
    let p_values = layout.column(Field::new(What::P, Group::Only));
    if let Some(column) = p_values.filter(|_| conversions.unsigned && !conversions.negative) {
        let problem = ProblemKind::Outcome(OutcomeProblem::NoDirection);
        findings.push(grid, At::Header(column), problem);
    }
    for (conversion, times) in conversions.made {
        findings.push(grid, At::File, ProblemKind::Converted { conversion, rows: times });
    }
    Read { rows, outcomes }
}

struct All<'a, 'b, 'c, 'd> {
    cells: &'a Cells<'a>,
    roles: &'a Roles,
    selection: &'b mut Selection,
    convention: &'a Convention<'d>,
    findings: &'b mut Findings<'c>,
    rows: Vec<usize>,
}

impl All<'_, '_, '_, '_> {
    /// Every row that is used, by `one`; a row with a missing value is reported or left out.
    fn each<T>(&mut self, one: impl FnMut(&mut Row<'_, '_, '_>) -> Option<T>) -> Vec<T> {
        self.each_but(one, |_| false)
    }

    /// The same without what `empty` says to leave out where that is asked for.
    fn each_but<T>(
        &mut self,
        mut one: impl FnMut(&mut Row<'_, '_, '_>) -> Option<T>,
        empty: impl Fn(&T) -> bool,
    ) -> Vec<T> {
        let (grid, mapping) = (self.cells.grid, self.cells.mapping);
        let needed = needed(grid, self.roles, self.selection, self.convention);
        let mut values = Vec::new();
        for row in 0..grid.lines.len() {
            if self.selection.used.get(row) != Some(&true) {
                continue;
            }
            let mut reader = Row {
                cells: self.cells,
                place: row,
                missing: Vec::new(),
                wrong: Vec::new(),
                findings: self.findings,
            };
            let value = one(&mut reader);
            let own = needed.iter().filter(|needed| needed.is_missing(row)).map(|n| n.column);
            let absent: Vec<usize> = own.chain(reader.missing.iter().copied()).collect();
            if let (Some(column), Missing::Drop) = (absent.first(), mapping.missing) {
                let name = grid.header.get(*column).map_or("", String::as_str);
                self.selection.exclude(row, grid, self.roles, Reason::Missing(name.into()));
                continue;
            }
            let sound = reader.wrong.is_empty();
            reader.report();
            for column in &absent {
                let column_name = grid.header.get(*column).cloned().unwrap_or_default();
                let kind = ProblemKind::Missing { column: column_name };
                self.findings.push(grid, At::Cell(row, *column), kind);
            }
            if let Some(value) = value.filter(|_| sound && absent.is_empty()) {
                if mapping.drop00 && empty(&value) {
                    self.selection.exclude(row, grid, self.roles, Reason::DoubleZero);
                    continue;
                }
                self.rows.push(row);
                values.push(value);
            }
        }
        values
    }
}

/// Both groups, so that what is wrong in either is said.
fn two<T>(
    row: &mut Row<'_, '_, '_>,
    mut one: impl FnMut(&mut Row<'_, '_, '_>, Group) -> Option<T>,
) -> Option<TwoGroups<T>> {
    let (first, second) = (one(row, Group::First), one(row, Group::Second));
    Some(TwoGroups { first: first?, second: second? })
}

fn counts(row: &mut Row<'_, '_, '_>, group: Group) -> Option<Counts> {
    let at = |what| Field::new(what, group);
    let events = row.whole(at(What::Events));
    let (total, of) = if row.cells.layout.column(at(What::Total)).is_some() {
        (row.whole(at(What::Total))?, What::Total)
    } else {
        (events.unwrap_or(0).saturating_add(row.whole(at(What::Others))?), What::Others)
    };
    let events = events?;
    Counts::new(events, total)
        .map_err(|error| match error {
            StudyError::NoPatients => row.fail(at(of), ProblemKind::NoPatients),
            StudyError::MoreEventsThanTotal { events, total } => {
                let kind = ProblemKind::MoreEventsThanTotal { events, total, offer: None };
                row.fail(at(What::Events), kind);
            }
            other => row.fail(at(of), ProblemKind::Studies(other)),
        })
        .ok()
}

fn rate(row: &mut Row<'_, '_, '_>, group: Group) -> Option<PersonTime> {
    let at = |what| Field::new(what, group);
    let (events, time) = (row.whole(at(What::Events)), row.real(at(What::Time)));
    PersonTime::new(events?, time?)
        .map_err(|error| {
            let of = if matches!(error, StudyError::TimeNotPositive { .. }) {
                What::Time
            } else {
                What::Events
            };
            row.fail(at(of), ProblemKind::Studies(error));
        })
        .ok()
}
