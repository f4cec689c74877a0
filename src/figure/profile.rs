//! The profile of τ²: how sure the data are about the between-study variance.

use super::{
    Axis, FigureError, Fonts, Look, Numbers, Paint, Scale, Scene, Spread, Stroke,
    behind::{cell, table},
    labels::room_for_ticks,
    legend::Symbol,
    number::{percent, short},
    panel::Side,
    sheet::{Plan, Sheet},
};
use crate::model::Tau2Profile;

/// How far below the maximum the axis goes, in cuts.
const DEPTH: f64 = 2.6;

/// The numbers behind the figure as CSV: τ², log-likelihood.
#[must_use]
pub fn csv(input: &Tau2Profile) -> String {
    let rows = input.points.iter().map(|&(tau2, height)| vec![cell(tau2), cell(height)]);
    table(&["tau2", "log_likelihood"], rows)
}

/// Draws the profile log-likelihood of τ² below its maximum, with the cut that makes its interval.
///
/// # Errors
/// [`FigureError::Empty`] for a profile of fewer than two points.
///
/// ```
/// use resorb::{figure::{Fonts, Look, profile::profile}, model::{Settings, tau2_profile}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let input = tau2_profile(&studies, &Settings::two_step(), 60)?;
/// let scene = profile(&input, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("95% interval"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn profile(input: &Tau2Profile, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let last = input.points.last().map_or(0.0, |point| point.0);
    if input.points.len() < 2 || last <= 0.0 {
        return Err(FigureError::Empty { what: "the profile has no points" });
    }
    let (theme, size) = (look.theme(), look.size());
    let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let floor = -DEPTH * input.drop;
    let right = last;
    let x = Side::new(
        Axis::new(Spread::Linear, (0.0, right), (0.0, 1.0))?,
        numbers,
        room_for_ticks(look.points(), size),
        "Between-study variance τ²",
    );
    let kind = if input.restricted { "Restricted log-likelihood" } else { "Log-likelihood" };
    let y = Side::new(
        Axis::new(Spread::Linear, (floor, -0.08 * floor), (0.0, 1.0))?,
        numbers,
        6,
        format!("{kind} below its maximum"),
    );
    let level = percent(input.level, theme.mark);
    let words = |x: f64| short(x, 3, '.');
    let upper = input.upper.map_or_else(|| "no upper limit".to_owned(), words);
    let plan = Plan {
        title: "Profile of τ²",
        desc: format!(
            "{kind} of the between-study variance, largest at {}; its {} interval goes from {} to {upper}.",
            words(input.estimate),
            percent(input.level, '.'),
            words(input.lower),
        ),
        height: 0.7,
        room_right: 0.0,
        room_top: 0.0,
    };
    let below: Vec<(f64, f64)> =
        input.points.iter().map(|&(tau2, height)| (tau2, height - input.maximum)).collect();
    let shade = theme.prediction.with_alpha(30);
    let cut = Stroke::dashed(theme.muted, 0.7, (2.4, 1.8));
    let top = -0.08 * floor;
    let sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        let end = input.upper.unwrap_or(right).min(right);
        let corners = vec![(input.lower, floor), (input.lower, top), (end, top), (end, floor)];
        marks.polygon(corners, shade)?;
        marks.line(vec![(0.0, -input.drop), (right, -input.drop)], cut)?;
        for part in visible(&below, floor) {
            marks.line(part, Stroke::new(theme.square, 1.4))?;
        }
        let estimate = vec![(input.estimate, floor), (input.estimate, 0.0)];
        marks.line(estimate, Stroke::new(theme.random, 0.8))?;
        marks.circle((input.estimate, 0.0), 2.5, Paint::fill(theme.random))
    })?;
    let maximum = format!("maximum, τ² = {}", short(input.estimate, 3, theme.mark));
    Ok(sheet.legend(vec![
        (Symbol::Line(Stroke::new(theme.square, 1.4)), "profile".to_owned()),
        (Symbol::Line(cut), format!("cut of the {level} interval")),
        (Symbol::Patch(Paint::fill(shade)), format!("{level} interval")),
        (Symbol::Dot(Paint::fill(theme.random)), maximum),
    ]))
}

/// The parts of a curve above a floor, cut where they cross it.
fn visible(curve: &[(f64, f64)], floor: f64) -> Vec<Vec<(f64, f64)>> {
    let mut parts = Vec::new();
    let mut part: Vec<(f64, f64)> = Vec::new();
    let cross = |a: (f64, f64), b: (f64, f64)| {
        let share = (floor - a.1) / (b.1 - a.1);
        (a.0 + share * (b.0 - a.0), floor)
    };
    let mut last: Option<(f64, f64)> = None;
    for &point in curve {
        match (last, point.1 >= floor) {
            (Some(before), true) if before.1 < floor && before.1.is_finite() => {
                part = vec![cross(before, point), point];
            }
            (_, true) => part.push(point),
            (Some(before), false) if before.1 >= floor => {
                if point.1.is_finite() {
                    part.push(cross(before, point));
                }
                parts.push(std::mem::take(&mut part));
            }
            _ => {}
        }
        last = Some(point);
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_cut_where_it_crosses_the_floor() {
        let curve = [(0.0, -10.0), (1.0, 0.0), (2.0, -2.0), (3.0, -10.0), (4.0, -10.0)];
        let parts = visible(&curve, -5.0);
        assert_eq!(parts[0], [(0.5, -5.0), (1.0, 0.0), (2.0, -2.0), (2.375, -5.0)]);
        assert!(parts[1..].iter().all(Vec::is_empty));
    }
}
