//! Meta-regression: effects on moderators.

mod basis;
mod design;
mod formula;

pub use basis::Value;
pub use design::{Design, DesignError, Designed};
pub use formula::{Factor, Formula, FormulaError, Transform};
