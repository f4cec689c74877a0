//! The boxes of a diagram with their words, broken to the width they have.

use super::{Flow, Step};
use crate::figure::{Face, Fonts, Rich, Script};

/// From line to line, in font sizes.
pub(super) const LEADING: f64 = 1.28;
/// Inside a box, around its words, in font sizes.
pub(super) const PADDING: f64 = 0.62;
/// How far parts stand in, in font sizes.
const STEP: f64 = 0.9;

/// A box before it has a place.
#[derive(Clone, Debug)]
pub(super) struct Card {
    lines: Vec<(f64, Rich)>,
    /// What it says, for who cannot see it.
    pub(super) words: String,
}

/// The boxes of a diagram: rows from the search to the review.
#[derive(Clone, Debug, Default)]
pub(super) struct Cards {
    /// The way of databases and registers.
    pub(super) main: Vec<Card>,
    /// What leaves it, beside each box of `main`.
    pub(super) out: Vec<Option<Card>>,
    /// The way of other methods: each box with its row and what leaves it.
    pub(super) other: Vec<(usize, Card, Option<Card>)>,
    /// The review.
    pub(super) included: Option<Card>,
}

/// A line before it is broken: how far it stands in, the words, the count.
type Line = (usize, String, Option<u64>);

impl Card {
    fn new(lines: Vec<Line>, width: f64, size: f64, fonts: &Fonts<'_>) -> Self {
        let said = |(_, words, count): &Line| match count {
            Some(count) => format!("{words} (n = {})", grouped(*count)),
            None => format!("{words}:"),
        };
        let words = lines.iter().map(said).collect::<Vec<_>>().join("; ").replace(":;", ":");
        let set = |(depth, words, count): Line| {
            let indent = depth as f64 * STEP * size;
            let line = match count {
                // The count stays in one piece, with the last word before it.
                Some(count) => Rich::plain(format!("{words} ")).with(
                    format!("(n\u{a0}=\u{a0}{})", grouped(count)),
                    Face::Regular,
                    Script::Normal,
                ),
                None => Rich::plain(format!("{words}:")),
            };
            let room = width - 2.0 * PADDING * size - indent;
            line.wrap(room, size, fonts).into_iter().map(move |line| (indent, line))
        };
        Self { lines: lines.into_iter().flat_map(set).collect(), words }
    }

    pub(super) fn height(&self, size: f64) -> f64 {
        (self.lines.len() as f64 * LEADING + 2.0 * PADDING) * size
    }

    /// The lines with how far each stands in.
    pub(super) fn lines(&self) -> &[(f64, Rich)] {
        &self.lines
    }
}

/// `1,742`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl Cards {
    pub(super) fn new(flow: &Flow, width: f64, size: f64, fonts: &Fonts<'_>) -> Self {
        let card = |lines: Vec<Line>| Card::new(lines, width, size, fonts);
        let one = |step: Step, words: &str| {
            flow.total(step).map(|count| card(vec![(0, words.to_owned(), Some(count))]))
        };
        let listed = |step: Step, words: &str| {
            let parts = parts(flow, step, 1);
            match parts.as_slice() {
                [] => one(step, words),
                _ => Some(card([vec![(0, words.to_owned(), None)], parts].concat())),
            }
        };
        let mut cards = Self::default();
        let mut push = |main: Option<Card>, out: Option<Card>| {
            if let Some(main) = main {
                cards.main.push(main);
                cards.out.push(out);
            }
        };
        push(
            Some(card(identified(flow))),
            listed(Step::Removed, "Records removed before screening"),
        );
        push(one(Step::Screened, "Records screened"), listed(Step::Excluded, "Records excluded"));
        push(
            one(Step::Sought, "Reports sought for retrieval"),
            one(Step::NotRetrieved, "Reports not retrieved"),
        );
        push(
            one(Step::Assessed, "Reports assessed for eligibility"),
            listed(Step::ReportsExcluded, "Reports excluded"),
        );
        let last = cards.main.len().saturating_sub(1);
        let ways = [
            (0, listed(Step::OtherSources, "Records identified from"), None),
            (
                last.saturating_sub(1),
                one(Step::OtherSought, "Reports sought for retrieval"),
                one(Step::OtherNotRetrieved, "Reports not retrieved"),
            ),
            (
                last,
                one(Step::OtherAssessed, "Reports assessed for eligibility"),
                listed(Step::OtherReportsExcluded, "Reports excluded"),
            ),
        ];
        cards.other =
            ways.into_iter().filter_map(|(row, main, out)| Some((row, main?, out))).collect();
        let lines = [
            (Step::Studies, "Studies included in review"),
            (Step::Reports, "Reports of included studies"),
        ];
        let lines = lines
            .into_iter()
            .filter_map(|(step, words)| Some((0, words.to_owned(), Some(flow.total(step)?))));
        cards.included = Some(card(lines.collect()));
        cards
    }
}

/// The named parts of a step, each a line.
fn parts(flow: &Flow, step: Step, depth: usize) -> Vec<Line> {
    let named =
        flow.of(step).filter_map(|entry| Some((depth, entry.name.clone()?, Some(entry.count))));
    named.collect()
}

/// Databases and registers, each with its parts.
fn identified(flow: &Flow) -> Vec<Line> {
    let mut lines = vec![(0, "Records identified from".to_owned(), None)];
    for (step, words) in [(Step::Databases, "Databases"), (Step::Registers, "Registers")] {
        if let Some(count) = flow.total(step) {
            lines.push((1, words.to_owned(), Some(count)));
            lines.extend(parts(flow, step, 2));
        }
    }
    lines
}
