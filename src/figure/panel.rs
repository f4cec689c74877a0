//! A panel with two axes, drawn by plotters in the type and the ticks of all figures.

use std::ops::Range;

use plotters::{
    chart::{ChartBuilder, ChartContext},
    coord::{
        Shift,
        cartesian::Cartesian2d,
        ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter},
    },
    drawing::{DrawingArea, IntoDrawingArea},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon},
    style::{Color as _, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle},
};

use super::{
    Axis, Colour, FAMILY, FigureError, Fonts, Numbers, POINTS_PER_MM, Paint, Place, Rich, Role,
    Scene, Stroke, Theme,
    backend::{Canvas, Dash, UNITS},
};

/// The least width and height of a panel without its labels.
const PLOT: f64 = 20.0 * POINTS_PER_MM;

/// Space around a figure with a panel.
pub(super) const MARGIN: f64 = 4.0;

/// The values along one side of a panel.
#[derive(Clone, Debug)]
pub(super) struct Side {
    axis: Axis,
    /// Whether values grow from right to left, or downwards.
    reversed: bool,
    ticks: Vec<(f64, String)>,
    pub(super) title: String,
}

impl Side {
    /// A side with at most `most` ticks; the ends of `axis` do not matter.
    pub(super) fn new(axis: Axis, numbers: Numbers, most: usize, title: impl Into<String>) -> Self {
        let axis = axis.between(0.0, 1.0);
        Self { axis, reversed: false, ticks: axis.ticks(numbers, most), title: title.into() }
    }

    /// A side whose labels say something else than the values: rates on a logit side.
    pub(super) fn labelled(
        axis: Axis,
        ticks: Vec<(f64, String)>,
        title: impl Into<String>,
    ) -> Self {
        Self { axis: axis.between(0.0, 1.0), reversed: false, ticks, title: title.into() }
    }

    /// The same side, growing the other way.
    pub(super) fn reversed(self) -> Self {
        Self { reversed: !self.reversed, ..self }
    }

    fn share(&self, value: f64) -> f64 {
        let share = self.axis.clamped(value);
        if self.reversed { 1.0 - share } else { share }
    }

    /// The values at its ends.
    pub(super) const fn ends(&self) -> (f64, f64) {
        self.axis.limits()
    }

    /// The values at the ticks with their labels.
    pub(super) fn ticks(&self) -> &[(f64, String)] {
        &self.ticks
    }

    /// The width of its widest label.
    fn widest(&self, fonts: &Fonts<'_>, size: f64) -> f64 {
        let width = |tick: &(f64, String)| fonts.width(&Rich::plain(tick.1.as_str()), size);
        self.ticks.iter().map(width).fold(0.0, f64::max)
    }

    /// Whether a value lies on the side.
    pub(super) fn holds(&self, value: f64) -> bool {
        matches!(self.axis.place(value), Place::At(_))
    }
}

impl Ranged for Side {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let (from, to) = (f64::from(limit.0), f64::from(limit.1));
        // Between two i32 values.
        #[allow(clippy::cast_possible_truncation)]
        let place = self.share(*value).mul_add(to - from, from).round() as i32;
        place
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.iter().map(|tick| tick.0).collect()
    }

    fn range(&self) -> Range<f64> {
        let (lower, upper) = self.axis.limits();
        lower..upper
    }
}

impl ValueFormatter<f64> for Side {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|tick| tick.0 == *value);
        tick.map(|tick| tick.1.clone()).unwrap_or_default()
    }
}

type Chart<'a, 'c> = ChartContext<'a, Canvas<'c>, Cartesian2d<Side, Side>>;

/// What the marks of a panel are drawn with, at values of its axes.
pub(super) struct Marks<'m, 'a, 'c> {
    chart: &'m mut Chart<'a, 'c>,
    dash: Dash,
}

/// Whether plotters could draw, or what it said.
pub(super) type Drawn = Result<(), String>;

impl Marks<'_, '_, '_> {
    /// A line through points; fewer than two make none.
    pub(super) fn line(&mut self, points: Vec<(f64, f64)>, stroke: Stroke) -> Drawn {
        if points.len() < 2 {
            return Ok(());
        }
        self.dash.set(stroke.dash);
        let drawn = self.draw(PathElement::new(points, pen(stroke.colour, stroke.width)));
        self.dash.set(None);
        drawn
    }

    /// A filled polygon.
    pub(super) fn polygon(&mut self, points: Vec<(f64, f64)>, colour: Colour) -> Drawn {
        self.draw(Polygon::new(points, shade(colour).filled()))
    }

    /// A circle of a radius in points.
    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, paint: Paint) -> Drawn {
        if let Some(fill) = paint.fill {
            self.draw(Circle::new(at, units(radius), shade(fill).filled()))?;
        }
        if let Some(Stroke { colour, width, .. }) = paint.stroke {
            self.draw(Circle::new(at, units(radius), pen(colour, width)))?;
        }
        Ok(())
    }

    fn draw<E>(&mut self, element: E) -> Drawn
    where
        for<'b> &'b E: PointCollection<'b, (f64, f64)>,
        E: for<'c> Drawable<Canvas<'c>>,
    {
        self.chart.draw_series(std::iter::once(element)).map(drop).map_err(|e| e.to_string())
    }
}

/// A panel's place and look.
pub(super) struct Panel<'p> {
    pub(super) fonts: &'p Fonts<'p>,
    pub(super) theme: Theme,
    pub(super) size: f64,
    /// Left, top, right and bottom edge, with labels and titles.
    pub(super) edges: (f64, f64, f64, f64),
    /// Room right of the panel for labels.
    pub(super) room_right: f64,
    /// What it shows, in words.
    pub(super) label: String,
}

