//! A legend: symbols with their names, in lines under a figure.

use super::{Anchor, Colour, Fonts, Paint, Point, Rich, Role, Scene, Shape, Stroke, Theme};

/// A symbol of a legend.
#[derive(Clone, Copy, Debug)]
pub(super) enum Symbol {
    Dot(Paint),
    Triangle(Paint),
    Line(Stroke),
    Patch(Paint),
}

/// The corners of a triangle that stands, from its middle to them `radius`.
pub(super) fn triangle((x, y): Point, radius: f64) -> Vec<Point> {
    let (half, down) = (0.75f64.sqrt() * radius, 0.5 * radius);
    vec![(x, y - radius), (x + half, y + down), (x - half, y + down)]
}

/// Symbols with their names.
pub(super) struct Legend {
    lines: Vec<Vec<(f64, Symbol, Rich)>>,
    size: f64,
    ink: Colour,
}

const LEADING: f64 = 1.45;

impl Legend {
    /// Sets the items in lines no wider than `width`; a name wider than that is broken by nobody.
    pub(super) fn new(
        items: Vec<(Symbol, String)>,
        width: f64,
        size: f64,
        theme: &Theme,
        fonts: &Fonts<'_>,
    ) -> Self {
        let mut lines: Vec<Vec<(f64, Symbol, Rich)>> = vec![vec![]];
        let mut x = 0.0;
        for (symbol, name) in items {
            let name = Rich::plain(name);
            let wide = 2.1 * size + fonts.width(&name, size);
            if x > 0.0 && x + wide > width {
                lines.push(vec![]);
                x = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push((x, symbol, name));
            }
            x += wide + 1.4 * size;
        }
        lines.retain(|line| !line.is_empty());
        Self { lines, size, ink: theme.ink }
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * LEADING * self.size
    }

    /// Draws it with its upper left corner at a place.
    pub(super) fn draw(&self, scene: &mut Scene, (left, top): (f64, f64)) {
        let size = self.size;
        scene.group(Role::Legend, None, |scene| {
            let mut y = top + 0.5 * LEADING * size;
            for line in &self.lines {
                for (x, symbol, name) in line {
                    let (from, to) = (left + x, left + x + 1.6 * size);
                    let middle = 0.5 * (from + to);
                    match *symbol {
                        Symbol::Dot(paint) => scene.push(Shape::Circle {
                            centre: (middle, y),
                            radius: 0.34 * size,
                            paint,
                        }),
                        Symbol::Triangle(paint) => {
                            scene.polygon(triangle((middle, y), 0.42 * size), paint);
                        }
                        Symbol::Line(stroke) => scene.line((from, y), (to, y), stroke),
                        Symbol::Patch(paint) => {
                            let half = 0.38 * size;
                            scene.rect((from, y - half), to - from, 2.0 * half, paint);
                        }
                    }
                    let at = (to + 0.5 * size, y + 0.36 * size);
                    scene.text(at, Anchor::Start, size, name.clone(), self.ink);
                }
                y += LEADING * size;
            }
        });
    }
}
