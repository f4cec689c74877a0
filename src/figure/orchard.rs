//! Orchard plots: every study, the mean with its interval, and where a new study is expected, group
//! by group (Nakagawa et al. 2021).

use super::{
    Axis, FigureError, Fonts, Look, Numbers, Paint, Place, Scale, Scene, Shape, Stroke,
    behind::{cell, maybe, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::range,
    legend::Symbol,
    number::percent,
    rows::{Content, Name, Rows},
    swarm::offsets,
    words::{heading, result, studies},
};
use crate::{
    analysis::Subgroups,
    effect::{Display, Measure},
    model::{Fit, Model},
};

/// The content of an orchard plot, on the display scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orchard {
    /// What the values are: `Rate`.
    pub effect: String,
    /// Whether values are rates from 0 to 1.
    pub rates: bool,
    /// The level of the intervals, in percent.
    pub level: f64,
    /// The groups, from top to bottom.
    pub groups: Vec<Group>,
}

/// A group of studies with its results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// Whether its studies are those of the other groups.
    pub whole: bool,
    /// Its studies.
    pub points: Vec<Point>,
    /// The mean; none for a single study.
    pub estimate: Option<f64>,
    /// The interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// Where a new study is expected.
    pub prediction: Option<(f64, f64)>,
}

/// A study in an orchard plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its value.
    pub estimate: f64,
    /// Its number of patients, or another measure of precision: the area of its mark.
    pub size: f64,
}

impl Group {
    fn of(label: String, fit: &Fit) -> Self {
        let pooled = fit.random.as_ref().map(|random| &random.pooled).or(fit.common.as_ref());
        // A single study is its own result.
        let single = fit.studies.get(0).filter(|_| fit.k == 1).map(|s| (s.ci_lower, s.ci_upper));
        Self {
            label,
            whole: false,
            points: fit
                .studies
                .iter()
                .map(|s| Point {
                    label: s.study.to_owned(),
                    estimate: s.estimate,
                    size: s.total.map_or(1.0 / s.vi, |total| total as f64),
                })
                .collect(),
            estimate: pooled.filter(|_| single.is_none()).map(|p| p.estimate),
            interval: single.or_else(|| pooled.and_then(|p| p.ci_lower.zip(p.ci_upper))),
            prediction: fit.prediction.as_ref().map(|p| (p.lower, p.upper)),
        }
    }
}

/// One group: all studies.
impl From<&Fit> for Orchard {
    fn from(fit: &Fit) -> Self {
        let measure = match &fit.settings.model {
            Model::TwoStep(choices) if choices.measure.display() != Display::Proportion => {
                Some(choices.measure)
            }
            _ => None,
        };
        let rates = measure.is_none();
        Self {
            effect: measure.map_or("Rate", Measure::symbol).to_owned(),
            rates,
            level: fit.settings.level.percent(),
            groups: vec![Group::of("All studies".to_owned(), fit)],
        }
    }
}

/// A row for each group, and one for all studies together.
impl From<&Subgroups> for Orchard {
    fn from(subgroups: &Subgroups) -> Self {
        let mut orchard = Self::from(&subgroups.overall);
        let groups = subgroups.groups.iter().map(|g| Group::of(heading(&g.group), &g.fit));
        for all in &mut orchard.groups {
            all.whole = true;
        }
        orchard.groups.splice(..0, groups);
        orchard
    }
}

impl Orchard {
    /// The numbers behind the figure as CSV: studies and results, group by group.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = ["group", "kind", "label", "estimate", "lower", "upper", "size"];
        let rows = self.groups.iter().flat_map(|group| {
            let pair = |pair: Option<(f64, f64)>| (pair.map(|p| p.0), pair.map(|p| p.1));
            let line = |kind: &str, label: &str, x, (low, high), size| {
                vec![
                    group.label.clone(),
                    kind.to_owned(),
                    label.to_owned(),
                    maybe(x),
                    maybe(low),
                    maybe(high),
                    size,
                ]
            };
            let mut rows: Vec<Vec<String>> = group
                .points
                .iter()
                .map(|p| line("study", &p.label, Some(p.estimate), (None, None), cell(p.size)))
                .collect();
            rows.push(line("mean", "", group.estimate, pair(group.interval), String::new()));
            rows.push(line("prediction", "", None, pair(group.prediction), String::new()));
            rows
        });
        table(&head, rows)
    }
}

