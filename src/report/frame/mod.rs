//! Results as polars data frames: to sort, group, summarise and write.
//!
//! Rates are proportions, weights and I² percentages, all at full precision; the column names are
//! the keys of the JSON contract.

mod claim;
mod compare;
mod groups;
mod line;
mod moderators;
mod multiverse;
mod sensitivity;

use std::io::Write;

pub use claim::{claims, effect_claim};
pub use compare::compared;
pub use groups::{predictors, subgroups};
use line::Line;
pub use moderators::regression;
pub use multiverse::multiverse;
use polars::prelude::{
    Column, CsvWriter, DataFrame, Float64Chunked, IntoColumn, NewChunkedArray, PlSmallStr,
    PolarsError, Scalar, SerWriter, StringChunked, UInt64Chunked,
};
pub use sensitivity::{bias, gosh, sensitivity};

use super::ReportError;
use crate::{
    analysis::Pooled,
    model::{Fit, StudyRow},
    study::OutcomeKind,
};

impl From<PolarsError> for ReportError {
    fn from(error: PolarsError) -> Self {
        Self::Frame(error.to_string())
    }
}

/// The studies of a fit, one row each.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
///
/// ```
/// use resorb::{model::{Settings, pool}, report::frame, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let frame = frame::studies(&pool(&studies, &Settings::two_step())?)?;
/// let by_rate = frame.sort(["estimate"], Default::default())?;
/// assert_eq!(by_rate.column("study")?.str()?.get(0), Some("Komori"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn studies(fit: &Fit) -> Result<DataFrame, ReportError> {
    // An exact interval is costly: each row is made once.
    let rows: Vec<StudyRow<'_>> = fit.studies.iter().collect();
    let mut columns = vec![
        words("study", rows.iter().map(|row| Some(row.study))),
        wholes("row", rows.iter().map(|row| Some(row.row))),
    ];
    let own = outcome_columns(fit);
    if own.is_empty() {
        columns.push(wholes("events", rows.iter().map(|row| row.events)));
        columns.push(wholes("total", rows.iter().map(|row| row.total)));
    }
    for (place, name) in own.iter().enumerate() {
        let value = |row: &StudyRow<'_>| row.outcome.values().get(place).map(|(_, value)| *value);
        let values = rows.iter().map(value);
        columns.push(match name.trim_end_matches(['1', '2']) {
            "events" | "total" | "n" => wholes(name, values.map(|value| value.map(whole))),
            _ => floats(name, values),
        });
    }
    columns.extend([
        floats("yi", rows.iter().map(|row| Some(row.yi))),
        floats("vi", rows.iter().map(|row| Some(row.vi))),
        floats("estimate", rows.iter().map(|row| Some(row.estimate))),
        floats("ci_lower", rows.iter().map(|row| Some(row.ci_lower))),
        floats("ci_upper", rows.iter().map(|row| Some(row.ci_upper))),
        floats("weight_common", rows.iter().map(|row| row.weight_common)),
        floats("weight_random", rows.iter().map(|row| row.weight_random)),
    ]);
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// The columns of an outcome that is neither single proportions nor computed elsewhere.
fn outcome_columns(fit: &Fit) -> &'static [&'static str] {
    match fit.studies.studies().outcomes().kind() {
        OutcomeKind::Proportions | OutcomeKind::Generic => &[],
        kind => kind.columns(),
    }
}

/// A count, which is whole and at most 2⁵³.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
const fn whole(value: f64) -> u64 {
    value as u64
}

/// The columns of the tidy table of a fit: those of its outcome in place of events and total.
fn tidy_columns(fit: &Fit) -> Vec<&'static str> {
    let own = outcome_columns(fit);
    if own.is_empty() {
        return TIDY.to_vec();
    }
    let mut names: Vec<&str> =
        TIDY.into_iter().filter(|name| !matches!(*name, "events" | "total")).collect();
    let at = names.iter().position(|name| *name == "yi").unwrap_or(names.len());
    names.splice(at..at, own.iter().copied());
    names
}

/// The pooled lines, one row each; `kind` is `random`, `marginal-mean`, `median`, `prediction`,
/// `common`, `crude` or `alternative`, and `label` names the method.
///
/// In a row of kind `prediction`, `ci_lower` and `ci_upper` are the limits of the prediction
/// interval and `estimate` is null.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn summary(pooled: &Pooled) -> Result<DataFrame, ReportError> {
    lines(&line::of(pooled))
}

