//! The figures of a report: which belong to which section, and what is said under them.

use super::{
    Scale,
    outline::{Answer, Part, Report},
};
use crate::{
    analysis::{Sensitivity, Subgroups},
    figure::{
        self, FigureError, Fonts, Look, Scene,
        baujat::{Baujat, baujat},
        bubble::{Bubble, bubble},
        forest::{self, Forest, forest},
        funnel::{Funnel, funnel},
        gosh::{GoshPlot, gosh},
        specifications::{Specifications, specifications},
    },
    model::{Fit, Regression},
};

/// A forest of more studies is longer than anyone scrolls.
pub(super) const MOST_ROWS: usize = 250;
/// The width of a page and of a figure with a panel, in mm.
const PAGE: f64 = 174.0;
const PANEL: f64 = 114.0;

/// A figure with what is said under it.
pub(super) struct Drawn {
    /// What its file is called.
    #[cfg_attr(not(feature = "html"), expect(dead_code, reason = "a document has no files"))]
    pub(super) name: &'static str,
    pub(super) scene: Scene,
    pub(super) caption: String,
}

/// What figures are drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Medium {
    /// A page that scrolls.
    #[cfg_attr(not(feature = "html"), expect(dead_code, reason = "only HTML scrolls"))]
    Screen,
    /// Sheets, on which a figure has room for this height in mm.
    #[cfg_attr(not(feature = "office"), expect(dead_code, reason = "only a document has sheets"))]
    Paper(f64),
}

/// The figures of a section, those that cannot be drawn left out.
pub(super) fn of(report: &Report<'_>, part: Part, medium: Medium, fonts: &Fonts<'_>) -> Vec<Drawn> {
    let look = |width| Look { width, scale: scale(report), ..Look::default() };
    let fit = &report.pooled.fit;
    let drawn: Vec<Result<Drawn, FigureError>> = match part {
        Part::Studies if fit.k <= MOST_ROWS => studies(report, medium, fonts),
        Part::Answer(place) => match report.answers.get(place) {
            Some(Answer::Subgroups(groups)) => by_group(report, groups, medium, fonts),
            Some(Answer::Sensitivity(answer)) => {
                sensitivity(report, answer, (look(85.0), medium), fonts)
            }
            Some(Answer::Bias(_)) => vec![small_studies(report, fonts)],
            Some(Answer::Regression(regression)) => {
                vec![regression_line(fit, regression, look(PANEL), fonts)]
            }
            Some(Answer::Multiverse(all, summary)) => {
                let input = Specifications::new(all, summary.holds.map(|holds| holds.value));
                let caption = "Specification curve: every analysis, sorted by its estimate, with its interval; below, the choices that make it. Grey ones are advised against.";
                vec![
                    specifications(&input, &look(PAGE), fonts)
                        .map(|scene| drawn("multiverse", scene, caption)),
                ]
            }
            Some(Answer::Gosh(summary)) => {
                let input = GoshPlot::new(&summary.fit.settings, summary.gosh);
                let caption =
                    "Every subset of the studies: its pooled value and its heterogeneity.";
                vec![
                    gosh(&input, &look(PANEL), fonts).map(|scene| drawn("subsets", scene, caption)),
                ]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let footnote = |mut figure: Drawn| {
        if let Some(words) = report.footnote {
            figure.scene.footnote(words);
        }
        figure
    };
    drawn.into_iter().flatten().map(footnote).collect()
}

fn drawn(name: &'static str, scene: Scene, caption: impl Into<String>) -> Drawn {
    Drawn { name, scene, caption: caption.into() }
}

/// A forest plot: on paper as many as it takes.
fn forests(
    report: &Report<'_>,
    input: &Forest,
    (name, caption): (&'static str, &str),
    medium: Medium,
    fonts: &Fonts<'_>,
) -> Vec<Result<Drawn, FigureError>> {
    let options = forest::Options { scale: scale(report), ..forest::Options::default() };
    let pages = match medium {
        Medium::Screen => forest(input, &options, fonts).map(|scene| vec![scene]),
        Medium::Paper(height) => forest::pages(input, &options, height, fonts),
    };
    match pages {
        Ok(pages) => pages.into_iter().map(|scene| Ok(drawn(name, scene, caption))).collect(),
        Err(error) => vec![Err(error)],
    }
}

fn studies(
    report: &Report<'_>,
    medium: Medium,
    fonts: &Fonts<'_>,
) -> Vec<Result<Drawn, FigureError>> {
    let fit = &report.pooled.fit;
    let caption = if fit.random.is_some() {
        "Forest plot: each square is a study, its area the weight, its line the confidence interval; diamonds are pooled results, the bar where a new study is expected."
    } else {
        "Forest plot: the square is the study, its line the confidence interval."
    };
    forests(report, &Forest::from(fit), ("forest", caption), medium, fonts)
}

fn by_group(
    report: &Report<'_>,
    groups: &Subgroups,
    medium: Medium,
    fonts: &Fonts<'_>,
) -> Vec<Result<Drawn, FigureError>> {
    let input = Forest::from(groups);
    if input.studies().count() > MOST_ROWS {
        return Vec::new();
    }
    let by = groups.by.join(" and ").replace('_', " ");
    let caption = format!("Forest plot by {by}: the studies of each group with its own results.");
    forests(report, &input, ("forest-by-group", &caption), medium, fonts)
}

fn sensitivity(
    report: &Report<'_>,
    answer: &Sensitivity,
    (look, medium): (Look, Medium),
    fonts: &Fonts<'_>,
) -> Vec<Result<Drawn, FigureError>> {
    if answer.leave_one_out.is_empty() || answer.leave_one_out.len() > MOST_ROWS {
        return Vec::new();
    }
    let parts = Forest::leave_one_out(&answer.fit, &answer.leave_one_out);
    let points = Baujat::from(answer.baujat.as_slice());
    let caption = "The pooled result without each study in turn.";
    let mut all = forests(report, &parts, ("leave-one-out", caption), medium, fonts);
    all.push(baujat(&points, &look, fonts).map(|scene| {
        let caption = "Baujat plot: to the right, studies that add to the heterogeneity; up, studies that move the result.";
        drawn("baujat", scene, caption)
    }));
    all
}

fn small_studies(report: &Report<'_>, fonts: &Fonts<'_>) -> Result<Drawn, FigureError> {
    let fit = &report.pooled.fit;
    let options = figure::funnel::Options {
        width: PANEL,
        scale: scale(report),
        ..figure::funnel::Options::suited(&fit.settings)
    };
    let caption = "Funnel plot: small studies stand at the bottom, where chance scatters them most. A lopsided funnel has many causes.";
    Ok(drawn("funnel", funnel(&Funnel::from(fit), &options, fonts)?, caption))
}

fn regression_line(
    fit: &Fit,
    regression: &Regression,
    look: Look,
    fonts: &Fonts<'_>,
) -> Result<Drawn, FigureError> {
    let input = Bubble::new(fit.studies.studies(), regression)?;
    let caption = format!("The studies against {}, with the fitted line.", regression.formula);
    Ok(drawn("bubble", bubble(&input, &look, fonts)?, caption))
}

/// The scale of rates; anything else stays as it is.
fn scale(report: &Report<'_>) -> figure::Scale {
    if report.pooled.fit.crude.is_none() {
        return figure::Scale::Plain;
    }
    match report.style.scale {
        Scale::Percent => figure::Scale::Percent,
        Scale::Proportion => figure::Scale::Proportion,
        Scale::Per1000 => figure::Scale::Per1000,
    }
}
