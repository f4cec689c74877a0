//! Drapery plots: the p value of every possible true value, for each study and for the pooled
//! results (Rücker and Schwarzer 2021).

use super::{
    Anchor, Axis, FigureError, Fonts, Labels, Look, Numbers, Paint, Rich, Scale, Scene, Spread,
    Stroke,
    behind::{cell, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{CORRECTED, corrected, padded, range, room_for_ticks},
    legend::Symbol,
    number::percent,
    panel::Side,
    sheet::{Plan, Sheet},
    words::{result, studies},
};
use crate::{
    model::{Estimate, Fit},
    numeric::{normal, student_t},
};

/// The content of a drapery plot, on the analysis scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drapery {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the analysis scale is labelled.
    pub labels: Labels,
    /// The curves, those of studies first.
    pub curves: Vec<Curve>,
    /// Where a new study is expected.
    pub prediction: Option<(f64, f64)>,
    /// The confidence level, in percent.
    pub level: f64,
}

/// A p-value function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Whose it is.
    pub label: String,
    /// Of what it is.
    pub kind: Kind,
    /// Whether it is of a study without events or without non-events, placed by a correction.
    pub corrected: bool,
    /// The value and its confidence interval.
    pub interval: Option<(f64, f64, f64)>,
    /// True values with their two-sided p values, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// Of what a curve is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A study.
    #[default]
    Study,
    /// The common-effect result.
    Common,
    /// The random-effects result.
    Random,
}

/// How far beyond all else a pooled interval is followed, in widths of all else.
const WIDEST: f64 = 3.0;

/// Points of a curve on each side of its peak.
const STEPS: u32 = 60;

impl From<&Fit> for Drapery {
    fn from(fit: &Fit) -> Self {
        let labels = Labels::of(&fit.settings);
        let pooled: Vec<(Kind, &str, &Estimate)> = [
            (Kind::Common, "common effect", fit.common.as_ref()),
            (Kind::Random, "random effects", fit.random.as_ref().map(|random| &random.pooled)),
        ]
        .into_iter()
        .filter_map(|(kind, label, estimate)| Some((kind, label, estimate?)))
        .collect();
        let prediction = fit.prediction.as_ref().and_then(|p| p.yi_lower.zip(p.yi_upper));
        let middle = fit.studies.iter().map(|s| s.yi);
        let reach = pooled.iter().flat_map(|(_, _, e)| {
            let (yi, se) = (e.yi.unwrap_or(f64::NAN), e.se.unwrap_or(f64::NAN));
            [yi - 4.0 * se, yi + 4.0 * se]
        });
        let reach = reach.chain(prediction.into_iter().flat_map(|(a, b)| [a, b]));
        let inner = range(middle.chain(reach));
        // A t curve of few degrees of freedom is wide: its interval is shown as long as that does not
        // squeeze the rest.
        let room = WIDEST * (inner.1 - inner.0);
        let limits = pooled.iter().flat_map(|(_, _, e)| [e.yi_lower, e.yi_upper]).flatten();
        let limits = limits.map(|y| y.clamp(inner.0 - room, inner.1 + room));
        let (from, to) = padded(range(limits.chain([inner.0, inner.1])), 0.03);
        let (from, to) =
            if labels == Labels::Rate { (from.max(0.0), to.min(1.0)) } else { (from, to) };
        let study = fit.studies.iter().zip(corrected(fit)).map(|(s, corrected)| Curve {
            label: s.study.to_owned(),
            kind: Kind::Study,
            corrected,
            interval: None,
            points: curve((from, to), s.yi, s.vi.sqrt(), None),
        });
        let pooled = pooled.iter().filter_map(|(kind, label, e)| {
            let points = curve((from, to), e.yi?, e.se?, e.df);
            let interval = e.yi.zip(e.yi_lower.zip(e.yi_upper)).map(|(y, (a, b))| (y, a, b));
            let label = (*label).to_owned();
            Some(Curve { label, kind: *kind, corrected: false, interval, points })
        });
        Self {
            effect: labels.effect().to_owned(),
            labels,
            curves: study.chain(pooled).collect(),
            prediction,
            level: fit.settings.level.percent(),
        }
    }
}

