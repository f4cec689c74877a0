//! Figures that go into a paper unchanged.
//!
//! A figure fills a [`Scene`] from finished results and computes nothing. The scene is measured with
//! the advances of the bundled fonts, so that nothing overlaps and nothing leaves the page;
//! [`svg`] writes it, and the PNG and the PDF are made from that SVG with the same fonts.

mod colour;
mod error;
mod fonts;
mod outline;
mod rich;
mod scene;
mod subset;
mod svg;

pub use colour::Colour;
pub use error::FigureError;
pub use fonts::{FAMILY, Fonts};
pub use rich::{Face, Rich, Run, Script};
pub use scene::{
    Anchor, Group, Node, POINTS_PER_MM, Paint, Point, Role, Scene, Shape, Stroke, Text,
};
pub use svg::{Embedding, svg};
