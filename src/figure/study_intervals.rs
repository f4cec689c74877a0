//! The interval of each study by every method: how much does the choice matter?

use super::{
    Colour, FigureError, Fonts, Look, Numbers, Paint, Place, Scene, Shape, Stroke, Style,
    behind::{cell, table},
    labels::range,
    legend::Symbol,
    number::percent,
    rows::{Content, Name, Rows},
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
    let (theme, size) = (look.theme(), look.size());
    let stroke = |method: usize| pen(method, look.style);
    let step = 0.46 * size;
    let numbers = Numbers::new(look.scale, None, '.', 1.0);
    let name = |study: &Study| Name {
        text: study.label.clone(),
        under: format!("{} of {}", study.counts.0, study.counts.1),
    };
    let methods = input.methods.iter().enumerate();
    let mut legend: Vec<(Symbol, String)> =
        methods.map(|(i, name)| (Symbol::Line(stroke(i)), (*name).to_owned())).collect();
    legend.push((Symbol::Dot(Paint::fill(theme.ink)), "observed rate".to_owned()));
    let ends = input.studies.iter().flat_map(|s| s.intervals.iter().flat_map(|&(a, b)| [a, b]));
    let content = Content {
        names: input.studies.iter().map(name).collect(),
        height: step * (input.methods.len() as f64 + 1.4),
        range: range(ends.chain(input.studies.iter().map(|s| s.estimate))),
        scale: look.scale,
        title: look.scale.heading(&input.effect),
        legend,
    };
    let rows = Rows::new(content, *look, fonts)?;
    let axis = rows.axis;
    let words = |i: usize| {
        input.studies.get(i).map_or_else(String::new, |study| {
            let each = input.methods.iter().zip(&study.intervals).map(|(method, &(low, high))| {
                format!("{method} {} to {}", numbers.value(low), numbers.value(high))
            });
            format!("{}: {}", study.label, each.collect::<Vec<_>>().join(", "))
        })
    };
    let desc = format!(
        "{} intervals of {} studies by {} methods.",
        percent(input.level, '.'),
        input.studies.len(),
        input.methods.len()
    );
    Ok(rows.draw("Study intervals by method", desc, words, |scene, i, middle, half| {
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
    }))
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
