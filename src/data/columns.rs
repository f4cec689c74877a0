//! Which column is what: as told, or by common names.

use super::Mapping;
use super::findings::{At, Findings};
use super::outcome::{self, Layout};
use super::problem::{ProblemKind, Role};
use super::records::Grid;
use crate::study::{OutcomeKind, nearest};

/// Names of the column of study names, in the order in which they are tried.
pub const STUDY_NAMES: [&str; 4] = ["study", "author", "trial", "label"];
/// Names of the column of events, in the order in which they are tried.
pub const EVENTS_NAMES: [&str; 5] = ["events", "cases", "resorbed", "responders", "xi"];
/// Names of the column of totals, in the order in which they are tried.
pub const TOTAL_NAMES: [&str; 5] = ["total", "n", "patients", "ni", "sample"];

/// Which column served what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The study names; `None` where the studies are named by their lines.
    pub study: Option<String>,
    /// The kind of outcome.
    pub kind: OutcomeKind,
    /// Its columns: what each holds (`events`, `total1`, `yi`, …), and its name in the file.
    pub outcome: Vec<(String, String)>,
    /// The column that leaves rows out.
    pub include: Option<String>,
    /// The column that tells rows of one study apart.
    pub grouping: Option<String>,
    /// The year of publication.
    pub year: Option<String>,
    /// The others, in the order of the file; `grouping` and `year` are among them.
    pub moderators: Vec<String>,
}

/// The same by index.
#[derive(Debug)]
pub(super) struct Roles {
    pub(super) study: Option<usize>,
    pub(super) outcome: Place,
    pub(super) include: Option<usize>,
    pub(super) grouping: Option<usize>,
    pub(super) year: Option<usize>,
    /// Columns beside the counts whose cells must be there.
    pub(super) needed: Vec<usize>,
}

/// Where the outcome is.
#[derive(Debug)]
pub(super) enum Place {
    /// Events and totals of one group.
    Counts { events: usize, total: usize },
    /// Any other kind.
    Other(Layout),
}

impl Place {
    /// What its columns hold, and which they are.
    pub(super) fn columns(&self) -> Vec<(String, usize)> {
        match self {
            Self::Counts { events, total } => {
                vec![("events".to_owned(), *events), ("total".to_owned(), *total)]
            }
            Self::Other(layout) => {
                layout.columns.iter().map(|(field, column)| (field.name(), *column)).collect()
            }
        }
    }

    const fn kind(&self) -> OutcomeKind {
        match self {
            Self::Counts { .. } => OutcomeKind::Proportions,
            Self::Other(layout) => layout.kind,
        }
    }
}

impl Roles {
    /// The columns that are nothing else, in the order of the file.
    pub(super) fn moderators(&self, grid: &Grid) -> impl Iterator<Item = usize> {
        let outcome = self.outcome.columns().into_iter().map(|(_, column)| column);
        let taken: Vec<usize> =
            [self.study, self.include].into_iter().flatten().chain(outcome).collect();
        let blank = |column: &usize| {
            let unnamed = grid.named.get(*column) == Some(&false);
            unnamed && grid.columns.get(*column).is_some_and(super::records::Cells::is_blank)
        };
        (0..grid.header.len()).filter(move |column| !taken.contains(column) && !blank(column))
    }

    pub(super) fn names(&self, grid: &Grid) -> Columns {
        let name = |column: usize| grid.header.get(column).cloned().unwrap_or_default();
        Columns {
            study: self.study.map(name),
            kind: self.outcome.kind(),
            outcome: self.outcome.columns().into_iter().map(|(f, c)| (f, name(c))).collect(),
            include: self.include.map(name),
            grouping: self.grouping.map(name),
            year: self.year.map(name),
            moderators: self.moderators(grid).map(name).collect(),
        }
    }
}

