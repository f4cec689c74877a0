//! What can go wrong in a numerical procedure, and what to do about it.

use thiserror::Error;

/// The errors of [`numeric`](crate::numeric). Distribution functions have none: they return NaN for
/// a parameter outside their domain and a number for everything else.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum NumericError {
    /// A root was asked for between two points at which the function has the same sign.
    #[error(
        "no root is bracketed: the function is {f_lo} at {lo} and {f_hi} at {hi}, on the same side of 0; widen the interval"
    )]
    NoBracket {
        /// Lower end of the interval.
        lo: f64,
        /// Upper end of the interval.
        hi: f64,
        /// Value at the lower end.
        f_lo: f64,
        /// Value at the upper end.
        f_hi: f64,
    },
    /// A function returned NaN, or an infinity where a number is needed.
    #[error(
        "the function to {task} is {value} at {at}; check that the data give a finite value there"
    )]
    NotFinite {
        /// What was being done.
        task: &'static str,
        /// The value returned.
        value: f64,
        /// Where, the coordinates separated by commas.
        at: String,
    },
    /// An iteration reached its limit.
    #[error(
        "{task} did not settle within {iterations} iterations; start nearer the solution or rescale the parameters"
    )]
    NotConverged {
        /// What was being done.
        task: &'static str,
        /// The limit.
        iterations: usize,
    },
    /// A matrix that must be symmetric and positive definite is not.
    #[error(
        "the matrix is not positive definite: a coefficient cannot be told apart from the others; leave out redundant terms"
    )]
    NotPositiveDefinite,
    /// The arguments do not fit together.
    #[error("{0}")]
    Argument(&'static str),
}
