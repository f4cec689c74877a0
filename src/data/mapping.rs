//! Which column is what, and which rows to use.

use serde::{Deserialize, Serialize};

use crate::study::{Filter, OutcomeKind};

/// How a table is to be read. The default finds columns by common names and uses every row that a
/// column `include` does not leave out.
///
/// ```
/// use resorb::data::{self, Mapping, Missing};
/// let mapping = Mapping { events: Some("healed".to_owned()), missing: Missing::Drop, ..Mapping::default() };
/// let table = data::read(b"study,healed,total\nBush,64,84\nKomori,NA,77\n", &mapping)?;
/// assert_eq!((table.rows, table.used), (2, 1));
/// # Ok::<(), resorb::data::Problems>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// The column of study names; else the first of [`super::STUDY_NAMES`] that is there.
    pub study: Option<String>,
    /// The column of events; else the first of [`super::EVENTS_NAMES`].
    pub events: Option<String>,
    /// The column of totals; else the first of [`super::TOTAL_NAMES`].
    pub total: Option<String>,
    /// The kind of outcome; else the one whose columns are complete.
    pub kind: Option<OutcomeKind>,
    /// Columns of outcomes, each a field (`events1`, `mean2`, `yi`, …) and the column that holds it.
    pub columns: Vec<(String, String)>,
    /// A column that tells rows of one study apart, for instance the one subgroups are made by. Its
    /// missing cells count as missing values.
    pub grouping: Option<String>,
    /// The column of the year of publication; else `year`.
    pub year: Option<String>,
    /// Other columns that the analysis uses, so that they must exist and their missing cells count.
    pub needed: Vec<String>,
    /// Predicates that must all hold.
    pub filters: Vec<Filter>,
    /// Studies to leave out, by name.
    pub exclude_study: Vec<String>,
    /// Whether to use the rows that a column `include` leaves out.
    pub all_rows: bool,
    /// What to do with a row whose value is missing.
    pub missing: Missing,
    /// Whether to leave out studies of two groups in which nobody, or everybody, has the event: they say
    /// nothing about a ratio.
    pub drop00: bool,
    /// The scale that effects computed elsewhere are converted to, each from the measure that its
    /// columns, or its cell of a column `measure`, state.
    pub convert_to: Option<ConvertTo>,
    /// The decimal mark, where the file can be read in two ways.
    pub decimal: Option<Decimal>,
    /// The sheet of a workbook; else its first.
    pub sheet: Option<String>,
}

/// A scale that effects of several measures can be converted to, so that they can be pooled.
///
/// ```
/// use resorb::{data::{self, ConvertTo, Mapping}, study::Outcomes};
/// let csv = b"study,measure,yi,vi\nA,OR,0.9069,0.0676\nB,SMD,0.42,0.04\n";
/// let mapping = Mapping { convert_to: Some(ConvertTo::Smd), ..Mapping::default() };
/// let table = data::read(csv, &mapping)?;
/// let Outcomes::Generic(effects) = table.studies.outcomes() else { return Ok(()) };
/// assert!((effects[0].yi() - 0.5).abs() < 1e-4);
/// # Ok::<(), resorb::data::Problems>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConvertTo {
    /// Odds ratios.
    #[serde(rename = "OR")]
    OddsRatio,
    /// Standardised mean differences.
    #[serde(rename = "SMD")]
    Smd,
    /// Correlations by Fisher's z.
    #[serde(rename = "ZCOR")]
    FishersZ,
}

/// What to do with a row in which a value is missing that the analysis uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Report it as an error.
    #[default]
    Error,
    /// Leave the row out, and name it in the result.
    Drop,
}

/// The decimal mark. The other of the two characters separates thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}
