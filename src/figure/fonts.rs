//! The bundled fonts and the exact width of text set in them.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use rustybuzz::{Direction, GlyphBuffer, Script, ShapePlan, UnicodeBuffer, script, ttf_parser};

use super::{Face, FigureError, Rich};

static REGULAR: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../../assets/fonts/OpenSans-Italic.ttf");

/// The family of the bundled faces.
pub const FAMILY: &str = "Open Sans";

/// A font file with what is needed to shape text in it.
pub(super) struct Font<'a> {
    pub(super) data: &'a [u8],
    pub(super) family: String,
    shaper: rustybuzz::Face<'a>,
    /// How Latin words are shaped; finding that out takes longer than shaping a word.
    latin: OnceLock<ShapePlan>,
    /// The same for figures and signs alone.
    signs: OnceLock<ShapePlan>,
    /// Which ASCII characters it has, a bit each: nearly all text is of them, and every letter is asked
    /// for several times.
    ascii: u128,
}

impl<'a> Font<'a> {
    fn new(data: &'a [u8], name: &str) -> Result<Self, FigureError> {
        let bad = || FigureError::BadFont { name: name.to_owned() };
        let shaper = rustybuzz::Face::from_slice(data, 0).ok_or_else(bad)?;
        let family = shaper
            .names()
            .into_iter()
            .filter(|record| record.name_id == ttf_parser::name_id::FAMILY)
            .find_map(|record| record.to_string())
            .ok_or_else(bad)?;
        let has = |code: &u8| shaper.glyph_index(char::from(*code)).is_some();
        let ascii = (0..128).filter(has).fold(0, |bits, code| bits | 1 << code);
        let (latin, signs) = (OnceLock::new(), OnceLock::new());
        Ok(Self { data, family, shaper, latin, signs, ascii })
    }

    pub(super) const fn shaper(&self) -> &rustybuzz::Face<'a> {
        &self.shaper
    }

    /// The glyphs of a text with their places, kerned and joined as renderers do.
    pub(super) fn shape(&self, text: &str) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let plan = |script: Option<Script>| {
            ShapePlan::new(&self.shaper, Direction::LeftToRight, script, None, &[])
        };
        let plan = match (buffer.direction(), buffer.script()) {
            (Direction::LeftToRight, script::LATIN) => {
                self.latin.get_or_init(|| plan(Some(script::LATIN)))
            }
            (Direction::LeftToRight, script::UNKNOWN) => self.signs.get_or_init(|| plan(None)),
            _ => return rustybuzz::shape(&self.shaper, &[], buffer),
        };
        rustybuzz::shape_with_plan(&self.shaper, plan, buffer)
    }

    pub(super) fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> u32::from(c) & 1 == 1;
        }
        self.shaper.glyph_index(c).is_some()
    }

    /// The advance of shaped text, in units of the font size.
    fn advance(&self, text: &str) -> f64 {
        let glyphs = self.shape(text);
        let units: i64 = glyphs.glyph_positions().iter().map(|p| i64::from(p.x_advance)).sum();
        units as f64 / f64::from(self.shaper.units_per_em())
    }
}

/// The fonts of a figure: the three bundled faces and what the caller adds for other scripts.
pub struct Fonts<'a> {
    regular: Font<'a>,
    bold: Font<'a>,
    italic: Font<'a>,
    fallback: Vec<Font<'a>>,
    /// Widths of texts that were asked for, at size 1: a layout asks for each several times, and shaping
    /// is most of the time that a figure takes.
    widths: Mutex<HashMap<(Face, Box<str>), f64>>,
}

impl<'a> Fonts<'a> {
    /// Open Sans Regular, Bold and Italic.
    ///
    /// # Errors
    /// [`FigureError::BadFont`], never with the files of this crate.
    ///
    /// ```
    /// use resorb::figure::{Fonts, Rich};
    /// let fonts = Fonts::bundled()?;
    /// // Every digit is 1171 of 2048 units wide.
    /// assert_eq!(fonts.width(&Rich::plain("2024"), 10.0), 4.0 * 1171.0 / 2048.0 * 10.0);
    /// # Ok::<(), resorb::figure::FigureError>(())
    /// ```
    pub fn bundled() -> Result<Self, FigureError> {
        Ok(Self {
            regular: Font::new(REGULAR, "Open Sans Regular")?,
            bold: Font::new(BOLD, "Open Sans Bold")?,
            italic: Font::new(ITALIC, "Open Sans Italic")?,
            fallback: Vec::new(),
            widths: Mutex::default(),
        })
    }

