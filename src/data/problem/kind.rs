//! Everything that can be wrong with a table, one variant each.

use super::super::mapping::Decimal;
use super::super::xlsx::XlsxError;
use super::{Conversion, OutcomeProblem, Role, Severity};
use crate::study::{FilterError, MAX_TOTAL, StudyError};

/// What is wrong; `Display` says it in a sentence, [`ProblemKind::fix`] what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// No record at all.
    #[error("the file is empty")]
    Empty,
    /// A header and nothing below it.
    #[error("there is a header but no row below it")]
    HeaderOnly,
    /// Not a text file.
    #[error("this is not a table in text form: it looks like {}", looks_like.unwrap_or("binary data"))]
    Binary {
        /// What it looks like, when its first bytes tell.
        looks_like: Option<&'static str>,
    },
    /// More text than positions can be kept for.
    #[error("the file has {bytes} bytes of text, more than the 4 GB that can be read")]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// A workbook that cannot be turned into a table.
    #[error("{0}")]
    Workbook(XlsxError),
    /// Text that is not UTF-8.
    #[error("the file is not UTF-8; it was read as Windows-1252, which contains Latin-1")]
    Windows1252,
    /// A quotation mark that is never closed.
    #[error("a quotation mark opens this field and never closes")]
    OpenQuote,
    /// A comment that could be a row.
    #[error(
        "this line is skipped because it begins with `#`, but it has as many fields as the header"
    )]
    CommentWithFields,
    /// Two columns of one name.
    #[error("{count} columns are called `{name}`")]
    DuplicateColumn {
        /// The name.
        name: String,
        /// How many columns have it.
        count: usize,
    },
    /// Two columns whose names differ only in capitals.
    #[error("the columns {names} differ only in capitals")]
    SameButForCase {
        /// The names, quoted, in the order of the file.
        names: String,
    },
    /// A column that was asked for and is not there.
    #[error("there is no column `{name}`{}", purpose(*.role))]
    UnknownColumn {
        /// The name given.
        name: String,
        /// What it was to be.
        role: Role,
        /// The column probably meant.
        nearest: Option<String>,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A name that fits several columns when case is ignored.
    #[error("`{name}` fits several columns: {}", fitting.join(", "))]
    AmbiguousColumn {
        /// The name given.
        name: String,
        /// The columns it fits.
        fitting: Vec<String>,
    },
    /// No column with a common name for something that is needed.
    #[error("no column of {role} was found: none is called {}", or(tried))]
    NoColumn {
        /// What the column is for.
        role: Role,
        /// The names that were looked for.
        tried: &'static [&'static str],
        /// Columns whose names suggest that they might do.
        candidates: Vec<String>,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A first line of one field above lines of several.
    #[error(
        "the first line has one name and the lines below have more fields; it looks like a title"
    )]
    TitleLine,
    /// A first line that is a row.
    #[error("the first line looks like a row, not like the names of columns")]
    NoHeader,
    /// No column of study names.
    #[error("no column of study names was found; the studies are named by their lines")]
    NoStudyNames {
        /// The columns there are.
        columns: Vec<String>,
    },
    /// One column for two purposes.
    #[error("column `{name}` is to serve both as {} and as {}", roles[0], roles[1])]
    ColumnUsedTwice {
        /// The column.
        name: String,
        /// The purposes.
        roles: [Role; 2],
    },
    /// A row with more or fewer fields than the header.
    #[error("this row has {found} field{}, the header has {expected}", plural(*found))]
    FieldCount {
        /// The number of fields in the row.
        found: usize,
        /// The number of columns.
        expected: usize,
    },
    /// A missing value that the analysis uses.
    #[error("the value of `{column}` is missing")]
    Missing {
        /// The column.
        column: String,
    },
    /// A word where a count should be.
    #[error("`{value}` is not a number")]
    NotANumber {
        /// The cell.
        value: String,
        /// The decimal mark that was set, if one was.
        decimal: Option<Decimal>,
    },
    /// A number that depends on the decimal mark.
    #[error("`{value}` can be read in two ways: as {point} or as {comma}")]
    TwoReadings {
        /// The cell.
        value: String,
        /// Its value where the point is the decimal mark.
        point: f64,
        /// Its value where the comma is the decimal mark.
        comma: f64,
    },
    /// A count below 0.
    #[error("`{value}` is negative; a count is 0 or more")]
    Negative {
        /// The cell.
        value: String,
    },
    /// A count that is not whole.
    #[error("`{value}` is not a whole number, as a count must be")]
    NotWhole {
        /// The cell.
        value: String,
        /// The count it may stand for as a percentage or proportion.
        offer: Option<Offer>,
    },
    /// A percentage where a count should be.
    #[error("`{value}` is a percentage, and a count belongs here")]
    Percentage {
        /// The cell.
        value: String,
        /// The count it stands for.
        offer: Option<Offer>,
    },
    /// A number beyond exact whole numbers.
    #[error("`{value}` is above {MAX_TOTAL}, where whole numbers stop being exact")]
    CountTooLarge {
        /// The cell.
        value: String,
    },
    /// A total of 0.
    #[error("the total is 0: a study without patients has no rate")]
    NoPatients,
    /// More events than patients.
    #[error("{events} events exceed the total of {total}")]
    MoreEventsThanTotal {
        /// The events.
        events: u64,
        /// The total.
        total: u64,
        /// The count, should the events be a percentage.
        offer: Option<Offer>,
    },
    /// Neither yes nor no in the column `include`.
    #[error("`{value}` is neither yes nor no")]
    NotYesOrNo {
        /// The cell.
        value: String,
    },
    /// A study to be left out that is not there.
    #[error("there is no study `{label}` to leave out")]
    UnknownStudy {
        /// The name given.
        label: String,
        /// The study probably meant.
        nearest: Option<String>,
    },
    /// A predicate that cannot be applied.
    #[error("{0}")]
    Filter(FilterError),
    /// Every row was left out.
    #[error("no row is left of {rows}: {}", reasons.join(", "))]
    NothingLeft {
        /// The rows read.
        rows: usize,
        /// Why, with the number of rows.
        reasons: Vec<String>,
        /// A value of a predicate that does not occur, and the nearest one that does.
        nearest: Option<(String, String)>,
    },
    /// Rows that passed every check and do not make a table.
    #[error("{0}")]
    Studies(StudyError),
    /// One name on several rows.
    #[error("`{label}` stands on {times} rows, first on line {first}")]
    DuplicateLabel {
        /// The name.
        label: String,
        /// Its first line.
        first: u64,
        /// The number of rows.
        times: usize,
        /// Whether a grouping column was given that does not tell the rows apart either.
        grouped: bool,
    },
    /// The same counts twice.
    #[error("`{label}` has the same counts as `{other}` on line {line}: {events} of {total}")]
    SameCounts {
        /// This study.
        label: String,
        /// The earlier one.
        other: String,
        /// The earlier one's line.
        line: u64,
        /// The events.
        events: u64,
        /// The total.
        total: u64,
    },
    /// The same counts on yet other rows.
    #[error("more rows have the counts of an earlier one; the first {shown} are listed")]
    MoreSameCounts {
        /// How many are.
        shown: usize,
    },
    /// A column of numbers whose decimal mark is a guess.
    #[error("`{value}` can be read as {point} or as {comma}; `{column}` is read with {}", mark(*taken))]
    TwoReadingsInColumn {
        /// The column.
        column: String,
        /// A cell of it.
        value: String,
        /// Its value where the point is the decimal mark.
        point: f64,
        /// Its value where the comma is the decimal mark.
        comma: f64,
        /// The decimal mark taken.
        taken: Decimal,
    },
    /// What is wrong with an outcome that is not single proportions.
    #[error("{0}")]
    Outcome(OutcomeProblem),
    /// What was converted.
    #[error("{} converted: {conversion}", values(*rows))]
    Converted {
        /// The conversion.
        conversion: Conversion,
        /// How many values it made.
        rows: usize,
    },
    /// Missing values in a column that nothing has asked for yet.
    #[error("`{column}` is missing for {missing} of {studies} studies")]
    MissingInModerator {
        /// The column.
        column: String,
        /// The missing cells.
        missing: usize,
        /// The studies.
        studies: usize,
    },
}

