//! Moderator columns: what a study is, beside what it counted.

use std::sync::Arc;

/// A column of the table that is not a count: one value a study, in the order of the studies.
#[derive(Clone, Debug, PartialEq)]
pub struct Moderator {
    /// The column's name as the file spells it.
    pub name: String,
    /// Its values.
    pub column: Column,
}

/// Values of one kind; `None` where the cell is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Every non-missing cell is a number.
    Number(Vec<Option<f64>>),
    /// At least one cell is not a number. Equal texts may share one allocation, because a column of a
    /// million rows often has ten different values.
    Text(Vec<Option<Arc<str>>>),
}

impl Column {
    /// The number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of missing cells.
    #[must_use]
    pub fn missing(&self) -> usize {
        match self {
            Self::Number(values) => values.iter().filter(|value| value.is_none()).count(),
            Self::Text(values) => values.iter().filter(|value| value.is_none()).count(),
        }
    }

    /// The value of a cell as a level, numbers in their shortest form; `None` where it is missing.
    #[must_use]
    pub(crate) fn level(&self, i: usize) -> Option<String> {
        match self {
            Self::Number(values) => (*values.get(i)?).map(|value| value.to_string()),
            Self::Text(values) => values.get(i)?.as_deref().map(str::to_owned),
        }
    }

    /// The cells at which `mask` is true.
    #[must_use]
    pub(crate) fn keep(&self, mask: &[bool]) -> Self {
        fn kept<T: Clone>(values: &[T], mask: &[bool]) -> Vec<T> {
            values.iter().zip(mask).filter(|(_, keep)| **keep).map(|(v, _)| v.clone()).collect()
        }
        match self {
            Self::Number(values) => Self::Number(kept(values, mask)),
            Self::Text(values) => Self::Text(kept(values, mask)),
        }
    }
}
