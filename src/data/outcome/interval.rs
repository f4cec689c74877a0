//! Intervals around a point: their scale, what they say of a variance, and columns mistaken for one another.

use super::{
    field::{Field, Group, What},
    row::{Cells, Row},
};
use crate::data::{
    findings::{At, Findings},
    problem::{OutcomeProblem, ProblemKind},
    select::Selection,
};

/// The scale an interval is stated on, with the column of its point.
#[derive(Clone, Copy)]
pub(super) enum At95 {
    Plain(What),
    Log(What),
}

/// The variance behind a 95 % interval by normal quantiles.
pub(super) fn variance(lower: f64, upper: f64) -> f64 {
    let se = (upper - lower) / (2.0 * crate::numeric::normal::quantile_upper(0.025));
    se * se
}

/// Refuses an interval that does not hold its point, or not in its middle on the scale stated.
pub(super) fn interval(
    row: &mut Row<'_, '_, '_>,
    group: Group,
    (point, lower, upper): (f64, f64, f64),
    scale: At95,
) -> Option<()> {
    let (At95::Plain(what) | At95::Log(what)) = scale;
    let field = Field::new(what, group);
    if !(lower < point && point < upper) {
        row.refuse(field, OutcomeProblem::PointOutside { point, lower, upper });
        return None;
    }
    let plain = symmetric(point, lower, upper);
    let log = lower > 0.0 && symmetric(point.ln(), lower.ln(), upper.ln());
    let (fits, other) = match scale {
        At95::Plain(_) => (plain, log.then_some("the logarithm, as of a ratio")),
        At95::Log(_) => (log, plain.then_some("the values themselves, as of a difference")),
    };
    if !fits {
        row.refuse(field, OutcomeProblem::Asymmetric { point, lower, upper, fits: other });
        return None;
    }
    Some(())
}

/// Whether a point is in the middle of its interval, but for what rounding to two digits can move it.
fn symmetric(point: f64, lower: f64, upper: f64) -> bool {
    ((point - lower) - (upper - point)).abs() <= 0.1 * (upper - lower)
}

/// Reports a column of variances that holds standard errors, or the other way round, where intervals
/// beside it tell.
pub(super) fn swapped(cells: &Cells<'_>, selection: &Selection, findings: &mut Findings<'_>) {
    let at = |what| Field::new(what, Group::Only);
    let z = crate::numeric::normal::quantile_upper(0.025);
    for (what, problem) in
        [(What::Vi, OutcomeProblem::SeAsVariance), (What::Se, OutcomeProblem::VarianceAsSe)]
    {
        let Some(column) = cells.layout.column(at(what)) else { continue };
        let (mut right, mut wrong) = (0_usize, 0_usize);
        for row in selection.rows() {
            let mut reader =
                Row { cells, place: row, missing: Vec::new(), wrong: Vec::new(), findings };
            let values = [what, What::Lower, What::Upper].map(|what| reader.maybe(at(what)));
            let [Some(value), Some(lower), Some(upper)] = values else { continue };
            let se = (upper - lower) / (2.0 * z);
            let near = |a: f64| (a - se).abs() <= 0.05 * se;
            let (as_is, other) = match what {
                What::Vi => (value.sqrt(), value),
                _ => (value, value.sqrt()),
            };
            right += usize::from(near(as_is));
            wrong += usize::from(near(other) && !near(as_is));
        }
        if wrong > right {
            findings.push(cells.grid, At::Header(column), ProblemKind::Outcome(problem));
        }
    }
}
