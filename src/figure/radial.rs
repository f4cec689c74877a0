//! Radial (Galbraith) plots: which studies lie further from the common value than chance allows?
//!
//! Galbraith 1988: each study stands at its precision `1/√vᵢ` and at its distance from the common
//! value in standard errors. A line from the middle of the left side through a study ends at its
//! value on the right side; chance alone keeps 95 % of studies in the band.

use super::{
    Anchor, Axis, FigureError, Fonts, Labels, Look, Numbers, Paint, Rich, Role, Scale, Scene,
    Shape, Spread, Stroke, Text,
    axis::nice_limits,
    behind::{cell, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{range, room_for_ticks},
    legend::Symbol,
    naming::{Name, Naming},
    sheet::{Plan, Sheet},
};
use crate::model::Fit;

/// The content of a radial plot, on the analysis scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Radial {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the analysis scale is labelled.
    pub labels: Labels,
    /// The studies.
    pub points: Vec<Point>,
    /// The common value around which they are drawn.
    pub centre: f64,
}

/// A study in a radial plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its effect.
    pub yi: f64,
    /// Its standard error.
    pub se: f64,
}

/// Half the height of the band: 95 % of a normal distribution.
const BAND: f64 = 1.959_963_984_540_054;

impl TryFrom<&Fit> for Radial {
    type Error = FigureError;

    fn try_from(fit: &Fit) -> Result<Self, FigureError> {
        let random = || fit.random.as_ref().and_then(|random| random.pooled.yi);
        let centre = fit.common.as_ref().and_then(|common| common.yi).or_else(random);
        let labels = Labels::of(&fit.settings);
        Ok(Self {
            effect: labels.effect().to_owned(),
            labels,
            points: fit
                .studies
                .iter()
                .map(|s| Point { label: s.study.to_owned(), yi: s.yi, se: s.vi.sqrt() })
                .collect(),
            centre: centre.ok_or(FigureError::Empty { what: "the common value is not finite" })?,
        })
    }
}

impl Radial {
    /// The numbers behind the figure as CSV: name, effect, standard error, and where it is drawn.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = ["label", "yi", "se", "precision", "standardised"];
        let rows = self.points.iter().map(|p| {
            let (x, y) = p.place(self.centre);
            vec![p.label.clone(), cell(p.yi), cell(p.se), cell(x), cell(y)]
        });
        table(&head, rows)
    }
}

impl Point {
    /// Precision, and distance from the common value in standard errors.
    fn place(&self, centre: f64) -> (f64, f64) {
        (1.0 / self.se, (self.yi - centre) / self.se)
    }
}

/// Draws a radial plot.
///
/// # Errors
/// [`FigureError::Empty`] without a study that has an effect with a standard error.
///
/// ```
/// use resorb::{figure::{Fonts, Look, radial::{Radial, radial}}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let scene = radial(&Radial::try_from(&fit)?, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.starts_with("Radial"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn radial(input: &Radial, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let points: Vec<(&Point, (f64, f64))> = input
        .points
        .iter()
        .filter(|p| p.yi.is_finite() && p.se.is_finite() && p.se > 0.0)
        .map(|p| (p, p.place(input.centre)))
        .collect();
    if points.is_empty() {
        return Err(FigureError::Empty { what: "no study has an effect with a standard error" });
    }
    let (theme, size) = (look.theme(), look.size());
    let (_, right) = range(points.iter().map(|p| p.1.0));
    let (low, high) = range(points.iter().map(|p| p.1.1).chain([-2.5, 2.5]));
    let pad = 0.05 * (high - low);
    let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let (_, right) = nice_limits(Spread::Linear, 0.0, 1.04 * right, false);
    let x = super::panel::Side::new(
        Axis::new(Spread::Linear, (0.0, right), (0.0, 1.0))?,
        numbers,
        room_for_ticks(look.points(), size),
        "Precision (1 / standard error)",
    );
    let y = super::panel::Side::new(
        Axis::new(Spread::Linear, (low - pad, high + pad), (0.0, 1.0))?,
        numbers,
        6,
        "Distance from the common value (standard errors)",
    );
    // What the right side says: the value that a line from the left middle points to.
    let value = |height: f64| input.centre + height / right;
    let ends = (value(low - pad), value(high + pad));
    let scale = input.labels.side(&input.effect, look, ends, 8)?;
    let widest = scale
        .ticks()
        .iter()
        .map(|tick| fonts.width(&Rich::plain(tick.1.as_str()), size))
        .fold(0.0, f64::max);
    let outside = points.iter().filter(|p| p.1.1.abs() > BAND).count();
    let plan = Plan {
        title: "Radial plot",
        desc: format!(
            "Radial (Galbraith) plot of {} studies around the common value of {}; {outside} lie \
             outside the band that holds 95% of studies if only chance is at work.",
            points.len(),
            Numbers::new(input.labels.scale(look), None, '.', 1.0)
                .value(input.labels.shown(input.centre)),
        ),
        height: 0.78,
        room_right: 3.0 + 0.5 * size + widest + 1.5 * size,
        room_top: 0.0,
    };
    let many = points.len() > MOST_MARKS;
    let dashed = Stroke::dashed(theme.muted, 0.7, (2.4, 1.8));
    let lines = [(-BAND, dashed), (BAND, dashed), (0.0, Stroke::new(theme.random, 1.0))];
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        let band = vec![(0.0, -BAND), (0.0, BAND), (right, BAND), (right, -BAND)];
        marks.polygon(band, theme.prediction.with_alpha(26))?;
        // Lines from the left middle to the ticks of the right side: how a value is read.
        for (value, _) in scale.ticks() {
            let end = (value - input.centre) * right;
            marks.line(
                vec![(0.0, 0.0), (right, end)],
                Stroke::new(theme.rule.with_alpha(45), 0.4),
            )?;
        }
        for (height, stroke) in lines.iter().filter(|_| !many) {
            marks.line(vec![(0.0, *height), (right, *height)], *stroke)?;
        }
        for (_, at) in points.iter().filter(|_| !many) {
            let edge = Stroke::new(theme.interval, 0.6);
            marks.circle(*at, RADIUS, Paint::both(theme.square.with_alpha(215), edge))?;
        }
        Ok(())
    })?;
    right_scale(&mut sheet, &scale, |y| (y - input.centre) * right, look);
    let places: Vec<_> = points.iter().map(|p| sheet.frame.at(p.1)).collect();
    let mut items = vec![(
        Symbol::Dot(Paint::both(theme.square, Stroke::new(theme.interval, 0.6))),
        "study".to_owned(),
    )];
    if many {
        let hexagons = Hexagons::new(&places, 0.35 * size);
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        for (height, stroke) in lines {
            sheet.line(&[(0.0, height), (right, height)], stroke);
        }
        items = hexagons.legend(&theme);
    } else {
        let heights = lines.iter().map(|line| line.0);
        let rays = scale.ticks().iter().map(|(value, _)| (value - input.centre) * right);
        let guides: Vec<_> = heights
            .map(|h| ((0.0, h), (right, h)))
            .chain(rays.map(|h| ((0.0, 0.0), (right, h))))
            .collect();
        name_outside(&mut sheet, &points, &places, &guides, fonts, (size - 1.0, theme.muted));
    }
    items.push((Symbol::Line(Stroke::new(theme.random, 1.0)), "common value".to_owned()));
    let band =
        Paint::both(theme.prediction.with_alpha(26), Stroke::dashed(theme.muted, 0.5, (1.6, 1.2)));
    items.push((Symbol::Patch(band), "95% of studies, if only chance is at work".to_owned()));
    Ok(sheet.legend(items))
}

