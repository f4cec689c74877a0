//! What `resorb check` found, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    data::{Columns, Problem, Problems, Severity, Table},
    report::InputInfo,
};

/// The keys that `resorb check` adds to those of every document: which column serves what, and everything
/// that was found.
///
/// ```
/// use resorb::{data, report::{Checked, InputInfo}};
/// let found = data::check(b"study,events,total\nBush 1992,90,84\n", &data::Mapping::default());
/// let checked = Checked::new(InputInfo::default(), found.table.as_ref(), &found.problems);
/// let json = serde_json::to_value(&checked)?;
/// assert_eq!((&json["errors"], &json["problems"][0]["line"]), (&1.into(), &2.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Serialize)]
pub struct Checked<'a> {
    input: InputInfo,
    /// `None` where the table cannot be used.
    columns: Option<Roles<'a>>,
    errors: usize,
    warnings: usize,
    notes: usize,
    problems: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Roles<'a> {
    study: Option<&'a str>,
    /// The kind of outcome, as `--kind` takes it.
    kind: &'static str,
    /// Its columns, by what each holds: `events`, `total1`, `yi`, ….
    #[serde(flatten)]
    outcome: BTreeMap<&'a str, &'a str>,
    include: Option<&'a str>,
    year: Option<&'a str>,
    moderators: &'a [String],
}

#[derive(Serialize)]
struct One<'a> {
    severity: String,
    line: Option<u64>,
    column: Option<&'a str>,
    message: String,
    fix: &'a str,
}

impl<'a> Checked<'a> {
    /// What was found in a table; `table` is `None` where it cannot be used.
    #[must_use]
    pub fn new(input: InputInfo, table: Option<&'a Table>, problems: &'a Problems) -> Self {
        Self {
            input,
            columns: table.map(|table| Roles::of(&table.columns)),
            errors: problems.count_of(Severity::Error),
            warnings: problems.count_of(Severity::Warning),
            notes: problems.count_of(Severity::Note),
            problems: problems.iter().map(One::of).collect(),
        }
    }
}

impl<'a> Roles<'a> {
    fn of(columns: &'a Columns) -> Self {
        Self {
            study: columns.study.as_deref(),
            kind: columns.kind.word(),
            outcome: columns.outcome.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect(),
            include: columns.include.as_deref(),
            year: columns.year.as_deref(),
            moderators: &columns.moderators,
        }
    }
}

impl<'a> One<'a> {
    fn of(problem: &'a Problem) -> Self {
        let place = problem.place.as_ref();
        Self {
            severity: problem.severity.to_string(),
            line: place.map(|place| place.line),
            column: place.and_then(|place| place.column.as_deref()),
            message: problem.kind.to_string(),
            fix: &problem.fix,
        }
    }
}
