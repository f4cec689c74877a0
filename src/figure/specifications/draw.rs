//! Drawing a specification curve.

use super::{Lines, Point, Specifications};
use crate::figure::{
    Anchor, Axis, Face, FigureError, Fonts, Look, Numbers, POINTS_PER_MM, Paint, Place, Rich, Role,
    Scene, Shape, Stroke, Theme,
    axis::nice_limits,
    labels::range,
    legend::{Legend, Symbol},
    number::percent,
    panel::MARGIN,
};

/// The height of the curve.
const CURVE: f64 = 52.0 * POINTS_PER_MM;
/// The narrowest curve.
const NARROWEST: f64 = 35.0 * POINTS_PER_MM;

/// Where everything stands.
struct Layout {
    left: f64,
    right: f64,
    top: f64,
    /// The height of a line of a choice.
    line: f64,
    /// The size of their letters.
    small: f64,
    /// The width of the place of an analysis.
    step: f64,
}

impl Layout {
    fn x(&self, place: usize) -> f64 {
        self.step.mul_add(place as f64 + 0.5, self.left)
    }
}

/// Draws a specification curve.
///
/// # Errors
/// [`FigureError::Empty`] without an analysis, [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::{
///     analysis::{Grid, multiverse},
///     figure::{Fonts, Look, specifications::{Specifications, specifications}},
///     model::Level,
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let all = multiverse(&studies, &Grid::default(), Level::default(), &mut |_, _| {})?;
/// let look = Look { width: 174.0, ..Look::default() };
/// let scene = specifications(&Specifications::new(&all, None), &look, &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("analyses"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn specifications(
    input: &Specifications,
    look: &Look,
    fonts: &Fonts<'_>,
) -> Result<Scene, FigureError> {
    let (theme, size, width) = (look.theme(), look.size(), look.points());
    let ends = input.points.iter().flat_map(|p| [p.lower, p.estimate, p.upper]);
    let (low, high) = range(ends.chain(input.value));
    if low > high {
        return Err(FigureError::Empty { what: "no analysis has a value" });
    }
    let small = size - 1.0;
    let text_width = |text: &str, face| fonts.width(&Rich::in_face(text, face), small);
    let names = input.choices.iter().map(|choice| text_width(&choice.name, Face::Bold));
    let levels = input
        .choices
        .iter()
        .flat_map(|choice| &choice.levels)
        .map(|(level, _)| text_width(level, Face::Regular) + 0.8 * size);
    let labels = names.chain(levels).fold(3.0 * size, f64::max);
    let (left, right) = (MARGIN + labels + 0.6 * size, width - MARGIN);
    if right - left < NARROWEST {
        let needed = (NARROWEST + width - (right - left)) / POINTS_PER_MM;
        return Err(FigureError::TooNarrow { given: look.width, needed: needed.ceil() });
    }
    let layout = Layout {
        left,
        right,
        top: MARGIN + 1.6 * size,
        line: 1.25 * small,
        small,
        step: (right - left) / input.points.len() as f64,
    };
    let limits = nice_limits(input.spread, low, high, look.scale.is_rate());
    let axis = Axis::new(input.spread, limits, (0.0, CURVE))?;
    let legend = Legend::new(symbols(input, &theme), width - 2.0 * MARGIN, size, &theme, fonts);
    let lines: usize = input.choices.iter().map(|choice| choice.levels.len() + 1).sum();
    let body = layout.line * lines as f64 + 0.4 * size * input.choices.len() as f64;
    let choices_top = layout.top + CURVE + 0.6 * size;
    let legend_top = choices_top + body + 0.6 * size;
    let height = legend_top + legend.height() + MARGIN;
    let mut scene = Scene::new(width, height, "Specification curve", describe(input, look));
    draw_axis(&mut scene, input, &axis, &layout, look);
    scene.group(Role::Plot, Some("estimates with their intervals".to_owned()), |scene| {
        for (place, point) in input.points.iter().enumerate() {
            draw_point(scene, *point, layout.x(place), &axis, &layout, &theme);
        }
    });
    draw_choices(&mut scene, &input.choices, choices_top, &layout, &theme);
    legend.draw(&mut scene, (MARGIN, legend_top));
    Ok(scene)
}

fn symbols(input: &Specifications, theme: &Theme) -> Vec<(Symbol, String)> {
    let mut items = vec![
        (Symbol::Dot(Paint::fill(theme.random)), "estimate".to_owned()),
        (
            Symbol::Line(Stroke::new(theme.interval, 0.8)),
            format!("{} CI", percent(input.level, theme.mark)),
        ),
    ];
    if input.points.iter().any(|point| point.flagged) {
        items.push((Symbol::Dot(Paint::fill(theme.muted)), "guidance advises against".to_owned()));
    }
    if input.value.is_some() {
        let stroke = Stroke::dashed(theme.reference, 0.8, (3.0, 2.0));
        items.push((Symbol::Line(stroke), "value compared".to_owned()));
    }
    if input.points.len() < input.total {
        let text = format!("{} of {} analyses, evenly by rank", input.points.len(), input.total);
        items.push((Symbol::Patch(Paint::default()), text));
    }
    items
}

