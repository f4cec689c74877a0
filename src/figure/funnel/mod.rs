//! Funnel plots: do small studies find other values than large ones?
//!
//! For proportions the standard error depends on the proportion itself, so that a funnel of it
//! leans even without any bias (Hunter et al. 2014); the default is the number of patients.

mod input;

pub use super::labels::Labels;
pub use input::{Funnel, Point};

use input::describe;

use super::{
    Axis, Colour, FigureError, Fonts, Look, Numbers, Paint, Scale, Scene, Spread, Stroke, Style,
    Theme,
    axis::{linear, nice_limits},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{CORRECTED, padded, range, room_for_ticks},
    legend::Symbol,
    number::fixed,
    panel::{Drawn, Marks, Side},
    sheet::{Plan, Sheet},
};
use crate::model::{Model, Settings};

/// What stands on the vertical axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The number of patients, on a log axis.
    #[default]
    Size,
    /// One over the number of patients, 0 on top.
    InverseSize,
    /// The standard error, 0 on top.
    Se,
}

/// The choices of a funnel plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The look.
    pub style: Style,
    /// The width in mm.
    pub width: f64,
    /// Percent, proportion, per 1000.
    pub scale: Scale,
    /// The vertical axis; the standard error if a study has no number of patients.
    pub against: Against,
    /// Shades where a study would differ from this value (analysis scale) with p < .10, .05, .01;
    /// needs the standard error on the vertical axis.
    pub contours: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            style: Style::default(),
            width: 85.0,
            scale: Scale::default(),
            against: Against::default(),
            contours: None,
        }
    }
}

impl Options {
    /// The choices that suit a model: where its measure has a value of no effect, contours of tests
    /// against it, over the standard error.
    #[must_use]
    pub fn suited(settings: &Settings) -> Self {
        let contours = match settings.model {
            Model::TwoStep(choices) => choices.measure.null().map(|null| choices.measure.of(null)),
            Model::MantelHaenszel { measure, .. } => measure.null().map(|null| measure.of(null)),
            Model::Peto | Model::TwoGroupGlmm { .. } => Some(0.0),
            Model::Glmm { .. } | Model::BetaBinomial { .. } | Model::RateGlmm { .. } => None,
        };
        let against = if contours.is_some() { Against::Se } else { Against::default() };
        Self { against, contours, ..Self::default() }
    }
}

/// The two-sided normal quantiles of .10, .05 and .01 with the shade between each and the next.
const LEVELS: [(f64, f64, u32); 3] = [
    (1.644_853_626_951_472_2, 0.10, 0x00d5_dde5),
    (1.959_963_984_540_054, 0.05, 0x00e4_e9ee),
    (2.575_829_303_548_900_4, 0.01, 0x00f4_f6f8),
];
/// The quantile of the pseudo-limits.
const LIMITS: f64 = 1.959_963_984_540_054;

