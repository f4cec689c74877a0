//! The document of `resorb multiverse`.

use super::{
    Document, InputInfo, Scale, Style,
    document::{Align, Block, Cell, Column, Facts, Group, Label, Row, Sentences, Table},
    number::{UNDEFINED, Values, effect_decimals_of, fixed, grouped},
    pool::source_line,
};
use crate::analysis::{ChoiceShare, LevelSummary, Multiverse, MultiverseSummary};

/// Alternatives of one choice shown at most.
const MOST_LEVELS: usize = 16;

/// Rates with the decimals of the style.
pub(super) fn rates(style: &Style) -> Values {
    let own = match style.scale {
        Scale::Percent => 1,
        Scale::Proportion => 3,
        Scale::Per1000 => 0,
    };
    Values::Rates { scale: style.scale, decimals: style.digits.unwrap_or(own) }
}

/// The values of a grid: rates as the style says, effects with three digits of how far
/// their intervals reach.
fn values(all: &Multiverse, summary: &MultiverseSummary, style: &Style) -> Values {
    if all.is_of_rates() {
        return rates(style);
    }
    let [lower, upper] = summary.ci_range;
    let decimals = style.digits.unwrap_or_else(|| effect_decimals_of(lower, upper));
    Values::Effects { decimals, symbol: all.measure.symbol() }
}

/// The result of `resorb multiverse` as sections of words and tables.
#[must_use]
pub fn multiverse_document(
    all: &Multiverse,
    summary: &MultiverseSummary,
    input: &InputInfo,
    style: &Style,
) -> Document {
    let values = values(all, summary, style);
    let k = all.row_sets.first().map_or(0, |set| set.mask.len());
    let rows = match all.row_sets.len() {
        1 => String::new(),
        n => format!(" of {} choices of studies", grouped(n)),
    };
    let mut blocks =
        vec![Block::Facts(estimates(summary, all, values)), Block::Table(choices(summary, values))];
    if !summary.advice.is_empty() {
        blocks.push(Block::Facts(advice(summary)));
    }
    if !all.failed.is_empty() {
        let facts = all.failed.iter().map(|failed| {
            let times =
                if failed.times > 1 { format!(" ({} times)", failed.times) } else { String::new() };
            (Label::plain(failed.part.clone()), format!("{}{times}", failed.reason))
        });
        blocks.push(Block::Facts(Facts {
            heading: Label::plain("Could not be done"),
            facts: facts.collect(),
        }));
    }
    blocks.push(Block::Sentences(Sentences {
        heading: Label::plain("Notes"),
        sentences: notes(all, summary, values),
    }));
    Document {
        title: vec![
            source_line(input),
            format!("{k} studies; {} analyses{rows}", grouped(summary.specifications)),
        ],
        blocks,
    }
}

fn range(values: Values, [lower, upper]: [f64; 2]) -> String {
    format!("{} to {}", values.show(lower), values.with_unit(upper))
}

fn estimates(summary: &MultiverseSummary, all: &Multiverse, values: Values) -> Facts {
    let mut facts = vec![
        (
            Label::term("estimates", "multiverse"),
            format!(
                "{}; median {}, middle half {}",
                range(values, summary.range),
                values.with_unit(summary.median),
                range(values, summary.quartiles)
            ),
        ),
        (
            Label::term("intervals", "confidence-interval"),
            format!("limits from {}", range(values, summary.ci_range)),
        ),
    ];
    let unflagged = summary.unflagged_range.map_or_else(
        || "none".to_owned(),
        |ends| format!("{} analyses, {}", grouped(summary.unflagged), range(values, ends)),
    );
    facts.push((Label::plain("not advised against"), unflagged));
    if let Some(holds) = summary.holds {
        let prediction = holds.prediction_share.map_or_else(String::new, |share| {
            format!("; of prediction intervals {} %", fixed(100.0 * share, 1))
        });
        facts.push((
            Label::plain(format!("hold {}", values.with_unit(holds.value))),
            format!(
                "{} % of the {} % intervals{prediction}",
                fixed(100.0 * holds.ci_share, 1),
                all.level.percent()
            ),
        ));
    }
    Facts { heading: Label::term("Over all analyses", "multiverse"), facts }
}

