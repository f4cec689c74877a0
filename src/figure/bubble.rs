//! Bubble plots: a meta-regression on one number, with the studies it was fitted to.

use std::collections::HashMap;

use super::{
    Axis, Colour, FigureError, Fonts, Labels, Look, Numbers, Paint, Scale, Scene, Spread, Stroke,
    behind::{cell, maybe, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{CORRECTED, padded, range, room_for_ticks},
    legend::Symbol,
    number::{fixed, percent, short},
    panel::Side,
    sheet::{Plan, Sheet},
    words::{result, studies},
};
use crate::{
    effect::{CorrectionRule, Display},
    model::{Model, Regression, Value},
    study::{Column, Counts, Studies},
};

/// The content of a bubble plot, effects on the analysis scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bubble {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the analysis scale is labelled.
    pub labels: Labels,
    /// The moderator's name.
    pub moderator: String,
    /// The studies.
    pub points: Vec<Point>,
    /// The regression line, from left to right.
    pub line: Vec<Line>,
    /// The level of the band, in percent.
    pub level: f64,
}

/// A study in a bubble plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its moderator.
    pub x: f64,
    /// Its effect.
    pub yi: f64,
    /// Its weight; only ratios count.
    pub weight: f64,
    /// Whether it has no events or no non-events and stands where a correction puts it.
    pub corrected: bool,
}

/// The regression at one value of the moderator.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// The moderator.
    pub x: f64,
    /// The mean.
    pub yi: f64,
    /// Limits of the mean.
    pub interval: (f64, f64),
    /// Limits for a new study.
    pub prediction: Option<(f64, f64)>,
}

/// Values at which the line is computed.
const STEPS: u32 = 80;

impl Bubble {
    /// The bubble plot of a regression on one column of numbers, transformed or not. `studies` are
    /// those it was fitted to.
    ///
    /// # Errors
    /// [`FigureError::Unsuited`] for a regression on something else.
    pub fn new(studies: &Studies, regression: &Regression) -> Result<Self, FigureError> {
        let unsuited = |why: String| FigureError::Unsuited { figure: "a bubble plot", why };
        let formula: crate::model::Formula = regression
            .formula
            .parse()
            .map_err(|_| unsuited("the formula cannot be read".into()))?;
        let mut columns: Vec<&str> =
            formula.terms.iter().flatten().map(|factor| factor.column.as_str()).collect();
        columns.dedup();
        let [name] = columns[..] else {
            return Err(unsuited(format!(
                "`{}` has {} moderators, and the plot has room for one",
                regression.formula,
                columns.len()
            )));
        };
        let Some(Column::Number(values)) = studies.moderator(name).map(|m| &m.column) else {
            return Err(unsuited(format!(
                "`{name}` is no column of numbers; draw an orchard plot by its levels"
            )));
        };
        let Model::TwoStep(choices) = regression.settings.model else {
            return Err(unsuited("the regression has no effects".into()));
        };
        let known: Vec<bool> = values.iter().map(Option::is_some).collect();
        let drawn = |error: &dyn std::fmt::Display| unsuited(error.to_string());
        let used = studies.subset(&known).map_err(|e| drawn(&e))?;
        let effects = choices.measure.effects(&used, choices.correction).map_err(|e| drawn(&e))?;
        let tau2 = regression.heterogeneity.tau2.unwrap_or(0.0);
        let numbers = values.iter().copied().flatten();
        let rule =
            choices.measure.takes_correction() && choices.correction.to != CorrectionRule::None;
        let counts = |i: usize| used.counts().and_then(|counts| counts.get(i));
        let end = |c: &Counts| c.events() == 0 || c.events() == c.total();
        let corrected = (0..used.k()).map(|i| rule && counts(i).is_some_and(end));
        let each = used.labels().iter().zip(numbers).zip(effects.yi().iter().zip(effects.vi()));
        let points: Vec<Point> = each
            .zip(corrected)
            .map(|(((label, x), (&yi, &vi)), corrected)| Point {
                label: label.clone(),
                x,
                yi,
                weight: 1.0 / (vi + tau2),
                corrected,
            })
            .collect();
        let labels = Labels::of(&regression.settings);
        let (from, to) = range(points.iter().map(|p| p.x));
        let line = (0..=STEPS).map(|step| {
            let x = from + (to - from) * f64::from(step) / f64::from(STEPS);
            let values = HashMap::from([(name.to_owned(), Value::Number(x))]);
            let at = regression.predict(String::new(), &values).map_err(|e| drawn(&e))?;
            // Predictions come on the display scale; only what the axis shows can be put on it.
            let rates = choices.measure.display() == Display::Proportion;
            let hidden = |x| if rates { labels.hidden(x) } else { choices.measure.of(x) };
            let back = |(lower, upper)| (hidden(lower), hidden(upper));
            let plain = labels != Labels::Plain || !rates;
            Ok(Line {
                x,
                yi: at.yi,
                interval: (at.yi_lower, at.yi_upper),
                prediction: at.lower.zip(at.upper).filter(|_| plain).map(back),
            })
        });
        Ok(Self {
            effect: labels.effect().to_owned(),
            labels,
            moderator: name.to_owned(),
            line: line.collect::<Result<_, FigureError>>()?,
            points,
            level: regression.settings.level.percent(),
        })
    }

