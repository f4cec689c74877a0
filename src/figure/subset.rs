//! Fonts cut down to the letters a figure uses, as CSS that carries them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use read_fonts::{FontRef, collections::IntSet};
use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags};

use super::{FAMILY, Face, Fonts, Scene, fonts::Font};

/// `@font-face` rules for every face the scene uses, each with a subset of its font.
///
/// A rule names the letters it has (`unicode-range`), so that two figures in one web page add up
/// instead of hiding each other's letters.
pub(super) fn font_faces(scene: &Scene, fonts: &Fonts<'_>) -> String {
    let mut css = String::new();
    let (faces, fallback) = letters(scene, fonts);
    for (face, letters) in faces {
        let (weight, style) = match face {
            Face::Regular => ("400", "normal"),
            Face::Bold => ("700", "normal"),
            Face::Italic => ("400", "italic"),
        };
        rule(&mut css, FAMILY, weight, style, fonts.of(face).data, &letters);
    }
    for (index, letters) in fallback {
        if let Some(Font { data, family, .. }) = fonts.fallback().get(index) {
            rule(&mut css, family, "400", "normal", data, &letters);
        }
    }
    css
}

/// `@font-face` rules for a page that holds figures and text of its own: every bundled face, cut down
/// to `letters`.
///
/// ```
/// use resorb::figure::{Fonts, page_fonts};
/// let css = page_fonts("Rate, %", &Fonts::bundled()?);
/// assert_eq!(css.matches("@font-face").count(), 3);
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
#[must_use]
pub fn page_fonts(letters: &str, fonts: &Fonts<'_>) -> String {
    let mut css = String::new();
    for (face, weight, style) in FACES {
        let font = fonts.of(face);
        let own: Letters = letters.chars().filter(|&c| !c.is_control() && font.has(c)).collect();
        rule(&mut css, FAMILY, weight, style, font.data, &own);
    }
    css
}

/// The bundled faces with their weight and style in CSS.
const FACES: [(Face, &str, &str); 3] = [
    (Face::Regular, "400", "normal"),
    (Face::Bold, "700", "normal"),
    (Face::Italic, "400", "italic"),
];

type Letters = BTreeSet<char>;

/// The letters set in each bundled face and in each fallback font (by its place).
fn letters(
    scene: &Scene,
    fonts: &Fonts<'_>,
) -> (BTreeMap<Face, Letters>, BTreeMap<usize, Letters>) {
    let mut faces: BTreeMap<Face, Letters> = BTreeMap::new();
    let mut others: BTreeMap<usize, Letters> = BTreeMap::new();
    scene.visit_texts(&mut |text| {
        for run in text.text.runs() {
            for (font, piece) in fonts.pieces(&run.text, run.face) {
                let place = fonts.fallback().iter().position(|other| std::ptr::eq(other, font));
                let letters = match place {
                    Some(index) => others.entry(index).or_default(),
                    None => faces.entry(run.face).or_default(),
                };
                letters.extend(piece.chars());
            }
        }
    });
    (faces, others)
}

fn rule(css: &mut String, family: &str, weight: &str, style: &str, data: &[u8], letters: &Letters) {
    // A font that cannot be cut is embedded whole: larger, and right.
    let font = subset(data, letters).unwrap_or_else(|| data.to_vec());
    let _ = write!(
        css,
        "@font-face{{font-family:\"{}\";font-weight:{weight};font-style:{style};src:url(data:font/ttf;base64,{}) format(\"truetype\");unicode-range:{}}}",
        family.replace(['"', '\\', '<', '&'], ""),
        STANDARD.encode(font),
        ranges(letters),
    );
}

fn subset(data: &[u8], letters: &Letters) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    let mut unicodes = IntSet::empty();
    unicodes.extend(letters.iter().map(|&c| u32::from(c)));
    let plan = Plan::new(
        &IntSet::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &IntSet::all(),
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &(0..=6).map(Into::into).collect(),
        &std::iter::once(0x0409).collect(),
    );
    skera::subset_font(&font, &plan).ok()
}

/// `U+20,U+30-39,…`
fn ranges(letters: &Letters) -> String {
    let mut out = String::new();
    let mut codes = letters.iter().map(|&c| u32::from(c)).peekable();
    while let Some(first) = codes.next() {
        let mut last = first;
        while let Some(next) = codes.next_if(|&next| next == last + 1) {
            last = next;
        }
        let comma = if out.is_empty() { "" } else { "," };
        let _ = write!(out, "{comma}U+{first:X}");
        if last > first {
            let _ = write!(out, "-{last:X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Anchor, Colour, Rich};

    #[test]
    fn a_subset_is_small_and_has_its_letters_at_their_widths() {
        let fonts = Fonts::bundled().unwrap();
        let letters: Letters = "τ² = 0.36, I² −–≥".chars().collect();
        let cut = subset(fonts.of(Face::Regular).data, &letters).unwrap();
        assert!(cut.len() < 12_000, "{} bytes", cut.len());
        let small = rustybuzz::Face::from_slice(&cut, 0).unwrap();
        let whole = rustybuzz::Face::from_slice(fonts.of(Face::Regular).data, 0).unwrap();
        for c in letters {
            let advance = |face: &rustybuzz::Face<'_>| {
                face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph))
            };
            assert_eq!(advance(&small), advance(&whole), "{c}");
            assert!(advance(&small).is_some(), "{c}");
        }
        assert_eq!(small.glyph_index('Z'), None);
    }

    #[test]
    fn ranges_join_neighbours() {
        assert_eq!(ranges(&"0123 xz".chars().collect()), "U+20,U+30-33,U+78,U+7A");
    }

    #[test]
    fn every_face_in_use_has_one_rule() {
        let fonts = Fonts::bundled().unwrap();
        let mut scene = Scene::new(10.0, 10.0, "t", "d");
        let text = Rich::plain("a").italic("b");
        scene.text((0.0, 5.0), Anchor::Start, 8.0, text, Colour::BLACK);
        let css = font_faces(&scene, &fonts);
        assert_eq!(css.matches("@font-face").count(), 2);
        assert!(css.contains("unicode-range:U+61}") && css.contains("unicode-range:U+62}"));
    }
}
