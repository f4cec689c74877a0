//! Doi plots: are the studies' effects spread evenly around the most precise one? (Furuya-Kanamori,
//! Barendregt and Doi 2018)

use super::{
    Axis, FigureError, Fonts, Labels, Look, Numbers, Paint, Scale, Scene, Spread, Stroke,
    axis::nice_limits,
    behind::{cell, table},
    hexagons::{Hexagons, MOST_MARKS},
    labels::{padded, range, room_for_ticks},
    legend::Symbol,
    number::fixed,
    panel::Side,
    sheet::{Plan, Sheet},
    words::studies,
};
use crate::{
    analysis::small_study::{Asymmetry, Doi},
    model::Settings,
};

/// The content of a Doi plot.
#[derive(Clone, Debug, PartialEq)]
pub struct DoiPlot {
    /// What the values are: `Rate`.
    pub effect: String,
    /// How the analysis scale is labelled.
    pub labels: Labels,
    /// The studies with the index.
    pub doi: Doi,
}

impl DoiPlot {
    /// The plot of an analysis with these settings.
    #[must_use]
    pub fn new(settings: &Settings, doi: Doi) -> Self {
        let labels = Labels::of(settings);
        Self { effect: labels.effect().to_owned(), labels, doi }
    }

    /// The numbers behind the figure as CSV: name, effect, z.
    #[must_use]
    pub fn csv(&self) -> String {
        let rows = self.doi.points.iter().map(|p| vec![p.study.clone(), cell(p.yi), cell(p.z)]);
        table(&["label", "yi", "z"], rows)
    }
}

/// Draws a Doi plot: effects against the absolute normal quantile of their rank, the most precise on
/// top, joined by lines; with the LFK index and what is known of it.
///
/// # Errors
/// [`FigureError::Empty`] without a study.
///
/// ```
/// use resorb::{
///     analysis::small_study::{Funnel, doi as lfk},
///     figure::{Fonts, Look, doi::{DoiPlot, doi}},
///     model::Settings,
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let settings = Settings::two_step();
/// let input = DoiPlot::new(&settings, lfk(&Funnel::new(&studies, &settings)?)?);
/// let scene = doi(&input, &Look::default(), &Fonts::bundled()?)?;
/// assert!(scene.desc.contains("LFK index"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn doi(input: &DoiPlot, look: &Look, fonts: &Fonts<'_>) -> Result<Scene, FigureError> {
    let points = &input.doi.points;
    let Some(tip) = points.iter().min_by(|a, b| a.z.abs().total_cmp(&b.z.abs())) else {
        return Err(FigureError::Empty { what: "no study has a rank" });
    };
    let (theme, size) = (look.theme(), look.size());
    let most = room_for_ticks(look.points(), size);
    let across = padded(range(points.iter().map(|p| p.yi)), 0.06);
    let x = input.labels.side(&input.effect, look, across, most)?;
    let (_, deepest) = range(points.iter().map(|p| p.z.abs()));
    let (_, deep) = nice_limits(Spread::Linear, 0.0, 1.04 * deepest.max(0.1), false);
    let numbers = Numbers::new(Scale::Plain, None, theme.mark, 1.0);
    let axis = Axis::new(Spread::Linear, (-0.04 * deep, deep), (0.0, 1.0))?;
    let y = Side::new(axis, numbers, 6, "|z| of the weighted rank").reversed();
    let index = format!("{} ({})", fixed(input.doi.index, 2, theme.mark), reading(&input.doi));
    let plan = Plan {
        title: "Doi plot",
        desc: format!(
            "Doi plot of {}; the LFK index is {} ({}). {}",
            studies(points.len()),
            fixed(input.doi.index, 2, '.'),
            reading(&input.doi),
            input.doi.note
        ),
        height: 0.72,
        room_right: 0.0,
        room_top: 0.0,
    };
    let many = points.len() > MOST_MARKS;
    let dot = Paint::both(theme.square.with_alpha(215), Stroke::new(theme.interval, 0.6));
    let slope = Stroke::new(theme.interval, 0.8);
    let middle = Stroke::dashed(theme.random, 1.0, (2.4, 1.8));
    let mut sheet = Sheet::new(plan, *look, fonts, (x, y), |marks| {
        marks.line(vec![(tip.yi, 0.0), (tip.yi, deep)], middle)?;
        if many {
            return Ok(());
        }
        // Points come by effect: the line climbs to the most precise study and falls again.
        marks.line(points.iter().map(|p| (p.yi, p.z.abs())).collect(), slope)?;
        for p in points {
            marks.circle((p.yi, p.z.abs()), RADIUS, dot)?;
        }
        Ok(())
    })?;
    let mut items = vec![(Symbol::Dot(dot), "study".to_owned())];
    if many {
        let places: Vec<_> = points.iter().map(|p| sheet.frame.at((p.yi, p.z.abs()))).collect();
        let hexagons = Hexagons::new(&places, 0.35 * size);
        hexagons.draw(&mut sheet.scene, 0.0, &theme);
        items = hexagons.legend(&theme);
    }
    items.push((Symbol::Line(middle), "effect at the top".to_owned()));
    let note = format!("LFK index {index}. {}", input.doi.note);
    Ok(sheet.legend_and_note(items, &note))
}

/// How the authors of the index read it.
const fn reading(doi: &Doi) -> &'static str {
    match doi.asymmetry {
        Asymmetry::No => "within ±1: no asymmetry",
        Asymmetry::Minor => "beyond ±1: minor asymmetry",
        Asymmetry::Major => "beyond ±2: major asymmetry",
    }
}

/// The radius of a study's circle.
const RADIUS: f64 = 2.5;
