//! L'Abbé plots: the risk of one group against that of the other, one circle a study (L'Abbé, Detsky and
//! O'Rourke 1987).

use super::{
    Axis, FigureError, Fonts, Look, Numbers, Paint, Scene, Spread, Stroke,
    axis::nice_limits,
    behind::{cell, maybe, table},
    labels::room_for_ticks,
    legend::Symbol,
    naming::{Name, Naming},
    panel::Side,
    sheet::{Plan, Sheet},
};
use crate::{
    effect::Measure,
    model::{Fit, Model},
    study::Outcomes,
};

/// The content of a L'Abbé plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labbe {
    /// The studies.
    pub points: Vec<Point>,
    /// What is pooled and its value, where that says how one risk follows from the other.
    pub pooled: Option<(Measure, f64)>,
}

/// A study in a L'Abbé plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// The risk of the second group, the one compared with.
    pub second: f64,
    /// The risk of the first group.
    pub first: f64,
    /// Its weight in percent, which its area shows.
    pub weight: Option<f64>,
}

impl TryFrom<&Fit> for Labbe {
    type Error = FigureError;

    /// The risks of a fit of two groups of counts.
    fn try_from(fit: &Fit) -> Result<Self, FigureError> {
        let Outcomes::TwoProportions(tables) = fit.studies.studies().outcomes() else {
            return Err(FigureError::Unsuited {
                figure: "a L'Abbé plot",
                why: "it needs events and totals of two groups".to_owned(),
            });
        };
        let points = fit.studies.iter().zip(tables).map(|(study, table)| Point {
            label: study.study.to_owned(),
            second: table.second.proportion(),
            first: table.first.proportion(),
            weight: study.weight_random.or(study.weight_common),
        });
        let pooled = fit.random.map(|random| random.pooled).or(fit.common);
        let measure = match fit.settings.model {
            Model::TwoStep(choices) => Some(choices.measure),
            Model::MantelHaenszel { measure, .. } => Some(measure),
            Model::Peto | Model::TwoGroupGlmm { .. } => Some(Measure::Or),
            Model::Glmm { .. } | Model::BetaBinomial { .. } | Model::RateGlmm { .. } => None,
        };
        Ok(Self {
            points: points.collect(),
            pooled: measure.zip(pooled.map(|pooled| pooled.estimate)),
        })
    }
}

impl Labbe {
    /// The numbers behind the figure as CSV: name, both risks, weight.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self
            .points
            .iter()
            .map(|p| vec![p.label.clone(), cell(p.second), cell(p.first), maybe(p.weight)]);
        table(&["label", "group2", "group1", "weight"], rows)
    }

    /// The risk of the first group that the pooled value gives for one of the second.
    fn pooled(&self, risk: f64) -> Option<f64> {
        let (measure, value) = self.pooled?;
        let first = match measure {
            Measure::Or | Measure::Peto => value * risk / (1.0 - risk + value * risk),
            Measure::Rr => value * risk,
            Measure::Rd => value + risk,
            _ => return None,
        };
        (0.0..=1.0).contains(&first).then_some(first)
    }
}

/// Draws a L'Abbé plot: on the diagonal both groups fare alike, and the curve is the pooled value.
///
/// # Errors
/// [`FigureError::Empty`] without a study.
///
/// ```
/// use resorb::figure::{Fonts, Look, labbe::{Labbe, Point, labbe}};
/// let point = |label: &str, second, first| Point { label: label.into(), second, first, weight: None };
/// let input = Labbe { points: vec![point("Aronson", 0.08, 0.03)], pooled: None };
/// let scene = labbe(&input, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("1 study"));
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
pub fn labbe(input: &Labbe, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    if input.points.is_empty() {
        return Err(FigureError::Empty { what: "no study has two risks" });
    }
    let (theme, size) = (look.theme(), look.size());
    let scale = look.scale;
    let numbers = Numbers::new(scale, None, theme.mark, 1.0);
    let highest = input.points.iter().map(|p| p.first.max(p.second)).fold(0.0, f64::max);
    let (_, end) = nice_limits(Spread::Linear, 0.0, (1.08 * highest).max(1e-6), false);
    let end = end.min(1.0);
    let side = |most, name: &str| {
        // The axes go a little beyond, so that circles at the ends are seen whole.
        let axis = Axis::new(Spread::Linear, (-0.03 * end, 1.03 * end), (0.0, 1.0))?;
        Ok::<Side, FigureError>(Side::new(axis, numbers, most, scale.heading(name)))
    };
    let ticks = room_for_ticks(look.points(), size);
    let x = side(ticks, "Risk in group 2")?;
    let y = side(6, "Risk in group 1")?;
    let below = input.points.iter().filter(|p| p.first < p.second).count();
    let studies = match input.points.len() {
        1 => "1 study".to_owned(),
        several => format!("{several} studies"),
    };
    let plan = Plan {
        title: "L'Abbé plot",
        desc: format!("L'Abbé plot of {studies}; in {below} the first group has the lower risk."),
        height: 0.95,
        room_right: 0.0,
        room_top: 0.0,
    };
    let heaviest = input.points.iter().filter_map(|p| p.weight).fold(0.0, f64::max);
    let radius = |p: &Point| match p.weight {
        Some(weight) if heaviest > 0.0 => (LARGEST * (weight / heaviest).sqrt()).max(SMALLEST),
        _ => SMALLEST,
    };
    let alike = Stroke::new(theme.rule, 0.7);
    let curve = Stroke::dashed(theme.random, 1.0, (3.0, 2.0));
    let line: Vec<(f64, f64)> = (0..=STEPS)
        .map(|step| end * f64::from(step) / f64::from(STEPS))
        .filter_map(|risk| Some((risk, input.pooled(risk)?)))
        .filter(|(_, first)| *first <= end)
        .collect();
    let mut items = vec![(Symbol::Line(alike), "both groups alike".to_owned())];
    if line.len() > 1 {
        items.push((Symbol::Line(curve), "pooled value".to_owned()));
    }
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        marks.line(vec![(0.0, 0.0), (end, end)], alike)?;
        if line.len() > 1 {
            marks.line(line, curve)?;
        }
        for p in &input.points {
            let paint = Paint::both(theme.square.with_alpha(170), Stroke::new(theme.interval, 0.6));
            marks.circle((p.second, p.first), radius(p), paint)?;
        }
        Ok(())
    })?;
    let place = |p: &Point| sheet.frame.at((p.second, p.first));
    let marks: Vec<_> = input.points.iter().map(|p| (place(p), radius(p))).collect();
    let mut far: Vec<&Point> = input.points.iter().collect();
    far.sort_by(|a, b| (b.first - b.second).abs().total_cmp(&(a.first - a.second).abs()));
    let names: Vec<Name<'_>> = far
        .iter()
        .take(NAMED)
        .map(|p| Name { at: place(p), radius: radius(p), text: &p.label })
        .collect();
    let naming = Naming {
        lines: &[],
        fonts,
        size: size - 1.0,
        ink: theme.muted,
        edges: sheet.frame.edges(),
    };
    naming.write(&mut sheet.scene, &names, &marks);
    Ok(sheet.legend(items))
}

/// The radius of the study with the largest weight.
const LARGEST: f64 = 7.0;
/// The radius of a study of hardly any weight, or of none known.
const SMALLEST: f64 = 1.8;
/// How many studies are named.
const NAMED: usize = 6;
/// Points of the curve.
const STEPS: u32 = 100;
