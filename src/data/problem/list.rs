//! All problems of a table.

use std::fmt;

use super::{Problem, Severity};

/// Everything found in a table, errors first, then warnings and notes, each in the order of the file.
///
/// As an error it holds at least one error; in a [`super::super::Table`] only warnings and notes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    list: Vec<Problem>,
    counts: [usize; 3],
}

impl Problems {
    /// Problems kept one by one; more are only counted.
    pub const KEPT: usize = 1_000;
    /// Problems shown by `Display`; more are only counted.
    pub const SHOWN: usize = 20;

    pub(in crate::data) fn push(&mut self, problem: Problem) {
        self.count(problem.severity);
        self.list.push(problem);
    }

    /// Whether there is room for another problem of this severity; it is counted if not.
    pub(in crate::data) fn has_room(&mut self, severity: Severity) -> bool {
        // Room for warnings is kept apart, so that they cannot crowd out an error.
        let room = self.counts.get(severity as usize).is_some_and(|count| *count < Self::KEPT);
        if !room {
            self.count(severity);
        }
        room
    }

    fn count(&mut self, severity: Severity) {
        if let Some(count) = self.counts.get_mut(severity as usize) {
            *count += 1;
        }
    }

    pub(in crate::data) fn list_mut(&mut self) -> &mut Vec<Problem> {
        &mut self.list
    }

    /// The problems, at most [`Problems::KEPT`] of each severity.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// How many there are of a severity, those that are not kept included.
    #[must_use]
    pub fn count_of(&self, severity: Severity) -> usize {
        self.counts.get(severity as usize).copied().unwrap_or(0)
    }

    /// Those that are at least so bad.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> Self {
        let mut counts = self.counts;
        for lighter in counts.iter_mut().take(severity as usize) {
            *lighter = 0;
        }
        let list = self.list.iter().filter(|problem| problem.severity >= severity).cloned();
        Self { list: list.collect(), counts }
    }

    /// How many there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count_of(Severity::Error) > 0
    }

    /// `2 errors, 1 warning and 3 notes`.
    #[must_use]
    pub fn summary(&self) -> String {
        let kinds = [Severity::Error, Severity::Warning, Severity::Note].into_iter();
        let parts: Vec<String> = kinds
            .map(|severity| (severity, self.count_of(severity)))
            .filter(|(_, count)| *count > 0)
            .map(|(severity, count)| match count {
                1 => format!("1 {severity}"),
                _ => format!("{count} {severity}s"),
            })
            .collect();
        match parts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => "no problems".to_owned(),
        }
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.iter().take(Self::SHOWN) {
            writeln!(f, "{problem}")?;
        }
        match self.len().saturating_sub(Self::SHOWN) {
            0 => f.write_str(&self.summary()),
            more => write!(f, "and {more} more: {}", self.summary()),
        }
    }
}

impl std::error::Error for Problems {}
