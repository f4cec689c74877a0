//! What each study does to the result.

use super::{
    super::{
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, fixed},
    },
    Context, right,
};
use crate::analysis::Influence;

fn number(value: Option<f64>, decimals: usize) -> Cell {
    Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), |value| fixed(value, decimals)))
}

/// Residual, movement of the result, weight.
pub(super) fn table(context: Context<'_>) -> Table {
    let rows = context.answer.influence.iter().map(|row| {
        let mut mark = String::new();
        if !row.flags.is_empty() {
            mark.push('*');
        }
        if row.outlier {
            mark.push('†');
        }
        Row {
            label: Label::Data(row.study.clone()),
            indent: 0,
            cells: vec![
                number(row.rstudent, 2),
                number(row.dffits, 2),
                number(row.cook_d, 2),
                number(row.cov_ratio, 2),
                number(row.dfbetas, 2),
                number(row.weight, 1),
                Cell::Text(mark),
            ],
            headline: false,
        }
    });
    let legend = "* influential by a rule of the notes; † |rstudent| > 2".to_owned();
    Table {
        heading: Some(Label::term("Influence", "influence")),
        columns: vec![
            Column { label: Label::plain("Study"), align: Align::Left },
            right(Label::term("rstudent", "rstudent")),
            right(Label::term("DFFITS", "dffits")),
            right(Label::term("Cook's D", "cook-d")),
            right(Label::term("cov. ratio", "cov-ratio")),
            right(Label::term("DFBETAS", "dfbetas")),
            right(Label::term("weight %", "weight")),
            right(Label::plain("")),
        ],
        groups: vec![Group { rows: rows.collect(), after: Some(legend) }],
    }
}

/// Which studies stand out, by rule.
pub(super) fn marked(context: Context<'_>) -> Facts {
    let names = |chosen: &dyn Fn(&Influence) -> bool| {
        let names: Vec<&str> = context
            .answer
            .influence
            .iter()
            .filter(|row| chosen(row))
            .map(|row| row.study.as_str())
            .collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    Facts {
        heading: Label::term("Studies that stand out", "outlier"),
        facts: vec![
            (Label::term("influential", "influence"), names(&|row| !row.flags.is_empty())),
            (Label::term("|rstudent| > 2", "rstudent"), names(&|row| row.outlier)),
            (Label::term("outside the pooled interval", "outlier"), names(&|row| row.outside)),
        ],
    }
}

/// Which studies make the heterogeneity, the largest part first.
pub(super) fn baujat(context: Context<'_>) -> Table {
    let mut points: Vec<_> = context.answer.baujat.iter().collect();
    points.sort_by(|a, b| b.x.total_cmp(&a.x));
    let total: f64 = points.iter().map(|point| point.x).sum();
    let rows = points.into_iter().map(|point| Row {
        label: Label::Data(point.study.clone()),
        indent: 0,
        cells: vec![
            number(Some(point.x), 2),
            number(Some(100.0 * point.x / total).filter(|share| share.is_finite()), 1),
            number(point.y, 3),
        ],
        headline: false,
    });
    Table {
        heading: Some(Label::term("Baujat", "baujat")),
        columns: vec![
            Column { label: Label::plain("Study"), align: Align::Left },
            right(Label::term("part of Q", "baujat")),
            right(Label::plain("in %")),
            right(Label::term("moves the result by", "baujat")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}
