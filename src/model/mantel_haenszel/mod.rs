//! Mantel and Haenszel's pooling of two-group studies: every study is a stratum, and no study needs a
//! correction of empty cells.
//!
//! The sums over studies hold with few events a study and with many, which inverse variance does not;
//! in return the method knows a common effect only. In the formulas `a` of `n1` and `c` of `n2` are the
//! events of the first and the second group, `N = n1 + n2` and `m = a + c`; person-time is `t1`, `t2`
//! and `T = t1 + t2`.

mod association;
mod counts;
mod homogeneity;
mod rates;

pub use association::{cochran_mantel_haenszel, mantel_haenszel_rates};
pub use counts::{RdVariance, odds_ratio, risk_difference, risk_ratio};
pub(super) use homogeneity::expected;
pub use homogeneity::{BreslowDay, breslow_day};
pub use rates::{rate_difference, rate_ratio};

use crate::{model::one_step::shares, numeric};

/// A value pooled over studies as strata.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratified {
    /// The pooled value on the analysis scale: the log of a ratio, or a difference.
    pub yi: f64,
    /// Its standard error.
    pub se: f64,
    /// Each study's weight in percent.
    pub weights: Vec<f64>,
    /// Positions of the studies that say nothing about the measure, and so drop out.
    pub dropped: Vec<usize>,
}

/// What one study adds to a pooled ratio `ΣR/ΣS`.
#[derive(Clone, Copy)]
struct Ratio {
    r: f64,
    s: f64,
}

/// The log of `ΣR/ΣS` with a standard error from its variance, a function of the two sums; `None`
/// where either is 0, and the ratio 0, infinite or undefined. The studies' weights are their `S`.
fn ratio(terms: &[Ratio], variance: impl Fn(f64, f64) -> f64) -> Option<Stratified> {
    let r = numeric::sum(terms.iter().map(|t| t.r));
    let s = numeric::sum(terms.iter().map(|t| t.s));
    if !(r > 0.0 && s > 0.0) {
        return None;
    }
    Some(Stratified {
        yi: (r / s).ln(),
        se: variance(r, s).sqrt(),
        weights: shares(&terms.iter().map(|t| t.s).collect::<Vec<_>>()),
        dropped: positions(terms, |t| t.r == 0.0 && t.s == 0.0),
    })
}

/// Where `condition` holds.
fn positions<T>(values: &[T], condition: impl Fn(&T) -> bool) -> Vec<usize> {
    values.iter().enumerate().filter(|(_, value)| condition(value)).map(|(i, _)| i).collect()
}
