//! A page with one panel and a legend under it: what most figures are.

use super::{
    Anchor, FigureError, Fonts, Look, POINTS_PER_MM, Paint, Rich, Role, Scene, Shape,
    legend::{Legend, Symbol, triangle},
    panel::{Drawn, Frame, MARGIN, Marks, Panel, Side},
};

/// From line to line of a note.
const LEADING: f64 = 1.25;
/// How near a pointer must come to a study's mark, in points.
const REACH: f64 = 4.5;

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
    /// Room over the panel, in points.
    pub(super) room_top: f64,
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
        let edges = (MARGIN, MARGIN + plan.room_top, width - MARGIN, bottom);
        let panel = Panel {
            fonts,
            theme: look.theme(),
            size: look.size(),
            edges,
            room_right: plan.room_right,
            label: scene.desc.clone(),
        };
        let (across, down) = panel.least(&x, &y);
        let least = (across + 2.0 * MARGIN).max((down + plan.room_top) / plan.height);
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

    /// Draws triangles around places of the page: marks of another kind than the circles.
    pub(super) fn triangles(&mut self, places: &[super::Point], radius: f64, paint: Paint) {
        if places.is_empty() {
            return;
        }
        self.scene.group(Role::Plot, None, |scene| {
            for &at in places {
                scene.polygon(triangle(at, radius), paint);
            }
        });
    }

    /// Lets a pointer find a study at its values.
    pub(super) fn target(&mut self, at: super::Point, study: &str) {
        let (name, centre) = (study.to_owned(), self.frame.at(at));
        self.scene.group_of(Role::Target, Some(name.clone()), Some(name), |scene| {
            scene.push(Shape::Circle { centre, radius: REACH, paint: Paint::default() });
        });
    }

    /// Puts a legend under the panel and gives the page away.
    pub(super) fn legend(self, items: Vec<(Symbol, String)>) -> Scene {
        self.legend_and_note(items, "")
    }

    /// The same with a sentence under the legend.
    pub(super) fn legend_and_note(mut self, items: Vec<(Symbol, String)>, note: &str) -> Scene {
        let (size, theme) = (self.look.size(), self.look.theme());
        let legend = Legend::new(items, self.scene.width - 2.0 * MARGIN, size, &theme, self.fonts);
        let top = self.bottom + 0.4 * size;
        let small = size - 0.5;
        let lines = Rich::plain(note).wrap(self.scene.width - 2.0 * MARGIN, small, self.fonts);
        let lines: Vec<Rich> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let space = if lines.is_empty() { 0.0 } else { 0.3 * small };
        let notes = space + lines.len() as f64 * LEADING * small;
        self.scene.height = top + legend.height() + notes + MARGIN;
        legend.draw(&mut self.scene, (MARGIN, top));
        if !lines.is_empty() {
            let mut y = top + legend.height() + space;
            self.scene.group(Role::Note, None, |scene| {
                for line in lines {
                    let base = y + (0.5 * LEADING + 0.36) * small;
                    scene.text((MARGIN, base), Anchor::Start, small, line, theme.muted);
                    y += LEADING * small;
                }
            });
        }
        self.scene
    }
}
