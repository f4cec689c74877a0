//! Influence: what each study does to the result, one column for each measure, and which studies are
//! beyond the limit of a rule.

use std::ops::Range;

use super::{
    Anchor, Axis, Face, FigureError, Fonts, Look, Numbers, POINTS_PER_MM, Paint, Rich, Role, Scale,
    Scene, Shape, Spread, Stroke,
    axis::nice_limits,
    behind::{maybe, table},
    bottom_axis::{AxisWords, BottomAxis},
    labels::range,
    legend::{Legend, Symbol},
    number::short,
    panel::MARGIN,
    rows::breaks,
    words::studies,
};
use crate::{
    analysis::{Flag, Influence},
    model::Fit,
};

/// The content of an influence plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InfluencePlot {
    /// The studies' names.
    pub labels: Vec<String>,
    /// The measures.
    pub columns: Vec<Column>,
}

/// A measure of influence over all studies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// What it is called.
    pub name: &'static str,
    /// Its value for each study.
    pub values: Vec<Option<f64>>,
    /// Where it stands if a study does nothing, or with all studies.
    pub reference: Option<f64>,
    /// Beyond these a study is flagged.
    pub limits: Vec<f64>,
    /// Which studies are.
    pub flagged: Vec<bool>,
}

impl InfluencePlot {
    /// The measures of each study on a fit.
    #[must_use]
    pub fn new(fit: &Fit, influence: &[Influence]) -> Self {
        let k = fit.k as f64;
        let h = &fit.heterogeneity;
        let flag = |rule: Flag| influence.iter().map(|i| i.flags.contains(&rule)).collect();
        let of = |value: fn(&Influence) -> Option<f64>| influence.iter().map(value).collect();
        let both = |limit: f64| vec![-limit, limit];
        let column = |name, value, reference| Column {
            name,
            values: of(value),
            reference,
            ..Column::default()
        };
        let spread = if influence.iter().any(|i| i.rho_deleted.is_some()) {
            column("ρ deleted", |i| i.rho_deleted, h.rho)
        } else {
            column("τ² deleted", |i| i.tau2_deleted, h.tau2)
        };
        let columns = vec![
            Column {
                limits: both(Influence::OUTLIER),
                flagged: influence.iter().map(|i| i.outlier).collect(),
                ..column("rstudent", |i| i.rstudent, Some(0.0))
            },
            Column {
                limits: both(Flag::Dffits.limit(k)),
                flagged: flag(Flag::Dffits),
                ..column("DFFITS", |i| i.dffits, Some(0.0))
            },
            Column {
                limits: vec![Flag::Cook.limit(k)],
                flagged: flag(Flag::Cook),
                ..column("Cook’s D", |i| i.cook_d, Some(0.0))
            },
            column("Cov. ratio", |i| i.cov_ratio, Some(1.0)),
            spread,
            column("Q deleted", |i| i.q_deleted, h.q),
            Column {
                limits: vec![Flag::Hat.limit(k)],
                flagged: flag(Flag::Hat),
                ..column("Hat", |i| i.hat, Some(1.0 / k))
            },
            column("Weight, %", |i| i.weight, Some(100.0 / k)),
        ];
        let labels = influence.iter().map(|i| i.study.clone()).collect();
        Self { labels, columns }
    }

    /// The numbers behind the figure as CSV: a line for each study.
    #[must_use]
    pub fn csv(&self) -> String {
        let head: Vec<&str> =
            std::iter::once("label").chain(self.columns.iter().map(|c| c.name)).collect();
        let rows = self.labels.iter().enumerate().map(|(i, label)| {
            let values = self.columns.iter().map(|c| maybe(c.values.get(i).copied().flatten()));
            std::iter::once(label.clone()).chain(values).collect()
        });
        table(&head, rows)
    }

