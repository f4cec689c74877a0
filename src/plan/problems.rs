//! What is wrong with a plan: every problem of its text, each with its place.

use std::{fmt, ops::Range};

use toml::de::Error;

use super::Plan;
use crate::study::nearest;

/// What is wrong with a plan, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}", help.as_deref().map(|help| format!("; {help}")).unwrap_or_default())]
pub struct PlanProblem {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it stands in the text, in bytes.
    pub span: Option<Range<usize>>,
}

impl PlanProblem {
    pub(super) fn new(message: String) -> Self {
        Self { message, help: None, span: None }
    }

    /// The line and the column (in characters), both from 1.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<(usize, usize)> {
        let before = text.get(..self.span.as_ref()?.start)?;
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((line, column))
    }

    /// A problem as the reader of the file tells it; what was probably meant becomes the help.
    pub(super) fn of(error: &Error) -> Self {
        let message = plain(error.message());
        let span = error.span();
        match Unknown::of(&message) {
            Some(unknown) => Self { message: unknown.message(), help: Some(unknown.help()), span },
            None => Self { message, help: None, span },
        }
    }
}

/// Every problem of a plan in the order of its text; there is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanProblems {
    first: PlanProblem,
    more: Vec<PlanProblem>,
    rest: Option<Box<Plan>>,
}

impl PlanProblems {
    /// The problems of a text, and what it says without the parts that have them; `None` where there
    /// are no problems.
    pub(super) fn of(mut problems: Vec<PlanProblem>, rest: Option<Plan>) -> Option<Self> {
        problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        let mut problems = problems.into_iter();
        let first = problems.next()?;
        Some(Self { first, more: problems.collect(), rest: rest.map(Box::new) })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &PlanProblem> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &PlanProblem {
        &self.first
    }

    /// The plan without the parts that have problems, where the others make one: its own parts can be
    /// examined too.
    #[must_use]
    pub fn rest(&self) -> Option<&Plan> {
        self.rest.as_deref()
    }
}

impl From<PlanProblem> for PlanProblems {
    fn from(first: PlanProblem) -> Self {
        Self { first, more: Vec::new(), rest: None }
    }
}

impl fmt::Display for PlanProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.more.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

impl std::error::Error for PlanProblems {}

/// A message without the names of types.
fn plain(message: &str) -> String {
    let types = [
        ("expected u32", "expected a whole number"),
        ("expected u64", "expected a whole number"),
        ("expected u8", "expected a whole number"),
        ("expected f64", "expected a number"),
        ("expected a boolean", "expected true or false"),
        ("expected struct ", "expected a table "),
    ];
    types.iter().fold(message.to_owned(), |message, (from, to)| message.replace(from, to))
}

/// A key or a value that is not among those that are possible.
struct Unknown<'m> {
    key: bool,
    name: &'m str,
    possible: Vec<&'m str>,
}

impl<'m> Unknown<'m> {
    /// Reads the sentence that serde makes of one.
    fn of(message: &'m str) -> Option<Self> {
        let key = message.starts_with("unknown field ");
        if !key && !message.starts_with("unknown variant ") {
            return None;
        }
        let mut quoted = message.split('`').skip(1).step_by(2);
        let name = quoted.next()?;
        Some(Self { key, name, possible: quoted.collect() })
    }

    fn message(&self) -> String {
        let what = if self.key { "there is no key" } else { "there is no value" };
        format!("{what} `{}` here", self.name)
    }

    fn help(&self) -> String {
        match nearest(self.name, self.possible.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("possible are {}", self.possible.join(", ")),
        }
    }
}
