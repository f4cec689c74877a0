//! Forest plots: a table of studies with their intervals drawn beside it.

mod bias;
mod column;
mod density;
mod draw;
mod from_fit;
mod from_models;
mod from_sensitivity;
mod from_subgroups;
mod input;
mod judge;
mod layout;
mod limits;
mod lines;
mod marks;
mod methods;
mod numbers;
mod options;
mod paging;
mod sort;
mod table;
mod traffic;
mod words;

pub use bias::{Judgement, Tool};
pub use column::{Column, Columns};
pub use input::{Forest, Heterogeneity, Mark, Note, Row, Section, Statistic, Value, Values};
pub use judge::JudgementProblem;
pub use options::{Options, PredictionMark};
pub use sort::Sort;
pub(super) use traffic::symbol;

use draw::{Drawing, Page};
use layout::Layout;

use super::{FigureError, Fonts, POINTS_PER_MM, Scene};

/// Draws a forest plot on one page as high as its content.
///
/// # Errors
/// [`FigureError::TooNarrow`] with the smallest width that works, [`FigureError::BadLimits`],
/// [`FigureError::Empty`].
///
/// ```
/// use resorb::figure::{Embedding, Fonts, forest::{Forest, Options, Row, Section, forest}, svg};
/// let row = |label: &str, estimate, lower, upper| Row {
///     label: label.into(),
///     estimate: Some(estimate),
///     lower: Some(lower),
///     upper: Some(upper),
///     ..Row::default()
/// };
/// let rows = vec![row("Bush 1992", 0.762, 0.657, 0.848), row("Komori 1996", 0.455, 0.341, 0.572)];
/// let input = Forest {
///     effect: "Resorbed".into(),
///     level: 95.0,
///     sections: vec![Section { rows, ..Section::default() }],
///     ..Forest::default()
/// };
/// let fonts = Fonts::bundled()?;
/// let scene = forest(&input, &Options::default(), &fonts)?;
/// assert!(svg(&scene, &fonts, Embedding::Subset).contains("Komori 1996"));
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
pub fn forest(forest: &Forest, options: &Options, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let layout = Layout::new(forest, options, fonts)?;
    let drawing = Drawing::new(&layout, options);
    Ok(drawing.page(&Page { lines: 0..layout.lines.len(), head: None, number: (1, 1) }))
}

/// Draws a forest plot on pages at most `height` mm high, each with column heads and an axis. A heading
/// stays with its first study and a group's results with its last one; where a group goes on behind the
/// end of a page, the next one begins with its heading.
///
/// # Errors
/// As [`forest`], and [`FigureError::PageTooLow`] if a page cannot hold one line.
pub fn pages(
    forest: &Forest,
    options: &Options,
    height: f64,
    fonts: &Fonts<'_>,
) -> Result<Vec<Scene>, FigureError> {
    let layout = Layout::new(forest, options, fonts)?;
    let drawing = Drawing::new(&layout, options);
    let room = height * POINTS_PER_MM;
    let Some(pages) = paging::paged(&drawing, room) else {
        let tallest = layout.lines.iter().map(|line| line.height).fold(0.0, f64::max);
        let head = paging::highest_head(&drawing);
        let needed = drawing.top(true) + head + drawing.bottom(true) + tallest;
        let mut needed = (needed / POINTS_PER_MM).ceil();
        // The tallest line need not stand on the page with the notes.
        while paging::paged(&drawing, (needed - 1.0) * POINTS_PER_MM).is_some() {
            needed -= 1.0;
        }
        return Err(FigureError::PageTooLow { given: height, needed });
    };
    Ok(pages.iter().map(|page| drawing.page(page)).collect())
}
