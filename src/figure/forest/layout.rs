//! Where everything stands: widths that fit, lines with their heights.

use super::{
    Column, Columns, Forest, Options, PredictionMark,
    limits::limits,
    lines::{Content, Line, Lines, high, inside, label},
    table::{Placed, Setting},
    words,
};
use crate::figure::{Axis, Face, FigureError, Fonts, Numbers, POINTS_PER_MM, Rich};

/// Space around the figure.
pub(super) const MARGIN: f64 = 4.0;
/// Baseline below the middle of a line of text, in units of the font size.
pub(super) const BASELINE: f64 = 0.36;
/// From line to line of broken text.
pub(super) const LEADING: f64 = 1.25;
/// Between columns.
const GAP: f64 = 1.3;
/// The smallest font.
const SMALLEST: f64 = 6.0;
/// The narrowest plot.
const PLOT: f64 = 20.0 * POINTS_PER_MM;

/// The side of the largest square: as high as the row allows, and no block in a narrow plot.
fn largest_square(plot: f64, size: f64) -> f64 {
    (1.1 * size).min(0.08 * plot)
}

/// A forest plot with every width known.
pub(super) struct Layout<'f> {
    pub(super) setting: Setting<'f>,
    pub(super) width: f64,
    /// Columns with their left edges.
    pub(super) columns: Vec<(f64, Placed)>,
    /// The axis; the plot reaches half a square beyond its ends.
    pub(super) axis: Axis,
    /// The side of the largest square.
    pub(super) square: f64,
    pub(super) lines: Vec<Line<'f>>,
    /// Notes under the axis, broken to the width of the page.
    pub(super) notes: Vec<Rich>,
    /// What was left out for want of room.
    pub(super) remark: Option<String>,
}

impl<'f> Layout<'f> {
    /// Finds the largest font with which the columns leave enough room for the plot.
    pub(super) fn new(
        forest: &'f Forest,
        options: &Options,
        fonts: &'f Fonts<'f>,
    ) -> Result<Self, FigureError> {
        if forest.rows().next().is_none() {
            return Err(FigureError::Empty { what: "the forest plot has no row" });
        }
        let theme = options.style.theme();
        let largest = forest.typical();
        let scale = forest.values.scale(options.scale);
        let spread = options.spread.unwrap_or_else(|| forest.values.spread());
        let numbers = Numbers::new(scale, options.digits, theme.mark, largest);
        let usual = || limits(forest, spread, scale.is_rate());
        let axis = Axis::new(spread, options.limits.unwrap_or_else(usual), (0.0, 1.0))?;
        let usual = match options.width {
            w if w >= 150.0 => 8.0,
            w if w >= 100.0 => 7.5,
            _ => 7.0,
        };
        let width = options.width * POINTS_PER_MM;
        let density = options.prediction == PredictionMark::Density;
        let own = options.left.iter().chain(&options.right).flatten();
        let prediction = own.into_iter().any(|column| *column == Column::Prediction);
        let setting = |size| Setting { forest, fonts, numbers, theme, size, density, prediction };
        let sizes = |least: f64| {
            std::iter::successors(Some(usual), |size| Some(size - 0.5))
                .take_while(move |&size| size >= least)
        };
        let (left, right) = Column::usual(forest);
        let left = options.left.as_ref().unwrap_or(&left);
        let right = options.right.as_ref().unwrap_or(&right);
        // Columns that nobody asked for give way before the font shrinks by much.
        let free = options.left.is_none() && options.right.is_none();
        for size in sizes(if free { usual - 0.5 } else { SMALLEST }) {
            let setting = setting(size);
            let sides = Sides::measure(left, right, &setting);
            if let Some((study, plot)) = sides.share(width, false, &setting) {
                return Ok(Self::place(setting, sides, width, study, plot, axis));
            }
        }
        let compact = Column::compact(forest);
        let dropped = if free { dropped((left, right), &compact, forest) } else { None };
        let (left, right) = if free { (&compact.0, &compact.1) } else { (left, right) };
        for size in sizes(SMALLEST) {
            // The smallest font may break names harder and squeeze the plot.
            let last = size - 0.5 < SMALLEST;
            let setting = setting(size);
            let sides = Sides::measure(left, right, &setting);
            if let Some((study, plot)) = sides.share(width, last, &setting) {
                let remark = dropped.map(|names| {
                    format!(
                        "at {} mm there is no room for {names}; --show names the columns to keep",
                        options.width
                    )
                });
                return Ok(Self {
                    remark,
                    ..Self::place(setting, sides, width, study, plot, axis)
                });
            }
        }
        let setting = setting(SMALLEST);
        let needed = Sides::measure(left, right, &setting).least(&setting) / POINTS_PER_MM;
        Err(FigureError::TooNarrow { given: options.width, needed: needed.ceil() })
    }

