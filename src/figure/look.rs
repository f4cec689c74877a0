//! The choices that all figures with a panel share.

use super::{POINTS_PER_MM, Scale, Style, Theme};

/// The choices that all figures with a panel share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Colours and punctuation.
    pub style: Style,
    /// The width in mm: 85 is a journal's column, 174 a page.
    pub width: f64,
    /// Percent, proportion, per 1000; for values that are rates.
    pub scale: Scale,
}

impl Default for Look {
    fn default() -> Self {
        Self { style: Style::default(), width: 85.0, scale: Scale::default() }
    }
}

impl Look {
    pub(super) const fn theme(&self) -> Theme {
        self.style.theme()
    }

    /// The font size.
    pub(super) fn size(&self) -> f64 {
        if self.width < 100.0 { 7.0 } else { 8.0 }
    }

    /// The width in points.
    pub(super) fn points(&self) -> f64 {
        self.width * POINTS_PER_MM
    }
}