fn draw_axis(scene: &mut Scene, input: &Specifications, axis: &Axis, layout: &Layout, look: &Look) {
    let (theme, size) = (look.theme(), look.size());
    let numbers = Numbers::new(look.scale, None, theme.mark, axis.limits().1.abs());
    let bottom = layout.top + CURVE;
    scene.group(Role::Axis, None, |scene| {
        let title = Rich::plain(look.scale.heading(&input.effect));
        scene.text((MARGIN, layout.top - 0.6 * size), Anchor::Start, size, title, theme.ink);
        for (value, label) in axis.ticks(numbers, 7) {
            let y = bottom - axis.clamped(value);
            if let Some(grid) = theme.grid {
                scene.line((layout.left, y), (layout.right, y), Stroke::new(grid, 0.5));
            }
            let at = (layout.left - 0.5 * size, y + 0.36 * size);
            scene.text(at, Anchor::End, size, Rich::plain(label), theme.ink);
        }
        scene.line((layout.left, layout.top), (layout.left, bottom), Stroke::new(theme.rule, 0.6));
        if let Some(Place::At(y)) = input.value.map(|value| axis.place(value)) {
            let stroke = Stroke::dashed(theme.reference, 0.8, (3.0, 2.0));
            scene.line((layout.left, bottom - y), (layout.right, bottom - y), stroke);
        }
    });
}

fn draw_point(
    scene: &mut Scene,
    point: Point,
    x: f64,
    axis: &Axis,
    layout: &Layout,
    theme: &Theme,
) {
    let y = |value: f64| layout.top + CURVE - axis.clamped(value);
    let (line, dot) = if point.flagged {
        (theme.muted.with_alpha(90), theme.muted)
    } else {
        (theme.interval.with_alpha(150), theme.random)
    };
    let width = (0.55 * layout.step).clamp(0.3, 1.0);
    scene.line((x, y(point.lower)), (x, y(point.upper)), Stroke::new(line, width));
    let radius = (0.45 * layout.step).clamp(0.7, 1.6);
    scene.push(Shape::Circle { centre: (x, y(point.estimate)), radius, paint: Paint::fill(dot) });
}

fn draw_choices(scene: &mut Scene, choices: &[Lines], top: f64, layout: &Layout, theme: &Theme) {
    let small = layout.small;
    let mut y = top;
    for choice in choices {
        scene.group(Role::Row, Some(choice.name.clone()), |scene| {
            let baseline = |y: f64| y + 0.5 * layout.line + 0.36 * small;
            let name = Rich::in_face(choice.name.as_str(), Face::Bold);
            scene.text((MARGIN, baseline(y)), Anchor::Start, small, name, theme.ink);
            y += layout.line;
            for (level, places) in &choice.levels {
                let middle = y + 0.5 * layout.line;
                let label = Rich::plain(level.as_str());
                let at = (MARGIN + 0.8 * small, baseline(y));
                scene.text(at, Anchor::Start, small, label, theme.ink);
                if let Some(grid) = theme.grid {
                    let (from, to) = ((layout.left, middle), (layout.right, middle));
                    scene.line(from, to, Stroke::new(grid, 0.4));
                }
                let half = 0.32 * layout.line;
                let width = (0.8 * layout.step).clamp(0.35, 2.2);
                for place in places {
                    let x = layout.x(*place);
                    let stroke = Stroke::new(theme.ink, width);
                    scene.line((x, middle - half), (x, middle + half), stroke);
                }
                y += layout.line;
            }
        });
        y += 0.4 * layout.small;
    }
}

fn describe(input: &Specifications, look: &Look) -> String {
    let numbers = Numbers::new(look.scale, None, '.', 1.0);
    let unit = look.scale.unit();
    let of = |point: Option<&Point>| {
        point.map_or_else(String::new, |point| format!("{}{unit}", numbers.value(point.estimate)))
    };
    let names: Vec<&str> = input.choices.iter().map(|choice| choice.name.as_str()).collect();
    format!(
        "{} analyses of the same data, their estimates from {} to {}, with {} intervals; below, the choices of each: {}.",
        input.total,
        of(input.points.first()),
        of(input.points.last()),
        percent(input.level, '.'),
        names.join(", ")
    )
}
