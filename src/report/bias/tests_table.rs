//! Tests of funnel asymmetry.

use super::{
    super::{
        document::{Align, Cell, Column, Group, Label, Row, Table},
        number::{UNDEFINED, degrees, fixed, p_cell},
    },
    Context, right,
};
use crate::analysis::small_study::{BiasTest, TestKind};

/// `None` where no test can be done.
pub(super) fn table(context: Context<'_>) -> Option<Table> {
    let of = |suits: bool| -> Vec<Row> {
        context.bias.tests.iter().filter(|test| test.suits == suits).map(row).collect()
    };
    let counts = context.bias.fit.events.is_some();
    let groups = [
        (of(true), "by size: keep to their error rate for rates away from 0 and 1"),
        (of(false), "by standard error: may reject without a small-study effect"),
    ];
    (!context.bias.tests.is_empty()).then(|| Table {
        heading: Some(Label::term("Tests of funnel asymmetry", "funnel-asymmetry")),
        columns: vec![
            Column { label: Label::plain("Test"), align: Align::Left },
            right(Label::plain("Statistic")),
            right(Label::term("df", "df")),
            right(Label::term("p", "p-value")),
            right(Label::plain("What it assumes")),
        ],
        groups: groups
            .into_iter()
            .filter(|(rows, _)| !rows.is_empty())
            .map(|(rows, after)| Group { rows, after: counts.then(|| after.to_owned()) })
            .collect(),
    })
}

fn row(test: &BiasTest) -> Row {
    let text = |value: Option<String>| Cell::Text(value.unwrap_or_else(|| UNDEFINED.to_owned()));
    Row {
        label: Label::term(test.name.label(), term(test.name)),
        indent: 0,
        cells: vec![
            text(test.statistic.map(|statistic| fixed(statistic, 2))),
            test.df.map_or(Cell::Empty, |df| Cell::Text(degrees(df))),
            text(test.p_value.map(p_cell)),
            Cell::Text(test.assumes.to_owned()),
        ],
        headline: test.name == TestKind::Size,
    }
}

const fn term(kind: TestKind) -> &'static str {
    match kind {
        TestKind::Size | TestKind::SizeMixed | TestKind::SizeRoot => "size-test",
        TestKind::Peters => "peters",
        TestKind::Egger | TestKind::EggerMixed => "egger",
        TestKind::ThompsonSharp => "thompson-sharp",
        TestKind::Begg => "begg",
        TestKind::Harbord => "harbord",
        TestKind::MacaskillFpv | TestKind::MacaskillFiv => "macaskill",
        TestKind::Deeks => "deeks",
        TestKind::PustejovskyRodgers => "pustejovsky-rodgers",
    }
}
