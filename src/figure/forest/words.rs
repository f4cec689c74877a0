//! The figure in words: labels for each row and the sentence that tells the result.

use super::{Forest, Heterogeneity, Mark, Note, Row, Statistic, column::level};
use crate::figure::{Numbers, Rich, Theme, number};

/// `Komori 1996: 35 of 77, 45.5% (95% CI 34.1 to 57.2), weight 6.8%`.
pub(super) fn row(row: &Row, forest: &Forest, numbers: Numbers) -> String {
    let unit = numbers.scale.unit();
    let mut parts = Vec::new();
    if let (Some(events), Some(total)) = (row.events, row.total) {
        parts.push(format!("{events} of {total}"));
    }
    let limits = match (row.lower, row.upper) {
        (Some(lower), Some(upper)) => {
            Some(format!("{} to {}", numbers.value(lower), numbers.value(upper)))
        }
        (Some(lower), None) => Some(format!("at least {}", numbers.value(lower))),
        (None, Some(upper)) => Some(format!("at most {}", numbers.value(upper))),
        (None, None) => None,
    };
    match (row.estimate, limits) {
        (Some(x), Some(limits)) => {
            parts.push(format!("{}{unit} ({}% CI {limits})", numbers.value(x), level(forest)));
        }
        (Some(x), None) => parts.push(format!("{}{unit}", numbers.value(x))),
        (None, Some(limits)) => parts.push(format!("{limits}{unit}")),
        (None, None) => {}
    }
    if let (Some(weight), Mark::Square) = (row.weight, row.mark) {
        parts.push(format!("weight {}%", number::fixed(weight, 1, '.')));
    }
    if let Some((lower, upper)) = row.prediction {
        let (lower, upper) = (numbers.value(lower), numbers.value(upper));
        parts.push(format!("prediction interval {lower} to {upper}"));
    }
    format!("{}: {}", row.label, parts.join(", "))
}

/// What the whole figure shows.
pub(super) fn desc(forest: &Forest, numbers: Numbers) -> String {
    let k = forest.studies().count();
    let what = forest.head.as_ref().map_or("studies", |_| "results");
    let mut sentences = vec![match k {
        1 => "Forest plot of one study.".to_owned(),
        k => format!("Forest plot of {k} {what}."),
    }];
    for section in &forest.sections {
        for summary in &section.summaries {
            let name = section.name().unwrap_or_default();
            sentences.push(format!("{name}, {}.", row(summary, forest, numbers)));
        }
    }
    sentences.extend(forest.overall.iter().map(|r| format!("{}.", row(r, forest, numbers))));
    let notes = forest.notes.iter().map(|note| match note {
        Note::Heterogeneity(h) => {
            let theme = Theme { mark: numbers.mark, ..crate::figure::Style::Resorb.theme() };
            let line = heterogeneity(h, &level(forest), &theme).text().replace('\u{a0}', " ");
            if line.is_empty() { line } else { format!("{line}.") }
        }
        Note::Text(text) => text.text(),
    });
    sentences.extend(notes.filter(|note| !note.is_empty()));
    sentences.join(" ")
}

/// A note as a line of text in the style's punctuation.
pub(super) fn note(note: &Note, forest: &Forest, theme: &Theme) -> Rich {
    match note {
        Note::Heterogeneity(h) => heterogeneity(h, &level(forest), theme),
        Note::Text(text) => text.clone(),
    }
}

/// `Heterogeneity: τ = 0.89 (logit scale), I² = 91.2% [95% CI 86.4, 94.3], Q = 159.1, df = 14, p < 0.001`;
/// empty where nothing is known.
fn heterogeneity(h: &Heterogeneity, level: &str, theme: &Theme) -> Rich {
    let fixed = |x: f64, digits| number::fixed(x, digits, theme.mark);
    let mut parts: Vec<Rich> = Vec::new();
    if let Some(tau) = h.tau {
        let scale = h.tau_scale.as_ref().map_or_else(String::new, |s| format!(" ({s} scale)"));
        parts.push(Rich::default().italic("τ").then(format!(" = {}{scale}", fixed(tau, 2))));
    }
    if let Some(i2) = h.i2 {
        let limits = h.i2_limits.map_or_else(String::new, |(lower, upper)| {
            format!(
                " {}{level}% CI {}{}{}{}",
                theme.open,
                fixed(lower, 1),
                theme.between,
                fixed(upper, 1),
                theme.close
            )
        });
        parts.push(Rich::default().italic("I").then(format!("² = {}%{limits}", fixed(i2, 1))));
    }
    if let Some(q) = h.q {
        let name = match h.statistic {
            Statistic::Q => Rich::default().italic("Q"),
            Statistic::LikelihoodRatio => Rich::plain("LR ").italic("χ").then("²"),
            Statistic::Wald => Rich::plain("Wald ").italic("χ").then("²"),
        };
        parts.push(name.then(format!(" = {}", fixed(q, 1))));
    }
    if let Some(df) = h.df {
        parts.push(Rich::plain(format!("df = {}", number::short(df, 1, theme.mark))));
    }
    if let Some(p) = h.p_value {
        parts.push(number::p_value(p, theme.p_letter, theme.leading_zero, theme.mark));
    }
    if parts.is_empty() {
        return Rich::default();
    }
    let label = if h.label.is_empty() { String::new() } else { format!("{}: ", h.label) };
    let mut line = Rich::plain(label);
    for (i, part) in parts.iter().enumerate() {
        line = line.then(if i == 0 { "" } else { ", " }).join(&part.unbroken());
    }
    line
}
