//! The SVG as a tree of drawn things, with the figure's own fonts and no others.

use std::sync::Arc;

use usvg::{Options, Tree, fontdb};

use super::{Embedding, FAMILY, Face, FigureError, Fonts, Scene, svg};

/// Parses the SVG of a scene.
pub(super) fn tree(
    scene: &Scene,
    fonts: &Fonts<'_>,
    format: &'static str,
) -> Result<Tree, FigureError> {
    let mut database = fontdb::Database::new();
    for face in [Face::Regular, Face::Bold, Face::Italic] {
        database.load_font_data(fonts.of(face).data.to_vec());
    }
    for font in fonts.fallback() {
        database.load_font_data(font.data.to_vec());
    }
    database.set_sans_serif_family(FAMILY);
    let options = Options {
        fontdb: Arc::new(database),
        font_family: FAMILY.to_owned(),
        ..Options::default()
    };
    Tree::from_str(&svg(scene, fonts, Embedding::None), &options)
        .map_err(|error| FigureError::Writer { format, reason: error.to_string() })
}
