//! Text as paths, for programs that ignore embedded fonts.

use std::fmt::Write as _;

use rustybuzz::ttf_parser;

use super::{Anchor, Fonts, Text, svg::number};

/// The path data of a text, its letters placed as [`Fonts::width`] measures them.
pub(super) fn path_data(text: &Text, fonts: &Fonts<'_>) -> String {
    let width = fonts.width(&text.text, text.size);
    let mut pen = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let mut data = String::new();
    for run in text.text.runs() {
        let size = text.size * run.script.size();
        let down = text.size * run.script.shift();
        for (font, piece) in fonts.pieces(&run.text, run.face) {
            let shaper = font.shaper();
            let scale = size / f64::from(shaper.units_per_em());
            let glyphs = font.shape(piece);
            for (info, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
                let offset = (
                    pen + f64::from(place.x_offset) * scale,
                    down - f64::from(place.y_offset) * scale,
                );
                let mut pencil = Pencil { data: &mut data, scale, offset, text };
                if let Ok(glyph) = u16::try_from(info.glyph_id) {
                    shaper.outline_glyph(ttf_parser::GlyphId(glyph), &mut pencil);
                }
                pen += f64::from(place.x_advance) * scale;
            }
        }
    }
    data
}

/// Writes a glyph's outline as path data at its place on the page.
struct Pencil<'p> {
    data: &'p mut String,
    scale: f64,
    offset: (f64, f64),
    text: &'p Text,
}

impl Pencil<'_> {
    fn point(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (i, &(x, y)) in points.iter().enumerate() {
            let along = self.offset.0 + f64::from(x) * self.scale;
            let down = self.offset.1 - f64::from(y) * self.scale;
            let (x, y) = self.text.at;
            let (x, y) =
                if self.text.upwards { (x + down, y - along) } else { (x + along, y + down) };
            let space = if i == 0 { "" } else { " " };
            let _ = write!(self.data, "{space}{} {}", number(x), number(y));
        }
    }
}

impl ttf_parser::OutlineBuilder for Pencil<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.point('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.point('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.point('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.point('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
}
