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
        Row { label: Label::Data(c.term.clone()), indent: 0, cells, headline: false }
    });
    let heading = Label::term(format!("Coefficients{}", scale(fit)), "meta-regression");
    Table {
        heading: Some(heading),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}

/// `value` with the decimals that show three digits of `se`, at most six.
pub(super) fn decimals(value: f64, se: f64) -> String {
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
        let interval = c.ci_lower.zip(c.ci_upper).map_or(Cell::Empty, |(lower, upper)| {
            Cell::Interval { lower: show(lower), upper: show(upper) }
        });
        Row {
            label: Label::Data(c.term.clone()),
            indent: 0,
            cells: vec![
                Cell::Text(show(c.estimate)),
                optional(c.se, &show),
                optional(c.se.and(c.df), &|df| fixed(df, 1)),
                interval,
                optional(c.p_value, &p_cell),
            ],
            headline: false,
        }
    });
    let heading =
        format!("Robust to dependence within {} clusters by {}", robust.clusters, robust.cluster);
    Some(Table {
        heading: Some(Label::term(heading, "cr2")),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}
