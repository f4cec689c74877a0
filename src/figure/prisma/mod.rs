//! The PRISMA 2020 flow diagram: how the records of a search became the studies of a review (Page et
//! al. 2021). Boxes are as high as their words need, and what goes into one comes out of it.

mod boxes;
mod draw;
mod flow;
mod read;
mod step;

pub use flow::{Entry, Flow, FlowProblem};
pub use step::Step;

use super::{FigureError, Fonts, Look, Scene, panel::MARGIN};
use boxes::Cards;
use draw::Places;

/// A box is never narrower, in font sizes.
const NARROWEST: f64 = 11.0;
/// Between columns, where the arrows are, and between rows, in font sizes.
const GAP: f64 = 2.2;
/// The width of the bars that name the phases, in font sizes.
const BAR: f64 = 1.9;

/// Draws the flow diagram.
///
/// # Errors
/// [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::figure::{Fonts, Look, prisma::{Flow, prisma}};
/// let flow = Flow::toml(
///     "databases = 100\nremoved = 10\nscreened = 90\nexcluded = 70\nassessed = 20\nstudies = 9\n",
/// )?;
/// let look = Look { width: 130.0, ..Look::default() };
/// let scene = prisma(&flow, &look, &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("Records screened (n = 90)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prisma(flow: &Flow, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let (width, size) = (look.points(), look.size());
    let columns = if flow.has_other() { 4.0 } else { 2.0 };
    // Between columns, and a little more between the two ways.
    let gaps = (columns - 1.0 + if flow.has_other() { 0.4 } else { 0.0 }) * GAP;
    let besides = |size: f64| 2.0 * MARGIN + (BAR + 1.0 + gaps) * size;
    let wide = (width - besides(size)) / columns;
    if wide < NARROWEST * size {
        let needed = Look::needed(|size| besides(size) + columns * NARROWEST * size);
        return Err(FigureError::TooNarrow { given: look.width, needed });
    }
    let cards = Cards::new(flow, wide, size, fonts);
    let places = Places::new(&cards, (width, wide, size), fonts);
    Ok(draw::draw(&cards, &places, look))
}
