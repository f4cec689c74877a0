//! Tables of published rates: one claim a row, its numbers kept as they are typed, because their digits
//! are part of the claim.

use super::{decode::decode, dialect::detect, records::grid};

/// A row of a table of claims; an empty cell is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimRow {
    /// Its line in the file.
    pub line: u64,
    /// Who claims it, when, and of what.
    pub label: String,
    /// The rate.
    pub rate: Option<String>,
    /// Lower limit of its interval.
    pub ci_lower: Option<String>,
    /// Upper limit.
    pub ci_upper: Option<String>,
    /// Studies.
    pub k: Option<String>,
    /// Patients.
    pub total: Option<String>,
    /// Events.
    pub events: Option<String>,
    /// I², percent.
    pub i2: Option<String>,
}

/// Why a table of claims cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimTableError {
    /// Not a table at all.
    #[error("{0}")]
    NoTable(String),
    /// Without a rate there is no claim.
    #[error("there is no column `rate`; the columns are {0}")]
    NoRate(String),
    /// No rows.
    #[error("the table has a header and no claims; add a row for each")]
    NoRows,
}

/// Reads a table of claims in the format of the bundled `published_claims`.
///
/// # Errors
/// [`ClaimTableError`].
///
/// ```
/// let rows = resorb::data::claims(b"review,year,rate\nXie,2024,0.766\n")?;
/// assert_eq!(rows[0].label, "Xie 2024");
/// assert_eq!(rows[0].rate.as_deref(), Some("0.766"));
/// # Ok::<(), resorb::data::ClaimTableError>(())
/// ```
pub fn claims(bytes: &[u8]) -> Result<Vec<ClaimRow>, ClaimTableError> {
    let no_table = |kind: super::ProblemKind| ClaimTableError::NoTable(kind.to_string());
    let decoded = decode(bytes).map_err(no_table)?;
    let (delimiter, from) = detect(&decoded.text);
    let grid = grid(&decoded.text, delimiter, from).map_err(no_table)?;
    if let Some(fault) = grid.faults.into_iter().next() {
        return Err(no_table(fault.kind));
    }
    let column = |names: &[&str]| {
        let place =
            |name: &&str| grid.header.iter().position(|head| head.eq_ignore_ascii_case(name));
        names.iter().find_map(place).and_then(|place| grid.columns.get(place))
    };
    let cell = |names: &[&str], row: usize| {
        let text = column(names)?.get(row).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    if column(&RATE).is_none() {
        return Err(ClaimTableError::NoRate(grid.header.join(", ")));
    }
    if grid.lines.is_empty() {
        return Err(ClaimTableError::NoRows);
    }
    let row = |(row, line): (usize, &u64)| {
        let who = [&REVIEW[..], &["year"]].into_iter().filter_map(|names| cell(names, row));
        let who = who.collect::<Vec<_>>().join(" ");
        let group = cell(&["group"], row);
        ClaimRow {
            line: *line,
            label: match group {
                Some(group) if who.is_empty() => group,
                Some(group) => format!("{who}, {group}"),
                None => who,
            },
            rate: cell(&RATE, row),
            ci_lower: cell(&["ci_lower", "lower"], row),
            ci_upper: cell(&["ci_upper", "upper"], row),
            k: cell(&["studies", "k"], row),
            total: cell(&["patients", "total", "n"], row),
            events: cell(&["events"], row),
            i2: cell(&["i2"], row),
        }
    };
    Ok(grid.lines.iter().enumerate().map(row).collect())
}

const RATE: [&str; 2] = ["rate", "estimate"];
const REVIEW: [&str; 4] = ["review", "study", "author", "label"];
