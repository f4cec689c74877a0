//! Collects problems on the way through a table and gives each its place in the file.

use std::ops::Range;
use std::sync::Arc;

use super::problem::{Excerpt, Place, Problem, ProblemKind, Problems};
use super::records::{Grid, fields, line_of};

/// The problems found so far in one text.
pub(super) struct Findings<'a> {
    text: &'a str,
    delimiter: u8,
    problems: Problems,
    names: Vec<Arc<str>>,
    /// The line that was asked for last and where it starts, from which the next is counted.
    last_line: (u64, usize),
}

/// What a problem is about.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// The file as a whole.
    File,
    /// The name of a column.
    Header(usize),
    /// The line of a byte, from there on.
    Byte(usize),
    /// The character at a byte.
    Character(usize),
    /// A cell, by row and column of the grid.
    Cell(usize, usize),
}

impl<'a> Findings<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        let problems = Problems::default();
        Self { text, delimiter, problems, names: Vec::new(), last_line: (1, 0) }
    }

    /// From now on cells can be named by their columns.
    pub(super) fn name_columns(&mut self, grid: &Grid) {
        self.names = grid.header.iter().map(|name| Arc::from(name.as_str())).collect();
    }

    pub(super) fn push(&mut self, grid: &Grid, at: At, kind: ProblemKind) {
        if self.problems.has_room(kind.severity()) {
            let place = self.place(grid, at);
            self.problems.push(Problem::new(kind, place));
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        self.problems.has_errors()
    }

    /// The problems in the order in which they are shown, the first hundred with their lines.
    pub(super) fn finish(mut self) -> Problems {
        let place = |problem: &Problem| problem.place.as_ref().map(|p| (p.line, p.span.start));
        self.problems
            .list_mut()
            .sort_by_key(|problem| (std::cmp::Reverse(problem.severity), place(problem)));
        let wanted: Vec<Option<Place>> =
            self.problems.iter().take(100).map(|problem| problem.place.clone()).collect();
        for (index, place) in wanted.into_iter().enumerate() {
            let Some(place) = place else { continue };
            let line = line_at(self.text, self.start_of_line(place.line));
            if let Some(problem) = self.problems.list_mut().get_mut(index) {
                problem.excerpt = Some(Excerpt::new(line, &place.span));
            }
        }
        self.problems
    }

    fn place(&mut self, grid: &Grid, at: At) -> Option<Place> {
        let (field, column) = match at {
            At::File => return None,
            At::Byte(start) => (start..start + line_at(self.text, start).len(), None),
            At::Character(at) => (at..self.text.ceil_char_boundary(at + 1), None),
            At::Header(column) => (self.field(grid.header_start, column), Some(column)),
            At::Cell(row, column) => (self.field(*grid.starts.get(row)?, column), Some(column)),
        };
        let (line, start) = self.line_of(field.start);
        let on_line = line_at(self.text, start).len();
        let from = (field.start - start).min(on_line);
        let span = from..(field.end - start).clamp(from, on_line);
        Some(Place { line, column: column.and_then(|c| self.names.get(c)).cloned(), span })
    }

    /// The bytes of a field without the space around it.
    fn field(&self, start: usize, column: usize) -> Range<usize> {
        let Some(field) = fields(self.text, start, self.delimiter).nth(column) else {
            return start..start;
        };
        let text = self.text.get(field.clone()).unwrap_or_default();
        let from = field.start + (text.len() - text.trim_start().len());
        from..(field.start + text.trim_end().len()).max(from)
    }

    /// The line of a byte and the start of the line.
    fn line_of(&mut self, byte: usize) -> (u64, usize) {
        let (known, at) = self.last_line;
        let before = self.text.get(..byte).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = match self.text.get(at..start) {
            Some(between) => known + line_of(between, between.len()) - 1,
            None => line_of(self.text, start),
        };
        self.last_line = (line, start);
        (line, start)
    }

    /// The start of a line, by its number.
    fn start_of_line(&mut self, line: u64) -> usize {
        let (known, at) = if self.last_line.0 <= line { self.last_line } else { (1, 0) };
        let skip = usize::try_from(line - known).unwrap_or(usize::MAX);
        let rest = self.text.get(at..).unwrap_or_default();
        let start = match skip.checked_sub(1) {
            None => at,
            Some(nth) => rest.match_indices('\n').nth(nth).map_or(at, |(n, _)| at + n + 1),
        };
        self.last_line = (line, start);
        start
    }
}

/// The line that begins at `start`, or the rest of it, without its end.
fn line_at(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
}
