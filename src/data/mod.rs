//! From bytes to a validated table, with every problem found named at once.

mod claims;
mod columns;
mod counts;
mod decode;
mod dialect;
mod findings;
mod mapping;
mod moderators;
mod number;
mod outcome;
mod problem;
mod read;
mod records;
mod repeats;
mod select;
mod sheet;
mod table;

pub mod bundled;
pub mod xlsx;

pub use claims::{ClaimRow, ClaimTableError, claims};
pub use columns::{Columns, EVENTS_NAMES, STUDY_NAMES, TOTAL_NAMES};
pub use decode::Encoding;
pub use dialect::Delimiter;
pub use mapping::{ConvertTo, Decimal, Mapping, Missing};
pub use problem::{
    Conversion, Excerpt, Offer, OutcomeProblem, Place, Problem, ProblemKind, Problems, Role,
    Severity,
};
pub use read::{Check, check, read};
pub use select::{Excluded, Reason};
pub use sheet::{Sheet, SheetError, SheetRow, sheet};
pub use table::{Dialect, Stated, Table};
