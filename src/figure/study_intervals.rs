//! The interval of each study by every method: how much does the choice matter?

use super::{
    Colour, FigureError, Fonts, Look, Numbers, POINTS_PER_MM, Paint, Place, Scene, Shape, Stroke,
    Style,
    behind::{cell, table},
    labels::range,
    legend::Symbol,
    number::percent,
    rows::{Content, Name, Page, Rows},
    words::studies,
};
use crate::{
    effect::{Measure, StudyInterval},
    model::{Fit, Model},
};

/// The content of a plot of study intervals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyIntervals {
    /// What the values are: `Rate`.
    pub effect: String,
    /// The level of the intervals, in percent.
    pub level: f64,
    /// The methods, in the order of the lines.
    pub methods: Vec<&'static str>,
    /// The studies.
    pub studies: Vec<Study>,
}

/// A study with its intervals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Study {
    /// Its name.
    pub label: String,
    /// Events and total.
    pub counts: (u64, u64),
    /// Its rate.
    pub estimate: f64,
    /// Its interval by each method.
    pub intervals: Vec<(f64, f64)>,
}

/// The methods in the order in which they are drawn.
const METHODS: [(StudyInterval, &str); 7] = [
    (StudyInterval::ClopperPearson, "Clopper–Pearson"),
    (StudyInterval::MidP, "mid-P"),
    (StudyInterval::Jeffreys, "Jeffreys"),
    (StudyInterval::Wilson, "Wilson"),
    (StudyInterval::WilsonCc, "Wilson, corrected"),
    (StudyInterval::AgrestiCoull, "Agresti–Coull"),
    (StudyInterval::Wald, "Wald"),
];

impl TryFrom<&Fit> for StudyIntervals {
    type Error = FigureError;

    /// The intervals of the studies of a fit; Wald's is on its analysis scale.
    fn try_from(fit: &Fit) -> Result<Self, FigureError> {
        let counts = fit.studies.studies().counts().ok_or(FigureError::Unsuited {
            figure: "a plot of study intervals",
            why: "it needs events and totals".to_owned(),
        })?;
        let measure = match &fit.settings.model {
            Model::TwoStep(two_step) => two_step.measure,
            _ => Measure::Plo,
        };
        let tail = fit.settings.level.tail();
        let studies = fit.studies.iter().zip(counts).map(|(row, &counts)| Study {
            label: row.study.to_owned(),
            counts: (counts.events(), counts.total()),
            estimate: counts.proportion(),
            intervals: METHODS
                .iter()
                .map(|(method, _)| method.limits(counts, measure, (row.yi, row.vi), tail))
                .collect(),
        });
        Ok(Self {
            effect: "Rate".to_owned(),
            level: fit.settings.level.percent(),
            methods: METHODS.iter().map(|(_, name)| *name).collect(),
            studies: studies.collect(),
        })
    }
}

impl StudyIntervals {
    /// The numbers behind the figure as CSV: study, method, limits.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = ["label", "events", "total", "estimate", "method", "lower", "upper"];
        let rows = self.studies.iter().flat_map(|study| {
            self.methods.iter().zip(&study.intervals).map(|(method, &(lower, upper))| {
                vec![
                    study.label.clone(),
                    study.counts.0.to_string(),
                    study.counts.1.to_string(),
                    cell(study.estimate),
                    (*method).to_owned(),
                    cell(lower),
                    cell(upper),
                ]
            })
        });
        table(&head, rows)
    }
}

/// Colours that readers who do not see red and green apart can tell apart (Okabe and Ito 2008), with
/// dashes that tell them apart in print.
const COLOURS: [u32; 7] =
    [0x00_0000, 0x00_72b2, 0xd5_5e00, 0x00_9e73, 0x00_9e73, 0xcc_79a7, 0xe6_9f00];

/// Draws the intervals of each study, one method under the other, with a line at the rate.
///
/// # Errors
/// [`FigureError::Empty`] without a study, [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::{figure::{Fonts, Look, study_intervals::{StudyIntervals, study_intervals}}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let scene = study_intervals(&StudyIntervals::try_from(&fit)?, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("by 7 methods"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn study_intervals(
    input: &StudyIntervals,
    look: &Look,
    fonts: &Fonts<'_>,
) -> Result<Scene, FigureError> {
    let rows = rows(input, look, fonts)?;
    let page =
        Page { title: TITLE, desc: &desc(input), rows: 0..input.studies.len(), number: None };
    Ok(draw(input, look, &rows, &page))
}

/// Draws the intervals on pages at most `height` mm high, each with the axis and the legend.
///
/// # Errors
/// Those of [`study_intervals`], and [`FigureError::PageTooLow`].
pub fn pages(
    input: &StudyIntervals,
    look: &Look,
    height: f64,
    fonts: &Fonts<'_>,
) -> Result<Vec<Scene>, FigureError> {
    let rows = rows(input, look, fonts)?;
    let pages = rows.pages(height * POINTS_PER_MM)?;
    let (count, desc) = (pages.len(), desc(input));
    let pages = pages.into_iter().enumerate().map(|(i, range)| {
        let number = Some((i + 1, count)).filter(|_| count > 1);
        draw(input, look, &rows, &Page { title: TITLE, desc: &desc, rows: range, number })
    });
    Ok(pages.collect())
}

