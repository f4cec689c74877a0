//! Tools side by side as a data frame.

use polars::prelude::DataFrame;

use super::{ReportError, floats, words};
use crate::analysis::{Changed, Compared, Printout};

/// What each tool prints (`choice` is null), and the result after each choice taken over.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses; no such case is known.
pub fn compared(tools: &[Compared]) -> Result<DataFrame, ReportError> {
    let mut rows: Vec<(&str, Option<&str>, Printout)> = Vec::new();
    for tool in tools {
        let name = tool.tool.name();
        rows.push((name, None, tool.fit.as_ref().map(Printout::of).unwrap_or_default()));
        rows.extend(tool.steps.iter().map(|step| (name, Some(label(step.choice)), step.result)));
    }
    let of = |name: &str, value: fn(&Printout) -> Option<f64>| {
        floats(name, rows.iter().map(move |(_, _, printout)| value(printout)))
    };
    let columns = vec![
        words("tool", rows.iter().map(|row| Some(row.0))),
        words("choice", rows.iter().map(|row| row.1)),
        of("estimate", |p| p.estimate),
        of("ci_lower", |p| p.ci_lower),
        of("ci_upper", |p| p.ci_upper),
        of("lower", |p| p.lower),
        of("upper", |p| p.upper),
        of("tau2", |p| p.tau2),
        of("i2", |p| p.i2),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

const fn label(choice: Changed) -> &'static str {
    match choice {
        Changed::Model => "model",
        Changed::Measure => "measure",
        Changed::Tau2 => "tau2",
        Changed::Interval => "interval",
        Changed::Prediction => "prediction",
        Changed::I2 => "i2",
    }
}