/// `2·P(|T| ≥ |θ − y|/se)` from `from` to `to`, its peak among the points.
fn curve((from, to): (f64, f64), y: f64, se: f64, df: Option<f64>) -> Vec<(f64, f64)> {
    if !(y.is_finite() && se > 0.0 && from < to) {
        return Vec::new();
    }
    let p = |theta: f64| {
        let z = ((theta - y) / se).abs();
        (theta, df.map_or_else(|| 2.0 * normal::sf(z), |df| student_t::two_sided(z, df)))
    };
    // Denser where the curve bends: around the peak.
    let side = |end: f64| {
        (1..=STEPS).map(move |i| {
            let share = f64::from(i) / f64::from(STEPS);
            y + (end - y) * share * share
        })
    };
    let mut thetas: Vec<f64> = side(from.min(y)).collect();
    thetas.reverse();
    thetas.push(y);
    thetas.extend(side(to.max(y)));
    thetas.into_iter().map(p).collect()
}

impl Drapery {
    /// The numbers behind the figure as CSV: curve, kind, value, p.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.curves.iter().flat_map(|curve| {
            let kind = match curve.kind {
                Kind::Study => "study",
                Kind::Common => "common",
                Kind::Random => "random",
            };
            curve
                .points
                .iter()
                .map(move |&(y, p)| vec![curve.label.clone(), kind.into(), cell(y), cell(p)])
        });
        table(&["label", "kind", "yi", "p_value"], rows)
    }
}

/// Draws a drapery plot.
///
/// # Errors
/// [`FigureError::Empty`] without a curve.
///
/// ```
/// use resorb::{figure::{Fonts, Look, drapery::{Drapery, drapery}}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let scene = drapery(&Drapery::from(&fit), &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("3 studies"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drapery(input: &Drapery, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let ends = range(input.curves.iter().flat_map(|c| c.points.iter().map(|p| p.0)));
    if ends.0 >= ends.1 {
        return Err(FigureError::Empty { what: "no result has a p-value function" });
    }
    let (theme, size) = (look.theme(), look.size());
    let alpha = 1.0 - input.level / 100.0;
    let numbers = Numbers::new(Scale::Plain, Some(1), theme.mark, 1.0);
    let most = room_for_ticks(look.points(), size);
    let x = input.labels.side(&input.effect, look, ends, most)?;
    let y = Side::new(
        Axis::new(Spread::Linear, (0.0, 1.0), (0.0, 1.0))?,
        numbers,
        6,
        "Two-sided p value",
    );
    let of = |kind| input.curves.iter().filter(move |curve| curve.kind == kind);
    let level = percent(input.level, theme.mark);
    let tag = Rich::plain(format!("{level} CI"));
    let plan = Plan {
        title: "Drapery plot",
        desc: describe(input, look),
        height: 0.62,
        room_right: 0.4 * size + fonts.width(&tag, size),
        room_top: 0.0,
    };
    let study = Stroke::new(theme.square.with_alpha(110), 0.6);
    let common = Stroke::new(
        if theme.common == super::Colour::WHITE { theme.muted } else { theme.common },
        1.4,
    );
    // In shades of one colour, and where the curves lie on each other, dashes tell them apart.
    let common = Stroke { dash: Some((4.5, 1.8)), ..common };
    let random = Stroke::new(theme.random, 1.6);
    let odd = Stroke { dash: Some((1.6, 1.4)), ..study };
    let strokes = [(Kind::Study, study), (Kind::Common, common), (Kind::Random, random)];
    let many = of(Kind::Study).count() > MOST_MARKS;
    let dashed = Stroke::dashed(theme.muted, 0.6, (2.4, 1.8));
    let shade = theme.prediction.with_alpha(30);
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        if let Some((lower, upper)) = input.prediction {
            let box_of = vec![(lower, 0.0), (lower, 1.0), (upper, 1.0), (upper, 0.0)];
            marks.polygon(box_of, shade)?;
        }
        marks.line(vec![(ends.0, alpha), (ends.1, alpha)], dashed)?;
        for (kind, stroke) in strokes.into_iter().filter(|_| !many) {
            for curve in of(kind) {
                let stroke = if curve.corrected { odd } else { stroke };
                marks.line(curve.points.clone(), stroke)?;
            }
        }
        Ok(())
    })?;
    let hexagons = many.then(|| binned(of(Kind::Study), &sheet, ends, size));
    if let Some(hexagons) = &hexagons {
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        sheet.line(&[(ends.0, alpha), (ends.1, alpha)], dashed);
        for (kind, stroke) in strokes.into_iter().skip(1) {
            for curve in of(kind) {
                sheet.line(&curve.points, stroke);
            }
        }
    }
    let at = (sheet.frame.right + 0.4 * size, sheet.frame.y(alpha) + 0.36 * size);
    sheet.scene.text(at, Anchor::Start, size, tag, theme.muted);
    let mut items = hexagons.as_ref().map_or_else(Vec::new, |hexagons| hexagons.legend(&theme));
    if !many && of(Kind::Study).any(|curve| !curve.corrected) {
        items.push((Symbol::Line(study), "study".to_owned()));
    }
    if !many && of(Kind::Study).any(|curve| curve.corrected) {
        items.push((Symbol::Line(odd), CORRECTED.to_owned()));
    }
    for (kind, stroke, name) in
        [(Kind::Common, common, "common effect"), (Kind::Random, random, "random effects")]
    {
        if of(kind).next().is_some() {
            items.push((Symbol::Line(stroke), name.to_owned()));
        }
    }
    if input.prediction.is_some() {
        let patch = Symbol::Patch(Paint::fill(shade));
        items.push((patch, format!("{level} prediction interval")));
    }
    Ok(sheet.legend(items))
}