/// Draws an orchard plot.
///
/// # Errors
/// [`FigureError::Empty`] without a study, [`FigureError::TooNarrow`].
///
/// ```
/// use resorb::{figure::{Fonts, Look, orchard::{Orchard, orchard}}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let scene = orchard(&Orchard::from(&fit), &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("All studies: 3 studies"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn orchard(input: &Orchard, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let (theme, size) = (look.theme(), look.size());
    let scale = if input.rates { look.scale } else { Scale::Plain };
    let points = || input.groups.iter().flat_map(|group| &group.points);
    let pairs = input.groups.iter().flat_map(|g| [g.interval, g.prediction]).flatten();
    let values = points()
        .map(|p| p.estimate)
        .chain(input.groups.iter().filter_map(|g| g.estimate))
        .chain(pairs.flat_map(|(a, b)| [a, b]));
    let k = input.groups.iter().filter(|g| !g.whole).map(|g| g.points.len()).sum();
    let many = points().count() > MOST_MARKS;
    let edge = Stroke::new(theme.interval, 0.5);
    let dot = Paint::both(theme.square.with_alpha(120), edge);
    let (mean, ci) = (theme.random, Stroke::new(theme.ink, 2.0));
    let pi = Stroke::new(theme.ink, 0.8);
    let level = percent(input.level, theme.mark);
    let pooled = Symbol::Dot(Paint::both(mean, Stroke::new(theme.ink, 0.8)));
    let any = |has: fn(&Group) -> bool| input.groups.iter().any(has);
    let mut legend = vec![(Symbol::Dot(dot), "study, its area the number of patients".to_owned())];
    // What no group has needs no explanation.
    legend.extend(any(|g| g.estimate.is_some()).then(|| (pooled, "pooled value".to_owned())));
    legend.extend(any(|g| g.interval.is_some()).then(|| (Symbol::Line(ci), format!("{level} CI"))));
    legend.extend(
        any(|g| g.prediction.is_some())
            .then(|| (Symbol::Line(pi), format!("{level} prediction interval"))),
    );
    let content = Content {
        names: input
            .groups
            .iter()
            .map(|group| Name { text: group.label.clone(), under: studies(group.points.len()) })
            .collect(),
        height: 6.0 * size,
        range: range(values),
        scale,
        title: scale.heading(&input.effect),
        legend: legend.clone(),
        overhang: LARGEST * size,
    };
    let mut rows = Rows::new(content, *look, fonts)?;
    let axis = rows.axis;
    let bins: Vec<Hexagons> = input.groups.iter().map(|group| bin(group, &axis, size)).collect();
    let most = bins.iter().map(Hexagons::most).max().unwrap_or(1);
    let bins: Vec<Hexagons> = bins.into_iter().map(|bin| bin.up_to(most)).collect();
    if let Some(bin) = bins.first().filter(|_| many) {
        legend.splice(..1, bin.legend(&theme));
        rows.set_legend(legend);
    }
    let largest = points().map(|p| p.size).filter(|s| s.is_finite()).fold(0.0, f64::max);
    let words = |group: &Group| describe(group, scale, input.level);
    let desc = format!(
        "Orchard plot of {}. {}.",
        studies(k),
        input.groups.iter().map(words).collect::<Vec<_>>().join(". ")
    );
    let label = |i: usize| input.groups.get(i).map(words).unwrap_or_default();
    Ok(rows.draw("Orchard plot", &desc, label, |scene, i, middle, half| {
        let Some(group) = input.groups.get(i) else { return };
        let marks: Vec<(f64, f64)> = group
            .points
            .iter()
            .filter(|p| p.estimate.is_finite())
            .map(|p| {
                let share = if largest > 0.0 { (p.size / largest).max(0.0).sqrt() } else { 0.6 };
                (axis.clamped(p.estimate), (LARGEST * size * share).max(1.1))
            })
            .collect();
        if let Some(bin) = bins.get(i).filter(|_| many) {
            bin.draw(scene, middle, &theme);
        } else {
            for (&(x, radius), offset) in marks.iter().zip(offsets(&marks, 0.92 * half)) {
                scene.push(Shape::Circle { centre: (x, middle + offset), radius, paint: dot });
            }
        }
        results(
            scene,
            group,
            &axis,
            middle,
            (ci, pi),
            Paint::both(mean, Stroke::new(theme.ink, 0.8)),
            size,
        );
    }))
}

/// The radius of the largest study's circle, in font sizes.
const LARGEST: f64 = 0.95;

/// The studies of a group in a row of hexagons that fills the axis from end to end, around height 0.
fn bin(group: &Group, axis: &Axis, size: f64) -> Hexagons {
    let (left, right) = axis.ends();
    let count = ((right - left) / (0.9 * size)).round().max(1.0);
    let wide = (right - left) / count;
    // A study at an end stands in the hexagon inside.
    let inside = |x: f64| x.clamp(left + 1e-3 * wide, right - 1e-3 * wide);
    let places: Vec<_> = group
        .points
        .iter()
        .filter(|p| p.estimate.is_finite())
        .map(|p| (inside(axis.clamped(p.estimate)), 0.0))
        .collect();
    Hexagons::columns(&places, wide / 3f64.sqrt(), left + 0.5 * wide, wide)
}

/// The intervals of a group and its mean, over the studies.
fn results(
    scene: &mut Scene,
    group: &Group,
    axis: &Axis,
    y: f64,
    (ci, pi): (Stroke, Stroke),
    mean: Paint,
    size: f64,
) {
    for (pair, stroke) in [(group.prediction, pi), (group.interval, ci)] {
        if let Some((lower, upper)) = pair {
            scene.line((axis.clamped(lower), y), (axis.clamped(upper), y), stroke);
        }
    }
    if let Some(Place::At(x)) = group.estimate.map(|x| axis.place(x)) {
        let radius = 0.42 * size;
        scene.push(Shape::Circle { centre: (x, y), radius, paint: mean });
    }
}

/// `Bulge: 3 studies, 17.4% (95% CI 0.2 to 95.1)`.
fn describe(group: &Group, scale: Scale, level: f64) -> String {
    let pooled = group.estimate.map(|value| {
        // Digits follow the value: rare rates need more of them.
        let numbers = Numbers::new(scale, None, '.', value);
        format!(", {}", result(value, group.interval, level, numbers))
    });
    let single = group.points.first().filter(|_| group.estimate.is_none()).map(|point| {
        let numbers = Numbers::new(scale, None, '.', point.estimate);
        format!(", {}", result(point.estimate, group.interval, level, numbers))
    });
    let value = pooled.or(single).unwrap_or_default();
    format!("{}: {}{value}", group.label, studies(group.points.len()))
}
