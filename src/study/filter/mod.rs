//! A predicate over columns, parsed once, that gives a mask of rows.

mod error;
mod parse;

use std::ops::Range;

use super::{Column, Studies, nearest::nearest};

pub use error::{FilterError, FilterProblem};

/// A parsed predicate: `year >= 2000`, `country = Japan`, `design in prospective|registry`.
///
/// Operators are `=` (also `==`), `!=`, `<`, `<=`, `>`, `>=` and `in` with values between `|`.
/// Numbers compare as numbers, text exactly; ordering needs a column of numbers. A missing cell never
/// matches, not even `!=`: nothing is known about it. Column names are found whatever their case, as
/// long as one column fits; names and values may stand in single or double quotes and need them only
/// when they contain an operator, ` in ` or `|`.
///
/// ```
/// use resorb::study::{Filter, Studies};
/// let studies = Studies::from_counts([("Bush 1992", 64, 84), ("Komori 1996", 35, 77)])?;
/// let filter = Filter::parse("total > 80")?;
/// assert_eq!(filter.mask(&studies)?, [true, false]);
/// assert!(Filter::parse("total >").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    predicate: String,
    column: Token,
    test: Test,
}

/// A name or a value, and where it stands in the predicate.
#[derive(Clone, Debug, PartialEq)]
struct Token {
    text: String,
    at: Range<usize>,
}

/// What is asked of a cell.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    Compare(Comparison, Token),
    OneOf(Vec<Token>),
}

/// The comparisons with a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    fn holds<T: PartialOrd>(self, cell: &T, value: &T) -> bool {
        match self {
            Self::Equal => cell == value,
            Self::NotEqual => cell != value,
            Self::Less => cell < value,
            Self::LessOrEqual => cell <= value,
            Self::Greater => cell > value,
            Self::GreaterOrEqual => cell >= value,
        }
    }

    const fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Filter {
    /// The predicate as it was written.
    #[must_use]
    pub fn predicate(&self) -> &str {
        &self.predicate
    }

    /// The column it asks about, as it was written.
    #[must_use]
    pub fn column(&self) -> &str {
        &self.column.text
    }

    /// Which studies match. The columns are the moderators and, unless a moderator is called so,
    /// `study` and what the outcome gives ([`OutcomeKind::columns`](crate::study::OutcomeKind::columns):
    /// `events` and `total`, say).
    ///
    /// # Errors
    /// [`FilterError`] for a column that is not there, ordering of text, a word where the column has
    /// numbers.
    pub fn mask(&self, studies: &Studies) -> Result<Vec<bool>, FilterError> {
        let outcomes = studies.outcomes();
        let own = std::iter::once("study").chain(outcomes.kind().columns().iter().copied());
        let moderators = studies.moderators().iter().map(|moderator| moderator.name.as_str());
        let names: Vec<&str> = moderators.chain(own).collect();
        let found = self.find(&names)?;
        if let Some(moderator) = studies.moderators().get(found) {
            return self.mask_column(&moderator.column);
        }
        if let Some(column) = found.checked_sub(studies.moderators().len() + 1) {
            let test = self.on_numbers()?;
            let cell = |i: usize| outcomes.values(i).get(column).copied();
            Ok((0..studies.k()).map(|i| cell(i).is_some_and(&test)).collect())
        } else {
            let labels = studies.labels();
            let test = self.on_text(|| labels.first().cloned())?;
            Ok(labels.iter().map(|label| test(label)).collect())
        }
    }

    /// Which cells of one column match.
    ///
    /// # Errors
    /// As [`Filter::mask`].
    pub fn mask_column(&self, column: &Column) -> Result<Vec<bool>, FilterError> {
        match column {
            Column::Number(cells) => {
                let test = self.on_numbers()?;
                Ok(cells.iter().map(|cell| cell.is_some_and(&test)).collect())
            }
            Column::Text(cells) => {
                let word = || cells.iter().flatten().find(|text| text.parse::<f64>().is_err());
                let test = self.on_text(|| word().map(ToString::to_string))?;
                Ok(cells.iter().map(|cell| cell.as_deref().is_some_and(&test)).collect())
            }
        }
    }

    /// The index of the column among `names`: spelled exactly so, or the only one but for case.
    pub(crate) fn find(&self, names: &[&str]) -> Result<usize, FilterError> {
        let wanted = self.column();
        if let Some(exact) = names.iter().position(|name| *name == wanted) {
            return Ok(exact);
        }
        let lower = wanted.to_lowercase();
        let fits = |(_, name): &(usize, &&str)| name.to_lowercase() == lower;
        let mut fitting = names.iter().enumerate().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some((index, _)), None) => Ok(index),
            (Some((_, first)), Some((_, second))) => {
                let problem = FilterProblem::AmbiguousColumn {
                    column: wanted.to_owned(),
                    fitting: [(*first).to_owned(), (*second).to_owned()],
                };
                Err(self.error(problem, &self.column.at))
            }
            (None, _) => {
                let problem = FilterProblem::UnknownColumn {
                    column: wanted.to_owned(),
                    nearest: nearest(wanted, names.iter().copied()).map(str::to_owned),
                    columns: names.iter().take(12).map(|name| (*name).to_owned()).collect(),
                };
                Err(self.error(problem, &self.column.at))
            }
        }
    }

    /// The test of a number; missing cells are the caller's.
    pub(crate) fn on_numbers(&self) -> Result<impl Fn(f64) -> bool, FilterError> {
        let (comparison, tokens) = match &self.test {
            Test::Compare(comparison, token) => (*comparison, std::slice::from_ref(token)),
            Test::OneOf(tokens) => (Comparison::Equal, tokens.as_slice()),
        };
        let values =
            tokens.iter().map(|token| self.number(token)).collect::<Result<Vec<_>, _>>()?;
        Ok(move |cell: f64| values.iter().any(|value| comparison.holds(&cell, value)))
    }

    /// The test of a text; `word` gives a cell that shows why the column is not one of numbers.
    pub(crate) fn on_text(
        &self,
        word: impl FnOnce() -> Option<String>,
    ) -> Result<impl Fn(&str) -> bool, FilterError> {
        let (comparison, tokens) = match &self.test {
            Test::Compare(comparison, token) if comparison.orders() => {
                let column = self.column().to_owned();
                return Err(
                    self.error(FilterProblem::OrderOfText { column, word: word() }, &token.at)
                );
            }
            Test::Compare(comparison, token) => (*comparison, std::slice::from_ref(token)),
            Test::OneOf(tokens) => (Comparison::Equal, tokens.as_slice()),
        };
        Ok(move |cell: &str| {
            tokens.iter().any(|token| comparison.holds(&cell, &token.text.as_str()))
        })
    }

    /// The values of an `=` or `in` test, to suggest a spelling when none occurs in the column.
    pub(crate) fn wanted(&self) -> Vec<&str> {
        match &self.test {
            Test::Compare(Comparison::Equal, token) => vec![&token.text],
            Test::Compare(..) => Vec::new(),
            Test::OneOf(tokens) => tokens.iter().map(|token| token.text.as_str()).collect(),
        }
    }

    fn number(&self, token: &Token) -> Result<f64, FilterError> {
        let number = token.text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| {
            let column = self.column().to_owned();
            let value = token.text.clone();
            self.error(FilterProblem::NotANumber { column, value }, &token.at)
        })
    }

    fn error(&self, problem: FilterProblem, at: &Range<usize>) -> FilterError {
        FilterError::new(&self.predicate, at.clone(), problem)
    }
}
