//! Which columns and rows of the data are read, and how.

use serde::{Deserialize, Serialize};

use super::words;
use crate::{
    data::{ConvertTo, Decimal, Mapping, Missing},
    study::{Filter, OutcomeKind},
};

/// The table `[reading]`: the options of DATA. What is not given is found by its name or left at its
/// default, as on the command line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Reading {
    /// The column of study names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub study: Option<String>,
    /// The column of events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<String>,
    /// The column of totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// The kind of outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<OutcomeKind>,
    /// Columns of parts of an outcome, as in `events1=cured`.
    #[serde(with = "words::pairs", skip_serializing_if = "Vec::is_empty")]
    pub column: Vec<(String, String)>,
    /// The column of years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// Predicates that must all hold.
    #[serde(rename = "where", with = "words::filters", skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// Studies to leave out.
    #[serde(deserialize_with = "words::one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub exclude_study: Vec<String>,
    /// Whether to use rows that a column `include` leaves out.
    #[serde(skip_serializing_if = "words::is_default")]
    pub all_rows: bool,
    /// What to do with a row in which a value is missing.
    #[serde(skip_serializing_if = "words::is_default")]
    pub missing: Missing,
    /// Whether to leave out studies of two groups without events, or with nothing but events.
    #[serde(skip_serializing_if = "words::is_default")]
    pub drop00: bool,
    /// The scale that effects of several measures are taken to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convert_to: Option<ConvertTo>,
    /// The decimal mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Decimal>,
    /// The sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

impl From<&Reading> for Mapping {
    fn from(reading: &Reading) -> Self {
        Self {
            study: reading.study.clone(),
            events: reading.events.clone(),
            total: reading.total.clone(),
            year: reading.year.clone(),
            kind: reading.kind,
            columns: reading.column.clone(),
            filters: reading.filters.clone(),
            exclude_study: reading.exclude_study.clone(),
            all_rows: reading.all_rows,
            missing: reading.missing,
            drop00: reading.drop00,
            convert_to: reading.convert_to,
            decimal: reading.decimal,
            sheet: reading.sheet.clone(),
            ..Self::default()
        }
    }
}
