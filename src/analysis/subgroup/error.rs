//! Why a subgroup analysis cannot be done.

use crate::{
    model::{ModelError, RegressionError},
    study::StudyError,
};

/// Why a subgroup analysis cannot be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SubgroupError {
    /// A baseline risk that is none.
    #[error("a baseline of {baseline} is no risk: give a number between 0 and 1, such as 0.35")]
    Baseline {
        /// What was given.
        baseline: f64,
    },
    /// No grouping column was named.
    #[error("no grouping column: name one that the table has{}", columns(.available))]
    NoColumn {
        /// The columns there are.
        available: Vec<String>,
    },
    /// The grouping column is not there.
    #[error("there is no column `{name}` to group by{}{}", hint(.nearest.as_deref()), columns(.available))]
    UnknownColumn {
        /// The name asked for.
        name: String,
        /// The nearest name.
        nearest: Option<String>,
        /// The columns there are.
        available: Vec<String>,
    },
    /// A column that nests in itself.
    #[error("`{name}` is named twice: name each column once, in the order in which they nest")]
    SameColumn {
        /// The column.
        name: String,
    },
    /// A level named in an order does not occur.
    #[error("no study has the level `{level}`; the levels are {}", levels(.available))]
    UnknownLevel {
        /// The level asked for.
        level: String,
        /// The levels there are.
        available: Vec<String>,
    },
    /// A level is missing and that is an error.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A group cannot be pooled.
    #[error("group `{group}`: {source}")]
    Group {
        /// Its level.
        group: String,
        /// Why.
        #[source]
        source: ModelError,
    },
    /// The groups cannot share one `τ²`.
    #[error("the groups cannot share one τ²: {0}")]
    CommonTau2(#[source] RegressionError),
    /// One `τ²` for a model that has none.
    #[error(
        "this model has no τ² that groups could share; use the two-step model or the GLMM, or let each group have its own"
    )]
    NoTau2,
    /// The studies together cannot be pooled.
    #[error(transparent)]
    Overall(ModelError),
}

/// The levels, in quotes where they hold a comma.
fn levels(available: &[String]) -> String {
    let quoted = |level: &String| {
        if level.contains(',') { format!("\"{level}\"") } else { level.clone() }
    };
    available.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn columns(available: &[String]) -> String {
    match available {
        [] => "; the table has no columns besides its studies and counts".to_owned(),
        names => format!("; the columns are {}", names.join(", ")),
    }
}