fn lines(lines: &[Line]) -> Result<DataFrame, ReportError> {
    let float = |name, of: fn(&Line) -> Option<f64>| floats(name, lines.iter().map(of));
    let columns = vec![
        words("kind", lines.iter().map(|line| Some(line.kind))),
        words("label", lines.iter().map(|line| Some(line.label.as_str()))),
        wholes("k", lines.iter().map(|line| line.k)),
        wholes("events", lines.iter().map(|line| line.events)),
        wholes("total", lines.iter().map(|line| line.total)),
        float("yi", |line| line.yi),
        float("se", |line| line.se),
        float("estimate", |line| line.estimate),
        float("ci_lower", |line| line.ci_lower),
        float("ci_upper", |line| line.ci_upper),
        words("method", lines.iter().map(|line| line.method.as_deref())),
        words("estimand", lines.iter().map(|line| line.estimand.as_deref())),
        float("statistic", |line| line.statistic),
        float("df", |line| line.df),
        float("p_value", |line| line.p_value),
        float("tau2", |line| line.tau2),
        float("tau2_lower", |line| line.tau2_lower),
        float("tau2_upper", |line| line.tau2_upper),
        float("i2", |line| line.i2),
        float("i2_q", |line| line.i2_q),
        float("rho", |line| line.rho),
    ];
    Ok(DataFrame::new(lines.len(), columns)?)
}

/// Studies (`kind` is `study`) and pooled lines as one tidy table; a cell that a row has no value
/// for is null.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn tidy(pooled: &Pooled) -> Result<DataFrame, ReportError> {
    let names = tidy_columns(&pooled.fit);
    stack(vec![study_rows(&pooled.fit)?, summary(pooled)?], &names)
}

/// The studies as rows of the tidy table.
fn study_rows(fit: &Fit) -> Result<DataFrame, ReportError> {
    let mut studies = studies(fit)?;
    studies.rename("study", "label".into())?;
    label_rows(&mut studies, "kind", "study")?;
    Ok(studies)
}

/// Puts a column with one value for all rows in front.
fn label_rows(frame: &mut DataFrame, name: &str, value: &str) -> Result<(), ReportError> {
    let value = Scalar::from(PlSmallStr::from_str(value));
    let column = Column::new_scalar(name.into(), value, frame.height());
    frame.insert_column(0, column)?;
    Ok(())
}

/// Frames under one another with the columns `names`, null where a frame has none.
fn stack(mut frames: Vec<DataFrame>, names: &[&str]) -> Result<DataFrame, ReportError> {
    for name in names {
        let Some(kind) =
            frames.iter().find_map(|frame| Some(frame.column(name).ok()?.dtype().clone()))
        else {
            continue;
        };
        for frame in &mut frames {
            if frame.column(name).is_err() {
                let column = Column::full_null((*name).into(), frame.height(), &kind);
                frame.with_column(column)?;
            }
        }
    }
    let mut frames = frames.into_iter().map(|frame| frame.select(names.iter().copied()));
    let Some(first) = frames.next() else { return Ok(DataFrame::default()) };
    let mut all = first?;
    for frame in frames {
        all.vstack_mut(&frame?)?;
    }
    Ok(all)
}

/// The columns of the tidy table: what a study has, then what only a pooled line has.
const TIDY: [&str; 25] = [
    "kind",
    "label",
    "row",
    "k",
    "events",
    "total",
    "yi",
    "vi",
    "se",
    "estimate",
    "ci_lower",
    "ci_upper",
    "weight_common",
    "weight_random",
    "method",
    "estimand",
    "statistic",
    "df",
    "p_value",
    "tau2",
    "tau2_lower",
    "tau2_upper",
    "i2",
    "i2_q",
    "rho",
];

/// Writes [`tidy`] as CSV.
pub(super) fn write_csv(out: &mut impl Write, pooled: &Pooled) -> Result<(), ReportError> {
    write(out, tidy(pooled)?)
}

/// Writes a frame as CSV.
pub(super) fn write(out: &mut impl Write, mut frame: DataFrame) -> Result<(), ReportError> {
    CsvWriter::new(out).finish(&mut frame)?;
    Ok(())
}

fn floats(name: &str, values: impl Iterator<Item = Option<f64>>) -> Column {
    // A frame says "not defined" by null; NaN would look like a number to its users.
    let finite = values.map(|value| value.filter(|value| value.is_finite()));
    Float64Chunked::from_iter_options(name.into(), finite).into_column()
}

fn wholes(name: &str, values: impl Iterator<Item = Option<u64>>) -> Column {
    UInt64Chunked::from_iter_options(name.into(), values).into_column()
}

pub(super) fn words<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}