/// Draws a funnel plot.
///
/// # Errors
/// [`FigureError::Empty`] without a study that has an effect.
pub fn funnel(input: &Funnel, options: &Options, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let points: Vec<&Point> = input
        .points
        .iter()
        .filter(|p| p.yi.is_finite() && p.se.is_finite() && p.se > 0.0)
        .collect();
    if points.is_empty() {
        return Err(FigureError::Empty { what: "no study has an effect with a standard error" });
    }
    let sized = points.iter().all(|p| p.filled || p.size.is_some_and(|n| n >= 1.0));
    let any_filled = points.iter().any(|p| p.filled);
    let against = if sized && !any_filled { options.against } else { Against::Se };
    let look = Look { style: options.style, width: options.width, scale: options.scale };
    let (theme, size, width) = (look.theme(), look.size(), look.points());
    let contours = options.contours.filter(|_| against == Against::Se);

    let limits = input.centre.filter(|_| {
        contours.is_none() && (against == Against::Se || input.labels == Labels::Logit)
    });
    let values = points.iter().map(|p| p.yi).chain(input.centre).chain(input.adjusted);
    let ends = range(values.chain(contours));
    let ends = limits.map_or(ends, |centre| both_sides(ends, centre, against, &points));
    let ticks = room_for_ticks(width, size);
    let x = input.labels.side(&input.effect, &look, padded(ends, 0.06), ticks)?;
    let height_of = |p: &Point| match against {
        Against::Size => p.size.unwrap_or(1.0),
        Against::InverseSize => 1.0 / p.size.unwrap_or(1.0),
        Against::Se => p.se,
    };
    let y = vertical(against, &points, height_of, theme.mark)?;

    let mut items = legend(input, any_filled, limits.is_some(), contours.is_some(), &theme);
    let many = points.len() > MOST_MARKS;
    let desc = describe(input, &points, (&x.title, &y.title), &look);
    let plan = Plan { title: "Funnel plot", desc, height: 0.72, room_right: 0.0, room_top: 0.0 };
    let (x_side, y_side) = (x.clone(), y.clone());
    let mut lines = Vec::new();
    if let Some(centre) = limits {
        for side in [-1.0, 1.0] {
            let mut curve = limit_curve(centre, side, against, &y_side);
            curve.retain(|&(x, _)| x_side.holds(x));
            lines.push((curve, Stroke::dashed(theme.muted, 0.7, (2.4, 1.8))));
        }
    }
    if let Some(centre) = input.centre {
        let (from, to) = y_side.ends();
        lines.push((vec![(centre, from), (centre, to)], Stroke::new(theme.random, 1.0)));
    }
    if let Some(adjusted) = input.adjusted {
        let (from, to) = y_side.ends();
        let line = Stroke::dashed(theme.random, 1.0, FILLED);
        lines.push((vec![(adjusted, from), (adjusted, to)], line));
    }
    let inside = theme.square.with_alpha(215);
    let odd = |p: &&&Point| p.corrected && !p.filled;
    let mut sheet = Sheet::new(plan, look, fonts, (x, y), |marks| {
        if let Some(value) = contours {
            shade_contours(marks, &x_side, &y_side, value)?;
        }
        for (line, stroke) in lines.iter().filter(|_| !many) {
            marks.line(line.clone(), *stroke)?;
        }
        for p in points.iter().filter(|p| !many && !odd(p)) {
            let inside = if p.filled { Colour::WHITE } else { inside };
            let edge = if p.filled { theme.square } else { theme.interval };
            let paint = Paint::both(inside, Stroke::new(edge, 0.6));
            marks.circle((p.yi, height_of(p)), 2.5, paint)?;
        }
        Ok(())
    })?;
    if many {
        let frame = &sheet.frame;
        let places: Vec<_> = points.iter().map(|p| frame.at((p.yi, height_of(p)))).collect();
        let hexagons = Hexagons::new(&places, 0.35 * size);
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        for (line, stroke) in &lines {
            sheet.line(line, *stroke);
        }
        items.splice(..1, hexagons.legend(&theme));
    } else if points.iter().any(|p| odd(&p)) {
        let places: Vec<_> =
            points.iter().filter(odd).map(|p| sheet.frame.at((p.yi, height_of(p)))).collect();
        let paint = Paint::both(inside, Stroke::new(theme.interval, 0.6));
        sheet.triangles(&places, 3.2, paint);
        items.insert(1, (Symbol::Triangle(paint), CORRECTED.to_owned()));
    }
    for p in points.iter().filter(|p| !many && !p.filled) {
        sheet.target((p.yi, height_of(p)), &p.label);
    }
    Ok(sheet.legend(items))
}

/// What the marks and lines mean.
fn legend(
    input: &Funnel,
    any_filled: bool,
    limits: bool,
    contours: bool,
    theme: &Theme,
) -> Vec<(Symbol, String)> {
    let mut items = vec![(Symbol::Dot(Paint::fill(theme.square)), "study".to_owned())];
    if any_filled {
        let paint = Paint::both(Colour::WHITE, Stroke::new(theme.square, 0.8));
        items.push((Symbol::Dot(paint), "added by trim and fill".to_owned()));
    }
    if input.centre.is_some() {
        let line = Stroke::new(theme.random, 1.0);
        items.push((Symbol::Line(line), "pooled value".to_owned()));
    }
    if input.adjusted.is_some() {
        let line = Stroke::dashed(theme.random, 1.0, FILLED);
        items.push((Symbol::Line(line), "with added studies".to_owned()));
    }
    if limits {
        let line = Stroke::dashed(theme.muted, 0.7, (2.4, 1.8));
        items.push((Symbol::Line(line), "95% limits if only chance were at work".to_owned()));
    }
    if contours {
        items.extend(LEVELS.map(|(_, p, shade)| {
            let p = fixed(p, 2, theme.mark);
            let p = if theme.leading_zero { p.as_str() } else { p.trim_start_matches('0') };
            let edge = Stroke::new(theme.rule, 0.3);
            (
                Symbol::Patch(Paint::both(Colour::hex(shade), edge)),
                format!("{} < {p}", theme.p_letter),
            )
        }));
    }
    items
}

