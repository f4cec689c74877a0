//! Rows with names at the left and one axis under all of them.

use std::ops::Range;

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
    overhang: f64,
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
    /// How far marks at the ends of the axis reach beyond it.
    pub(super) overhang: f64,
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
        if low > high {
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
            let rest = PLOT + 2.0 * MARGIN + 2.7 * size;
            // Names take what they need up to 40 % of the width, whichever is reached first.
            let needed = (rest + longest).min(rest / 0.6) / POINTS_PER_MM;
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
        let page = (MARGIN, width - MARGIN);
        let overhang = content.overhang;
        let words = AxisWords {
            title: &content.title,
            favours: None,
            page,
            labels: (0.0, width),
            overhang,
        };
        let bottom = BottomAxis::new(axis, numbers, &theme, size, &words, fonts);
        let legend = Legend::new(content.legend, width - 2.0 * MARGIN, size, &theme, fonts);
        Ok(Self { look, fonts, names, heights, bottom, legend, overhang, axis })
    }

    /// Changes the legend, which does not change the rows.
    pub(super) fn set_legend(&mut self, items: Vec<(Symbol, String)>) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let width = self.look.points() - 2.0 * MARGIN;
        self.legend = Legend::new(items, width, size, &theme, self.fonts);
    }

    /// Draws names, grid, axis and legend of all rows on one page; `row` draws the marks of row `i`,
    /// given the height of its middle and half the row's height.
    pub(super) fn draw(
        &self,
        title: &str,
        desc: &str,
        labels: impl Fn(usize) -> String,
        row: impl FnMut(&mut Scene, usize, f64, f64),
    ) -> Scene {
        let page = Page { title, desc, rows: 0..self.heights.len(), number: None };
        self.page(&page, labels, row)
    }

    /// The rows of each of the pages of at most `height` points, every page with axis and legend.
    pub(super) fn pages(&self, height: f64) -> Result<Vec<Range<usize>>, FigureError> {
        breaks(&self.heights, height, height - self.top() - self.below())
    }

    /// From the edge of the page to the first row.
    fn top(&self) -> f64 {
        MARGIN + 0.3 * self.look.size()
    }

    /// From the last row to the edge of the page.
    fn below(&self) -> f64 {
        self.bottom.height() + 0.4 * self.look.size() + self.legend.height() + MARGIN
    }

    /// Draws some of the rows.
    pub(super) fn page(
        &self,
        page: &Page<'_>,
        labels: impl Fn(usize) -> String,
        mut row: impl FnMut(&mut Scene, usize, f64, f64),
    ) -> Scene {
        let size = self.look.size();
        let top = self.top();
        let heights = self.heights.get(page.rows.clone()).unwrap_or_default();
        let body: f64 = heights.iter().sum();
        let height = top + body + self.below();
        let mut scene = Scene::new(self.look.points(), height, page.title, page.desc);
        scene.page = page.number;
        self.guides(&mut scene, heights, top);
        let mut y = top;
        for ((i, height), name) in
            page.rows.clone().zip(heights).zip(self.names.iter().skip(page.rows.start))
        {
            let middle = y + 0.5 * height;
            scene.group(Role::Row, Some(labels(i)), |scene| {
                self.name(scene, name, middle);
                row(scene, i, middle, 0.5 * height);
            });
            y += height;
        }
        self.bottom.draw(&mut scene, top + body);
        let legend_top = top + body + self.bottom.height() + 0.4 * size;
        self.legend.draw(&mut scene, (MARGIN, legend_top));
        scene
    }

    /// Grid, rules between rows, stripes.
    fn guides(&self, scene: &mut Scene, heights: &[f64], top: f64) {
        let theme = self.look.theme();
        let body: f64 = heights.iter().sum();
        let (left, right) = self.axis.ends();
        let (left, right) = (left - self.overhang, right + self.overhang);
        scene.group(Role::Guide, None, |scene| {
            if let Some(fill) = theme.stripe {
                let mut y = top;
                for (i, height) in heights.iter().enumerate() {
                    if i % 2 == 1 {
                        scene.rect((left, y), right - left, *height, Paint::fill(fill));
                    }
                    y += height;
                }
            }
            if let Some(grid) = theme.grid {
                for x in self.bottom.ticks() {
                    scene.line((x, top), (x, top + body), Stroke::new(grid, 0.5));
                }
            }
            let mut y = top;
            let light = theme.grid.unwrap_or(theme.muted.with_alpha(60));
            for height in heights.iter().take(heights.len().saturating_sub(1)) {
                y += height;
                scene.line((MARGIN, y), (right, y), Stroke::new(light, 0.5));
            }
        });
    }

    /// The name of a row and what stands under it, around the middle of the row.
    fn name(&self, scene: &mut Scene, (text, under): &(Vec<Rich>, Vec<Rich>), middle: f64) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let lines = text.len() as f64 * size + under.len() as f64 * (size - 1.0);
        let mut at = middle - 0.5 * LEADING * lines;
        let both = text
            .iter()
            .map(|t| (t, size, theme.ink))
            .chain(under.iter().map(|t| (t, size - 1.0, theme.muted)));
        for (line, size, ink) in both {
            let base = at + (0.5 * LEADING + 0.36) * size;
            scene.text((MARGIN, base), Anchor::Start, size, line.clone(), ink);
            at += LEADING * size;
        }
    }
}

/// A page of rows.
pub(super) struct Page<'p> {
    pub(super) title: &'p str,
    pub(super) desc: &'p str,
    /// Which rows.
    pub(super) rows: Range<usize>,
    /// Which page of how many, where there are several.
    pub(super) number: Option<(usize, usize)>,
}

/// Which rows each page takes, if the rows of a page `height` points high may fill `room` of it.
pub(super) fn breaks(
    heights: &[f64],
    height: f64,
    room: f64,
) -> Result<Vec<Range<usize>>, FigureError> {
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    if room < tallest {
        let (given, needed) = (height, height - room + tallest);
        let given = (given / POINTS_PER_MM * 10.0).round() / 10.0;
        return Err(FigureError::PageTooLow { given, needed: (needed / POINTS_PER_MM).ceil() });
    }
    let (mut pages, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (i, height) in heights.iter().enumerate() {
        if used + height > room {
            pages.push(start..i);
            (start, used) = (i, 0.0);
        }
        used += height;
    }
    pages.push(start..heights.len());
    Ok(pages)
}