    fn place(
        setting: Setting<'f>,
        sides: Sides,
        width: f64,
        study: f64,
        plot: f64,
        axis: Axis,
    ) -> Self {
        let gap = GAP * setting.size;
        let mut columns = Vec::new();
        let mut x = MARGIN;
        let mut place = |mut column: Placed, x: &mut f64| {
            if column.column == Column::Study {
                column.width = study;
            }
            let at = *x;
            *x += column.width + column.gap(gap);
            columns.push((at, column));
        };
        for column in sides.left {
            place(column, &mut x);
        }
        let edges = (x, x + plot);
        x = edges.1 + gap;
        for column in sides.right {
            place(column, &mut x);
        }
        let half = 0.5 * largest_square(plot, setting.size);
        let axis = axis.between(edges.0 + half, edges.1 - half);
        let left_block = (edges.0 - gap - MARGIN).max(0.0);
        // A name that is not shown takes no room.
        let names = if sides.names { study } else { f64::INFINITY };
        let lines = Lines { setting, names, left: left_block, columns: &columns }.all();
        let small = setting.size - 0.5;
        let notes = setting
            .forest
            .notes
            .iter()
            .map(|note| words::note(note, setting.forest, &setting.theme))
            .filter(|note| !note.is_empty())
            .flat_map(|note| note.wrap(width - 2.0 * MARGIN, small, setting.fonts))
            .collect();
        let square = 2.0 * half;
        Self { setting, width, columns, axis, square, lines, notes, remark: None }
    }

    /// The heading of the section of a line in its middle: `Mild (continued)`.
    pub(super) fn continued(&self, place: usize) -> Option<Line<'f>> {
        let line = self.lines.get(place)?;
        let before = self.lines.get(place.checked_sub(1)?)?;
        let section = line.section.filter(|_| line.section == before.section)?;
        let name = self.setting.forest.sections.get(section)?.name()?;
        let size = self.setting.size;
        let text = Rich::in_face(name, Face::Bold).then(" (continued)");
        let text = text.wrap((self.width - 2.0 * MARGIN).max(size), size, self.setting.fonts);
        let height = high(text.len(), size);
        let content = Content::Heading { text, indent: 0.0 };
        Some(Line { content, height, keep: false, section: Some(section) })
    }
}

impl Placed {
    /// The space behind it: symbols of risk of bias stand close together.
    fn gap(&self, gap: f64) -> f64 {
        if self.is_middle() { 0.25 * gap } else { gap }
    }
}

/// The columns of both sides, measured.
struct Sides {
    left: Vec<Placed>,
    right: Vec<Placed>,
    /// The longest name.
    longest: f64,
    /// Whether names are shown at all.
    names: bool,
}

impl Sides {
    fn measure(left: &[Column], right: &[Column], setting: &Setting<'_>) -> Self {
        let side = |columns: &[Column]| -> Vec<Placed> {
            columns.iter().map(|&column| Placed::measure(column, setting)).collect()
        };
        let (left, right) = (side(left), side(right));
        let names = left.iter().chain(&right).any(|column| column.column == Column::Study);
        let head = setting.forest.head.as_deref().unwrap_or("Study");
        let head = setting.width(&Rich::in_face(head, Face::Bold));
        let longest = setting
            .forest
            .sections
            .iter()
            .flat_map(|section| {
                let inside = inside(section, setting);
                section.rows.iter().chain(&section.summaries).map(move |row| (row, inside))
            })
            .chain(setting.forest.overall.iter().map(|row| (row, 0.0)))
            .map(|(row, inside)| setting.width(&label(row)) + inside)
            .fold(head, f64::max);
        Self { left, right, longest, names }
    }

    /// The width of all but the names and the plot.
    fn fixed(&self, setting: &Setting<'_>) -> f64 {
        let gap = GAP * setting.size;
        let columns: f64 = self
            .left
            .iter()
            .chain(&self.right)
            .map(|c| c.gap(gap) + if c.column == Column::Study { 0.0 } else { c.width })
            .sum();
        let last = self.right.last().map_or(0.0, |column| column.gap(gap));
        // Without columns behind it, the last tick's label needs the room.
        let plot_gap = gap;
        2.0 * MARGIN + columns - last + plot_gap
    }

    /// The width to which names may be broken at most.
    fn shortest(&self, setting: &Setting<'_>) -> f64 {
        if self.names { self.longest.min(8.0 * setting.size) } else { 0.0 }
    }

    fn least(&self, setting: &Setting<'_>) -> f64 {
        self.fixed(setting) + self.shortest(setting) + PLOT
    }

    /// Shares the width between names and plot; `None` if there is not enough.
    fn share(&self, width: f64, last: bool, setting: &Setting<'_>) -> Option<(f64, f64)> {
        let room = width - self.fixed(setting);
        let names = if self.names { self.longest } else { 0.0 };
        let wanted = (0.26 * width).max(PLOT);
        if room - names >= wanted {
            return Some((names, room - names));
        }
        // Names of usual length stay whole; longer ones are broken before the font shrinks.
        let usual = names.min(15.0 * setting.size);
        if room - usual >= wanted {
            return Some((room - wanted, wanted));
        }
        let least = self.shortest(setting);
        if last && room - least >= PLOT {
            let plot = (room - usual).clamp(PLOT, wanted);
            return Some((room - plot, plot));
        }
        None
    }
}

/// The usual columns that the fewest leave out, by name.
fn dropped(usual: (&[Column], &[Column]), compact: &Columns, forest: &Forest) -> Option<String> {
    let kept: Vec<&Column> = compact.0.iter().chain(&compact.1).collect();
    let counts = kept.contains(&&Column::Counts);
    let names: Vec<String> = usual
        .0
        .iter()
        .chain(usual.1)
        .filter(|column| !kept.contains(column))
        .filter(|column| !(counts && matches!(column, Column::Events | Column::Total)))
        .map(|column| format!("`{}`", column.name(forest)))
        .collect();
    match &names[..] {
        [] => None,
        [one] => Some(format!("the column {one}")),
        _ => Some(format!("the columns {}", names.join(", "))),
    }
}
