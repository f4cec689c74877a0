//! Whether the groups differ: the test that calls rows independent, and those that do not.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::{degrees, fixed, p_cell},
    },
    Context, right,
};
use crate::analysis::BetweenTest;

/// The tests there are; `None` for a single group.
pub(super) fn table(context: Context<'_>) -> Option<Table> {
    let between = &context.subgroups.between;
    let plain = [
        ("Q between groups, random effects", 0, between.random),
        ("without groups of one study", 1, between.without_single_studies),
        ("Q between groups, common effect", 0, between.common),
    ];
    let plain = plain.into_iter().filter_map(|(name, indent, test)| {
        Some(Row { indent, ..chi_squared(Label::term(name, "q-between"), test?) })
    });
    let groups: Vec<Group> = [plain.collect::<Vec<Row>>(), respecting(context)]
        .into_iter()
        .filter(|rows| !rows.is_empty())
        .map(|rows| Group { rows, after: None })
        .collect();
    if groups.is_empty() {
        return None;
    }
    let columns = vec![
        Column { label: Label::plain("Test"), align: Align::Left },
        right(Label::plain("Statistic")),
        right(Label::term("df", "df")),
        right(Label::term("p", "p-value")),
    ];
    let heading = Some(Label::term("Do the groups differ?", "subgroup-differences"));
    Some(Table { heading, columns, groups })
}

fn row(label: Label, statistic: String, df: String, p: f64) -> Row {
    let cells = vec![Cell::Text(statistic), Cell::Text(df), Cell::Text(p_cell(p))];
    Row { label, indent: 0, cells, headline: false }
}

fn chi_squared(label: Label, test: BetweenTest) -> Row {
    row(label, format!("χ² {}", fixed(test.q, 2)), degrees(test.df), test.p_value)
}

/// The tests that respect shared studies.
fn respecting(context: Context<'_>) -> Vec<Row> {
    let Some(dependence) = &context.subgroups.dependence else { return Vec::new() };
    let one = context.subgroups.clustered_by.one();
    let robust = dependence.robust.test.map(|test| {
        let test = test.value;
        row(
            Label::term(format!("Cluster-robust, {} HTZ", dependence.robust.method), "htz"),
            format!("F {}", fixed(test.f, 2)),
            format!("{}, {}", degrees(test.df1), degrees(test.df2)),
            test.p_value,
        )
    });
    let nested = dependence.three_level.as_ref().and_then(|fit| fit.test).map(|test| {
        row(
            Label::term("Three-level model", "three-level"),
            format!("χ² {}", fixed(test.statistic, 2)),
            degrees(test.df),
            test.p_value,
        )
    });
    let counts = dependence.glmm.as_ref().and_then(|fit| fit.test).map(|test| {
        row(
            Label::term(format!("GLMM with {one} and row effects"), "nested-glmm"),
            format!("LRT {}", fixed(test.statistic, 2)),
            degrees(test.df),
            test.p_value,
        )
    });
    [robust, nested, counts].into_iter().flatten().collect()
}