    /// The rules that flag study `i`.
    fn flags(&self, i: usize) -> Vec<&'static str> {
        let flagged = |c: &&Column| c.flagged.get(i).copied().unwrap_or(false);
        self.columns.iter().filter(flagged).map(|c| c.name).collect()
    }

    /// The figure in words.
    fn describe(&self) -> String {
        let flagged: Vec<String> = (0..self.labels.len())
            .filter_map(|i| {
                let rules = self.flags(i);
                let name = self.labels.get(i).filter(|_| !rules.is_empty())?;
                Some(format!("{name} ({})", rules.join(", ")))
            })
            .collect();
        let count = studies(self.labels.len());
        if flagged.is_empty() {
            format!("Influence of {count} on the result; none is beyond the limit of a rule.")
        } else {
            format!("Influence of {count} on the result; flagged: {}.", flagged.join("; "))
        }
    }
}

/// The narrowest column.
const COLUMN: f64 = 12.5 * POINTS_PER_MM;
/// The most of the page's width that names take.
const NAMES: f64 = 0.26;
/// The height of a row and from line to line of a broken name, in font sizes.
const ROW: f64 = 1.5;
const LEADING: f64 = 1.2;
/// Between columns, in font sizes.
const GAP: f64 = 1.0;
/// Over the first row of a band and under its axis, in font sizes.
const HEAD: f64 = 1.9;
const BETWEEN: f64 = 0.8;
/// The radius of a mark.
const RADIUS: f64 = 2.2;

/// Draws the measures of influence, a column for each; where the page has no room for all of them
/// beside each other, in several bands.
///
/// # Errors
/// [`FigureError::Empty`] without a study, [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::{
///     analysis::{Unit, influence as measures, leave_one_out},
///     figure::{Fonts, Look, influence::{InfluencePlot, influence}},
///     model::{Settings, pool},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 2, 90)])?;
/// let settings = Settings::two_step();
/// let fit = pool(&studies, &settings)?;
/// let without = leave_one_out(&studies, &settings, Unit::Row)?;
/// let input = InfluencePlot::new(&fit, &measures(&fit, &without));
/// let scene = influence(&input, &Look { width: 174.0, ..Look::default() }, &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("flagged: D (rstudent"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn influence(
    input: &InfluencePlot,
    look: &Look,
    fonts: &Fonts<'_>,
) -> Result<Scene, FigureError> {
    let panels = Panels::new(input, *look, fonts)?;
    panels.page(0..input.labels.len(), None)
}

/// Draws the measures on pages at most `height` mm high, each with the axes and the legend.
///
/// # Errors
/// Those of [`influence`], and [`FigureError::PageTooLow`].
pub fn pages(
    input: &InfluencePlot,
    look: &Look,
    height: f64,
    fonts: &Fonts<'_>,
) -> Result<Vec<Scene>, FigureError> {
    let panels = Panels::new(input, *look, fonts)?;
    let height = height * POINTS_PER_MM;
    let bands = panels.bands()?;
    // Each band repeats the rows.
    let besides = panels.height(&bands, 0.0);
    let repeated: Vec<f64> = panels.heights.iter().map(|h| h * bands.len() as f64).collect();
    let pages = breaks(&repeated, height, height - besides)?;
    let count = pages.len();
    let numbered = pages
        .into_iter()
        .enumerate()
        .map(|(i, rows)| panels.page(rows, Some((i + 1, count)).filter(|_| count > 1)));
    numbered.collect()
}

/// Columns that stand beside each other.
type Band<'p> = Vec<(Axis, BottomAxis, &'p Column)>;

/// What all columns share.
struct Panels<'p> {
    input: &'p InfluencePlot,
    look: Look,
    fonts: &'p Fonts<'p>,
    names: Vec<Vec<Rich>>,
    heights: Vec<f64>,
    /// Where the first column starts, and how wide each is.
    left: f64,
    wide: f64,
    /// How many columns a band has.
    across: usize,
    legend: Legend,
}

