//! GOSH plots: the result of every subset of the studies against its heterogeneity, with and without
//! one study (Olkin, Dahabreh and Trikalinos 2012)

use std::fmt::Write as _;

use super::{
    Axis, Colour, FigureError, Fonts, Look, Numbers, Paint, Rich, Role, Scale, Scene, Spread,
    Stroke,
    axis::nice_limits,
    hexagons::{Hexagons, MOST_MARKS},
    labels::{range, room_for_ticks},
    legend::Symbol,
    number::short,
    panel::{MARGIN, Side},
    ridge::{Ridge, ridge},
    sheet::{Plan, Sheet},
};
use crate::{
    analysis::{Gosh, Separation},
    effect::Measure,
    model::{Model, Settings},
};

/// The content of a GOSH plot.
#[derive(Clone, Debug, PartialEq)]
pub struct GoshPlot<'g> {
    /// What the values are: `Rate`.
    pub effect: String,
    /// Whether values are rates from 0 to 1.
    pub rates: bool,
    /// The subsets.
    pub gosh: &'g Gosh,
    /// The study, as a place among the names, whose subsets have their own colour.
    pub study: Option<usize>,
    /// How far it parts the subsets.
    pub separation: Option<Separation>,
}

impl<'g> GoshPlot<'g> {
    /// The plot of subsets with the study that parts them most.
    #[must_use]
    pub fn new(settings: &Settings, gosh: &'g Gosh) -> Self {
        let by_study = gosh.by_study();
        let most = by_study
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.separation.total_cmp(&b.1.separation).then(b.0.cmp(&a.0)))
            .map(|(place, _)| place)
            // Where none parts them, none is named.
            .filter(|&place| by_study.get(place).is_some_and(|s| s.separation > 0.0));
        Self::of(settings, gosh, most, by_study)
    }

    /// The plot with a study of this name.
    ///
    /// # Errors
    /// [`FigureError::UnknownStudy`].
    pub fn with_study(
        settings: &Settings,
        gosh: &'g Gosh,
        name: &str,
    ) -> Result<Self, FigureError> {
        let place = gosh.labels.iter().position(|label| label == name);
        let place = place.ok_or_else(|| FigureError::UnknownStudy {
            name: name.to_owned(),
            known: gosh.labels.join(", "),
        })?;
        Ok(Self::of(settings, gosh, Some(place), gosh.by_study()))
    }

    fn of(
        settings: &Settings,
        gosh: &'g Gosh,
        study: Option<usize>,
        by_study: Vec<Separation>,
    ) -> Self {
        let rates = !matches!(&settings.model, Model::TwoStep(t) if t.measure == Measure::Gen);
        Self {
            effect: if rates { "Rate" } else { "Effect" }.to_owned(),
            rates,
            gosh,
            study,
            separation: study.and_then(|place| by_study.into_iter().nth(place)),
        }
    }

    /// The subsets of several studies: pooled value, I² and whether the study is among them.
    fn subsets(&self) -> impl Iterator<Item = ((f64, f64), bool)> + '_ {
        self.gosh.estimate.iter().enumerate().filter_map(|(i, &estimate)| {
            let i2 = self.gosh.i2(i)?;
            let with = self.study.is_some_and(|study| self.gosh.members.contains(i, study));
            estimate.is_finite().then_some(((estimate, i2), with))
        })
    }

    fn describe(&self, count: usize, scale: Scale) -> String {
        let subsets = if self.gosh.is_exhaustive() { "all" } else { "a sample of" };
        let mut text = format!(
            "Pooled value against I² for {subsets} {count} subsets of {} studies with more than \
             one study.",
            self.gosh.labels.len()
        );
        if let Some(s) = &self.separation {
            let value = |x: Option<f64>| {
                x.map_or_else(
                    || "none".to_owned(),
                    |x| {
                        let numbers = Numbers::new(scale, None, '.', x);
                        format!("{}{}", numbers.value(x), scale.unit())
                    },
                )
            };
            let percent =
                |x: Option<f64>| x.map_or_else(|| "none".to_owned(), |x| format!("{x:.1}%"));
            let _ = write!(
                text,
                " With {} the medians are {} and {}, without it {} and {}.",
                s.study,
                value(s.median_with),
                percent(s.i2_with),
                value(s.median_without),
                percent(s.i2_without)
            );
        }
        text
    }
}