/// The dashes of the pooled value with added studies.
const FILLED: (f64, f64) = (4.0, 2.0);

/// The ends of the horizontal axis with room for both limits, as far as the studies reach on either
/// side.
fn both_sides(
    (low, high): (f64, f64),
    centre: f64,
    against: Against,
    points: &[&Point],
) -> (f64, f64) {
    let se = |p: &&Point| match against {
        Against::Se => p.se,
        Against::Size | Against::InverseSize => {
            let q = 1.0 / (1.0 + centre.exp());
            1.0 / (p.size.unwrap_or(1.0) * q * (1.0 - q)).sqrt()
        }
    };
    let widest = LIMITS * points.iter().map(se).fold(0.0, f64::max);
    let reach = widest.min((high - centre).max(centre - low));
    (low.min(centre - reach), high.max(centre + reach))
}

fn vertical(
    against: Against,
    points: &[&Point],
    height_of: impl Fn(&Point) -> f64,
    mark: char,
) -> Result<Side, FigureError> {
    let (low, high) = range(points.iter().map(|p| height_of(p)));
    let numbers = Numbers::new(Scale::Plain, None, mark, 1.0);
    match against {
        Against::Size => {
            let (low, high) = (low / 1.25, high * 1.25);
            let axis = Axis::new(Spread::Log, (low, high), (0.0, 1.0))?;
            Ok(Side::new(axis, numbers, 8, "Number of patients (log axis)"))
        }
        Against::InverseSize | Against::Se => {
            let (_, top) = nice_limits(Spread::Linear, 0.0, high * 1.04, false);
            let axis = Axis::new(Spread::Linear, (0.0, top), (0.0, 1.0))?;
            let title =
                if against == Against::Se { "Standard error" } else { "1 / number of patients" };
            let values = linear(0.0, top, 6);
            let digits = if top < 0.1 { 3 } else { 2 };
            let ticks = values.into_iter().map(|v| (v, fixed(v, digits, mark))).collect();
            Ok(Side::labelled(axis, ticks, title).reversed())
        }
    }
}

/// The limits within which 95% of studies fall if they all estimate the centre.
fn limit_curve(centre: f64, side: f64, against: Against, y: &Side) -> Vec<(f64, f64)> {
    let p = 1.0 / (1.0 + (-centre).exp());
    let (from, to) = y.ends();
    (0..=160)
        .map(|i| {
            let share = f64::from(i) / 160.0;
            let height = match against {
                Against::Size => (from.ln() + share * (to.ln() - from.ln())).exp(),
                Against::InverseSize | Against::Se => from + share * (to - from),
            };
            let se = match against {
                Against::Size => 1.0 / (height * p * (1.0 - p)).sqrt(),
                Against::InverseSize => (height / (p * (1.0 - p))).sqrt(),
                Against::Se => height,
            };
            (centre + side * LIMITS * se, height)
        })
        .collect()
}

/// Shades the regions between the quantiles, both sides of a value.
fn shade_contours(marks: &mut Marks<'_, '_, '_>, x: &Side, y: &Side, value: f64) -> Drawn {
    let (_, deep) = y.ends();
    let (left, right) = x.ends();
    // Every region reaches to the edge of the panel; the next one covers its outer part.
    for (quantile, _, shade) in LEVELS {
        for (side, edge) in [(-1.0, left), (1.0, right)] {
            // Where the contour leaves the panel, if it does.
            let depth = ((edge - value) * side / quantile).clamp(0.0, deep);
            let corners = vec![
                (value, 0.0),
                (value + side * quantile * depth, depth),
                (edge, depth),
                (edge, 0.0),
            ];
            marks.polygon(corners, Colour::hex(shade))?;
        }
    }
    Ok(())
}