impl<'p> Panels<'p> {
    fn new(
        input: &'p InfluencePlot,
        look: Look,
        fonts: &'p Fonts<'p>,
    ) -> Result<Self, FigureError> {
        if input.labels.is_empty() {
            return Err(FigureError::Empty { what: "no study has a measure of influence" });
        }
        let (width, size) = (look.points(), look.size());
        let set = |i: usize, label: &String| {
            let flagged = !input.flags(i).is_empty();
            Rich::in_face(label.as_str(), if flagged { Face::Bold } else { Face::Regular })
        };
        let labels: Vec<Rich> = input.labels.iter().enumerate().map(|(i, l)| set(i, l)).collect();
        let longest = labels.iter().map(|label| fonts.width(label, size)).fold(0.0, f64::max);
        let names = longest.min(NAMES * width);
        let gap = GAP * size;
        let room = width - 2.0 * MARGIN - names;
        let count = input.columns.len().max(1);
        let across = (1..=count).rev().find(|&n| room >= n as f64 * (COLUMN + gap));
        let Some(across) = across else {
            let rest = 2.0 * MARGIN + COLUMN + gap;
            let needed = (rest + longest).min(rest / (1.0 - NAMES)) / POINTS_PER_MM;
            return Err(FigureError::TooNarrow { given: look.width, needed: needed.ceil() });
        };
        // Bands of one height: four and four rather than seven and one.
        let bands = count.div_ceil(across);
        let across = count.div_ceil(bands);
        let wide = room / across as f64 - gap;
        let names: Vec<Vec<Rich>> =
            labels.iter().map(|label| label.wrap(names.max(size), size, fonts)).collect();
        let heights =
            names.iter().map(|n| (ROW + (n.len() as f64 - 1.0) * LEADING) * size).collect();
        let left = width - MARGIN - across as f64 * (wide + gap) + gap;
        let items = legend(input, &look);
        let legend = Legend::new(items, width - 2.0 * MARGIN, size, &look.theme(), fonts);
        Ok(Self { input, look, fonts, names, heights, left, wide, across, legend })
    }