/// Finds every column, or says which are missing; `None` when the counts cannot be found.
pub(super) fn find(grid: &Grid, mapping: &Mapping, findings: &mut Findings<'_>) -> Option<Roles> {
    report_duplicates(grid, findings);
    let mut finder = Finder { grid, findings, taken: Vec::new() };
    let given = |name: &Option<String>| name.is_some();
    // What is given comes first, so that a guess does not take a column that has been given.
    let study = finder.given(mapping.study.as_deref(), Role::Study);
    let events = finder.given(mapping.events.as_deref(), Role::Events);
    let total = finder.given(mapping.total.as_deref(), Role::Total);
    let grouping = finder.given(mapping.grouping.as_deref(), Role::Grouping);
    let year = finder.given(mapping.year.as_deref(), Role::Year);
    let needed = mapping.needed.iter().filter_map(|n| finder.given(Some(n), Role::Moderator));
    let needed: Vec<usize> = needed.chain(grouping).collect();
    let include = if mapping.all_rows { None } else { finder.guess(Role::Include) };
    let study = if given(&mapping.study) { study } else { finder.guess(Role::Study) };
    let layout = if finder.findings.has_errors() {
        None
    } else {
        let taken: Vec<usize> = [study, include].into_iter().flatten().chain(year).collect();
        match outcome::find(&grid.header, &taken, mapping) {
            Ok(layout) => layout,
            Err(kind) => {
                finder.findings.push(grid, At::Byte(grid.header_start), kind);
                return None;
            }
        }
    };
    if let Some(layout) = layout {
        if study.is_none() && mapping.study.is_none() {
            finder.no_study_names();
        }
        let year =
            if given(&mapping.year) { year } else { finder.fitting("year").first().copied() };
        let outcome = Place::Other(layout);
        return Some(Roles { study, outcome, include, grouping, year, needed });
    }
    let events = if given(&mapping.events) { events } else { finder.guess(Role::Events) };
    let total = if given(&mapping.total) { total } else { finder.guess(Role::Total) };
    let year = if given(&mapping.year) { year } else { finder.fitting("year").first().copied() };
    let guesses_failed = (events.is_none() && mapping.events.is_none())
        || (total.is_none() && mapping.total.is_none());
    if guesses_failed && grid.header.iter().any(|name| name.parse::<f64>().is_ok()) {
        findings.push(grid, At::Byte(grid.header_start), ProblemKind::NoHeader);
        return None;
    }
    if study.is_none() && mapping.study.is_none() {
        finder.no_study_names();
    }
    for (found, name, role) in
        [(events, &mapping.events, Role::Events), (total, &mapping.total, Role::Total)]
    {
        if found.is_none() && name.is_none() {
            finder.no_column(role);
        }
    }
    let outcome = Place::Counts { events: events?, total: total? };
    Some(Roles { study, outcome, include, grouping, year, needed })
}

/// Whether only one column has a name, and others have cells: what a title above the header leaves.
pub(super) fn is_title(grid: &Grid) -> bool {
    let named = grid.named.iter().filter(|named| **named).count();
    let filled = grid.columns.iter().filter(|cells| !cells.is_blank()).count();
    grid.named.first() == Some(&true) && named == 1 && filled > 1
}

/// Reports every name that two columns share, and those that differ only in capitals.
fn report_duplicates(grid: &Grid, findings: &mut Findings<'_>) {
    let mut names: Vec<(&str, usize)> =
        grid.header.iter().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
    names.sort_unstable();
    for same in names.chunk_by(|a, b| a.0 == b.0) {
        if let [_, (name, second), ..] = same {
            let kind = ProblemKind::DuplicateColumn { name: (*name).to_owned(), count: same.len() };
            findings.push(grid, At::Header(*second), kind);
        }
    }
    names.dedup_by(|a, b| a.0 == b.0);
    names.sort_by_cached_key(|(name, index)| (name.to_lowercase(), *index));
    for alike in names.chunk_by(|a, b| a.0.to_lowercase() == b.0.to_lowercase()) {
        if let [_, (_, second), ..] = alike {
            let quoted: Vec<String> = alike.iter().map(|(name, _)| format!("`{name}`")).collect();
            let kind = ProblemKind::SameButForCase { names: quoted.join(", ") };
            findings.push(grid, At::Header(*second), kind);
        }
    }
}