/// The height of the marginal densities, in font sizes.
const MARGINAL: f64 = 4.0;
/// Between the panel and them, in font sizes.
const GAP: f64 = 0.5;

/// Draws a GOSH plot with the densities of both values beside it; over 2,000 subsets are counted in
/// hexagons, whose colour says how many of them have the study.
///
/// # Errors
/// [`FigureError::Empty`] without a subset of several studies.
///
/// ```
/// use resorb::{
///     analysis::{GoshOptions, gosh as subsets},
///     figure::{Fonts, Look, gosh::{GoshPlot, gosh}},
///     model::Settings,
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36), ("D", 2, 90)])?;
/// let settings = Settings::two_step();
/// let all = subsets(&studies, &settings, &GoshOptions::default(), &mut |_, _| {})?;
/// let scene = gosh(&GoshPlot::new(&settings, &all), &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("With D the medians are"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gosh(input: &GoshPlot<'_>, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let points: Vec<((f64, f64), bool)> = input.subsets().collect();
    if points.is_empty() {
        return Err(FigureError::Empty { what: "no subset of several studies has a result" });
    }
    let (theme, size) = (look.theme(), look.size());
    let scale = if input.rates { look.scale } else { Scale::Plain };
    let (low, high) = range(points.iter().map(|p| p.0.0));
    let numbers = Numbers::new(scale, None, theme.mark, high);
    let axis = |limits| Axis::new(Spread::Linear, limits, (0.0, 1.0));
    let ends = nice_limits(Spread::Linear, low, high, false);
    let x = Side::new(
        axis(if input.rates { (ends.0.max(0.0), ends.1.min(1.0)) } else { ends })?,
        numbers,
        room_for_ticks(look.points(), size).min(6),
        scale.heading(&input.effect),
    );
    let (_, most) = range(points.iter().map(|p| p.0.1));
    let (_, top) = nice_limits(Spread::Linear, 0.0, most.max(10.0), false);
    let top = top.min(100.0);
    let plain = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let y = Side::new(axis((-0.02 * top, 1.02 * top))?, plain, 6, "I², %");
    let room = (MARGINAL + GAP) * size;
    let plan = Plan {
        title: "GOSH plot",
        desc: input.describe(points.len(), scale),
        height: 0.86,
        room_right: room,
        room_top: room,
    };
    let pair = colours(look);
    let many = points.len() > MOST_MARKS;
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        for &(at, with) in points.iter().filter(|_| !many) {
            let colour = if with { pair.1 } else { pair.0 };
            marks.circle(at, 1.3, Paint::fill(colour.with_alpha(150)))?;
        }
        Ok(())
    })?;
    if many {
        let frame = &sheet.frame;
        let places = points.iter().map(|&(at, with)| (frame.at(at), with));
        let hexagons = Hexagons::parted(places, 0.24 * size);
        sheet.scene.group(Role::Plot, None, |scene| hexagons.draw_parted(scene, pair));
    }
    marginals(&mut sheet, &points, pair, size);
    let items = match input.study.and_then(|study| input.gosh.labels.get(study)) {
        Some(name) => vec![
            (Symbol::Dot(Paint::fill(pair.1)), with_study(name, look, fonts)),
            (Symbol::Dot(Paint::fill(pair.0)), "subsets without it".to_owned()),
        ],
        None => vec![(Symbol::Dot(Paint::fill(pair.0)), "subset".to_owned())],
    };
    let note = input.separation.as_ref().map_or_else(String::new, |s| {
        format!(
            "{} parts the subsets by {} of 1 (0: the clouds lie on each other, 1: they are apart).",
            s.study,
            short(s.separation, 2, theme.mark)
        )
    });
    Ok(sheet.legend_and_note(items, &note))
}

