//! A whole report as a text document, and its numbers as a workbook.

use super::{
    super::{
        Answer, Report, ReportError,
        figures::{Drawn, Medium, of},
        frame,
        outline::Outline,
    },
    Chapter, docx,
    docx::FIGURE_HEIGHT,
    pooled_sheets, xlsx,
};
use crate::figure::{FigureError, Fonts, POINTS_PER_MM, png};

/// Pixels an inch of the figures: sharp in print, and a report stays below a few megabytes.
const DPI: f64 = 200.0;

/// A report as a text document: its sections in reading order, each with its figures.
///
/// # Errors
/// [`ReportError::Office`] when the writer refuses; no such case is known. A figure that cannot be drawn
/// is left out.
pub fn report_docx(report: &Report<'_>) -> Result<Vec<u8>, ReportError> {
    let wrong = |error: FigureError| ReportError::Office(error.to_string());
    let fonts = Fonts::bundled().map_err(wrong)?;
    let Outline { title, source, headline, sections } = Outline::of(report);
    let short = [headline, source].concat();
    let opening = super::Document::default();
    let mut figures = Vec::new();
    for section in &sections {
        let drawn = of(report, section.part, Medium::Paper(FIGURE_HEIGHT), &fonts);
        let pictures = drawn.into_iter().map(|Drawn { scene, caption, .. }| {
            Ok((png(&scene, &fonts, DPI).map_err(wrong)?, scene, caption))
        });
        figures.push(pictures.collect::<Result<Vec<_>, ReportError>>()?);
    }
    let mut chapters =
        vec![Chapter::Result { heading: "In short", lead: &short, document: &opening }];
    for (section, figures) in sections.iter().zip(&mut figures) {
        chapters.push(Chapter::Result {
            heading: &section.heading,
            lead: &section.lead,
            document: &section.document,
        });
        chapters.extend(figures.iter_mut().map(|(png, scene, caption)| Chapter::Figure {
            png: std::mem::take(png),
            width: scene.width / POINTS_PER_MM,
            height: scene.height / POINTS_PER_MM,
            caption,
            alt: &scene.desc,
        }));
    }
    docx(&title, &chapters)
}

/// The numbers of a report as a workbook: a sheet for the studies, for the pooled lines, for the choices,
/// and for each further result but the subsets, which are too many for people.
///
/// # Errors
/// [`ReportError::Office`] when the writer refuses: more rows or columns than a sheet has room for.
pub fn report_xlsx(report: &Report<'_>) -> Result<Vec<u8>, ReportError> {
    let mut sheets = pooled_sheets(report.pooled, report.input)?;
    for answer in &report.answers {
        let sheet = match answer {
            Answer::Subgroups(groups) => {
                (format!("subgroups {}", groups.by.join(" ")), frame::subgroups(groups)?)
            }
            Answer::Regression(found) => ("regression".to_owned(), frame::regression(found)?),
            Answer::Sensitivity(found) => ("sensitivity".to_owned(), frame::sensitivity(found)?),
            Answer::Bias(found) => ("small studies".to_owned(), frame::bias(found)?),
            Answer::Multiverse(all, _) => ("multiverse".to_owned(), frame::multiverse(all)?),
            Answer::Claims(claims) => ("claims".to_owned(), frame::claims(claims)?),
            Answer::Predictors(found) => ("predictors".to_owned(), frame::predictors(found)?),
            Answer::Gosh(_) | Answer::Refused(..) => continue,
        };
        sheets.push(sheet);
    }
    xlsx(&sheets)
}