/// Curves counted in hexagons, each once in every column.
fn binned<'c>(
    curves: impl Iterator<Item = &'c Curve>,
    sheet: &Sheet<'_>,
    (from, to): (f64, f64),
    size: f64,
) -> Hexagons {
    let frame = &sheet.frame;
    let (left, right) = (frame.x(from), frame.x(to));
    let columns = ((right - left) / (0.6 * size)).round().max(1.0);
    let wide = (right - left) / columns;
    let mut places = Vec::new();
    for curve in curves {
        let mut column = 0.0;
        for pair in curve.points.windows(2) {
            let [(x0, p0), (x1, p1)] = *pair else { continue };
            let (a, b) = (frame.x(x0), frame.x(x1));
            while column < columns && left + (column + 0.5) * wide < b {
                let x = left + (column + 0.5) * wide;
                if x >= a && b > a {
                    let p = p0 + (x - a) / (b - a) * (p1 - p0);
                    places.push((x, frame.y(p)));
                }
                column += 1.0;
            }
        }
    }
    Hexagons::columns(&places, wide / 3f64.sqrt(), left + 0.5 * wide, wide)
}

/// The figure in words.
fn describe(input: &Drapery, look: &Look) -> String {
    let count = input.curves.iter().filter(|curve| curve.kind == Kind::Study).count();
    let alpha = super::number::short(1.0 - input.level / 100.0, 4, '.');
    let scale = input.labels.scale(look);
    let pooled = input.curves.iter().filter_map(|curve| {
        let (y, lower, upper) = curve.interval?;
        let [y, lower, upper] = [y, lower, upper].map(|y| input.labels.shown(y));
        let numbers = Numbers::new(scale, None, '.', y);
        let value = result(y, Some((lower, upper)), input.level, numbers);
        Some(format!(" The {} result is {value}.", curve.label.replace(' ', "-")))
    });
    format!(
        "p-value functions of {} and of the pooled results; where a curve crosses {alpha} lie the \
         ends of its {} confidence interval.{}",
        studies(count),
        percent(input.level, '.'),
        pooled.collect::<String>()
    )
}
