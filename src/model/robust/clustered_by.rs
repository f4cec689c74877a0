//! What clusters are, in words.

use serde::Serialize;

/// What rows that depend on one another share: the study, or the value of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub enum ClusteredBy {
    /// The study's name.
    #[default]
    Study,
    /// A column's value.
    Column(String),
}

impl From<ClusteredBy> for String {
    fn from(by: ClusteredBy) -> Self {
        match by {
            ClusteredBy::Study => "study".to_owned(),
            ClusteredBy::Column(name) => name,
        }
    }
}

impl From<Option<&str>> for ClusteredBy {
    /// A column, or without one the study.
    fn from(column: Option<&str>) -> Self {
        column.map_or(Self::Study, |name| Self::Column(name.to_owned()))
    }
}

impl ClusteredBy {
    /// `study`, or the column's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Study => "study",
            Self::Column(name) => name,
        }
    }

    /// `study` or `cluster`.
    #[must_use]
    pub const fn one(&self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Column(_) => "cluster",
        }
    }

    /// `studies` or `clusters`.
    #[must_use]
    pub const fn many(&self) -> &'static str {
        match self {
            Self::Study => "studies",
            Self::Column(_) => "clusters",
        }
    }

    /// ` by COLUMN`; nothing for studies.
    #[must_use]
    pub fn suffix(&self) -> String {
        match self {
            Self::Study => String::new(),
            Self::Column(name) => format!(" by {name}"),
        }
    }

    /// `8 studies`, `1 study`, `3 clusters by country`.
    #[must_use]
    pub fn count(&self, clusters: usize) -> String {
        let what = if clusters == 1 { self.one() } else { self.many() };
        format!("{clusters} {what}{}", self.suffix())
    }
}