/// A count that a percentage or a proportion of a total may stand for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// What was printed, in percent.
    pub percent: f64,
    /// The digits after the decimal mark of `percent`.
    pub digits: usize,
    /// The total.
    pub total: u64,
    /// The nearest whole count.
    pub count: u64,
    /// Whether that count gives `percent`, to the digits printed.
    pub fits: bool,
}

impl ProblemKind {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::CommentWithFields
            | Self::NoStudyNames { .. }
            | Self::SameButForCase { .. }
            | Self::DuplicateLabel { .. }
            | Self::TwoReadingsInColumn { .. }
            | Self::Converted { .. } => Severity::Warning,
            Self::Windows1252
            | Self::SameCounts { .. }
            | Self::MoreSameCounts { .. }
            | Self::MissingInModerator { .. } => Severity::Note,
            _ => Severity::Error,
        }
    }
}

/// `a, b or c`.
fn or(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn values(count: usize) -> String {
    if count == 1 { "1 value was".to_owned() } else { format!("{count} values were") }
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

const fn mark(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => "a decimal point",
        Decimal::Comma => "a decimal comma",
    }
}

/// What a column is wanted for, where its name alone does not say it.
fn purpose(role: Role) -> String {
    match role {
        Role::Grouping | Role::Moderator => String::new(),
        other => format!(" for {other}"),
    }
}
