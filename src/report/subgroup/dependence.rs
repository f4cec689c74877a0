//! What respects that one study gives several rows.

use super::{
    super::{
        document::{Align, Cell, Column, Facts, Group, Label, Row, Table},
        number::{UNDEFINED, fixed, p_cell, precise},
        pool::interval,
    },
    Context, right,
};
use crate::model::ClusteredBy;

/// Each group's difference from one that several clusters carry, by the robust regression and by the
/// three-level model.
pub(super) fn differences(context: Context<'_>) -> Option<Table> {
    let dependence = context.subgroups.dependence.as_ref()?;
    let method = dependence.robust.method;
    let mut columns = vec![
        Column { label: Label::plain("Group"), align: Align::Left },
        right(Label::term(method.to_string(), "cr2")),
        right(Label::term("se", "se")),
        right(Label::term("df", "satterthwaite")),
        right(Label::term("p", "p-value")),
    ];
    let nested = dependence.three_level.is_some();
    if nested {
        columns.push(right(Label::term("Three-level", "three-level")));
        columns.push(right(Label::term("se", "se")));
        columns.push(right(Label::term("p", "p-value")));
    }
    let text = |value: Option<f64>, show: &dyn Fn(f64) -> String| {
        Cell::Text(value.map_or_else(|| UNDEFINED.to_owned(), show))
    };
    let three = |value: f64| fixed(value, 3);
    let rows = dependence.differences.groups.iter().map(|difference| {
        let robust = &difference.robust;
        let mut cells = vec![
            Cell::Text(three(robust.estimate)),
            text(robust.se, &three),
            text(robust.se.and(robust.df), &|df| fixed(df, 1)),
            text(robust.p_value, &p_cell),
        ];
        if nested {
            let value = difference.three_level.as_ref();
            cells.push(text(value.map(|v| v.estimate), &three));
            cells.push(text(value.map(|v| v.se), &three));
            cells.push(text(value.map(|v| v.p_value), &p_cell));
        }
        Row { label: Label::Data(difference.group.clone()), indent: 0, cells, headline: false }
    });
    let heading = format!("Differences from {}{}", dependence.differences.from, context.scale());
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
    let (many, one) = (context.clusters(), context.subgroups.clustered_by.one());
    let mut facts = Vec::new();
    if let Some(fit) = &dependence.three_level {
        let cluster = interval(Some(fit.sigma2_cluster_lower), fit.sigma2_cluster_upper, three);
        let row = interval(Some(fit.sigma2_row_lower), fit.sigma2_row_upper, three);
        let text = format!(
            "σ² {}{cluster} between {many}, {}{row} between rows of a {one}",
            three(fit.sigma2_cluster),
            three(fit.sigma2_row)
        );
        facts.push((Label::term("Three-level", "three-level"), text));
    }
    if let Some(fit) = &dependence.glmm {
        let cluster = interval(fit.sigma2_cluster_lower, fit.sigma2_cluster_upper, three);
        let row = interval(fit.sigma2_row_lower, fit.sigma2_row_upper, three);
        let text = format!(
            "σ² {}{cluster} between {many}, {}{row} between rows of a {one}",
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
    let heading = match &context.subgroups.clustered_by {
        ClusteredBy::Study => "Studies in several groups".to_owned(),
        by @ ClusteredBy::Column(_) => format!("Clusters{} in several groups", by.suffix()),
    };
    let heading = Label::term(heading, "overlap");
    (!shared.is_empty()).then_some(Facts { heading, facts })
}

/// Comparisons within studies alone.
pub(super) fn paired(context: Context<'_>) -> Option<Table> {
    let pairs = &context.subgroups.paired;
    if pairs.is_empty() {
        return None;
    }
    let level = context.settings().level.percent();
    let studies = match &context.subgroups.clustered_by {
        ClusteredBy::Study => "Studies",
        ClusteredBy::Column(_) => "Clusters",
    };
    let columns = vec![
        Column { label: Label::plain("Difference"), align: Align::Left },
        right(Label::term(studies, "k")),
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
        heading: Some(Label::term(
            format!("Within {} alone{}", context.clusters(), context.scale()),
            "paired",
        )),
        columns,
        groups: vec![Group { rows: rows.collect(), after: None }],
    })
}
