//! Why moderators do not make a design.

/// Why moderators do not make a design.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DesignError {
    /// A column that is not there.
    #[error("there is no column `{column}`{}; the columns are {}", hint(.nearest.as_deref()), .available.join(", "))]
    UnknownColumn {
        /// The name asked for.
        column: String,
        /// The nearest name.
        nearest: Option<String>,
        /// What there is.
        available: Vec<String>,
    },
    /// A reference level for a column that is no term of the model.
    #[error("a reference level was given for `{column}`, which is no term of the model; its terms are {}", .available.join(", "))]
    UnknownReference {
        /// The column.
        column: String,
        /// The columns of the terms.
        available: Vec<String>,
    },
    /// A level that does not occur.
    #[error("`{column}` has no level `{level}`; its levels are {}", .available.join(", "))]
    UnknownLevel {
        /// The column.
        column: String,
        /// The level asked for.
        level: String,
        /// What there is.
        available: Vec<String>,
    },
    /// The same value everywhere.
    #[error(
        "`{column}` has the same value in every study used: nothing can be regressed on it; drop the term"
    )]
    Constant {
        /// The column.
        column: String,
    },
    /// A text column where a number is needed.
    #[error("`{column}` holds text{}: center, scale, poly and rcs need a numeric column", because(.cell.as_ref()))]
    NotNumeric {
        /// The column.
        column: String,
        /// A cell that is no number.
        cell: Option<TextCell>,
    },
    /// A value for a numeric column that is no number.
    #[error("`{value}` is no number, and `{column}` is numeric: write {column}=NUMBER")]
    NotANumber {
        /// The column.
        column: String,
        /// What was given.
        value: String,
    },
    /// Too few distinct values for the knots.
    #[error(
        "`{column}` has too few distinct values for that many knots; ask for fewer, or use poly"
    )]
    TiedKnots {
        /// The column.
        column: String,
    },
    /// A column that the ones before it determine.
    #[error(
        "the term `{term}` is determined by the terms before it (collinear); drop it or one of them{hint}"
    )]
    Collinear {
        /// The term.
        term: String,
        /// What else might help, or nothing.
        hint: String,
    },
    /// A column of zeros.
    #[error(
        "no study has the combination `{term}`, so that it has no coefficient; drop the interaction, or leave the level out with --where"
    )]
    EmptyCombination {
        /// The column of the design.
        term: String,
    },
    /// More coefficients than studies allow.
    #[error(
        "{coefficients} coefficients for {studies} studies: there must be more studies than coefficients; use fewer terms{hint}"
    )]
    TooManyCoefficients {
        /// The columns of the design.
        coefficients: usize,
        /// The studies without missing moderators.
        studies: usize,
        /// A column of numbers that was read as text, or nothing.
        hint: String,
    },
    /// A value of a column that the model does not use.
    #[error("the model does not use `{column}`; it uses {}", .available.join(", "))]
    NotInModel {
        /// The column.
        column: String,
        /// The columns it uses.
        available: Vec<String>,
    },
    /// Values that cannot be read.
    #[error("`{text}` is not a list of values: write column=value, with commas between several")]
    BadValues {
        /// What was given.
        text: String,
    },
    /// A contrast or a trend that cannot be read.
    #[error("`{text}` is not {wanted}")]
    BadComparison {
        /// What was given.
        text: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A comparison of levels where there are none.
    #[error(
        "the model has no categorical term whose levels could be compared; add a text column, or give a numeric one a reference level"
    )]
    NoLevels,
    /// Levels that no categorical term has.
    #[error("no categorical term has the level `{level}`; there are {}", .available.join("; "))]
    NoSuchLevel {
        /// The level asked for.
        level: String,
        /// Columns with their levels.
        available: Vec<String>,
    },
    /// A prediction that leaves a moderator open.
    #[error("give a value for `{column}`: the model uses it")]
    NoValue {
        /// The column.
        column: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// A cell that made a column of numbers one of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCell {
    /// The line of the file.
    pub line: u64,
    /// What stands there.
    pub value: String,
}

impl std::fmt::Display for TextCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` on line {}", self.value, self.line)
    }
}

fn because(cell: Option<&TextCell>) -> String {
    cell.map_or_else(String::new, |cell| format!(", such as {cell}"))
}
