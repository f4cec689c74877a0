//! The bundled fonts and the exact width of text set in them.

use rustybuzz::{UnicodeBuffer, ttf_parser};

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
        Ok(Self { data, family, shaper })
    }

    pub(super) const fn shaper(&self) -> &rustybuzz::Face<'a> {
        &self.shaper
    }

    fn has(&self, c: char) -> bool {
        self.shaper.glyph_index(c).is_some()
    }

    /// The advance of shaped text, in units of the font size.
    fn advance(&self, text: &str) -> f64 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let glyphs = rustybuzz::shape(&self.shaper, &[], buffer);
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
        })
    }

    /// Adds a font (the bytes of a TrueType or OpenType file) for letters that the others lack.
    ///
    /// # Errors
    /// [`FigureError::BadFont`] if it cannot be read; `name` is what the message calls it.
    pub fn with_fallback(mut self, data: &'a [u8], name: &str) -> Result<Self, FigureError> {
        self.fallback.push(Font::new(data, name)?);
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

    /// The letters of a text that no font has, each once, in order of appearance.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars() {
            let known = self.fonts().any(|font| font.has(c));
            if !known && !missing.contains(&c) {
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
        self.pieces(text, face).map(|(font, piece)| font.advance(piece)).sum()
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