/// Writes the names of the studies outside the band, off the lines through the panel where there is
/// room.
fn name_outside(
    sheet: &mut Sheet<'_>,
    points: &[(&Point, (f64, f64))],
    places: &[super::Point],
    guides: &[(super::Point, super::Point)],
    fonts: &Fonts<'_>,
    (size, ink): (f64, super::Colour),
) {
    let frame = &sheet.frame;
    let lines: Vec<_> = guides.iter().map(|&(from, to)| (frame.at(from), frame.at(to))).collect();
    let names = outside_names(points, places);
    let marks: Vec<(super::Point, f64)> = places.iter().map(|&at| (at, RADIUS)).collect();
    let naming = Naming { fonts, size, ink, edges: frame.edges(), lines: &lines };
    naming.write(&mut sheet.scene, &names, &marks);
}

/// The names of the studies outside the band, the furthest out first.
fn outside_names<'p>(points: &[(&'p Point, (f64, f64))], places: &[super::Point]) -> Vec<Name<'p>> {
    let mut far: Vec<(f64, Name<'_>)> = points
        .iter()
        .zip(places)
        .filter(|((_, (_, height)), _)| height.abs() > BAND)
        .map(|((p, (_, height)), &at)| (height.abs(), Name { at, radius: RADIUS, text: &p.label }))
        .collect();
    far.sort_by(|a, b| b.0.total_cmp(&a.0));
    far.into_iter().map(|(_, name)| name).collect()
}

/// The radius of a study's circle.
const RADIUS: f64 = 2.5;

/// Draws the axis on the right side, with its title reading upwards.
fn right_scale(
    sheet: &mut Sheet<'_>,
    scale: &super::panel::Side,
    height: impl Fn(f64) -> f64,
    look: &Look,
) {
    let (theme, size) = (look.theme(), look.size());
    let frame = sheet.frame.clone();
    let stroke = Stroke::new(theme.rule, 0.6);
    sheet.scene.group(Role::Axis, None, |scene| {
        scene.line((frame.right, frame.top), (frame.right, frame.bottom), stroke);
        for (value, label) in scale.ticks() {
            let y = frame.y(height(*value));
            scene.line((frame.right, y), (frame.right + 3.0, y), stroke);
            let at = (frame.right + 3.0 + 0.4 * size, y + 0.36 * size);
            scene.text(at, Anchor::Start, size, Rich::plain(label.as_str()), theme.ink);
        }
        let right = scene.width - super::panel::MARGIN;
        scene.push(Shape::Text(Text {
            at: (right - 0.25 * size, 0.5 * (frame.top + frame.bottom)),
            anchor: Anchor::Middle,
            size,
            text: Rich::plain(scale.title.as_str()),
            colour: theme.ink,
            upwards: true,
        }));
    });
}
