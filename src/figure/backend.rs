//! plotters draws into a scene: panels with axes are its work, the file is ours.
//!
//! plotters counts in whole units; a hundred of them are a point here, so that nothing is rounded
//! visibly. Its own text measurement is not used: advances come from the bundled fonts.

use std::{cell::Cell, convert::Infallible, rc::Rc};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
    text_anchor::{HPos, VPos},
};

use super::{Anchor, Colour, Face, Fonts, Paint, Point, Rich, Scene, Shape, Stroke, Text};

/// Units of plotters in a point.
pub(super) const UNITS: f64 = 100.0;

/// A scene that plotters can draw into.
pub(super) struct Canvas<'c> {
    pub(super) scene: &'c mut Scene,
    pub(super) fonts: &'c Fonts<'c>,
    /// The dashes of the paths drawn next; plotters knows only solid ones.
    pub(super) dash: Dash,
}

/// Length of dashes and gaps, shared by who draws a path and the backend.
pub(super) type Dash = Rc<Cell<Option<(f64, f64)>>>;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn point((x, y): BackendCoord) -> Point {
    (f64::from(x) / UNITS, f64::from(y) / UNITS)
}

fn colour(colour: BackendColor) -> Colour {
    let (r, g, b) = colour.rgb;
    // From 0 to 1 by plotters' contract; clamped, so the cast cannot wrap.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let alpha = (colour.alpha.clamp(0.0, 1.0) * 255.0).round() as u8;
    Colour::rgb(r, g, b).with_alpha(alpha)
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke::new(colour(style.color()), f64::from(style.stroke_width()) / UNITS)
}

fn paint<S: BackendStyle>(style: &S, fill: bool) -> Paint {
    if fill { Paint::fill(colour(style.color())) } else { Paint::stroke(stroke(style)) }
}

/// The face and the size of a text style, in points.
fn type_of<T: BackendTextStyle>(style: &T) -> (Face, f64) {
    let face = match style.style() {
        FontStyle::Bold => Face::Bold,
        FontStyle::Italic | FontStyle::Oblique => Face::Italic,
        FontStyle::Normal => Face::Regular,
    };
    (face, style.size() / UNITS)
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        // A page of a kilometre would not fit; everything smaller does.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let units = |points: f64| (points * UNITS).round().clamp(0.0, f64::from(i32::MAX)) as u32;
        (units(self.scene.width), units(self.scene.height))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, ink: BackendColor) -> Drawn {
        let unit = 1.0 / UNITS;
        self.scene.rect(point(at), unit, unit, Paint::fill(colour(ink)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.scene.line(point(from), point(to), stroke(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((x0, y0), (x1, y1)) = (point(upper_left), point(bottom_right));
        let at = (x0.min(x1), y0.min(y1));
        self.scene.rect(at, (x1 - x0).abs(), (y1 - y0).abs(), paint(style, fill));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let stroke = Stroke { dash: self.dash.get(), ..stroke(style) };
        self.scene.polyline(path.into_iter().map(point).collect(), stroke);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.scene.push(Shape::Circle {
            centre: point(centre),
            radius: f64::from(radius) / UNITS,
            paint: paint(style, fill),
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.scene.polygon(corners.into_iter().map(point).collect(), paint(style, true));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let (face, size) = type_of(style);
        let place = style.anchor();
        let anchor = match place.h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        // Capitals of Open Sans are 0.714 em high: their middle is 0.36 em over the baseline.
        let down = match place.v_pos {
            VPos::Top => 0.72,
            VPos::Center => 0.36,
            VPos::Bottom => 0.0,
        } * size;
        let upwards = matches!(style.transform(), FontTransform::Rotate270);
        let (x, y) = point(at);
        self.scene.push(Shape::Text(Text {
            at: if upwards { (x + down, y) } else { (x, y + down) },
            anchor,
            size,
            text: Rich::in_face(text, face),
            colour: colour(style.color()),
            upwards,
        }));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let (face, size) = type_of(style);
        let width = self.fonts.width(&Rich::in_face(text, face), size);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let units = |points: f64| (points * UNITS).ceil() as u32;
        Ok((units(width), units(size)))
    }
}
