//! What can be wrong with a predicate, and where in it.

use std::fmt;
use std::ops::Range;

/// Why a predicate cannot be read or applied, with the place in the predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    predicate: String,
    at: Range<usize>,
    problem: FilterProblem,
}

impl FilterError {
    pub(super) fn new(predicate: &str, at: Range<usize>, problem: FilterProblem) -> Self {
        Self { predicate: predicate.to_owned(), at, problem }
    }

    /// The predicate as it was written.
    #[must_use]
    pub fn predicate(&self) -> &str {
        &self.predicate
    }

    /// The bytes of the predicate that are at fault; empty at its end when something is missing there.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// What is wrong.
    #[must_use]
    pub const fn problem(&self) -> &FilterProblem {
        &self.problem
    }

    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        match &self.problem {
            FilterProblem::NoColumn | FilterProblem::NoOperator | FilterProblem::NoValue => {
                "write a column, an operator (= != < <= > >= in) and a value: year >= 2000, \
                 country = Japan, design in prospective|registry"
                    .to_owned()
            }
            FilterProblem::UnknownOperator { .. } => {
                "the operators are = != < <= > >= and in".to_owned()
            }
            FilterProblem::OpenQuote => "close the quotation mark".to_owned(),
            FilterProblem::AfterQuote => {
                "after a closing quotation mark only an operator, | or the end can stand".to_owned()
            }
            FilterProblem::UnknownColumn { column, .. } if column.ends_with(" not") => {
                "there is no `not in`; write != once for each value".to_owned()
            }
            FilterProblem::UnknownColumn { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            FilterProblem::UnknownColumn { columns, .. } => {
                format!("the columns are {}", columns.join(", "))
            }
            FilterProblem::AmbiguousColumn { .. } => {
                "write the name exactly as the header does".to_owned()
            }
            FilterProblem::OrderOfText { word: Some(word), .. } => {
                format!("one of its cells is `{word}`; use = or !=, or mend the cell")
            }
            FilterProblem::OrderOfText { word: None, .. } => "use = or !=".to_owned(),
            FilterProblem::NotANumber { value, .. } if value.contains(" and ") => {
                "write one predicate for each condition; a row must meet them all".to_owned()
            }
            FilterProblem::NotANumber { .. } => {
                "give a number, with a point as its decimal mark".to_owned()
            }
        }
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let before = self.predicate.get(..self.at.start).unwrap_or_default();
        let character = before.chars().count() + 1;
        write!(f, "in the predicate `{}`, ", self.predicate)?;
        write!(f, "character {character}: {}", self.problem)
    }
}

impl std::error::Error for FilterError {}

/// What is wrong with a predicate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilterProblem {
    /// Nothing before the operator.
    #[error("the column is missing")]
    NoColumn,
    /// No operator at all.
    #[error("there is no operator")]
    NoOperator,
    /// An operator that does not exist.
    #[error("`{operator}` is not an operator")]
    UnknownOperator {
        /// What stands there.
        operator: String,
    },
    /// Nothing after the operator.
    #[error("the value is missing")]
    NoValue,
    /// A quotation mark that is never closed.
    #[error("the quotation mark is never closed")]
    OpenQuote,
    /// Text after a quoted name or value.
    #[error("text follows the quotation mark")]
    AfterQuote,
    /// A column that is not there.
    #[error("there is no column `{column}`")]
    UnknownColumn {
        /// The name given.
        column: String,
        /// The column probably meant.
        nearest: Option<String>,
        /// The columns there are, a dozen at most.
        columns: Vec<String>,
    },
    /// A name that fits two columns when case is ignored.
    #[error("`{column}` can be `{}` or `{}`", fitting[0], fitting[1])]
    AmbiguousColumn {
        /// The name given.
        column: String,
        /// Two columns it fits.
        fitting: [String; 2],
    },
    /// `<`, `<=`, `>`, `>=` on text.
    #[error("`{column}` is a column of text, which has no order")]
    OrderOfText {
        /// The column.
        column: String,
        /// A cell that is not a number.
        word: Option<String>,
    },
    /// A word where the column has numbers.
    #[error("`{column}` is a column of numbers and `{value}` is not a number")]
    NotANumber {
        /// The column.
        column: String,
        /// The value given.
        value: String,
    },
}
