//! The choices that all figures share, from their names.

use resorb::{
    figure::{self, Embedding, Fonts, Look, Scene, Style},
    report::Scale,
    study::OutcomeKind,
};

use crate::{failure::Failure, options::Options};

const STYLES: &[(&str, Style)] = &[
    ("resorb", Style::Resorb),
    ("jama", Style::Jama),
    ("bmj", Style::Bmj),
    ("lancet", Style::Lancet),
    ("revman", Style::Revman),
    ("mono", Style::Mono),
];

const EMBEDDINGS: &[(&str, Embedding)] =
    &[("subset", Embedding::Subset), ("none", Embedding::None), ("outlines", Embedding::Outlines)];

/// The usual width of a figure in mm.
pub(super) fn width(kind: &str) -> f64 {
    match kind {
        "forest" | "influence" | "multiverse" => 174.0,
        "orchard" | "bubble" | "radial" | "drapery" | "gosh" | "study_intervals" => 114.0,
        _ => 85.0,
    }
}

/// The look that was asked for.
pub(super) fn look(options: &Options, usual: f64, kind: OutcomeKind) -> Result<Look, Failure> {
    let scale = if super::of_rates(kind) { scale(options)? } else { figure::Scale::Plain };
    Ok(Look { scale, ..plain(options, usual)? })
}

/// The look of a figure without rates.
pub(super) fn plain(options: &Options, usual: f64) -> Result<Look, Failure> {
    let width = options.number("width")?.unwrap_or(usual);
    if !(10.0..=2000.0).contains(&width) {
        return Err(Failure::said("a width is a number of mm from 10 to 2000"));
    }
    let style = options.word("style", STYLES)?.unwrap_or_default();
    Ok(Look { style, width, scale: figure::Scale::Plain })
}

/// How an SVG carries its fonts.
pub(super) fn embedding(options: &Options) -> Result<Embedding, Failure> {
    Ok(options.word("font_embedding", EMBEDDINGS)?.unwrap_or_default())
}

/// The scale of rates.
pub(super) fn scale(options: &Options) -> Result<figure::Scale, Failure> {
    let scale: Scale = match options.text("scale")? {
        Some(name) => name.parse()?,
        None => Scale::default(),
    };
    Ok(match scale {
        Scale::Percent => figure::Scale::Percent,
        Scale::Proportion => figure::Scale::Proportion,
        Scale::Per1000 => figure::Scale::Per1000,
    })
}

/// Names the letters that no font has.
pub(super) fn missing_letters(scene: &Scene, fonts: &Fonts<'_>) -> Option<String> {
    let mut missing: Vec<char> = Vec::new();
    scene.visit_texts(&mut |text| {
        for c in fonts.missing(&text.text.text()) {
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
    });
    let letters: Vec<String> = missing.iter().map(|&c| format!("U+{:04X}", u32::from(c))).collect();
    (!letters.is_empty()).then(|| format!("no font here has the letters {}", letters.join(", ")))
}
