//! What respects that one study gives several rows.

use super::{
    super::{
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, fixed, p_cell, precise},
        pool::interval,
    },
    Context, right,
};

/// Each group's difference from the first, by the robust regression and by the three-level model.
pub(super) fn differences(context: Context<'_>) -> Option<Table> {
    let dependence = context.subgroups.dependence.as_ref()?;
    let first = context.subgroups.groups.first()?;
    let robust = &dependence.robust;
    let mut columns = vec![
        Column { label: Label::plain("Group"), align: Align::Left },
        right(Label::term(robust.method.to_string(), "cr2")),
        right(Label::term("se", "se")),
        right(Label::term("df", "satterthwaite")),
        right(Label::term("p", "p-value")),
    ];
    let nested = dependence.three_level.as_ref();
    if nested.is_some() {
        columns.push(right(Label::term("Three-level", "three-level")));
        columns.push(right(Label::term("se", "se")));
        columns.push(right(Label::term("p", "p-value")));
    }
    let text = |value: Option<f64>, show: &dyn Fn(f64) -> String| {
        Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), show))
    };
    let three = |value: f64| fixed(value, 3);
    let rows = context.subgroups.groups.iter().enumerate().skip(1).filter_map(|(i, group)| {
        let value = robust.coefficients.get(i)?.value;
        let mut cells = vec![
            Cell::Text(three(value.estimate)),
            text(value.se, &three),
            text(value.se.and(value.df), &|df| fixed(df, 1)),
            text(value.p_value, &p_cell),
        ];
        if let Some(nested) = nested.and_then(|fit| fit.coefficients.get(i)) {
            cells.push(Cell::Text(three(nested.value.estimate)));
            cells.push(Cell::Text(three(nested.value.se)));
            cells.push(Cell::Text(p_cell(nested.value.p_value)));
        }
        Some(Row { label: Label::Data(group.group.clone()), indent: 0, cells, headline: false })
    });
    let heading = format!("Differences from {}{}", first.group, context.scale());
    Some(Table {
        heading: Some(Label::Data(heading)),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}

/// The variances of the three-level model and of the nested GLMM.
pub(super) fn variances(context: Context<'_>) -> Option<Facts> {
    let dependence = context.subgroups.dependence.as_ref()?;
    let three = |value: f64| precise(value, 3);
    let mut facts = Vec::new();
    if let Some(fit) = &dependence.three_level {
        let cluster = interval(Some(fit.sigma2_cluster_lower), fit.sigma2_cluster_upper, three);
        let row = interval(Some(fit.sigma2_row_lower), fit.sigma2_row_upper, three);
        let text = format!(
            "σ² {}{cluster} between studies, {}{row} between rows of a study",
            three(fit.sigma2_cluster),
            three(fit.sigma2_row)
        );
        facts.push((Label::term("Three-level", "three-level"), text));
    }
    if let Some(fit) = &dependence.glmm {
        let text = format!(
            "σ² {} between studies, {} between rows of a study",
            three(fit.sigma2_cluster),
            three(fit.sigma2_row)
        );
        facts.push((Label::term("GLMM", "nested-glmm"), text));
    }
    let heading = Label::term("Variances beside sampling error", "three-level");
    (!facts.is_empty()).then_some(Facts { heading, facts })
}

/// Which study gives rows to which groups.
pub(super) fn overlap(context: Context<'_>) -> Option<Facts> {
    let shared = &context.subgroups.overlap;
    let facts = shared
        .iter()
        .map(|overlap| (Label::Data(overlap.study.clone()), overlap.groups.join(", ")))
        .collect();
    let heading = Label::term("Studies in several groups", "overlap");
    (!shared.is_empty()).then_some(Facts { heading, facts })
}

/// Comparisons within studies alone.
pub(super) fn paired(context: Context<'_>) -> Option<Table> {
    let pairs = &context.subgroups.paired;
    if pairs.is_empty() {
        return None;
    }
    let level = context.settings().level.percent();
    let columns = vec![
        Column { label: Label::plain("Difference"), align: Align::Left },
        right(Label::term("Studies", "k")),
        right(Label::plain("Estimate")),
        right(Label::term(format!("{level} % CI"), "confidence-interval")),
        right(Label::term("p", "p-value")),
    ];
    let rows = pairs.iter().map(|pair| {
        let [first, second] = &pair.groups;
        let interval = pair.ci_lower.zip(pair.ci_upper).map_or(Cell::Empty, |(lower, upper)| {
            Cell::Interval { lower: fixed(lower, 2), upper: fixed(upper, 2) }
        });
        let p = pair.p_value.map_or_else(|| UNDEFINED.to_owned(), p_cell);
        Row {
            label: Label::Data(format!("{first} − {second}")),
            indent: 0,
            cells: vec![
                Cell::Text(pair.studies.len().to_string()),
                Cell::Text(fixed(pair.estimate, 2)),
                interval,
                Cell::Text(p),
            ],
            headline: false,
        }
    });
    Some(Table {
        heading: Some(Label::term(format!("Within studies alone{}", context.scale()), "paired")),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}
