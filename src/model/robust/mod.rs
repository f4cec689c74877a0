//! Cluster-robust covariance of weighted least squares: tests that stay valid when rows of one study
//! are not independent.

mod clustered_by;
mod htz;
mod sandwich;

pub use clustered_by::ClusteredBy;
pub use htz::{RobustTest, WaldTest};
pub use sandwich::{Robust, Sandwich, Small, independent_rows};
