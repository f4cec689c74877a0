//! PDF: the SVG with its fonts embedded as subsets and its text selectable.

use krilla::{Document, geom::Size, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt as _, SvgSettings};

use super::{FigureError, Fonts, Scene, render};

/// Writes scenes as the pages of a PDF, each as large as its scene.
///
/// # Errors
/// [`FigureError::Empty`] without a scene, [`FigureError::Writer`] if a page has no size.
pub fn pdf(scenes: &[Scene], fonts: &Fonts<'_>) -> Result<Vec<u8>, FigureError> {
    let first = scenes.first().ok_or(FigureError::Empty { what: "the PDF has no page" })?;
    let wrong = |reason: String| FigureError::Writer { format: "PDF", reason };
    let mut document = Document::new();
    for scene in scenes {
        let tree = render::tree(scene, fonts, "PDF")?;
        #[allow(clippy::cast_possible_truncation)]
        let size = Size::from_wh(scene.width as f32, scene.height as f32)
            .ok_or_else(|| wrong("a page has no size".to_owned()))?;
        let mut page = document.start_page_with(PageSettings::new(size));
        let mut surface = page.surface();
        surface
            .draw_svg(&tree, size, SvgSettings::default())
            .ok_or_else(|| wrong("a page cannot be drawn".to_owned()))?;
        surface.finish();
        page.finish();
    }
    let metadata = Metadata::new()
        .title(first.title.clone())
        .description(first.desc.clone())
        .language("en".to_owned())
        .creator("resorb".to_owned());
    document.set_metadata(metadata);
    document.finish().map_err(|error| wrong(format!("{error:?}")))
}