fn choices(summary: &MultiverseSummary, values: Values) -> Table {
    let right = |label| Column { label, align: Align::Right };
    let level = |level: &LevelSummary| Row {
        label: Label::Data(level.level.clone()),
        indent: 1,
        cells: vec![
            Cell::Empty,
            Cell::Text(grouped(level.specifications)),
            Cell::Text(values.show(level.lowest)),
            Cell::Text(values.show(level.median)),
            Cell::Text(values.show(level.highest)),
        ],
        headline: false,
    };
    let group = |(i, choice): (usize, &ChoiceShare)| {
        let share = choice.share_of_variance;
        let head = Row {
            label: Label::Data(choice.choice.clone()),
            indent: 0,
            cells: vec![Cell::Text(
                share.map_or_else(|| UNDEFINED.to_owned(), |share| fixed(100.0 * share, 1)),
            )],
            headline: i == 0,
        };
        let more = choice.levels.len().saturating_sub(MOST_LEVELS);
        let levels = choice.levels.iter().take(MOST_LEVELS).map(level);
        Group {
            rows: std::iter::once(head).chain(levels).collect(),
            after: (more > 0).then(|| format!("  and {more} more")),
        }
    };
    let mut groups: Vec<Group> = summary.choices.iter().enumerate().map(group).collect();
    if let Some(rest) = summary.interactions {
        groups.push(Group {
            rows: vec![Row {
                label: Label::plain("choices together"),
                indent: 0,
                cells: vec![Cell::Text(fixed(100.0 * rest, 1))],
                headline: false,
            }],
            after: None,
        });
    }
    Table {
        heading: Some(Label::term("What moves the estimate", "share-of-variance")),
        columns: vec![
            Column { label: Label::plain("Choice"), align: Align::Left },
            right(Label::term("Share %", "share-of-variance")),
            right(Label::plain("Analyses")),
            right(Label::plain("Lowest")),
            right(Label::plain("Median")),
            right(Label::plain("Highest")),
        ],
        groups,
    }
}

fn advice(summary: &MultiverseSummary) -> Facts {
    let facts = summary.advice.iter().map(|found| {
        (Label::plain(grouped(found.specifications)), format!("{} {}.", found.reason, found.source))
    });
    Facts {
        heading: Label::plain("Analyses that guidance advises against"),
        facts: facts.collect(),
    }
}

/// What a reader needs to know beside the numbers.
fn notes(all: &Multiverse, summary: &MultiverseSummary, values: Values) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(first) = summary.choices.first()
        && let Some(share) = first.share_of_variance
    {
        let medians = first.levels.iter().map(|level| level.median);
        let lowest = medians.clone().fold(f64::INFINITY, f64::min);
        let highest = medians.fold(f64::NEG_INFINITY, f64::max);
        sentences.push(format!(
            "The choice that moves the estimate most is {}: {} % of the variance, medians from {}.",
            first.choice,
            fixed(100.0 * share, 1),
            range(values, [lowest, highest])
        ));
    }
    if summary.choices.iter().flat_map(|c| &c.levels).any(|level| level.level == "hc") {
        sentences.push(
            "The interval hc (Henmi and Copas) lies around the common effect, the others around the random-effects mean: that is how an interval can move the estimate.".to_owned(),
        );
    }
    if all.is_of_rates() {
        sentences.push(
            "Medians and means stand side by side: models with a curved scale estimate the rate of the median study, the crude rate and the beta-binomial model a mean.".to_owned(),
        );
    }
    sentences.push(
        "The grid decides how often a choice is counted, so that its shares are no probabilities."
            .to_owned(),
    );
    sentences
}