    /// The numbers behind the figure as CSV: studies, then the line.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = [
            "kind",
            "label",
            "x",
            "yi",
            "weight",
            "lower",
            "upper",
            "prediction_lower",
            "prediction_upper",
        ];
        let studies = self.points.iter().map(|p| {
            let mut row =
                vec!["study".into(), p.label.clone(), cell(p.x), cell(p.yi), cell(p.weight)];
            row.resize(head.len(), String::new());
            row
        });
        let line = self.line.iter().map(|l| {
            let (low, high) = l.prediction.map_or((None, None), |(a, b)| (Some(a), Some(b)));
            vec![
                "line".into(),
                String::new(),
                cell(l.x),
                cell(l.yi),
                String::new(),
                cell(l.interval.0),
                cell(l.interval.1),
                maybe(low),
                maybe(high),
            ]
        });
        table(&head, studies.chain(line))
    }
}

/// The radius of the heaviest study's bubble, in font sizes.
const LARGEST: f64 = 1.1;

/// Draws a bubble plot: bubbles whose area is the weight, the line, the interval of the mean as a
/// band and that for a new study between dashes.
///
/// # Errors
/// [`FigureError::Empty`] without a study or without a line.
///
/// ```
/// use resorb::{
///     data::{self, Mapping},
///     figure::{Fonts, Look, bubble::{Bubble, bubble}},
///     model::{Settings, regress},
/// };
/// let csv = b"study,events,total,year\nA,4,22,1992\nB,9,25,1999\nC,30,84,2004\nD,17,27,2011\n";
/// let studies = data::read(csv, &Mapping::default())?.studies;
/// let fit = regress(&studies, &"year".parse()?, &[], &Settings::two_step())?;
/// let scene = bubble(&Bubble::new(&studies, &fit)?, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.starts_with("Bubble plot of 4 studies"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bubble(input: &Bubble, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    if input.points.is_empty() || input.line.is_empty() {
        return Err(FigureError::Empty { what: "no study has both an effect and the moderator" });
    }
    let (theme, size) = (look.theme(), look.size());
    let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let most = room_for_ticks(look.points(), size);
    let (from, to) = range(input.points.iter().map(|p| p.x));
    let pad = if to > from { 0.06 * (to - from) } else { 1.0 };
    let axis = Axis::new(Spread::Linear, (from - pad, to + pad), (0.0, 1.0))?;
    let mut ticks = axis.ticks(numbers, most);
    if input.points.iter().all(|p| p.x.fract() == 0.0) {
        // No year is half a year.
        ticks.retain(|tick| tick.0.fract() == 0.0);
        ticks = ticks.into_iter().map(|(x, _)| (x, fixed(x, 0, theme.mark))).collect();
    }
    let x = Side::labelled(axis, ticks, super::words::heading(&input.moderator));
    let up = input.points.iter().map(|p| p.yi);
    let up = range(up.chain(input.line.iter().flat_map(|l| [l.interval.0, l.interval.1])));
    // An interval for a new study that would squeeze all the rest is not followed to its end.
    let room = up.1 - up.0;
    let new = range(input.line.iter().filter_map(|l| l.prediction).flat_map(|(a, b)| [a, b]));
    let up = (up.0.min(new.0.max(up.0 - room)), up.1.max(new.1.min(up.1 + room)));
    let y = input.labels.side(&input.effect, look, padded(up, 0.06), 7)?;
    let plan = Plan {
        title: "Bubble plot",
        desc: describe(input, look),
        height: 0.7,
        room_right: 0.0,
        room_top: 0.0,
    };
    let many = input.points.len() > MOST_MARKS;
    let heaviest = input.points.iter().map(|p| p.weight).fold(0.0, f64::max);
    let bubble_edge = Stroke::new(theme.interval, 0.6);
    let dashed = Stroke::dashed(theme.prediction, 0.7, (2.4, 1.8));
    let mut lines = Vec::new();
    for side in [|l: (f64, f64)| l.0, |l: (f64, f64)| l.1] {
        let curve = input.line.iter().filter_map(|l| Some((l.x, side(l.prediction?))));
        lines.push((curve.filter(|&(_, at)| y.holds(at)).collect(), dashed));
    }
    let drawn = lines.iter().any(|(line, _): &(Vec<(f64, f64)>, _)| line.len() > 1);
    let mean: Vec<_> = input.line.iter().map(|l| (l.x, l.yi)).collect();
    lines.push((mean, Stroke::new(theme.random, 1.2)));
    // A bubble of a corrected study is empty.
    let paint = |corrected: bool| {
        let inside = if corrected { Colour::WHITE } else { theme.square };
        Paint::both(inside.with_alpha(150), bubble_edge)
    };
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        let lower = input.line.iter().map(|l| (l.x, l.interval.0));
        let upper = input.line.iter().rev().map(|l| (l.x, l.interval.1));
        marks.polygon(lower.chain(upper).collect(), band(theme.random))?;
        for (line, stroke) in lines.iter().filter(|_| !many) {
            marks.line(line.clone(), *stroke)?;
        }
        let mut drawn: Vec<&Point> = input.points.iter().filter(|_| !many).collect();
        // Small bubbles stand before large ones.
        drawn.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        for p in drawn {
            let radius = (LARGEST * size * (p.weight / heaviest).max(0.0).sqrt()).max(1.0);
            marks.circle((p.x, p.yi), radius, paint(p.corrected))?;
        }
        Ok(())
    })?;
    let mut items = vec![(Symbol::Dot(paint(false)), "study, its area the weight".to_owned())];
    if input.points.iter().any(|p| p.corrected) {
        items.push((Symbol::Dot(paint(true)), CORRECTED.to_owned()));
    }
    if many {
        let places: Vec<_> = input.points.iter().map(|p| sheet.frame.at((p.x, p.yi))).collect();
        let frame = &sheet.frame;
        let hexagons = match spacing(&input.points).map(|x| frame.x(from + x) - frame.x(from)) {
            Some(apart) if apart > 0.1 * size => {
                Hexagons::columns(&places, 0.35 * size, frame.x(from), apart)
            }
            _ => Hexagons::new(&places, 0.35 * size),
        };
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        for (line, stroke) in &lines {
            sheet.line(line, *stroke);
        }
        items = hexagons.legend(&theme);
    }
    let level = percent(input.level, theme.mark);
    items.push((Symbol::Line(Stroke::new(theme.random, 1.2)), "mean".to_owned()));
    items.push((Symbol::Patch(Paint::fill(band(theme.random))), format!("{level} CI")));
    if drawn {
        items.push((Symbol::Line(dashed), format!("{level} prediction interval")));
    }
    Ok(sheet.legend(items))
}

/// The least distance of two values of the moderator: 1 for years.
fn spacing(points: &[Point]) -> Option<f64> {
    let mut values: Vec<f64> = points.iter().map(|p| p.x).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).min_by(f64::total_cmp)
}

/// The figure in words.
fn describe(input: &Bubble, look: &Look) -> String {
    let value = |l: &Line| {
        let [y, lower, upper] = [l.yi, l.interval.0, l.interval.1].map(|y| input.labels.shown(y));
        let numbers = Numbers::new(input.labels.scale(look), None, '.', y);
        let at = short(l.x, 2, '.');
        let value = result(y, Some((lower, upper)), input.level, numbers);
        format!("{value} at {at}")
    };
    let ends = input.line.first().zip(input.line.last());
    let line = ends.map_or_else(String::new, |(first, last)| {
        format!(" The line goes from {} to {}.", value(first), value(last))
    });
    format!(
        "Bubble plot of {}, {} against {}, with the regression line and its {} interval.{line}",
        studies(input.points.len()),
        input.effect.to_lowercase(),
        input.moderator,
        percent(input.level, '.')
    )
}

fn band(colour: Colour) -> Colour {
    colour.with_alpha(45)
}
