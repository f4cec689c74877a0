//! Figures that go into a paper unchanged.
//!
//! A figure fills a [`Scene`] from finished results and computes nothing. The scene is measured with
//! the advances of the bundled fonts, so that nothing overlaps and nothing leaves the page;
//! [`svg`] writes it, and the PNG and the PDF are made from that SVG with the same fonts.

mod axis;
mod backend;
pub mod baujat;
mod behind;
mod bottom_axis;
pub mod bubble;
mod colour;
pub mod doi;
pub mod drapery;
mod error;
mod fonts;
pub mod forest;
pub mod funnel;
pub mod gosh;
mod hexagons;
pub mod influence;
pub mod labbe;
mod labels;
mod legend;
mod look;
mod naming;
mod number;
pub mod orchard;
mod outline;
mod panel;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "png")]
mod png;
pub mod prisma;
pub mod profile;
pub mod qq;
pub mod radial;
#[cfg(any(feature = "png", feature = "pdf"))]
mod render;
mod rich;
mod ridge;
pub mod rob;
mod rows;
mod scene;
mod sheet;
pub mod specifications;
pub mod study_intervals;
mod style;
mod subset;
mod svg;
mod swarm;
mod words;

pub use axis::{Axis, Place, Spread};
pub use colour::Colour;
pub use error::FigureError;
pub use fonts::{FAMILY, Fonts};
pub use labels::Labels;
pub use look::Look;
pub use number::{Numbers, Scale};
#[cfg(feature = "pdf")]
pub use pdf::pdf;
#[cfg(feature = "png")]
pub use png::png;
pub use rich::{Face, Rich, Run, Script};
pub use scene::{
    Anchor, Group, Node, POINTS_PER_MM, Paint, Point, Role, Scene, Shape, Stroke, Text,
};
pub use style::{Style, Theme};
pub use subset::page_fonts;
pub use svg::{Embedding, svg, svg_in_page};