const TITLE: &str = "Study intervals by method";

/// From line to line of a study's intervals.
fn step(look: &Look) -> f64 {
    0.46 * look.size()
}

fn rows<'r>(
    input: &StudyIntervals,
    look: &Look,
    fonts: &'r Fonts<'r>,
) -> Result<Rows<'r>, FigureError> {
    let name = |study: &Study| Name {
        text: study.label.clone(),
        under: format!("{} of {}", study.counts.0, study.counts.1),
    };
    let methods = input.methods.iter().enumerate();
    let mut legend: Vec<(Symbol, String)> =
        methods.map(|(i, name)| (Symbol::Line(pen(i, look.style)), (*name).to_owned())).collect();
    let ink = look.theme().ink;
    legend.push((Symbol::Dot(Paint::fill(ink)), "observed rate".to_owned()));
    let ends = input.studies.iter().flat_map(|s| s.intervals.iter().flat_map(|&(a, b)| [a, b]));
    let content = Content {
        names: input.studies.iter().map(name).collect(),
        height: step(look) * (input.methods.len() as f64 + 1.4),
        range: range(ends.chain(input.studies.iter().map(|s| s.estimate))),
        scale: look.scale,
        title: look.scale.heading(&input.effect),
        legend,
        overhang: 0.0,
    };
    Rows::new(content, *look, fonts)
}

/// The figure in words: how much the methods differ at most.
fn desc(input: &StudyIntervals) -> String {
    let width = |&(low, high): &(f64, f64)| high - low;
    let spread = |study: &Study| {
        let widths = study.intervals.iter().map(width);
        let (least, most) = range(widths);
        (most - least, study.label.clone())
    };
    let furthest = input.studies.iter().map(spread).max_by(|a, b| a.0.total_cmp(&b.0));
    let furthest = furthest
        .map_or_else(String::new, |(_, label)| format!(" Their widths differ most for {label}."));
    format!(
        "{} intervals of {} by {} methods.{furthest}",
        percent(input.level, '.'),
        studies(input.studies.len()),
        input.methods.len()
    )
}

fn draw(input: &StudyIntervals, look: &Look, rows: &Rows<'_>, page: &Page<'_>) -> Scene {
    let (theme, size) = (look.theme(), look.size());
    let stroke = |method: usize| pen(method, look.style);
    let (step, axis) = (step(look), rows.axis);
    let words = |i: usize| {
        input.studies.get(i).map_or_else(String::new, |study| {
            let numbers = Numbers::new(look.scale, None, '.', study.estimate);
            let each = input.methods.iter().zip(&study.intervals).map(|(method, &(low, high))| {
                format!("{method} {} to {}", numbers.value(low), numbers.value(high))
            });
            format!("{}: {}", study.label, each.collect::<Vec<_>>().join(", "))
        })
    };
    rows.page(page, words, |scene, i, middle, half| {
        let Some(study) = input.studies.get(i) else { return };
        let first = middle - 0.5 * step * (study.intervals.len() as f64 - 1.0);
        if let Place::At(x) = axis.place(study.estimate) {
            let (top, bottom) = (middle - 0.86 * half, middle + 0.86 * half);
            scene.line((x, top), (x, bottom), Stroke::new(theme.muted, 0.4));
        }
        for (method, &(lower, upper)) in study.intervals.iter().enumerate() {
            let y = step.mul_add(method as f64, first);
            let (left, right) = (axis.clamped(lower), axis.clamped(upper));
            scene.line((left, y), (right, y), stroke(method));
            // A dash may end before the interval does: its ends are marked.
            for x in [left, right] {
                let cap = Stroke::new(stroke(method).colour, 0.8);
                scene.line((x, y - 0.17 * size), (x, y + 0.17 * size), cap);
            }
        }
        if let Place::At(x) = axis.place(study.estimate) {
            let paint = Paint::fill(theme.ink);
            scene.push(Shape::Circle { centre: (x, middle), radius: 0.2 * size, paint });
        }
    })
}

/// The line of a method: solid, dashed or dotted, in colour unless the style has none.
fn pen(method: usize, style: Style) -> Stroke {
    let rgb = COLOURS.get(method % COLOURS.len()).copied().unwrap_or(0);
    let colour = if style == Style::Mono {
        Colour::hex([0x00_0000, 0x6a_6a6a][method % 2])
    } else {
        Colour::hex(rgb)
    };
    match method % 7 {
        4 => Stroke::dashed(colour, 1.1, (2.6, 1.2)),
        5 if style == Style::Mono => Stroke::dashed(colour, 1.1, (0.9, 0.9)),
        6 => Stroke::dashed(colour, 1.1, (4.0, 1.0)),
        2 | 3 if style == Style::Mono => Stroke::dashed(colour, 1.1, (5.0, 1.2)),
        _ => Stroke::new(colour, 1.1),
    }
}
