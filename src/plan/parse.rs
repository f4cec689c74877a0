//! From the text of a file to a plan, with the place of what is wrong.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::{Plan, Section};
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
    fn of(error: &Error) -> Self {
        let message = plain(error.message());
        let span = error.span();
        match Unknown::of(&message) {
            Some(unknown) => Self { message: unknown.message(), help: Some(unknown.help()), span },
            None => Self { message, help: None, span },
        }
    }
}

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

impl Plan {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`PlanProblem`]: no TOML, a key that does not exist, a value of the wrong type, a predicate or a
    /// formula that cannot be read.
    ///
    /// ```
    /// use resorb::plan::Plan;
    /// let text = "data = \"studies.csv\"\n[settings]\nmodle = \"glmm\"\n";
    /// let problem = Plan::parse(text).unwrap_err();
    /// assert_eq!(problem.position(text), Some((3, 1)));
    /// assert_eq!(problem.to_string(), "there is no key `modle` here; did you mean `model`?");
    /// ```
    pub fn parse(text: &str) -> Result<Self, PlanProblem> {
        let plan: Self = toml::from_str(text).map_err(|error| PlanProblem::of(&error))?;
        if plan.data.trim().is_empty() {
            let message = "no data are named".to_owned();
            let help = Some("write data = \"studies.csv\" into the first line".to_owned());
            return Err(PlanProblem { message, help, span: span_of(text, "data", None) });
        }
        Ok(plan)
    }
}

/// Where a part of a plan stands in its text.
#[must_use]
pub fn locate(text: &str, section: &Section) -> Option<Range<usize>> {
    let (key, number) = section.key();
    span_of(text, key, number)
}

fn span_of(text: &str, key: &str, number: Option<usize>) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let (name, value) = root.get_ref().get_key_value(key)?;
    let one = match (value.get_ref(), number) {
        (DeValue::Array(all), Some(number)) => all.get(number).map(toml::Spanned::span),
        _ => None,
    };
    Some(one.unwrap_or_else(|| name.span()))
}
