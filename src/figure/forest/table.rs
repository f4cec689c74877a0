//! The place of every column and every piece of its cells.

use super::{
    Column, Forest, Mark, Row,
    column::{Align, Piece},
};
use crate::figure::{Face, Fonts, Numbers, Rich, Theme};

/// A column that knows its width.
pub(super) struct Placed {
    pub(super) column: Column,
    pub(super) head: Vec<Rich>,
    pub(super) width: f64,
    pieces: Vec<Slot>,
    /// The width to which its cells are broken, where they hold much text.
    broken: Option<f64>,
    /// Width of all pieces with the spaces between them.
    block: f64,
}

/// A piece of all cells of a column.
struct Slot {
    piece: Piece,
    width: f64,
    /// Width left of the decimal mark, for pieces that line up on it.
    before: f64,
}

/// What a measurement needs.
#[derive(Clone, Copy)]
pub(super) struct Setting<'s> {
    pub(super) forest: &'s Forest,
    pub(super) fonts: &'s Fonts<'s>,
    pub(super) numbers: Numbers,
    pub(super) theme: Theme,
    pub(super) size: f64,
    /// Whether the density of a new study's value is drawn, which needs a higher row.
    pub(super) density: bool,
    /// Whether prediction intervals have a column of their own.
    pub(super) prediction: bool,
}

impl Setting<'_> {
    /// The width of a line in the font size of the table.
    pub(super) fn width(&self, text: &Rich) -> f64 {
        self.fonts.width(text, self.size)
    }
}

impl Placed {
    /// Measures a column. The names of studies are measured apart, since they may be broken.
    pub(super) fn measure(column: Column, setting: &Setting<'_>) -> Self {
        let mut pieces: Vec<Slot> = column
            .pieces(setting.forest, &setting.theme)
            .into_iter()
            .map(|piece| Slot { piece, width: 0.0, before: 0.0 })
            .collect();
        if column != Column::Study {
            let mut after = vec![0.0f64; pieces.len()];
            for row in setting.forest.rows() {
                let cell = cell(column, row, setting);
                for ((slot, after), text) in pieces.iter_mut().zip(&mut after).zip(&cell) {
                    let width = setting.width(text);
                    let before = slot.piece.before(text, width, setting);
                    slot.before = slot.before.max(before);
                    *after = after.max(width - before);
                }
            }
            for (slot, after) in pieces.iter_mut().zip(after) {
                slot.width = slot.before + after;
            }
        }
        let broken = broken(column, &pieces, setting);
        if let (Some(width), [only]) = (broken, &mut pieces[..]) {
            only.width = width;
        }
        let block = pieces.iter().map(|slot| slot.width + slot.piece.space * setting.size).sum();
        let head = head(column, block, setting);
        let heads = head.iter().map(|line| setting.width(line)).fold(0.0, f64::max);
        let symbol = if matches!(column, Column::Bias(_)) { 1.3 * setting.size } else { 0.0 };
        Self { column, head, width: heads.max(block).max(symbol), pieces, broken, block }
    }

    /// The width to which its cells are broken, if they are.
    pub(super) const fn broken(&self) -> Option<f64> {
        self.broken
    }

    /// The lines of a broken cell.
    pub(super) fn lines(&self, row: &Row, setting: &Setting<'_>) -> Vec<Rich> {
        let width = self.broken.unwrap_or(self.width);
        let texts = cell(self.column, row, setting);
        let texts = texts.iter().filter(|text| !text.is_empty());
        texts.flat_map(|text| text.wrap(width, setting.size, setting.fonts)).collect()
    }

    /// Whether its text starts at its left edge.
    pub(super) fn is_left(&self) -> bool {
        self.pieces.first().is_some_and(|slot| slot.piece.align == Align::Left)
    }

    /// Whether it is centred.
    pub(super) fn is_middle(&self) -> bool {
        self.pieces.first().is_some_and(|slot| slot.piece.align == Align::Middle)
    }

    /// The pieces of a row's cell with the place where each starts, from the column's left edge.
    pub(super) fn cell(&self, row: &Row, setting: &Setting<'_>) -> Vec<(f64, Rich)> {
        let mut edge = if self.is_left() { 0.0 } else { self.width - self.block };
        let mut placed = Vec::new();
        for (slot, text) in self.pieces.iter().zip(cell(self.column, row, setting)) {
            edge += slot.piece.space * setting.size;
            let width = setting.width(&text);
            let start = match slot.piece.align {
                Align::Left | Align::Middle => 0.0,
                Align::Right => slot.width - width,
                Align::Mark(_) => slot.before - slot.piece.before(&text, width, setting),
            };
            if !text.is_empty() {
                placed.push((edge + start, text));
            }
            edge += slot.width;
        }
        placed
    }
}

/// The widest that text of a column stays unbroken, and that a head does over narrower cells, in font
/// sizes.
const TEXT: f64 = 13.0;
const HEAD: f64 = 6.0;

/// The text of a cell; a prediction interval with a column of its own does not stand in the other.
fn cell(column: Column, row: &Row, setting: &Setting<'_>) -> Vec<Rich> {
    if setting.prediction && column == Column::Rate && row.mark == Mark::Prediction {
        return vec![];
    }
    column.cell(row, setting.numbers, &setting.theme)
}

/// The width to which the cells of a column of words are broken: that of its longest line then.
fn broken(column: Column, pieces: &[Slot], setting: &Setting<'_>) -> Option<f64> {
    let most = TEXT * setting.size;
    let [Slot { piece: Piece { align: Align::Left, .. }, width, .. }] = pieces else { return None };
    if !matches!(column, Column::Moderator(_)) || *width <= most {
        return None;
    }
    let texts = setting.forest.rows().flat_map(|row| cell(column, row, setting));
    let lines = texts.flat_map(|text| text.wrap(most, setting.size, setting.fonts));
    Some(lines.map(|line| setting.width(&line)).fold(0.0, f64::max))
}

/// The head of a column in bold, broken between words where it is wider than its cells.
fn head(column: Column, block: f64, setting: &Setting<'_>) -> Vec<Rich> {
    let bold = |text: &str| Rich::in_face(text, Face::Bold);
    column
        .head(setting.forest, setting.numbers, &setting.theme)
        .into_iter()
        .flat_map(|line| {
            if column == Column::Study {
                return vec![bold(&line)];
            }
            let longest =
                line.split(' ').map(|word| setting.width(&bold(word))).fold(0.0, f64::max);
            let width = block.max(HEAD * setting.size).max(longest.min(TEXT * setting.size));
            bold(&line).wrap(width, setting.size, setting.fonts)
        })
        .collect()
}

impl Piece {
    /// The width of a text left of where it lines up.
    fn before(&self, text: &Rich, width: f64, setting: &Setting<'_>) -> f64 {
        match self.align {
            Align::Mark(mark) => {
                let face = text.runs().first().map_or(Face::Regular, |run| run.face);
                let text = text.text();
                text.split_once(mark)
                    .map_or(width, |(whole, _)| setting.width(&Rich::in_face(whole, face)))
            }
            Align::Left => 0.0,
            Align::Right | Align::Middle => width,
        }
    }
}
