//! The grid of all analyses as a data frame.

use polars::prelude::{Column, DataFrame, IntoColumn, NewChunkedArray, StringChunked};

use super::{ReportError, floats, wholes, words};
use crate::analysis::{Choice, Multiverse, Outcome};

/// Every analysis, a row each: its choices, estimate, interval (`ci_lower`, `ci_upper`), prediction
/// interval (`lower`, `upper`), `tau2`, `i2`, `i2_q`, and the names of what guidance says against it.
///
/// # Errors
/// [`ReportError::Frame`] when polars refuses, as for two dimensions of rows with one name.
///
/// ```
/// use resorb::{analysis::{Grid, multiverse}, model::Level, report::frame, study::Studies};
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36)])?;
/// let all = multiverse(&studies, &Grid::default(), Level::default(), &mut |_, _| {})?;
/// let table = frame::multiverse(&all)?;
/// assert_eq!(table.height(), all.outcomes.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn multiverse(all: &Multiverse) -> Result<DataFrame, ReportError> {
    let outcomes = || all.outcomes.iter();
    let float = |name: &str, of: fn(&Outcome) -> Option<f64>| floats(name, outcomes().map(of));
    let choice = |name: &str, choice: Choice| -> Column {
        let values = outcomes().map(|outcome| all.chosen(outcome, choice));
        StringChunked::from_iter_options(name.into(), values).into_column()
    };
    let mut columns = vec![
        wholes("specification", (1..).take(all.outcomes.len()).map(Some)),
        words("rows", outcomes().map(|outcome| Some(all.rows_of(outcome)))),
    ];
    for (i, dimension) in all.dimensions.iter().enumerate() {
        columns.push(choice(&format!("rows: {}", dimension.name), Choice::Rows(i)));
    }
    columns.extend(Choice::METHODS.map(|method| choice(method.name(), method)));
    let advice = outcomes().map(|outcome| {
        let names: Vec<&str> = outcome.advice.iter().map(crate::analysis::Advice::name).collect();
        (!names.is_empty()).then(|| names.join(" "))
    });
    columns.extend([
        wholes("k", outcomes().map(|outcome| u64::try_from(outcome.k).ok())),
        float("estimate", |outcome| Some(outcome.estimate)),
        float("ci_lower", |outcome| Some(outcome.ci_lower)),
        float("ci_upper", |outcome| Some(outcome.ci_upper)),
        float("lower", |outcome| outcome.prediction.map(|limits| limits[0])),
        float("upper", |outcome| outcome.prediction.map(|limits| limits[1])),
        float("tau2", |outcome| outcome.tau2),
        float("i2", |outcome| outcome.i2),
        float("i2_q", |outcome| outcome.i2_q),
        StringChunked::from_iter_options("advice".into(), advice).into_column(),
    ]);
    Ok(DataFrame::new(all.outcomes.len(), columns)?)
}
