//! Normal Q–Q plots of residuals: do the studies scatter like a normal distribution around the
//! pooled value?

use super::{
    Axis, FigureError, Fonts, Look, Numbers, Paint, Scale, Scene, Spread, Stroke,
    behind::{cell, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{padded, range, room_for_ticks},
    legend::Symbol,
    naming::{Name, Naming},
    number::short,
    panel::Side,
    sheet::{Plan, Sheet},
    words::studies,
};
use crate::{
    model::Fit,
    numeric::{beta, normal},
};

/// The content of a Q–Q plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Qq {
    /// The studies, the smallest residual first.
    pub points: Vec<Point>,
    /// The level of the band, in percent.
    pub level: f64,
}

/// A study in a Q–Q plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub label: String,
    /// Its standardised residual.
    pub residual: f64,
    /// The normal quantile that belongs to its rank.
    pub quantile: f64,
    /// Where a residual of this rank lies at this level if all are normal.
    pub band: (f64, f64),
}

impl Qq {
    /// Ranks residuals. The quantiles are those of `(i − a)/(k + 1 − 2a)` with `a = 3/8` up to ten
    /// studies and `1/2` beyond (Blom 1958); the band is that of single order statistics, whose
    /// probabilities have a `Beta(i, k + 1 − i)` distribution.
    #[must_use]
    pub fn new(residuals: impl IntoIterator<Item = (String, f64)>, level: f64) -> Self {
        let mut ranked: Vec<(String, f64)> =
            residuals.into_iter().filter(|(_, residual)| residual.is_finite()).collect();
        ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
        let k = ranked.len() as f64;
        let a = if ranked.len() <= 10 { 0.375 } else { 0.5 };
        let tail = 0.5 * (1.0 - level / 100.0);
        let points = ranked.into_iter().enumerate().map(|(place, (label, residual))| {
            let rank = place as f64 + 1.0;
            let lower = beta::quantile(tail, rank, k + 1.0 - rank);
            let upper = beta::quantile_upper(tail, rank, k + 1.0 - rank);
            Point {
                label,
                residual,
                quantile: normal::quantile((rank - a) / (k + 1.0 - 2.0 * a)),
                band: (normal::quantile(lower), normal::quantile(upper)),
            }
        });
        Self { points: points.collect(), level }
    }

    /// The numbers behind the figure as CSV: name, residual, quantile, band.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = ["label", "residual", "quantile", "lower", "upper"];
        let rows = self.points.iter().map(|p| {
            let numbers = [p.residual, p.quantile, p.band.0, p.band.1];
            std::iter::once(p.label.clone()).chain(numbers.map(cell)).collect()
        });
        table(&head, rows)
    }
}

/// Internally standardised residuals `(yᵢ − μ̂)/√(vᵢ + τ̂² − se²)` of the random-effects model, the
/// common-effect one where there is no other.
impl From<&Fit> for Qq {
    fn from(fit: &Fit) -> Self {
        let random = fit.random.as_ref().and_then(|random| {
            Some((random.pooled.yi?, random.wald_se?, fit.heterogeneity.tau2.unwrap_or(0.0)))
        });
        let common = fit.common.as_ref().and_then(|common| Some((common.yi?, common.se?, 0.0)));
        let residuals: Vec<(String, f64)> = random
            .or(common)
            .map(|(mu, se, tau2)| {
                let residual = |y: f64, v: f64| (y - mu) / (v + tau2 - se * se).sqrt();
                fit.studies.iter().map(|s| (s.study.to_owned(), residual(s.yi, s.vi))).collect()
            })
            .unwrap_or_default();
        Self::new(residuals, fit.settings.level.percent())
    }
}

