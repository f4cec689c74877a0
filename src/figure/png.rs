//! PNG: the SVG drawn pixel by pixel.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};

use super::{FigureError, Fonts, Scene, render};

/// The widest or highest picture in pixels: beyond it memory, not paper, is the limit.
const MOST: f64 = 30_000.0;

/// Draws a scene as PNG with `dpi` pixels an inch (300 for print); the file says how large it is.
///
/// # Errors
/// [`FigureError::Writer`] if the picture would have more than 30,000 pixels along a side.
pub fn png(scene: &Scene, fonts: &Fonts<'_>, dpi: f64) -> Result<Vec<u8>, FigureError> {
    let wrong = |reason: String| FigureError::Writer { format: "PNG", reason };
    let tree = render::tree(scene, fonts, "PNG")?;
    let side = |points: f64| (points / 72.0 * dpi).round();
    let (width, height) = (side(scene.width), side(scene.height));
    if !(width >= 1.0 && height >= 1.0 && width <= MOST && height <= MOST) {
        return Err(wrong(format!(
            "{width} × {height} pixels at {dpi} dpi; a side may have 1 to {MOST} pixels: choose a lower resolution, or SVG or PDF"
        )));
    }
    // Both are whole and at most 30,000.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let (columns, rows) = (width as u32, height as u32);
    let mut picture =
        Pixmap::new(columns, rows).ok_or_else(|| wrong("no memory for the picture".to_owned()))?;
    picture.fill(Color::WHITE);
    #[allow(clippy::cast_possible_truncation)]
    let transform = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(&tree, transform, &mut picture.as_mut());

    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, columns, rows);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let per_metre = (dpi / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    }));
    // Nothing is seen through: the paper is white.
    let colours: Vec<u8> =
        picture.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut writer = encoder.write_header().map_err(|e| wrong(e.to_string()))?;
    writer.write_image_data(&colours).map_err(|e| wrong(e.to_string()))?;
    writer.finish().map_err(|e| wrong(e.to_string()))?;
    Ok(file)
}
