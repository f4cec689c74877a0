//! The documents of `resorb simulate --coverage` and `--power`.

use super::{
    Document, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Sentences, Table},
    number::{UNDEFINED, fixed},
    terminal,
};
use crate::analysis::{Performance, Power};

/// Writes how methods do in a scenario as a table.
///
/// # Errors
/// What the writer says.
pub fn write_performance(
    out: &mut impl std::io::Write,
    methods: &[Performance],
    title: String,
    style: &Style,
) -> std::io::Result<()> {
    terminal::write(out, &performance_document(methods, title), style.colour)
}

/// How methods do in a scenario, as sections of words and tables.
#[must_use]
pub fn performance_document(methods: &[Performance], title: String) -> Document {
    let percent = |share: f64| fixed(100.0 * share, 1);
    let row = |method: &Performance| {
        let parts =
            [&method.scale, &method.tau2_method, &method.ci, &method.prediction].into_iter();
        let name =
            parts.flatten().fold(method.model.clone(), |name, part| format!("{name} {part}"));
        Row {
            label: Label::Data(name),
            indent: 0,
            cells: vec![
                Cell::Text(method.estimand.to_owned()),
                Cell::Text(percent(method.coverage)),
                Cell::Text(percent(method.width)),
                Cell::Text(fixed(100.0 * method.bias, 1)),
                Cell::Text(
                    method.prediction_coverage.map_or_else(|| UNDEFINED.to_owned(), percent),
                ),
            ],
            headline: false,
        }
    };
    let right = |label| Column { label, align: Align::Right };
    let se = methods.iter().map(|method| method.coverage_se).fold(0.0, f64::max);
    Document {
        title: vec![title],
        blocks: vec![
            Block::Table(Table {
                heading: None,
                columns: vec![
                    Column { label: Label::plain("Method"), align: Align::Left },
                    right(Label::term("of the", "estimand")),
                    right(Label::term("CI holds %", "confidence-interval")),
                    right(Label::plain("width")),
                    right(Label::plain("bias")),
                    right(Label::term("new study %", "prediction-interval")),
                ],
                groups: vec![Group { rows: methods.iter().map(row).collect(), after: None }],
            }),
            Block::Sentences(Sentences {
                heading: Label::plain("Notes"),
                sentences: vec![
                    format!(
                        "Simulated data: the shares have a standard error of up to {} points.",
                        percent(se)
                    ),
                    "Widths and biases are in points of the rate; the last column is the share of new studies whose true rate the prediction interval holds.".to_owned(),
                ],
            }),
        ],
    }
}

/// Writes the power of a test of groups as facts.
///
/// # Errors
/// What the writer says.
pub fn write_power(
    out: &mut impl std::io::Write,
    power: &Power,
    title: String,
    style: &Style,
) -> std::io::Result<()> {
    let document = Document {
        title: vec![title],
        blocks: vec![Block::Facts(Facts {
            heading: Label::term("Test for subgroup differences", "q-between"),
            facts: vec![
                (
                    Label::plain("power"),
                    format!(
                        "{} % at the {} % level (standard error {} points)",
                        fixed(100.0 * power.power, 1),
                        fixed(100.0 * power.alpha, 0),
                        fixed(100.0 * power.se, 1)
                    ),
                ),
                (
                    Label::plain("data sets"),
                    format!(
                        "{} of {} could be tested; all are simulated",
                        power.replicates, power.drawn
                    ),
                ),
            ],
        })],
    };
    terminal::write(out, &document, style.colour)
}
