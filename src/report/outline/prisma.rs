//! Which section answers which item of the PRISMA 2020 checklist (Page et al. 2021, BMJ 372: n71) on
//! the synthesis of results.

use super::{
    super::document::{Align, Cell, Column, Group, Label, Row, Table},
    Kind,
};

/// What the table is for.
pub(super) const LEAD: &str = "Where this report answers the items of the PRISMA 2020 checklist on \
     synthesis (Page et al. 2021, BMJ 372:n71). The other items are for the authors of the review.";

/// An item: its number, what it asks, and where the answer stands whatever was analysed.
type Item = (&'static str, &'static str, &'static [&'static str], &'static [Kind]);

const ITEMS: [Item; 12] = [
    ("13a", "Which studies are in each synthesis, and why", &["Data and settings"], &[]),
    ("13b", "How data were prepared", &["Data and settings", "Methods"], &[]),
    ("13c", "How results are tabulated and drawn", &["Studies and pooled result"], &[]),
    ("13d", "How results were pooled, and with which software", &["Methods", "How to cite"], &[]),
    ("13e", "How causes of heterogeneity were explored", &[], &[Kind::Subgroups, Kind::Regression]),
    (
        "13f",
        "Sensitivity analyses",
        &["The same data, other methods"],
        &[Kind::Sensitivity, Kind::Gosh, Kind::Multiverse],
    ),
    ("14", "How missing results were assessed", &[], &[Kind::Bias]),
    ("20a", "Characteristics of the studies", &["Studies and pooled result"], &[]),
    (
        "20b",
        "Results of all syntheses, with heterogeneity",
        &["Studies and pooled result", "How much the studies differ"],
        &[],
    ),
    ("20c", "Results on causes of heterogeneity", &[], &[Kind::Subgroups, Kind::Regression]),
    (
        "20d",
        "Results of sensitivity analyses",
        &["The same data, other methods"],
        &[Kind::Sensitivity, Kind::Gosh, Kind::Multiverse],
    ),
    ("21", "Results on missing results", &[], &[Kind::Bias]),
];

/// The items with the sections that answer them; `kinds` are the further results of the report.
pub(super) fn table(kinds: &[Kind]) -> Table {
    let column = |label: &str| Column { label: Label::plain(label), align: Align::Left };
    let rows = ITEMS.iter().map(|(number, asks, always, further)| {
        let own = further.iter().filter(|kind| kinds.contains(kind)).map(|kind| kind.heading());
        let mut sections: Vec<&str> = always.iter().copied().chain(own).collect();
        sections.dedup();
        let answered = match sections.as_slice() {
            [] => "not in this report".to_owned(),
            sections => sections.join("; "),
        };
        Row {
            label: Label::plain(*number),
            indent: 0,
            cells: vec![Cell::Text((*asks).to_owned()), Cell::Text(answered)],
            headline: false,
        }
    });
    Table {
        heading: None,
        columns: vec![column("Item"), column("What it asks for"), column("Where it stands")],
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}
