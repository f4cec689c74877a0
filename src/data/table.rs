//! The product of reading: validated studies and what was found on the way.

use super::columns::Columns;
use super::decode::Encoding;
use super::dialect::Delimiter;
use super::problem::Problems;
use super::select::Excluded;
use crate::study::Studies;

/// A table that passed every check.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The rows that are used, with every other column as a moderator.
    pub studies: Studies,
    /// The rows of data that were read.
    pub rows: usize,
    /// The rows that are used: `studies.k()`.
    pub used: usize,
    /// The rows that are left out, in the order of the file.
    pub excluded: Vec<Excluded>,
    /// Warnings and notes.
    pub notes: Problems,
    /// Which column served what.
    pub columns: Columns,
    /// On which scale effects computed elsewhere are, where their column says so: ratios are given on
    /// the natural scale, and the effects are their logarithms.
    pub stated: Option<Stated>,
    /// How the file is written.
    pub dialect: Dialect,
}

/// What the column of effects computed elsewhere says that they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Odds ratios.
    OddsRatio,
    /// Risk ratios.
    RiskRatio,
    /// Rate ratios.
    RateRatio,
    /// Hazard ratios.
    HazardRatio,
    /// Ratios of any other kind.
    Ratio,
    /// Standardised mean differences, made from t or p values, or converted to them.
    StandardisedMeanDifference,
    /// Correlations by Fisher's z, converted to them.
    FishersZ,
}

/// How a file turned out to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding of its text.
    pub encoding: Encoding,
    /// The separator of its fields.
    pub delimiter: Delimiter,
    /// The lines that were skipped because they begin with `#`.
    pub comments: usize,
}
