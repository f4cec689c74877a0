//! The marks in the plot: squares, diamonds, bars, arrows.

use super::{Mark, Options, PredictionMark, Row, density};
use crate::figure::{Axis, Colour, Paint, Place, Point, Scene, Stroke, Theme};

/// The height of a density, in font sizes.
pub(super) const HIGHEST: f64 = 1.9;

/// What all marks of a figure share.
pub(super) struct Marker<'m> {
    pub(super) axis: Axis,
    pub(super) theme: Theme,
    pub(super) options: &'m Options,
    pub(super) size: f64,
    /// The side of the largest square.
    pub(super) square: f64,
    /// The largest weight of a study.
    pub(super) heaviest: Option<f64>,
}

impl Marker<'_> {
    /// Draws the mark of a row at height `y`.
    pub(super) fn draw(&self, scene: &mut Scene, row: &Row, y: f64) {
        if let Some(ends) = row.prediction {
            self.bar(scene, ends, y);
        }
        match row.mark {
            Mark::Square => self.study(scene, row, y),
            Mark::Common => self.diamond(scene, row, y, self.theme.common),
            Mark::Random | Mark::Result => self.diamond(scene, row, y, self.theme.random),
            Mark::Prediction => self.prediction(scene, row, y),
        }
    }

    fn study(&self, scene: &mut Scene, row: &Row, y: f64) {
        let Some(estimate) = row.estimate.filter(|x| x.is_finite()) else { return };
        let (left, right) = self.interval(scene, row, y, self.theme.interval, 0.8);
        let Place::At(x) = self.axis.place(estimate) else { return };
        let half = self.half(row);
        scene.rect((x - half, y - half), 2.0 * half, 2.0 * half, Paint::fill(self.theme.square));
        // An interval that the square hides is drawn in white inside it.
        if left > x - half && right < x + half && right > left {
            scene.line((left, y), (right, y), Stroke::new(Colour::WHITE, 0.8));
        }
    }

    /// Half the side of a study's square: the area is the weight.
    fn half(&self, row: &Row) -> f64 {
        let share = match (row.weight.or(row.weight_common), self.heaviest) {
            (Some(weight), Some(heaviest)) if heaviest > 0.0 => (weight / heaviest).max(0.0).sqrt(),
            _ => 0.6,
        };
        0.5 * (share * self.square).max(1.8)
    }

    /// Draws the interval with an arrow where it goes on beyond the axis; gives its ends.
    fn interval(
        &self,
        scene: &mut Scene,
        row: &Row,
        y: f64,
        colour: Colour,
        width: f64,
    ) -> (f64, f64) {
        let middle = row.estimate.unwrap_or(0.0);
        let lower = row.lower.filter(|x| x.is_finite()).unwrap_or(middle);
        let upper = row.upper.filter(|x| x.is_finite()).unwrap_or(middle);
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        if right > left {
            scene.line((left, y), (right, y), Stroke::new(colour, width));
        }
        if self.axis.place(lower) == Place::Below {
            self.arrow(scene, left, y, -1.0, colour);
        }
        if self.axis.place(upper) == Place::Above {
            self.arrow(scene, right, y, 1.0, colour);
        }
        (left, right)
    }

    /// An arrow head whose tip lies outside the axis by no more than half a square.
    fn arrow(&self, scene: &mut Scene, x: f64, y: f64, side: f64, colour: Colour) {
        let (long, half) = (0.42 * self.size, 0.26 * self.size);
        let base = x - 0.1 * self.size * side;
        scene.polygon(
            vec![(base + side * long, y), (base, y - half), (base, y + half)],
            Paint::fill(colour),
        );
    }

    fn diamond(&self, scene: &mut Scene, row: &Row, y: f64, colour: Colour) {
        let Some(estimate) = row.estimate.filter(|x| x.is_finite()) else { return };
        let lower = row.lower.filter(|x| x.is_finite()).unwrap_or(estimate);
        let upper = row.upper.filter(|x| x.is_finite()).unwrap_or(estimate);
        let half = 0.5 * self.size;
        let edge = if colour == Colour::WHITE { self.theme.ink } else { colour };
        let paint = Paint::both(colour, Stroke::new(edge, 0.5));
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        let x = match self.axis.place(estimate) {
            Place::At(x) => x,
            outside => {
                return self.outside(scene, (lower, upper), y, outside == Place::Above, paint);
            }
        };
        // A side that goes on beyond the axis is cut straight.
        let side = |place: Place, x: f64| {
            if matches!(place, Place::At(_)) {
                vec![(x, y)]
            } else {
                vec![(x, y + 0.5 * half), (x, y - 0.5 * half)]
            }
        };
        let mut points = side(self.axis.place(lower), left);
        points.push((x, y - half));
        points.extend(side(self.axis.place(upper), right).into_iter().rev());
        points.push((x, y + half));
        scene.polygon(points, paint);
    }

    /// What is inside the axis of a diamond whose estimate is not, cut straight, with an arrow.
    fn outside(
        &self,
        scene: &mut Scene,
        (lower, upper): (f64, f64),
        y: f64,
        above: bool,
        paint: Paint,
    ) {
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        let (near, far, limit) = if above { (right, left, lower) } else { (left, right, upper) };
        let cut = 0.25 * self.size;
        if right > left {
            let tip = if matches!(self.axis.place(limit), Place::At(_)) { 0.0 } else { cut };
            scene.polygon(
                vec![(near, y - cut), (near, y + cut), (far, y + tip), (far, y - tip)],
                paint,
            );
        }
        let side = if above { 1.0 } else { -1.0 };
        let colour = paint.stroke.map_or(self.theme.ink, |edge| edge.colour);
        self.arrow(scene, near, y, side, colour);
    }

    fn prediction(&self, scene: &mut Scene, row: &Row, y: f64) {
        let (Some(lower), Some(upper)) = (row.lower, row.upper) else { return };
        let colour = self.theme.prediction;
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        match self.options.prediction {
            PredictionMark::Hidden => return,
            PredictionMark::Density if row.distribution.len() > 2 => {
                return self.density(scene, row, y);
            }
            PredictionMark::Bar | PredictionMark::Density => {
                return self.bar(scene, (lower, upper), y);
            }
            PredictionMark::Line => {
                let (cap, stroke) = (0.3 * self.size, Stroke::new(colour, 1.1));
                scene.line((left, y), (right, y), stroke);
                for (x, end) in [(left, lower), (right, upper)] {
                    if matches!(self.axis.place(end), Place::At(_)) {
                        scene.line((x, y - cap), (x, y + cap), stroke);
                    }
                }
            }
        }
        self.arrows(scene, (lower, upper), y, colour);
    }

    /// A bar over a range.
    fn bar(&self, scene: &mut Scene, (lower, upper): (f64, f64), y: f64) {
        let colour = self.theme.prediction;
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        let height = 0.36 * self.size;
        let paint = Paint::fill(colour.with_alpha(150));
        scene.rect((left, y - 0.5 * height), right - left, height, paint);
        self.arrows(scene, (lower, upper), y, colour);
    }

    /// The density of a new study's value with its interval as a line under it.
    fn density(&self, scene: &mut Scene, row: &Row, y: f64) {
        let colour = self.theme.prediction;
        let (Some(lower), Some(upper)) = (row.lower, row.upper) else { return };
        let base = y + 0.9 * self.size;
        let curve = density::heights(&row.distribution, self.axis, HIGHEST * self.size);
        let mut points: Vec<Point> = curve.iter().map(|&(x, h)| (x, base - h)).collect();
        if let (Some(&(first, _)), Some(&(last, _))) = (points.first(), points.last()) {
            points.push((last, base));
            points.insert(0, (first, base));
        }
        let edge = Stroke::new(colour, 0.6);
        scene.polygon(points, Paint::both(colour.with_alpha(110), edge));
        let (left, right) = (self.axis.clamped(lower), self.axis.clamped(upper));
        scene.line((left, base), (right, base), Stroke::new(colour, 1.6));
        self.arrows(scene, (lower, upper), base, colour);
    }

    /// Arrow heads where a range goes on beyond the axis.
    fn arrows(&self, scene: &mut Scene, (lower, upper): (f64, f64), y: f64, colour: Colour) {
        let (left, right) = self.axis.ends();
        if self.axis.place(lower) == Place::Below {
            self.arrow(scene, left, y, -1.0, colour);
        }
        if self.axis.place(upper) == Place::Above {
            self.arrow(scene, right, y, 1.0, colour);
        }
    }
}
