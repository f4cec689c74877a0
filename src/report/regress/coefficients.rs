//! The coefficients, and the same with tests that respect clusters.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::{UNDEFINED, fixed, p_cell, precise},
    },
    right, scale,
};
use crate::model::Regression;

/// The coefficients with their intervals and tests.
pub(super) fn table(fit: &Regression) -> Table {
    let level = fit.settings.level.percent();
    let statistic = match fit.coefficients.iter().find_map(|coefficient| coefficient.df) {
        Some(_) => "t",
        None => "z",
    };
    let mut columns = vec![
        Column { label: Label::term("Term", "coefficient"), align: Align::Left },
        right(Label::term("Estimate", "coefficient")),
        right(Label::term("se", "se")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::term(statistic, statistic)),
        right(Label::term("p", "p-value")),
    ];
    let vif = fit.p > 2 && fit.coefficients.iter().any(|c| c.vif.is_some());
    if vif {
        columns.push(right(Label::term("VIF", "vif")));
    }
    let permuted = fit.permutation.as_ref();
    if permuted.is_some() {
        columns.push(right(Label::term("p perm.", "permutation")));
    }
    let rows = fit.coefficients.iter().enumerate().map(|(i, c)| {
        // Three digits of the standard error: coefficients of years are small.
        let show = |value: f64| decimals(value, c.se);
        let optional = |value: Option<f64>, show: &dyn Fn(f64) -> String| {
            Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), show))
        };
        let mut cells = vec![
            Cell::Text(show(c.estimate)),
            Cell::Text(show(c.se)),
            Cell::Interval { lower: show(c.ci_lower), upper: show(c.ci_upper) },
            optional(c.statistic, &|t| fixed(t, 2)),
            optional(c.p_value, &p_cell),
        ];
        if vif {
            cells.push(c.vif.map_or(Cell::Empty, |vif| Cell::Text(fixed(vif, 1))));
        }
        if let Some(permuted) = permuted {
            cells.push(optional(permuted.coefficients.get(i).copied(), &p_cell));
        }
        (c.term.as_str(), cells)
    });
    let heading = Label::term(format!("Coefficients{}", scale(fit)), "meta-regression");
    let rows = under_their_columns(fit, rows);
    Table { heading: Some(heading), columns, groups: vec![Group { rows, after: None }] }
}

/// Levels of a column stand under its name, with what they are compared with.
fn under_their_columns<'a>(
    fit: &Regression,
    rows: impl Iterator<Item = (&'a str, Vec<Cell>)>,
) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    let mut open: Option<&str> = None;
    for (term, cells) in rows {
        let level_of = fit.references.iter().find_map(|reference| {
            let level = term.strip_prefix(reference.column.as_str())?.strip_prefix('=')?;
            (!level.contains(':')).then_some((reference, level))
        });
        let row = |label: &str, indent, cells| Row {
            label: Label::Data(label.to_owned()),
            indent,
            cells,
            headline: false,
        };
        if let Some((reference, level)) = level_of {
            if open != Some(reference.column.as_str()) {
                open = Some(&reference.column);
                let own = format!("{}={}", reference.column, reference.level);
                let all_levels = fit.coefficients.iter().any(|c| c.term == own);
                let heading = if all_levels {
                    reference.column.clone()
                } else {
                    format!("{} (against {})", reference.column, reference.level)
                };
                all.push(row(&heading, 0, Vec::new()));
            }
            all.push(row(level, 1, cells));
        } else {
            open = None;
            all.push(row(term, 0, cells));
        }
    }
    all
}

/// `value` with the decimals that show three digits of `se`, at most six.
pub(in crate::report) fn decimals(value: f64, se: f64) -> String {
    let text = precise(se.abs() / 10.0, 2);
    let decimals = text.split('.').nth(1).map_or(3, str::len).clamp(2, 6);
    fixed(value, decimals)
}

/// The coefficients with cluster-robust tests.
pub(super) fn robust(fit: &Regression) -> Option<Table> {
    let robust = fit.robust.as_ref()?;
    let level = fit.settings.level.percent();
    let columns = vec![
        Column { label: Label::term("Term", "coefficient"), align: Align::Left },
        right(Label::term("Estimate", "coefficient")),
        right(Label::term(format!("{} se", robust.method), "cr2")),
        right(Label::term("df", "satterthwaite")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::term("p", "p-value")),
    ];
    let rows = robust.coefficients.iter().map(|c| {
        let show = |value: f64| decimals(value, c.se.unwrap_or(1.0));
        let optional = |value: Option<f64>, show: &dyn Fn(f64) -> String| {
            Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), show))
        };
        // Where one cluster alone determines a part, the standard error would look too certain.
        let trusted = |value: Option<f64>| value.filter(|_| c.note.is_none());
        let interval = trusted(c.ci_lower).zip(c.ci_upper).map_or(Cell::Empty, |(lower, upper)| {
            Cell::Interval { lower: show(lower), upper: show(upper) }
        });
        let cells = vec![
            Cell::Text(show(c.estimate)),
            optional(trusted(c.se), &show),
            optional(trusted(c.se.and(c.df)), &|df| fixed(df, 1)),
            interval,
            optional(trusted(c.p_value), &p_cell),
        ];
        (c.term.as_str(), cells)
    });
    let rows = under_their_columns(fit, rows);
    let heading = format!("Robust to dependence within {}", robust.cluster.count(robust.clusters));
    Some(Table {
        heading: Some(Label::term(heading, "cr2")),
        columns,
        groups: vec![Group { rows, after: None }],
    })
}