struct Finder<'a, 'b> {
    grid: &'a Grid,
    findings: &'a mut Findings<'b>,
    taken: Vec<(usize, Role)>,
}

impl Finder<'_, '_> {
    /// The column of that name: spelled exactly so, or the only one but for case.
    fn given(&mut self, name: Option<&str>, role: Role) -> Option<usize> {
        let name = name?.trim();
        let header = &self.grid.header;
        let exact = header.iter().position(|column| column == name);
        let found = exact.or_else(|| {
            let fitting = self.fitting(name);
            match fitting.as_slice() {
                [one] => Some(*one),
                [] => {
                    let kind = ProblemKind::UnknownColumn {
                        name: name.to_owned(),
                        role,
                        nearest: nearest(name, header.iter().map(String::as_str))
                            .map(str::to_owned),
                        columns: header.clone(),
                    };
                    self.findings.push(self.grid, At::File, kind);
                    None
                }
                several => {
                    let fitting =
                        several.iter().take(12).filter_map(|c| header.get(*c).cloned()).collect();
                    let kind = ProblemKind::AmbiguousColumn { name: name.to_owned(), fitting };
                    self.findings.push(self.grid, At::File, kind);
                    None
                }
            }
        })?;
        self.take(found, role)
    }

    /// The column with the first common name that is there.
    fn guess(&mut self, role: Role) -> Option<usize> {
        let free = |column: &usize| !self.taken.iter().any(|(taken, _)| taken == column);
        let found = role.tried().iter().find_map(|name| {
            let exact = self.grid.header.iter().position(|column| column == name).filter(free);
            exact.or_else(|| self.fitting(name).into_iter().find(free))
        })?;
        self.taken.push((found, role));
        Some(found)
    }

    fn fitting(&self, name: &str) -> Vec<usize> {
        let lower = name.to_lowercase();
        let fits = |(_, column): &(usize, &String)| column.to_lowercase() == lower;
        self.grid.header.iter().enumerate().filter(fits).map(|(index, _)| index).collect()
    }

    /// Keeps a column for a role. Study names and moderators may be shared, counts may not.
    fn take(&mut self, column: usize, role: Role) -> Option<usize> {
        let exclusive = |role: Role| matches!(role, Role::Study | Role::Events | Role::Total);
        let clash = self
            .taken
            .iter()
            .find(|(taken, other)| *taken == column && (exclusive(role) && exclusive(*other)));
        if let Some((_, other)) = clash {
            let name = self.grid.header.get(column).cloned().unwrap_or_default();
            let kind = ProblemKind::ColumnUsedTwice { name, roles: [*other, role] };
            self.findings.push(self.grid, At::Header(column), kind);
            return None;
        }
        // A grouping or needed column may be one that a guess should still find, such as `study`.
        if exclusive(role) {
            self.taken.push((column, role));
        }
        Some(column)
    }

    fn no_study_names(&mut self) {
        let columns = self.grid.header.clone();
        self.findings.push(
            self.grid,
            At::Byte(self.grid.header_start),
            ProblemKind::NoStudyNames { columns },
        );
    }

    fn no_column(&mut self, role: Role) {
        let words: Vec<&str> = role.tried().iter().copied().filter(|word| word.len() < 3).collect();
        let likely = |column: &&String| {
            let lower = column.to_lowercase();
            let parts = || lower.split(|c: char| !c.is_alphabetic());
            role.tried().iter().any(|word| word.len() > 2 && lower.contains(word))
                || parts().any(|part| words.contains(&part))
        };
        let header = &self.grid.header;
        let kind = ProblemKind::NoColumn {
            role,
            tried: role.tried(),
            candidates: header.iter().filter(likely).cloned().collect(),
            columns: header.clone(),
        };
        self.findings.push(self.grid, At::Byte(self.grid.header_start), kind);
    }
}
