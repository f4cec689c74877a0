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
mod layout;
mod limits;
mod marks;
mod numbers;
mod options;
mod sort;
mod table;
mod traffic;
mod words;

pub use bias::{Judgement, Tool};
pub use column::{Column, Columns};
pub use input::{Forest, Heterogeneity, Mark, Note, Row, Section, Value};
pub use options::{Options, PredictionMark};
pub use sort::Sort;

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
    Ok(drawing.page(&Page { lines: 0..layout.lines.len(), number: (1, 1) }))
}

/// Draws a forest plot on pages at most `height` mm high, each with column heads and an axis.
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
    let tallest = layout.lines.iter().map(|line| line.height).fold(0.0, f64::max);
    let needed = drawing.top(true) + drawing.bottom(true) + tallest;
    if room < needed {
        let needed = (needed / POINTS_PER_MM).ceil();
        return Err(FigureError::PageTooLow { given: height, needed });
    }
    let mut breaks = vec![0];
    let mut used = drawing.top(true);
    for (place, line) in layout.lines.iter().enumerate() {
        // The last lines stand with the notes; whether a line is the last is known from its place.
        let last = place + 1 == layout.lines.len();
        if used + line.height + drawing.bottom(last) > room {
            breaks.push(place);
            used = drawing.top(false);
        }
        used += line.height;
    }
    let count = breaks.len();
    let ends = breaks.iter().copied().skip(1).chain([layout.lines.len()]);
    let scenes =
        breaks.iter().zip(ends).enumerate().map(|(i, (&from, to))| {
            drawing.page(&Page { lines: from..to, number: (i + 1, count) })
        });
    Ok(scenes.collect())
}
