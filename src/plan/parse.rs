//! From the text of a file to a plan, with the places of all that is wrong.

use std::{borrow::Cow, ops::Range};

use serde::Deserialize;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer},
};

use super::{Plan, PlanProblem, PlanProblems, Section, prune::prune};

/// What a plan without data is read with, so that the rest of it can be.
const NO_DATA: &str = "-";

impl Plan {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`PlanProblems`]: no TOML, keys that do not exist, values of the wrong type, predicates and
    /// formulas that cannot be read; all of them at once, each with its place.
    ///
    /// ```
    /// use resorb::plan::Plan;
    /// let text = "data = \"studies.csv\"\n[settings]\nmodle = \"glmm\"\ntau2 = \"reml\"\n";
    /// let problems = Plan::parse(text).unwrap_err();
    /// let lines = problems.iter().filter_map(|problem| problem.position(text));
    /// assert_eq!(lines.collect::<Vec<_>>(), [(3, 1), (4, 8)]);
    /// let first = problems.first().to_string();
    /// assert_eq!(first, "there is no key `modle` here; did you mean `model`?");
    /// ```
    pub fn parse(text: &str) -> Result<Self, PlanProblems> {
        let (mut root, broken) = DeTable::parse_recoverable(text);
        let mut problems: Vec<PlanProblem> = broken.iter().map(PlanProblem::of).collect();
        // What a line that is no TOML was to say is not known: it may be all that seems to be missing.
        let lines: Vec<Range<usize>> = problems
            .iter()
            .filter_map(|problem| Some(line(text, problem.span.as_ref()?)))
            .collect();
        let guessed = |problem: &PlanProblem| {
            let at = problem.span.as_ref().map(|span| span.start);
            at.is_some_and(|at| lines.iter().any(|line| line.contains(&at)))
                || (!lines.is_empty() && missing(problem).is_some())
        };
        let mut pruned: Vec<Range<usize>> = Vec::new();
        let plan = loop {
            let error = match Self::deserialize(Deserializer::from(root.clone())) {
                Ok(plan) => break Some(plan),
                Err(error) => error,
            };
            let problem = PlanProblem::of(&error);
            let span = problem.span.clone().unwrap_or_default();
            // A key that is missing only because it was taken out has been spoken of.
            let follows = missing(&problem).is_some() && pruned.contains(&span);
            let is_data = missing(&problem) == Some("data");
            if !follows && !guessed(&problem) {
                problems.push(problem);
            }
            match prune(&mut root, &span) {
                Some(around) => pruned.push(around),
                None if is_data && !root.get_ref().contains_key("data") => {
                    let value = DeValue::String(Cow::Borrowed(NO_DATA));
                    let key = Spanned::new(0..0, Cow::Borrowed("data"));
                    root.get_mut().insert(key, Spanned::new(0..0, value));
                }
                None => break None,
            }
        };
        if plan.as_ref().is_some_and(|plan| plan.data.trim().is_empty()) {
            problems.push(PlanProblem {
                message: "no data are named".to_owned(),
                help: Some("write data = \"studies.csv\" into the first line".to_owned()),
                span: span_of(text, "data", None),
            });
        }
        match (PlanProblems::of(problems, plan.clone()), plan) {
            (None, Some(plan)) => Ok(plan),
            (Some(problems), _) => Err(problems),
            (None, None) => Err(PlanProblem::new("this is no plan".to_owned()).into()),
        }
    }
}

/// The key that a problem says is missing.
fn missing(problem: &PlanProblem) -> Option<&str> {
    problem.message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// The line or lines that a part of a text stands on.
fn line(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).and_then(|before| before.rfind('\n'));
    let after = text.get(span.end..).and_then(|after| after.find('\n'));
    before.map_or(0, |at| at + 1)..after.map_or(text.len(), |at| span.end + at) + 1
}

/// Where a part of a plan stands in its text.
#[must_use]
pub fn locate(text: &str, section: &Section) -> Option<Range<usize>> {
    let (key, number) = section.key();
    span_of(text, key, number)
}

/// Where a key of a part of a plan stands in its text, or else the part.
#[must_use]
pub fn locate_key(text: &str, section: &Section, key: &str) -> Option<Range<usize>> {
    let root = DeTable::parse_recoverable(text).0;
    let (name, number) = section.key();
    let part = root.get_ref().get(name)?;
    let part = match (part.get_ref(), number) {
        (DeValue::Array(all), Some(number)) => all.get(number)?.get_ref(),
        (value, _) => value,
    };
    let found = part.as_table().and_then(|part| part.get_key_value(key));
    found.map(|(key, _)| key.span()).or_else(|| locate(text, section))
}

fn span_of(text: &str, key: &str, number: Option<usize>) -> Option<Range<usize>> {
    let root = DeTable::parse_recoverable(text).0;
    let (name, value) = root.get_ref().get_key_value(key)?;
    let one = match (value.get_ref(), number) {
        (DeValue::Array(all), Some(number)) => all.get(number).map(toml::Spanned::span),
        _ => None,
    };
    Some(one.unwrap_or_else(|| name.span()))
}