/// Draws a Q–Q plot.
///
/// # Errors
/// [`FigureError::Empty`] with fewer than two residuals.
///
/// ```
/// use resorb::{figure::{Fonts, Look, qq::{Qq, qq}}, model::{Settings, pool}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let fit = pool(&studies, &Settings::two_step())?;
/// let scene = qq(&Qq::from(&fit), &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("3 studies"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn qq(input: &Qq, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    if input.points.len() < 2 {
        return Err(FigureError::Empty { what: "a Q–Q plot needs at least two residuals" });
    }
    let (theme, size) = (look.theme(), look.size());
    let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let most = room_for_ticks(look.points(), size);
    let across = padded(range(input.points.iter().map(|p| p.quantile)), 0.06);
    let up = input.points.iter().flat_map(|p| [p.residual, p.band.0, p.band.1]);
    let up = padded(range(up), 0.05);
    let x = Side::new(
        Axis::new(Spread::Linear, across, (0.0, 1.0))?,
        numbers,
        most,
        "Quantile of the normal distribution",
    );
    let y =
        Side::new(Axis::new(Spread::Linear, up, (0.0, 1.0))?, numbers, 7, "Standardised residual");
    let out = |p: &&Point| p.residual < p.band.0 || p.residual > p.band.1;
    let level = short(input.level, 2, '.');
    let plan = Plan {
        title: "Normal Q–Q plot",
        desc: format!(
            "Normal Q–Q plot of the standardised residuals of {}; {} outside the {level}% band.",
            studies(input.points.len()),
            match input.points.iter().filter(out).count() {
                1 => "1 lies".to_owned(),
                n => format!("{n} lie"),
            },
        ),
        height: 0.86,
        room_right: 0.0,
        room_top: 0.0,
    };
    let (from, to) = (across.0.max(up.0), across.1.min(up.1));
    let normal = Stroke::new(theme.random, 1.0);
    let many = input.points.len() > MOST_MARKS;
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        let lower = input.points.iter().map(|p| (p.quantile, p.band.0));
        let upper = input.points.iter().rev().map(|p| (p.quantile, p.band.1));
        marks.polygon(lower.chain(upper).collect(), theme.prediction.with_alpha(30))?;
        marks.line(vec![(from, from), (to, to)], normal)?;
        for p in input.points.iter().filter(|_| !many) {
            let paint = Paint::both(theme.square.with_alpha(215), Stroke::new(theme.interval, 0.6));
            marks.circle((p.quantile, p.residual), RADIUS, paint)?;
        }
        Ok(())
    })?;
    let place = |p: &Point| sheet.frame.at((p.quantile, p.residual));
    let places: Vec<_> = input.points.iter().map(place).collect();
    let mut items = vec![(
        Symbol::Dot(Paint::both(theme.square, Stroke::new(theme.interval, 0.6))),
        "study".to_owned(),
    )];
    if many {
        let hexagons = Hexagons::new(&places, 0.35 * size);
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        sheet.line(&[(from, from), (to, to)], normal);
        items = hexagons.legend(&theme);
    } else {
        name_outliers(&mut sheet, input, &places, fonts, (size - 1.0, theme.muted));
    }
    items.push((Symbol::Line(normal), "normal distribution".to_owned()));
    items.push((
        Symbol::Patch(Paint::fill(theme.prediction.with_alpha(30))),
        format!("{} band", super::number::percent(input.level, theme.mark)),
    ));
    Ok(sheet.legend(items))
}

/// Writes the names of the studies outside the band.
fn name_outliers(
    sheet: &mut Sheet<'_>,
    input: &Qq,
    places: &[super::Point],
    fonts: &Fonts<'_>,
    (size, ink): (f64, super::Colour),
) {
    let marks: Vec<_> = places.iter().map(|&at| (at, RADIUS)).collect();
    let names: Vec<Name<'_>> = input
        .points
        .iter()
        .zip(places)
        .filter(|(p, _)| p.residual < p.band.0 || p.residual > p.band.1)
        .map(|(p, &at)| Name { at, radius: RADIUS, text: &p.label })
        .collect();
    let naming = Naming { fonts, size, ink, edges: sheet.frame.edges(), lines: &[] };
    naming.write(&mut sheet.scene, &names, &marks);
}

/// The radius of a study's circle.
const RADIUS: f64 = 2.5;
