//! A whole report as a text document, and its numbers as a workbook.

use super::{
    super::{Answer, Report, ReportError, frame, outline::Outline},
    Chapter, docx, pooled_sheets, xlsx,
};

/// A report as a text document: its sections in reading order, without figures.
///
/// # Errors
/// [`ReportError::Office`] when the writer refuses; no such case is known.
pub fn report_docx(report: &Report<'_>) -> Result<Vec<u8>, ReportError> {
    let Outline { title, source, headline, sections } = Outline::of(report);
    let short = [headline, source].concat();
    let opening = super::Document::default();
    let first = Chapter::Result { heading: "In short", lead: &short, document: &opening };
    let rest = sections.iter().map(|section| Chapter::Result {
        heading: &section.heading,
        lead: &section.lead,
        document: &section.document,
    });
    docx(&title, &std::iter::once(first).chain(rest).collect::<Vec<_>>())
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
