//! The choices that all figures with a panel share.

use super::{POINTS_PER_MM, Scale, Style, Theme};

/// The width in mm from which type is larger.
const WIDE: f64 = 100.0;

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
        if self.width < WIDE { 7.0 } else { 8.0 }
    }

    /// The smallest whole width in mm that is as wide as `least` says for a font size, which grows with
    /// the width.
    pub(super) fn needed(least: impl Fn(f64) -> f64) -> f64 {
        let at = |width: f64| {
            let look = Self { width, ..Self::default() };
            (least(look.size()) / POINTS_PER_MM).ceil()
        };
        let narrow = at(0.0);
        if narrow < WIDE { narrow } else { at(WIDE).max(WIDE) }
    }

    /// The width in points.
    pub(super) fn points(&self) -> f64 {
        self.width * POINTS_PER_MM
    }
}