/// Where a panel's values lie on the page, once it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    x: Side,
    y: Side,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    /// The place of a value of the horizontal axis.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.x.share(value).mul_add(self.right - self.left, self.left)
    }

    /// The place of a value of the vertical axis.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.y.share(value).mul_add(self.top - self.bottom, self.bottom)
    }

    /// The place of a pair of values.
    pub(super) fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x(x), self.y(y))
    }

    /// Left, top, right, bottom.
    pub(super) const fn edges(&self) -> (f64, f64, f64, f64) {
        (self.left, self.top, self.right, self.bottom)
    }
}

/// A colour for plotters.
fn shade(colour: Colour) -> RGBAColor {
    let (r, g, b) = colour.parts();
    RGBAColor(r, g, b, colour.opacity())
}

/// A line style for plotters, its width in points.
fn pen(colour: Colour, width: f64) -> ShapeStyle {
    shade(colour).stroke_width(units(width))
}

/// Points as plotters' whole units.
fn units(points: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = (points * UNITS).round().clamp(0.0, f64::from(i32::MAX)) as u32;
    whole
}

impl Panel<'_> {
    /// Draws axes, grid and titles, then the marks; says where values lie.
    pub(super) fn draw(
        &self,
        scene: &mut Scene,
        x: Side,
        y: Side,
        marks: impl FnOnce(&mut Marks<'_, '_, '_>) -> Drawn,
    ) -> Result<Frame, FigureError> {
        let wrong = |reason: String| FigureError::Writer { format: "panel", reason };
        scene.group(Role::Plot, Some(self.label.clone()), |scene| {
            let dash = Dash::default();
            let canvas = Canvas { scene, fonts: self.fonts, dash: Dash::clone(&dash) };
            self.chart(&canvas.into_drawing_area(), dash, x, y, marks).map_err(wrong)
        })
    }

    /// The room over the panel.
    const fn over(&self) -> f64 {
        0.5 * self.size
    }

    /// The room left of, under and right of the panel.
    fn around(&self, x: &Side, y: &Side) -> (f64, f64, f64) {
        let size = self.size;
        let title = if y.title.is_empty() { 0.0 } else { 1.5 * size };
        let left = y.widest(self.fonts, size) + title + 3.0 + 0.6 * size;
        // The last label of the x axis may reach beyond the plot by half its width.
        let last = x
            .ticks
            .last()
            .map_or(0.0, |tick| 0.5 * self.fonts.width(&Rich::plain(tick.1.as_str()), size));
        (left, 3.0 + 2.9 * size, last.max(1.0).max(self.room_right))
    }

    /// The least width and height between its edges at which its labels have room.
    pub(super) fn least(&self, x: &Side, y: &Side) -> (f64, f64) {
        let (left, under, right) = self.around(x, y);
        let across = x.ticks.len() as f64 * (x.widest(self.fonts, self.size) + 0.5 * self.size);
        let down = y.ticks.len() as f64 * 1.1 * self.size;
        (left + across.max(PLOT) + right, self.over() + down.max(PLOT) + under)
    }

    fn chart(
        &self,
        root: &DrawingArea<Canvas<'_>, Shift>,
        dash: Dash,
        x: Side,
        y: Side,
        marks: impl FnOnce(&mut Marks<'_, '_, '_>) -> Drawn,
    ) -> Result<Frame, String> {
        let (left, top, right, bottom) = self.edges;
        let size = self.size;
        let (y_labels, x_labels, beyond) = self.around(&x, &y);
        let (x_title, y_title) = (x.title.clone(), y.title.clone());
        let sides = (x.clone(), y.clone());
        let area = root
            .margin(0, 0, 0, 0)
            .shrink((units(left), units(top)), (units(right - left), units(bottom - top)));
        let mut chart = ChartBuilder::on(&area)
            .margin_right(units(beyond))
            .margin_top(units(self.over()))
            .x_label_area_size(units(x_labels))
            .y_label_area_size(units(y_labels))
            .build_cartesian_2d(x, y)
            .map_err(|e| e.to_string())?;
        let font =
            |style| -> TextStyle<'_> { (FontFamily::Name(FAMILY), size * UNITS, style).into() };
        let ink = shade(self.theme.ink);
        let label = font(FontStyle::Normal).color(&ink);
        let mut mesh = chart.configure_mesh();
        mesh.axis_style(pen(self.theme.rule, 0.6))
            .label_style(label.clone())
            .axis_desc_style(label)
            .set_all_tick_mark_size(units(3.0))
            .light_line_style(shade(Colour::WHITE.with_alpha(0)))
            .x_max_light_lines(0)
            .y_max_light_lines(0)
            .x_desc(x_title)
            .y_desc(y_title);
        match self.theme.grid {
            Some(grid) => {
                mesh.bold_line_style(pen(grid, 0.5));
            }
            None => {
                mesh.disable_mesh();
            }
        }
        mesh.draw().map_err(|e| e.to_string())?;
        marks(&mut Marks { chart: &mut chart, dash })?;
        let (across, down) = chart.plotting_area().get_pixel_range();
        let points = |units: i32| f64::from(units) / UNITS;
        Ok(Frame {
            x: sides.0,
            y: sides.1,
            left: points(across.start),
            top: points(down.start),
            // The last unit belongs to the panel; plotters' ranges end behind it.
            right: points(across.end),
            bottom: points(down.end),
        })
    }
}
