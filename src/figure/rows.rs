//! Rows with names at the left and one axis under all of them.

use super::{
    Anchor, Axis, Face, FigureError, Fonts, Look, Numbers, POINTS_PER_MM, Paint, Rich, Role, Scale,
    Scene, Spread, Stroke,
    axis::nice_limits,
    bottom_axis::{AxisWords, BottomAxis},
    legend::{Legend, Symbol},
    panel::MARGIN,
};

/// What a row says at its left: a name and a line under it.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) under: String,
}

/// Rows laid out on a page.
pub(super) struct Rows<'r> {
    look: Look,
    fonts: &'r Fonts<'r>,
    names: Vec<(Vec<Rich>, Vec<Rich>)>,
    heights: Vec<f64>,
    bottom: BottomAxis,
    legend: Legend,
    /// From values to places.
    pub(super) axis: Axis,
}

const LEADING: f64 = 1.25;
/// The narrowest plot.
const PLOT: f64 = 30.0 * POINTS_PER_MM;

/// What rows are laid out for.
pub(super) struct Content {
    /// The names of the rows.
    pub(super) names: Vec<Name>,
    /// The least height of a row, in points.
    pub(super) height: f64,
    /// The smallest and the largest value.
    pub(super) range: (f64, f64),
    /// How values are written.
    pub(super) scale: Scale,
    /// The axis title.
    pub(super) title: String,
    /// The legend.
    pub(super) legend: Vec<(Symbol, String)>,
}

impl<'r> Rows<'r> {
    /// Gives names up to 40 % of the width and the plot the rest.
    pub(super) fn new(
        content: Content,
        look: Look,
        fonts: &'r Fonts<'r>,
    ) -> Result<Self, FigureError> {
        let (width, size, theme) = (look.points(), look.size(), look.theme());
        let (low, high) = content.range;
        if !(low <= high) {
            return Err(FigureError::Empty { what: "no row has a value" });
        }
        let bold = |text: &str| Rich::in_face(text, Face::Bold);
        let longest = content
            .names
            .iter()
            .map(|name| {
                let under = fonts.width(&Rich::plain(name.under.as_str()), size - 1.0);
                fonts.width(&bold(&name.text), size).max(under)
            })
            .fold(0.0, f64::max);
        let left = longest.min(0.4 * width);
        let (from, to) = (MARGIN + left + 1.2 * size, width - MARGIN - 1.5 * size);
        if to - from < PLOT {
            let needed = (PLOT + 2.0 * MARGIN + 2.7 * size) / 0.6 / POINTS_PER_MM;
            return Err(FigureError::TooNarrow { given: look.width, needed: needed.ceil() });
        }
        let names: Vec<(Vec<Rich>, Vec<Rich>)> = content
            .names
            .iter()
            .map(|name| {
                let under = Rich::plain(name.under.as_str()).wrap(left, size - 1.0, fonts);
                (bold(&name.text).wrap(left, size, fonts), under)
            })
            .collect();
        let heights = names
            .iter()
            .map(|(text, under)| {
                let lines = text.len() as f64 * size + under.len() as f64 * (size - 1.0);
                (LEADING * lines + 0.4 * size).max(content.height)
            })
            .collect();
        let limits = nice_limits(Spread::Linear, low, high, content.scale.is_rate());
        let axis = Axis::new(Spread::Linear, limits, (from, to))?;
        let numbers = Numbers::new(content.scale, None, theme.mark, high.abs());
        let words =
            AxisWords { title: &content.title, favours: None, page: (MARGIN, width - MARGIN) };
        let bottom = BottomAxis::new(axis, numbers, &theme, size, &words, fonts);
        let legend = Legend::new(content.legend, width - 2.0 * MARGIN, size, &theme, fonts);
        Ok(Self { look, fonts, names, heights, bottom, legend, axis })
    }

    /// Changes the legend, which does not change the rows.
    pub(super) fn set_legend(&mut self, items: Vec<(Symbol, String)>) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let width = self.look.points() - 2.0 * MARGIN;
        self.legend = Legend::new(items, width, size, &theme, self.fonts);
    }

    /// Draws names, grid, axis and legend; `row` draws the marks of row `i`, given the height of its
    /// middle and half the row's height.
    pub(super) fn draw(
        self,
        title: &str,
        desc: String,
        labels: impl Fn(usize) -> String,
        mut row: impl FnMut(&mut Scene, usize, f64, f64),
    ) -> Scene {
        let (size, theme) = (self.look.size(), self.look.theme());
        let top = MARGIN + 0.3 * size;
        let body: f64 = self.heights.iter().sum();
        let legend_top = top + body + self.bottom.height() + 0.4 * size;
        let height = legend_top + self.legend.height() + MARGIN;
        let mut scene = Scene::new(self.look.points(), height, title, desc);
        let (left, right) = self.axis.ends();
        scene.group(Role::Guide, None, |scene| {
            if let Some(grid) = theme.grid {
                for x in self.bottom.ticks() {
                    scene.line((x, top), (x, top + body), Stroke::new(grid, 0.5));
                }
            }
            let mut y = top;
            let light = theme.grid.unwrap_or(theme.muted.with_alpha(60));
            for height in self.heights.iter().take(self.heights.len().saturating_sub(1)) {
                y += height;
                scene.line((MARGIN, y), (right, y), Stroke::new(light, 0.5));
            }
            if let Some(fill) = theme.stripe {
                let mut y = top;
                for (i, height) in self.heights.iter().enumerate() {
                    if i % 2 == 1 {
                        scene.rect((left, y), right - left, *height, Paint::fill(fill));
                    }
                    y += height;
                }
            }
        });
        let mut y = top;
        for (i, (height, (text, under))) in self.heights.iter().zip(&self.names).enumerate() {
            let middle = y + 0.5 * height;
            scene.group(Role::Row, Some(labels(i)), |scene| {
                let lines = text.len() as f64 * size + under.len() as f64 * (size - 1.0);
                let mut at = middle - 0.5 * LEADING * lines;
                let both =
                    text.iter().map(|t| (t, size)).chain(under.iter().map(|t| (t, size - 1.0)));
                for (line, size) in both {
                    let ink = if size < self.look.size() { theme.muted } else { theme.ink };
                    let base = at + (0.5 * LEADING + 0.36) * size;
                    scene.text((MARGIN, base), Anchor::Start, size, line.clone(), ink);
                    at += LEADING * size;
                }
                row(scene, i, middle, 0.5 * height);
            });
            y += height;
        }
        self.bottom.draw(&mut scene, top + body);
        self.legend.draw(&mut scene, (MARGIN, legend_top));
        scene
    }
}
