//! The document of a claim about an effect.

use super::{
    super::{
        Document, InputInfo, Style,
        document::{Block, Label, Sentences},
        number::{Values, grouped},
        pool::source_line,
    },
    against,
};
use crate::analysis::{ExaminedEffect, Printed, StatedEffect};

/// The result of `resorb claim --claim-effect` as sections of words and tables.
#[must_use]
pub fn effect_claim_document(
    examined: &ExaminedEffect,
    input: &InputInfo,
    style: &Style,
) -> Document {
    let symbol = examined.measure.symbol();
    let own = usize::from(examined.claim.estimate.decimals()) + 1;
    let values = Values::Effects { decimals: style.digits.unwrap_or(own), symbol };
    let mut blocks = against::sections(&examined.against, values);
    blocks.push(Block::Sentences(Sentences {
        heading: Label::plain("Verdict"),
        sentences: examined.verdict.clone(),
    }));
    Document { title: vec![source_line(input), headline(&examined.claim, symbol)], blocks }
}

fn headline(claim: &StatedEffect, symbol: &str) -> String {
    let name = claim.label.as_deref().unwrap_or("claim");
    let interval = claim.ci.map_or_else(String::new, |limits| {
        let [lower, upper] = limits.map(Printed::plain_text);
        format!(" [{lower}, {upper}]")
    });
    let studies = claim.k.map_or_else(String::new, |k| {
        format!(", {} studies", grouped(usize::try_from(k).unwrap_or(usize::MAX)))
    });
    format!("{name}: {symbol} {}{interval}{studies}", claim.estimate.plain_text())
}