    /// The columns in bands, with axes over the values of all studies.
    fn bands(&self) -> Result<Vec<Band<'p>>, FigureError> {
        self.input.columns.chunks(self.across).map(|columns| self.band(columns)).collect()
    }

    /// The height of a page whose rows fill `rows` points of each band.
    fn height(&self, bands: &[Band<'_>], rows: f64) -> f64 {
        let each: f64 = bands.iter().map(|band| self.tall(band, rows)).sum();
        MARGIN + each + self.legend.height() + MARGIN
    }

    /// The height of a band with the space under it.
    fn tall(&self, band: &Band<'_>, rows: f64) -> f64 {
        let axis = band.iter().map(|column| column.1.height()).fold(0.0, f64::max);
        (HEAD + BETWEEN) * self.look.size() + rows + axis
    }

    /// Draws some of the rows.
    fn page(
        &self,
        rows: Range<usize>,
        number: Option<(usize, usize)>,
    ) -> Result<Scene, FigureError> {
        let bands = self.bands()?;
        let tall: f64 = self.heights.get(rows.clone()).unwrap_or_default().iter().sum();
        let (width, height) = (self.look.points(), self.height(&bands, tall));
        let mut scene = Scene::new(width, height, "Influence of each study", self.input.describe());
        scene.page = number;
        let mut top = MARGIN;
        for band in &bands {
            self.draw(&mut scene, band, &rows, top + HEAD * self.look.size());
            top += self.tall(band, tall);
        }
        self.legend.draw(&mut scene, (MARGIN, top));
        Ok(scene)
    }

    fn band(&self, columns: &'p [Column]) -> Result<Band<'p>, FigureError> {
        let (size, theme) = (0.82 * self.look.size(), self.look.theme());
        let edge = RADIUS + 0.5;
        let placed = columns.iter().enumerate().map(|(i, column)| {
            let from = self.left + i as f64 * (self.wide + GAP * self.look.size());
            let values = column.values.iter().copied().flatten();
            let values = values.chain(column.reference).chain(column.limits.iter().copied());
            let (low, high) = range(values);
            let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
            let ends = nice_limits(Spread::Linear, low, high, false);
            let axis = Axis::new(Spread::Linear, ends, (from + edge, from + self.wide - edge))?;
            let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
            let page = (from, from + self.wide);
            // Labels of two columns stay apart.
            let reach = 0.4 * GAP * self.look.size();
            let labels = (page.0 - reach, page.1 + reach);
            let words = AxisWords { title: "", favours: None, page, labels, overhang: edge };
            Ok((axis, BottomAxis::new(axis, numbers, &theme, size, &words, self.fonts), column))
        });
        placed.collect()
    }

    /// Draws a band whose first row has its top at `top`.
    fn draw(&self, scene: &mut Scene, band: &Band<'_>, rows: &Range<usize>, top: f64) {
        let (size, theme) = (self.look.size(), self.look.theme());
        let heights = self.heights.get(rows.clone()).unwrap_or_default();
        let (bottom, width) = (top + heights.iter().sum::<f64>(), self.look.points());
        scene.group(Role::Guide, None, |scene| {
            let light = theme.grid.unwrap_or(theme.muted.with_alpha(50));
            let mut y = top;
            for height in heights {
                let middle = y + 0.5 * height;
                scene.line((self.left, middle), (width - MARGIN, middle), Stroke::new(light, 0.5));
                y += height;
            }
            for (axis, _, column) in band {
                if let Some(x) = column.reference {
                    let x = axis.clamped(x);
                    scene.line((x, top), (x, bottom), Stroke::new(theme.rule, 0.6));
                }
                for &limit in &column.limits {
                    let x = axis.clamped(limit);
                    let stroke = Stroke::dashed(theme.muted, 0.7, DASH);
                    scene.line((x, top), (x, bottom), stroke);
                }
            }
        });
        scene.group(Role::Header, None, |scene| {
            for (axis, _, column) in band {
                let (left, right) = axis.ends();
                let at = (0.5 * (left + right), top - 0.6 * size);
                let text = Rich::in_face(column.name, Face::Bold);
                scene.text(at, Anchor::Middle, size - 0.5, text, theme.ink);
            }
        });
        let mut y = top;
        let named = self.names.iter().zip(&self.heights).enumerate();
        for (i, (name, height)) in named.skip(rows.start).take(rows.len()) {
            let middle = y + 0.5 * height;
            scene.group(Role::Row, Some(self.words(i, band)), |scene| {
                let first = middle - 0.5 * LEADING * size * (name.len() as f64 - 1.0);
                for (line, text) in name.iter().enumerate() {
                    let base = first + (line as f64 * LEADING + 0.36) * size;
                    scene.text((MARGIN, base), Anchor::Start, size, text.clone(), theme.ink);
                }
                for (axis, _, column) in band {
                    let Some(value) = column.values.get(i).copied().flatten() else { continue };
                    let at = (axis.clamped(value), middle);
                    let flagged = column.flagged.get(i).copied().unwrap_or(false);
                    let paint = dot(&self.look, flagged);
                    if flagged {
                        scene.polygon(super::legend::triangle(at, 1.35 * RADIUS), paint);
                    } else {
                        scene.push(Shape::Circle { centre: at, radius: RADIUS, paint });
                    }
                }
            });
            y += height;
        }
        for (_, axis, _) in band {
            axis.draw(scene, bottom);
        }
    }

    /// `Lee 2017: rstudent 2.31, DFFITS 0.58`.
    fn words(&self, i: usize, band: &[(Axis, BottomAxis, &Column)]) -> String {
        let each = band.iter().filter_map(|(_, _, column)| {
            let value = column.values.get(i).copied().flatten()?;
            Some(format!("{} {}", column.name, short(value, 3, '.')))
        });
        let label = self.input.labels.get(i).map_or("", String::as_str);
        format!("{label}: {}", each.collect::<Vec<_>>().join(", "))
    }
}

fn legend(input: &InfluencePlot, look: &Look) -> Vec<(Symbol, String)> {
    let theme = look.theme();
    let mut items = vec![(Symbol::Dot(dot(look, false)), "study".to_owned())];
    if input.columns.iter().any(|c| c.flagged.contains(&true)) {
        items.push((Symbol::Triangle(dot(look, true)), "beyond the limit".to_owned()));
    }
    let limit = Stroke::dashed(theme.muted, 0.7, DASH);
    items.push((Symbol::Line(limit), "limit of the rule".to_owned()));
    let line = Stroke::new(theme.rule, 0.6);
    items.push((Symbol::Line(line), "no influence: all studies, equal weights".to_owned()));
    items
}

fn dot(look: &Look, flagged: bool) -> Paint {
    let theme = look.theme();
    let fill = if flagged { theme.random } else { theme.square };
    Paint::both(fill, Stroke::new(theme.interval, 0.5))
}

/// The dashes of limits.
const DASH: (f64, f64) = (2.4, 1.8);