    /// Adds a font (the bytes of a TrueType or OpenType file) for letters that the others lack.
    ///
    /// # Errors
    /// [`FigureError::BadFont`] if it cannot be read; `name` is what the message calls it.
    pub fn with_fallback(mut self, data: &'a [u8], name: &str) -> Result<Self, FigureError> {
        self.fallback.push(Font::new(data, name)?);
        self.widths = Mutex::default();
        Ok(self)
    }

    /// The width of a line at a font size, shaped (kerning, ligatures) as renderers do.
    #[must_use]
    pub fn width(&self, text: &Rich, size: f64) -> f64 {
        text.runs()
            .iter()
            .map(|run| self.advance(&run.text, run.face) * size * run.script.size())
            .sum()
    }

    /// The letters of a text that no font has, each once, in order of appearance. Control characters
    /// are no letters: they are not written.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars() {
            let known = self.fonts().any(|font| font.has(c));
            if !known && !c.is_control() && !missing.contains(&c) {
                missing.push(c);
            }
        }
        missing
    }

    pub(super) fn of(&self, face: Face) -> &Font<'a> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
        }
    }

    pub(super) fn fallback(&self) -> &[Font<'a>] {
        &self.fallback
    }

    fn fonts(&self) -> impl Iterator<Item = &Font<'a>> {
        [&self.regular, &self.bold, &self.italic].into_iter().chain(&self.fallback)
    }

    fn advance(&self, text: &str, face: Face) -> f64 {
        let key = (face, Box::from(text));
        // A thread that died while it held the map left it whole.
        let mut widths = self.widths.lock().unwrap_or_else(PoisonError::into_inner);
        let shape = |_: &_| self.pieces(text, face).map(|(font, piece)| font.advance(piece)).sum();
        *widths.entry(key).or_insert_with_key(shape)
    }

    /// Cuts a text into pieces that one font can set: the face's own where it has the letter.
    pub(super) fn pieces<'t>(
        &self,
        text: &'t str,
        face: Face,
    ) -> impl Iterator<Item = (&Font<'a>, &'t str)> {
        let font_of = move |c: char| {
            let own = self.of(face);
            if own.has(c) {
                return own;
            }
            self.fallback.iter().find(|font| font.has(c)).unwrap_or(own)
        };
        let mut rest = text;
        std::iter::from_fn(move || {
            let font = font_of(rest.chars().next()?);
            let end = rest
                .char_indices()
                .find(|&(_, c)| !std::ptr::eq(font_of(c), font))
                .map_or(rest.len(), |(at, _)| at);
            let (piece, after) = rest.split_at(end);
            rest = after;
            Some((font, piece))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plan kept for a script gives what shaping anew gives.
    #[test]
    fn kept_plans_change_nothing() {
        let fonts = Fonts::bundled().unwrap();
        let texts =
            ["AVATAR Toffee", "1,234.5", "[65.7, 84.8]", "τ² = 1.6", "Иванов", "", " ", "א1"];
        for face in [Face::Regular, Face::Bold, Face::Italic] {
            let font = fonts.of(face);
            for text in texts {
                let mut buffer = UnicodeBuffer::new();
                buffer.push_str(text);
                let anew = rustybuzz::shape(&font.shaper, &[], buffer);
                let kept = font.shape(text);
                let set = |glyphs: &GlyphBuffer| -> Vec<(u32, i32, i32, i32)> {
                    let places = glyphs.glyph_positions().iter();
                    let glyphs = glyphs.glyph_infos().iter().zip(places);
                    glyphs.map(|(g, p)| (g.glyph_id, p.x_advance, p.x_offset, p.y_offset)).collect()
                };
                assert_eq!(set(&kept), set(&anew), "{text}");
            }
        }
    }
}
