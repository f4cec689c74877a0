//! The lines of a forest plot from top to bottom, with their heights.

use super::{
    Mark, Note, Row, Section,
    layout::LEADING,
    table::{Placed, Setting},
    words,
};
use crate::figure::{Face, Rich};

/// The height of a row.
const ROW: f64 = 1.6;
/// The height of a row with a density.
const DENSITY: f64 = 2.6;

/// A line of the table.
pub(super) struct Line<'f> {
    pub(super) content: Content<'f>,
    pub(super) height: f64,
    /// Whether it stays with the line above it.
    pub(super) keep: bool,
    /// The section that it is a part of.
    pub(super) section: Option<usize>,
}

pub(super) enum Content<'f> {
    /// The name of a subgroup, or of the group around it.
    Heading { text: Vec<Rich>, indent: f64 },
    /// A row with its name, broken where needed, and how far it is indented.
    Row { row: &'f Row, label: Vec<Rich>, indent: f64 },
    /// A sentence about a subgroup.
    Note { text: Vec<Rich>, indent: f64 },
    /// Space.
    Gap,
}

/// The name of a row as it is set.
pub(super) fn label(row: &Row) -> Rich {
    let face = if row.mark.is_summary() { Face::Bold } else { Face::Regular };
    Rich::in_face(row.label.as_str(), face)
}

/// How far the rows of a section are indented.
pub(super) fn inside(section: &Section, setting: &Setting<'_>) -> f64 {
    let levels = [&section.within, &section.heading].into_iter().flatten().count();
    INDENT * setting.size * levels as f64
}

/// How far rows stand inside their heading, in font sizes.
const INDENT: f64 = 0.9;

/// The height of a row with this many lines of text.
pub(super) fn high(lines: usize, size: f64) -> f64 {
    (ROW + (lines.max(1) - 1) as f64 * LEADING) * size
}

/// What the lines of the table are made from.
pub(super) struct Lines<'l, 'f> {
    pub(super) setting: Setting<'f>,
    /// The width of names.
    pub(super) names: f64,
    /// The width left of the plot.
    pub(super) left: f64,
    pub(super) columns: &'l [(f64, Placed)],
}

impl<'f> Lines<'_, 'f> {
    /// All lines of the table from top to bottom.
    pub(super) fn all(&self) -> Vec<Line<'f>> {
        let size = self.setting.size;
        let gap = || Line { content: Content::Gap, height: 0.6 * size, keep: false, section: None };
        let mut lines: Vec<Line<'f>> = Vec::new();
        let mut outer: Option<&String> = None;
        for (place, section) in self.setting.forest.sections.iter().enumerate() {
            if place > 0 {
                lines.push(gap());
            }
            let from = lines.len();
            let inside = inside(section, &self.setting);
            if let Some(name) = section.within.as_ref().filter(|name| outer != Some(*name)) {
                lines.push(self.heading(name, 0.0));
            }
            outer = section.within.as_ref();
            if let Some(heading) = &section.heading {
                lines.push(self.heading(heading, inside - INDENT * size));
            }
            let heads = lines.len();
            lines.extend(section.rows.iter().map(|row| self.row(row, inside)));
            let results = lines.len();
            lines.extend(section.summaries.iter().map(|row| self.row(row, inside)));
            lines.extend(section.notes.iter().filter_map(|note| self.sentence(note, inside)));
            for (at, line) in lines.iter_mut().enumerate().skip(from) {
                line.section = Some(place);
                // Headings stand with the first row, results with the last.
                line.keep = at > from && (at <= heads || at >= results);
            }
        }
        if !lines.is_empty() && !self.setting.forest.overall.is_empty() {
            lines.push(gap());
        }
        let overall = self.setting.forest.overall.iter().enumerate();
        lines.extend(overall.map(|(i, row)| Line { keep: i > 0, ..self.row(row, 0.0) }));
        lines
    }

    fn heading(&self, text: &str, indent: f64) -> Line<'f> {
        let size = self.setting.size;
        let text = Rich::in_face(text, Face::Bold);
        let text = text.wrap((self.left - indent).max(size), size, self.setting.fonts);
        let height = high(text.len(), size);
        Line { height, content: Content::Heading { text, indent }, keep: false, section: None }
    }

    fn row(&self, row: &'f Row, indent: f64) -> Line<'f> {
        let (setting, size) = (&self.setting, self.setting.size);
        let label = label(row).wrap((self.names - indent).max(size), size, setting.fonts);
        let broken = self.columns.iter().filter(|(_, column)| column.broken().is_some());
        let longest = broken.map(|(_, column)| column.lines(row, setting).len()).max();
        let curve = row.mark == Mark::Prediction && !row.distribution.is_empty();
        let least = if setting.density && curve { DENSITY * size } else { 0.0 };
        let height = high(label.len().max(longest.unwrap_or(0)), size).max(least);
        Line { height, content: Content::Row { row, label, indent }, keep: false, section: None }
    }

    /// A note of a section; one that says nothing takes no line.
    fn sentence(&self, note: &Note, indent: f64) -> Option<Line<'f>> {
        let small = self.setting.size - 0.5;
        let note = words::note(note, self.setting.forest, &self.setting.theme);
        if note.is_empty() {
            return None;
        }
        let text = note.wrap((self.left - indent).max(small), small, self.setting.fonts);
        let height = high(text.len(), small);
        Some(Line { height, content: Content::Note { text, indent }, keep: true, section: None })
    }
}
