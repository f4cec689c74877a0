//! Numbers that can be trusted: distributions, roots, maxima, quadrature.
//!
//! This is the only room that touches statrs, for what it gets right: ψ, and the inverse error
//! functions from which normal quantiles (and through them the first guess of every other quantile)
//! start. Its distributions are not used: Φ is off by 1e-10, quantiles by up to a factor of 40, and
//! one never returns. Φ is libm's; χ², t, F, beta, gamma and binomial are two functions of this room.
//!
//! Every distribution has the same four faces, so that
//! neither tail loses precision: `cdf`, `sf` (1 − cdf), `quantile` (of `p` below) and
//! `quantile_upper` (of `q` above). None of them panics or loops without a bound; NaN is returned
//! only for a parameter outside the domain.

mod tail;

pub mod beta;
pub mod binomial;
pub mod chi_squared;
pub mod derivative;
mod error;
pub mod fisher_f;
pub mod gamma;
pub mod linalg;
pub mod minimum;
pub mod normal;
mod order;
pub(crate) mod parallel;
pub mod quadratic_form;
pub mod quadrature;
pub mod quasi_newton;
pub mod rng;
pub mod root;
pub mod special;
pub mod student_t;
mod sum;

pub use error::NumericError;
pub use order::quantile_of_sorted;
pub use sum::{Sum, sum};
