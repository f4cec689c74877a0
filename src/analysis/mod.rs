//! Questions asked of a fit.

mod pooled;

pub use pooled::{Alternative, AlternativeName, Pooled, Remark, pooled};
