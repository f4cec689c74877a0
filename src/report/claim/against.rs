//! The claim against studies: matching and nearest analyses, and the crude sum without one study.

use super::super::{
    document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Table},
    number::{Values, grouped},
};
use crate::analysis::{Against, CrudeWithout, Specification};

/// Analyses listed.
const MOST: usize = 12;
/// Studies listed.
const MOST_STUDIES: usize = 5;

pub(super) fn sections(against: &Against, values: Values) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !against.matches.is_empty() {
        blocks.push(Block::Table(table("Analyses that give it", &against.matches, values)));
    }
    blocks.push(Block::Table(table("Nearest analyses", &against.nearest, values)));
    if !against.crude_without.is_empty() {
        blocks.push(Block::Facts(without(&against.crude_without, values)));
    }
    blocks
}

fn table(heading: &str, list: &[Specification], values: Values) -> Table {
    let right = |label| Column { label, align: Align::Right };
    let limits = |limits: Option<(f64, f64)>| {
        limits.map_or(Cell::Empty, |(lower, upper)| Cell::Interval {
            lower: values.show(lower),
            upper: values.show(upper),
        })
    };
    let row = |one: &Specification| Row {
        label: Label::Data(one.words()),
        indent: 0,
        cells: vec![
            Cell::Text(values.show(one.estimate)),
            limits(Some((one.ci_lower, one.ci_upper))),
            limits(one.lower.zip(one.upper)),
        ],
        headline: false,
    };
    let more = list.len().saturating_sub(MOST);
    Table {
        heading: Some(Label::term(heading, "multiverse")),
        columns: vec![
            Column { label: Label::plain("Analysis"), align: Align::Left },
            right(Label::term(values.heading(), "rate")),
            right(Label::term("CI", "confidence-interval")),
            right(Label::term("Prediction", "prediction-interval")),
        ],
        groups: vec![Group {
            rows: list.iter().take(MOST).map(row).collect(),
            after: (more > 0).then(|| format!("and {} more", grouped(more))),
        }],
    }
}

fn without(list: &[CrudeWithout], values: Values) -> Facts {
    let number = |n: u64| grouped(usize::try_from(n).unwrap_or(usize::MAX));
    let fact = |study: &CrudeWithout| {
        let mark = if study.is_stated_extreme { ", a rate that the claim states" } else { "" };
        let text = format!(
            "{} of {} is {} ({} of {}{mark})",
            number(study.events_without),
            number(study.total_without),
            values.with_unit(study.rate_without),
            number(study.events),
            number(study.total)
        );
        (Label::Data(study.study.clone()), text)
    };
    Facts {
        heading: Label::term("The crude sum without a study, were it in", "crude-sum"),
        facts: list.iter().take(MOST_STUDIES).map(fact).collect(),
    }
}
