//! The document of `resorb claim`.

mod against;
mod effect;

pub use effect::effect_claim_document;

use super::{
    Document, InputInfo, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Sentences, Table},
    multiverse::rates,
    number::grouped,
    pool::source_line,
};
use crate::analysis::{Check, CheckName, Examined, Stated};

/// The result of `resorb claim` as sections of words and tables.
#[must_use]
pub fn claim_document(claims: &[Examined], input: Option<&InputInfo>, style: &Style) -> Document {
    let mut title: Vec<String> = input.map(source_line).into_iter().collect();
    let mut blocks = Vec::new();
    match claims {
        [one] => {
            title.push(headline(one.claim.stated()));
            blocks.extend(sections(one, style));
        }
        several => {
            title.push(format!("{} claims", several.len()));
            blocks.push(Block::Table(overview(several)));
            for claim in several {
                blocks.push(Block::Sentences(Sentences {
                    heading: Label::Data(headline(claim.claim.stated())),
                    sentences: claim.verdict.clone(),
                }));
            }
        }
    }
    Document { title, blocks }
}

fn sections(examined: &Examined, style: &Style) -> Vec<Block> {
    let facts = examined.arithmetic.checks.iter().map(|check| {
        let (text, term) = name(check.name);
        (Label::term(text, term), with_outcome(check))
    });
    let mut blocks = vec![Block::Facts(Facts {
        heading: Label::term("Arithmetic", "claim"),
        facts: facts.collect(),
    })];
    if let Some(found) = &examined.against {
        blocks.extend(against::sections(found, rates(style)));
    }
    blocks.push(Block::Sentences(Sentences {
        heading: Label::plain("Verdict"),
        sentences: examined.verdict.clone(),
    }));
    blocks
}

/// The sentence after yes or no, where there is one of them.
fn with_outcome(check: &Check) -> String {
    match check.holds {
        Some(true) => format!("yes. {}", check.sentence),
        Some(false) => format!("no. {}", check.sentence),
        None => check.sentence.clone(),
    }
}

/// What a check is called, and the term that explains it.
const fn name(check: CheckName) -> (&'static str, &'static str) {
    match check {
        CheckName::Rounding => ("events/total", "grim"),
        CheckName::WholeCount => ("whole count", "grim"),
        CheckName::IntervalHoldsRate => ("rate in interval", "ci"),
        CheckName::IntervalFitsTotal => ("wide enough", "interval-width"),
        CheckName::BetweenStudyVariance => ("studies differ", "interval-width"),
        CheckName::BinomialInterval => ("one sample", "interval-width"),
        CheckName::Symmetry => ("symmetric", "interval-width"),
        CheckName::ImpliedHeterogeneity => ("implied", "interval-width"),
        CheckName::CrudeSum => ("crude sum", "crude-sum"),
    }
}

/// The claim in a line.
fn headline(stated: &Stated) -> String {
    let name = stated.label.as_deref().unwrap_or("claim");
    let interval = stated.ci.map_or_else(String::new, |limits| {
        let [lower, upper] = limits.map(|limit| limit.percent().replace(" %", ""));
        format!(" [{lower}, {upper}]")
    });
    let number = |count: u64| grouped(usize::try_from(count).unwrap_or(usize::MAX));
    let patients = match (stated.events, stated.total) {
        (Some(events), Some(total)) => {
            format!(", {} of {} patients", number(events), number(total))
        }
        (None, Some(total)) => format!(", {} patients", number(total)),
        (Some(events), None) => format!(", {} events", number(events)),
        (None, None) => String::new(),
    };
    let studies = match stated.k {
        Some(1) => ", 1 study".to_owned(),
        Some(k) => format!(", {} studies", number(k)),
        None => String::new(),
    };
    format!("{name}: {}{interval}{patients}{studies}", stated.rate.percent())
}

fn overview(claims: &[Examined]) -> Table {
    let number = |count: Option<u64>| {
        count.map_or(Cell::Empty, |n| Cell::Text(grouped(usize::try_from(n).unwrap_or(usize::MAX))))
    };
    let rows = claims.iter().map(|claim| {
        let stated = claim.claim.stated();
        let plain = |text: String| text.replace(" %", "");
        let interval = stated.ci.map_or(Cell::Empty, |[lower, upper]| Cell::Interval {
            lower: plain(lower.percent()),
            upper: plain(upper.percent()),
        });
        let crude = match claim.arithmetic.crude_sum {
            Some(true) => "consistent",
            Some(false) => "no",
            None => "cannot be told",
        };
        Row {
            label: Label::Data(stated.label.clone().unwrap_or_else(|| "claim".to_owned())),
            indent: 0,
            cells: vec![
                Cell::Text(plain(stated.rate.percent())),
                interval,
                number(stated.k),
                number(stated.events),
                number(stated.total),
                Cell::Text(crude.to_owned()),
            ],
            headline: false,
        }
    });
    let right = |label| Column { label, align: Align::Right };
    Table {
        heading: None,
        columns: vec![
            Column { label: Label::plain("Claim"), align: Align::Left },
            right(Label::term("Rate %", "rate")),
            right(Label::term("CI", "ci")),
            right(Label::plain("Studies")),
            right(Label::plain("Events")),
            right(Label::plain("Patients")),
            right(Label::term("Crude sum", "crude-sum")),
        ],
        groups: vec![Group { rows: rows.collect(), after: None }],
    }
}
