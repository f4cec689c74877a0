//! A report as one HTML page that needs nothing else: style, script, fonts and figures are inside.
//!
//! The script sorts, searches and highlights; it computes nothing.

mod dark;
mod document;
mod figures;
mod files;
mod first;
mod fragment;
mod glossary;
mod studies;
mod text;

use std::collections::BTreeSet;

use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::{
    ReportError,
    document::{Block, Document, Group, Row},
    figures::{MOST_ROWS, Medium, of},
    number::Values,
    outline::{Outline, Part, Report, Section},
};
use crate::figure::{Fonts, page_fonts};
use document::Writer;
pub use fragment::fragment;

const TEMPLATE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// The page of a report; the same report makes the same bytes.
///
/// # Errors
/// [`ReportError`]: a part cannot be written.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{InputInfo, Report, Style, html},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let pooled = pooled(&studies, &Settings::default(), true)?;
/// let (input, style) = (InputInfo::default(), Style::default());
/// let page = html(&Report::new(&pooled, &input, &style))?;
/// assert!(page.starts_with("<!doctype html>") && page.contains("data-study=\"Komori\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn html(report: &Report<'_>) -> Result<String, ReportError> {
    let wrong = |error: &dyn std::fmt::Display| ReportError::Page(error.to_string());
    let fonts = Fonts::bundled().map_err(|error| wrong(&error))?;
    let outline = Outline::of(report);
    let labels = report.pooled.fit.studies.studies().labels();
    let names: BTreeSet<&str> = labels.iter().map(String::as_str).collect();
    let mut page = Page {
        report,
        fonts: &fonts,
        writer: Writer::new(&names),
        figures: 0,
        links: links(report, &outline),
    };
    let mut bodies = Vec::new();
    for section in &outline.sections {
        bodies.push(page.section(section)?);
    }
    let dark = dark::rules(&bodies.concat());
    let sections = outline.sections.into_iter().zip(bodies).map(|(section, body)| {
        context! {
            id => section.id,
            heading => section.heading,
            lead => proses(&section.lead),
            as_list => section.part.is_list(),
            body => Value::from_safe_string(body),
        }
    });
    let shared = context! {
        title => outline.title,
        source => outline.source,
        headline => proses(&outline.headline),
        key_figures => first_to_see(report),
        sections => sections.collect::<Vec<Value>>(),
        terms => glossary::entries(page.writer.terms()),
        version => env!("CARGO_PKG_VERSION"),
        style => Value::from_safe_string(STYLE.to_owned()),
        dark => Value::from_safe_string(dark),
        script => Value::from_safe_string(SCRIPT.to_owned()),
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let template = environment
        .template_from_named_str("page.html", TEMPLATE)
        .map_err(|error| wrong(&error))?;
    let render = |fonts: String| {
        let fonts = Value::from_safe_string(fonts);
        template.render(context! { fonts, ..shared.clone() }).map_err(|error| wrong(&error))
    };
    // The letters of the fonts are those of the page without them.
    let letters: String =
        render(String::new())?.chars().collect::<BTreeSet<char>>().iter().collect();
    render(page_fonts(&letters, &fonts))
}

/// The headings of the sections, and the subjects of further results, with their names in links.
fn links(report: &Report<'_>, outline: &Outline) -> Vec<(String, String)> {
    let headings =
        outline.sections.iter().map(|section| (section.heading.clone(), section.id.clone()));
    let kinds = report.answers.iter().map(super::outline::Answer::kind);
    headings.chain(kinds.map(|kind| (kind.heading().to_owned(), kind.id().to_owned()))).collect()
}

fn proses(sentences: &[String]) -> Vec<String> {
    sentences.iter().map(|sentence| text::prose(sentence)).collect()
}

fn first_to_see(report: &Report<'_>) -> Vec<Value> {
    first::key_figures(report.pooled, report.style)
        .into_iter()
        .map(|figure| context! { name => figure.name, value => figure.value, beside => figure.beside })
        .collect()
}

/// What grows while the sections are written.
struct Page<'p> {
    report: &'p Report<'p>,
    fonts: &'p Fonts<'p>,
    writer: Writer<'p>,
    figures: usize,
    /// The headings of the sections with their names in links.
    links: Vec<(String, String)>,
}

impl Page<'_> {
    /// What stands under a section's heading and its first sentences.
    fn section(&mut self, section: &Section) -> Result<String, ReportError> {
        let mut body = String::new();
        if section.part == Part::Studies {
            let values = Values::of(self.report.pooled, self.report.style);
            body.push_str(&studies::table(&mut self.writer, &self.report.pooled.fit, values));
        }
        let figures = of(self.report, section.part, Medium::Screen, self.fonts);
        // Results of groups are seen before they are read; the others are read first.
        for figure in &figures {
            self.figures += 1;
            body.push_str(&figure.html(self.figures, &section.id, self.fonts));
        }
        if section.part == Part::Studies && self.report.pooled.fit.k > MOST_ROWS {
            body.push_str("<p class=\"model\">So many studies make a forest plot longer than a page; `resorb plot forest` draws it.</p>\n");
        }
        let document = match section.part {
            Part::Studies => &without_studies(&section.document),
            _ => &section.document,
        };
        body.push_str(&match section.part {
            Part::Prisma => self.writer.linked(document, &section.heading, self.links.clone()),
            _ => self.writer.document(document, &section.heading),
        });
        body.push_str(&files::of(self.report, section.part)?);
        Ok(body)
    }
}

/// The pooled lines alone: the studies have a table of their own.
fn without_studies(document: &Document) -> Document {
    let mut document = document.clone();
    if let Some(Block::Table(table)) = document.blocks.first_mut() {
        let pooled = |group: &Group| {
            group.rows.iter().all(|row| !matches!(row.label, super::Label::Data(_)))
        };
        table.groups.retain(pooled);
        table.heading = Some(super::Label::Plain("Pooled results".to_owned()));
        // Weights are the studies' own.
        let cells = |rows: &[Row]| rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let widest = table.groups.iter().map(|group| cells(&group.rows)).max().unwrap_or(0);
        table.columns.truncate(widest + 1);
    }
    document
}
