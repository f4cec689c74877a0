//! Claims as a data frame.

use polars::prelude::{BooleanChunked, DataFrame, IntoColumn, NewChunkedArray};

use super::{ReportError, floats, wholes, words};
use crate::analysis::{Check, CheckName, Examined, Stated};

/// The checks of claims, a row each, with the numbers of the claim.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn claims(claims: &[Examined]) -> Result<DataFrame, ReportError> {
    let rows: Vec<(&Stated, &Check)> = claims
        .iter()
        .flat_map(|claim| claim.arithmetic.checks.iter().map(|c| (claim.claim.stated(), c)))
        .collect();
    let holds = BooleanChunked::from_iter_options(
        "holds".into(),
        rows.iter().map(|(_, check)| check.holds),
    );
    let limit = |i: usize| {
        rows.iter().map(move |(stated, _)| stated.ci.and_then(|ci| ci.get(i).map(|l| l.value())))
    };
    let columns = vec![
        words("claim", rows.iter().map(|(stated, _)| stated.label.as_deref())),
        floats("rate", rows.iter().map(|(stated, _)| Some(stated.rate.value()))),
        floats("ci_lower", limit(0)),
        floats("ci_upper", limit(1)),
        wholes("k", rows.iter().map(|(stated, _)| stated.k)),
        wholes("events", rows.iter().map(|(stated, _)| stated.events)),
        wholes("total", rows.iter().map(|(stated, _)| stated.total)),
        words("check", rows.iter().map(|(_, check)| Some(name(check.name)))),
        holds.into_column(),
        words("sentence", rows.iter().map(|(_, check)| Some(check.sentence.as_str()))),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// The names of the JSON contract.
const fn name(check: CheckName) -> &'static str {
    match check {
        CheckName::Rounding => "rounding",
        CheckName::WholeCount => "whole-count",
        CheckName::IntervalHoldsRate => "interval-holds-rate",
        CheckName::IntervalFitsTotal => "interval-fits-total",
        CheckName::BetweenStudyVariance => "between-study-variance",
        CheckName::BinomialInterval => "binomial-interval",
        CheckName::Symmetry => "symmetry",
        CheckName::ImpliedHeterogeneity => "implied-heterogeneity",
        CheckName::CrudeSum => "crude-sum",
    }
}