/// The name of the subsets with a study; a study's name for which a line is too short stands in the note
/// below.
fn with_study(name: &str, look: &Look, fonts: &Fonts<'_>) -> String {
    let text = format!("subsets with {name}");
    let room = look.points() - 2.0 * MARGIN - 2.1 * look.size();
    if fonts.width(&Rich::plain(text.as_str()), look.size()) <= room {
        text
    } else {
        "subsets with the study below".to_owned()
    }
}

/// The colours of subsets without and with the study.
fn colours(look: &Look) -> (Colour, Colour) {
    let theme = look.theme();
    if theme.square == theme.random || !theme.coloured {
        // One hue: light and dark tell them apart.
        return (Colour::hex(0x00a8_a8a8), theme.interval);
    }
    (theme.square, theme.random)
}

/// Densities over the panel and right of it.
fn marginals(
    sheet: &mut Sheet<'_>,
    points: &[((f64, f64), bool)],
    pair: (Colour, Colour),
    size: f64,
) {
    let frame = sheet.frame.clone();
    let (tall, gap) = (MARGINAL * size, GAP * size);
    let all = points.len() as f64;
    let of = |with: bool, value: fn((f64, f64)) -> f64, place: &dyn Fn(f64) -> f64| {
        let places = points.iter().filter(|p| p.1 == with).map(|p| place(value(p.0)));
        places.collect::<Vec<f64>>()
    };
    let across: [Vec<f64>; 2] = [false, true].map(|with| of(with, |p| p.0, &|x: f64| frame.x(x)));
    let down: [Vec<f64>; 2] = [false, true].map(|with| of(with, |p| p.1, &|y: f64| frame.y(y)));
    let shapes = |places: &[Vec<f64>; 2], ends: (f64, f64)| -> [Ridge; 2] {
        let [without, with] = places;
        [ridge(without, ends, all), ridge(with, ends, all)]
    };
    let top = shapes(&across, (frame.left, frame.right));
    let side = shapes(&down, (frame.top, frame.bottom));
    let highest = |ridges: &[Ridge; 2]| {
        ridges.iter().flatten().map(|point| point.1).fold(0.0, f64::max).max(f64::MIN_POSITIVE)
    };
    let (most_top, most_side) = (highest(&top), highest(&side));
    sheet.scene.group(Role::Plot, None, |scene| {
        for (i, colour) in [(0, pair.0), (1, pair.1)] {
            let (paint, line) = (Paint::fill(colour.with_alpha(90)), Stroke::new(colour, 0.7));
            let base = frame.top - gap;
            let up = |&(x, h): &(f64, f64)| (x, base - tall * h / most_top);
            if let Some(curve) =
                top.get(i).map(|curve| risen(curve, most_top)).filter(|c| c.len() > 1)
            {
                let mut shape: Vec<_> = curve.iter().map(up).collect();
                scene.polyline(shape.clone(), line);
                let ends = (shape.last().copied(), shape.first().copied());
                shape.extend(ends.0.into_iter().chain(ends.1).map(|(x, _)| (x, base)));
                scene.polygon(shape, paint);
            }
            let base = frame.right + gap;
            let out = |&(y, h): &(f64, f64)| (base + tall * h / most_side, y);
            if let Some(curve) =
                side.get(i).map(|curve| risen(curve, most_side)).filter(|c| c.len() > 1)
            {
                let mut shape: Vec<_> = curve.iter().map(out).collect();
                scene.polyline(shape.clone(), line);
                let ends = (shape.last().copied(), shape.first().copied());
                shape.extend(ends.0.into_iter().chain(ends.1).map(|(_, y)| (base, y)));
                scene.polygon(shape, paint);
            }
        }
    });
}

/// The part of a density that can be seen: its tails on the ground are left out.
fn risen(curve: &[(f64, f64)], most: f64) -> Vec<(f64, f64)> {
    let seen = |point: &(f64, f64)| point.1 > 0.004 * most;
    let first = curve.iter().position(seen).unwrap_or(0);
    let last = curve.iter().rposition(seen).map_or(0, |place| place + 1);
    curve.get(first.saturating_sub(1)..(last + 1).min(curve.len())).unwrap_or_default().to_vec()
}
