//! A page with one panel and a legend under it: what most figures are.

use super::{
    FigureError, Fonts, Look, POINTS_PER_MM, Scene,
    legend::{Legend, Symbol},
    panel::{Drawn, Frame, MARGIN, Marks, Panel, Side},
};

/// A page whose panel is drawn.
pub(super) struct Sheet<'s> {
    pub(super) scene: Scene,
    pub(super) frame: Frame,
    look: Look,
    fonts: &'s Fonts<'s>,
    bottom: f64,
}

/// How a page is named and shaped.
pub(super) struct Plan {
    /// What it is.
    pub(super) title: &'static str,
    /// What it shows, in words.
    pub(super) desc: String,
    /// The panel's height with its labels, in widths of the page.
    pub(super) height: f64,
    /// Room right of the panel for labels, in points.
    pub(super) room_right: f64,
}

impl<'s> Sheet<'s> {
    /// Draws the panel with its marks, or [`FigureError::TooNarrow`].
    pub(super) fn new(
        plan: Plan,
        look: Look,
        fonts: &'s Fonts<'s>,
        (x, y): (Side, Side),
        marks: impl FnOnce(&mut Marks<'_, '_, '_>) -> Drawn,
    ) -> Result<Self, FigureError> {
        let width = look.points();
        let bottom = MARGIN + plan.height * width;
        let mut scene = Scene::new(width, bottom + MARGIN, plan.title, plan.desc);
        let edges = (MARGIN, MARGIN, width - MARGIN, bottom);
        let panel = Panel {
            fonts,
            theme: look.theme(),
            size: look.size(),
            edges,
            room_right: plan.room_right,
        };
        let (across, down) = panel.least(&x, &y);
        let least = (across + 2.0 * MARGIN).max(down / plan.height);
        if width < least {
            let needed = (least / POINTS_PER_MM).ceil();
            return Err(FigureError::TooNarrow { given: look.width, needed });
        }
        let frame = panel.draw(&mut scene, x, y, marks)?;
        Ok(Self { scene, frame, look, fonts, bottom })
    }

    /// Draws a line through points of the panel over what is there.
    pub(super) fn line(&mut self, points: &[(f64, f64)], stroke: super::Stroke) {
        if points.len() > 1 {
            let places = points.iter().map(|&point| self.frame.at(point)).collect();
            self.scene.polyline(places, stroke);
        }
    }

    /// Puts a legend under the panel and gives the page away.
    pub(super) fn legend(mut self, items: Vec<(Symbol, String)>) -> Scene {
        let (size, theme) = (self.look.size(), self.look.theme());
        let legend = Legend::new(items, self.scene.width - 2.0 * MARGIN, size, &theme, self.fonts);
        let top = self.bottom + 0.4 * size;
        self.scene.height = top + legend.height() + MARGIN;
        legend.draw(&mut self.scene, (MARGIN, top));
        self.scene
    }
}
