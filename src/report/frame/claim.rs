//! Claims as a data frame.

use polars::prelude::{BooleanChunked, DataFrame, IntoColumn, NewChunkedArray};

use super::{ReportError, floats, wholes, words};
use crate::analysis::{Check, CheckName, Examined, ExaminedEffect, Specification, Stated};

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

/// The analyses that give a claim about an effect, or else the nearest, a row each.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn effect_claim(examined: &ExaminedEffect) -> Result<DataFrame, ReportError> {
    let found = &examined.against;
    let gives = !found.matches.is_empty();
    let rows: &[Specification] = if gives { &found.matches } else { &found.nearest };
    let float = |name: &str, of: fn(&Specification) -> f64| {
        floats(name, rows.iter().map(move |row| Some(of(row))))
    };
    let text: Vec<String> = rows.iter().map(Specification::words).collect();
    let gives =
        BooleanChunked::from_iter_options("matches".into(), rows.iter().map(|_| Some(gives)));
    let columns = vec![
        words("analysis", text.iter().map(|text| Some(text.as_str()))),
        gives.into_column(),
        wholes("k", rows.iter().map(|row| u64::try_from(row.k).ok())),
        float("estimate", |row| row.estimate),
        float("ci_lower", |row| row.ci_lower),
        float("ci_upper", |row| row.ci_upper),
        floats("i2", rows.iter().map(|row| row.i2)),
        floats("i2_q", rows.iter().map(|row| row.i2_q)),
        words("options", rows.iter().map(|row| row.options.as_deref())),
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
