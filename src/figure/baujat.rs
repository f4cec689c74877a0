//! Baujat plots: which studies make the heterogeneity, and which move the pooled value?
//! (Baujat et al. 2002)

use super::{
    Axis, FigureError, Fonts, Look, Numbers, Paint, Scale, Scene, Spread, Stroke,
    axis::nice_limits,
    behind::{cell, table},
    labels::{range, room_for_ticks},
    naming::{Name, Naming},
    number::short,
    panel::Side,
    sheet::{Plan, Sheet},
    words::studies,
};
use crate::analysis::BaujatPoint;

/// The content of a Baujat plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baujat {
    /// The studies.
    pub points: Vec<Point>,
}

/// A study in a Baujat plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its contribution to the heterogeneity statistic.
    pub x: f64,
    /// Its influence on the pooled value.
    pub y: f64,
}

impl From<&[BaujatPoint]> for Baujat {
    /// Studies without a second coordinate are left out.
    fn from(points: &[BaujatPoint]) -> Self {
        let drawn = points.iter().filter_map(|point| {
            Some(Point { label: point.study.clone(), x: point.x, y: point.y? })
        });
        Self { points: drawn.collect() }
    }
}

impl Baujat {
    /// The numbers behind the figure as CSV: name, x, y.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.points.iter().map(|p| vec![p.label.clone(), cell(p.x), cell(p.y)]);
        table(&["label", "x", "y"], rows)
    }
}

/// Draws a Baujat plot; the studies furthest out are named.
///
/// # Errors
/// [`FigureError::Empty`] without a study.
///
/// ```
/// use resorb::figure::{Fonts, Look, baujat::{Baujat, Point, baujat}};
/// let point = |label: &str, x, y| Point { label: label.into(), x, y };
/// let input = Baujat { points: vec![point("Bush", 1.2, 0.1), point("Lee", 95.0, 6.4)] };
/// let scene = baujat(&input, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("Lee"));
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
pub fn baujat(input: &Baujat, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let mut points: Vec<&Point> =
        input.points.iter().filter(|p| p.x.is_finite() && p.y.is_finite()).collect();
    let (_, right) = range(points.iter().map(|p| p.x));
    let (_, top) = range(points.iter().map(|p| p.y));
    // Furthest out by both axes together.
    let far = |p: &Point| (p.x / right).hypot(p.y / top);
    points.sort_by(|a, b| far(b).total_cmp(&far(a)));
    let Some(first) = points.first() else {
        return Err(FigureError::Empty { what: "no study has a contribution" });
    };
    let (theme, size) = (look.theme(), look.size());
    let side = |most: f64, ticks, title| {
        let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
        // The axes start a little below 0, so that studies there are seen whole.
        // Studies that agree to the last digit contribute nothing.
        let most = if most < 1e-6 { 1.0 } else { most };
        let (_, end) = nice_limits(Spread::Linear, 0.0, 1.04 * most, false);
        let axis = Axis::new(Spread::Linear, (-0.03 * end, end), (0.0, 1.0))?;
        Ok::<Side, FigureError>(Side::new(axis, numbers, ticks, title))
    };
    let ticks = room_for_ticks(look.points(), size);
    let x = side(right, ticks, "Contribution to the heterogeneity statistic")?;
    let y = side(top, 6, "Influence on the pooled value")?;
    let plan = Plan {
        title: "Baujat plot",
        desc: format!(
            "Baujat plot of {}; {} stands out most: it contributes {} to the heterogeneity \
             statistic and moves the pooled value by {} of its variance.",
            studies(points.len()),
            first.label,
            short(first.x, 2, '.'),
            short(first.y, 2, '.')
        ),
        height: 0.78,
        room_right: 0.0,
        room_top: 0.0,
    };
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        for p in &points {
            let paint = Paint::both(theme.square.with_alpha(215), Stroke::new(theme.interval, 0.6));
            marks.circle((p.x, p.y), RADIUS, paint)?;
        }
        Ok(())
    })?;
    let place = |p: &Point| sheet.frame.at((p.x, p.y));
    let marks: Vec<_> = points.iter().map(|p| (place(p), RADIUS)).collect();
    let names: Vec<Name<'_>> = points
        .iter()
        .take(NAMED)
        .map(|p| Name { at: place(p), radius: RADIUS, text: &p.label })
        .collect();
    let naming = Naming {
        fonts,
        size: size - 1.0,
        ink: theme.muted,
        edges: sheet.frame.edges(),
        lines: &[],
    };
    naming.write(&mut sheet.scene, &names, &marks);
    for p in &points {
        sheet.target((p.x, p.y), &p.label);
    }
    Ok(sheet.legend(Vec::new()))
}

/// The radius of a study's circle.
const RADIUS: f64 = 2.5;
/// How many studies are named.
const NAMED: usize = 8;
