//! Problems of a table in the style of rustc: the line shown, the field underlined, the help below.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::data::{Excerpt, Place, Problem, ProblemKind, Problems, Severity};
use crate::plan::PlanProblem;
use crate::study::FilterError;

/// The first [`Problems::SHOWN`] problems as a terminal shows them, then how many there are of each
/// kind. `source` is the name of the file; there are escape codes only where `color` asks for them.
///
/// ```
/// use resorb::{cli::diagnostics::render, data};
/// let csv = b"study,events,total\nBush 1992,90,84\n";
/// let problems = data::read(csv, &data::Mapping::default()).unwrap_err();
/// let text = render(&problems, "lumbar.csv", false);
/// assert!(text.contains("--> lumbar.csv:2:11"));
/// assert!(text.contains("2 | Bush 1992,90,84\n  |           ^^ column `events`"));
/// ```
#[must_use]
pub fn render(problems: &Problems, source: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for problem in problems.iter().take(Problems::SHOWN) {
        text.push_str(&renderer.render(&[group(problem, source)]));
        text.push_str("\n\n");
    }
    text.push_str(&closing(problems, source));
    text
}

/// What is wrong with an analysis file, in the same style. `text` is its content, `source` its name.
///
/// ```
/// use resorb::{cli::diagnostics::render_plan, plan::Plan};
/// let text = "data = \"a.csv\"\n[settings]\ntaw2 = \"DL\"\n";
/// let problems = Plan::parse(text).unwrap_err();
/// let shown = render_plan(problems.first(), text, "analysis.toml", false);
/// assert!(shown.contains("--> analysis.toml:3:1"));
/// assert!(shown.contains("3 | taw2 = \"DL\"\n  | ^^^^"));
/// assert!(shown.contains("help: did you mean `tau2`?"));
/// ```
#[must_use]
pub fn render_plan(problem: &PlanProblem, text: &str, source: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let title = Level::ERROR.primary_title(problem.message.as_str());
    let line = |span: &Range<usize>| {
        // What goes on over several lines is shown by its first.
        let rest = text.get(span.clone()).unwrap_or_default();
        span.start..span.start + rest.lines().next().unwrap_or_default().len()
    };
    let group = match problem.span.as_ref().map(line) {
        Some(span) => title.element(
            Snippet::source(text).path(source).annotation(AnnotationKind::Primary.span(span)),
        ),
        None => title.element(Origin::path(source)),
    };
    let group = match &problem.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    };
    renderer.render(&[group]) + "\n"
}

/// All that is wrong with an analysis file: the first [`Problems::SHOWN`] problems, then how many there
/// are where there are several.
#[must_use]
pub fn render_plans(problems: &[PlanProblem], text: &str, source: &str, color: bool) -> String {
    let shown = problems.iter().take(Problems::SHOWN);
    let mut out: Vec<String> =
        shown.map(|problem| render_plan(problem, text, source, color)).collect();
    let count = problems.len();
    match count.saturating_sub(Problems::SHOWN) {
        0 if count < 2 => {}
        0 => out.push(format!("{source}: {count} errors\n")),
        more => out.push(format!("{source}: {count} errors; {more} more than are shown\n")),
    }
    out.join("\n")
}

fn group<'a>(problem: &'a Problem, source: &'a str) -> Group<'a> {
    if let ProblemKind::Filter(error) = &problem.kind {
        return predicate(error, problem);
    }
    let title = level(problem.severity).primary_title(problem.kind.to_string());
    let group = match (&problem.place, problem.excerpt()) {
        (Some(place), Some(excerpt)) if excerpt.skipped == 0 => {
            title.element(snippet(place, excerpt).path(source))
        }
        // The beginning of a very long line is not kept, so its columns are not those of the excerpt.
        (Some(place), Some(excerpt)) => {
            let column = excerpt.text.get(..excerpt.span.start).unwrap_or_default().chars().count();
            title
                .element(origin(place, source).char_column(excerpt.skipped + column + 1))
                .element(snippet(place, excerpt))
        }
        (Some(place), None) => title.element(origin(place, source)),
        (None, _) => title.element(Origin::path(source)),
    };
    group.element(Level::HELP.message(problem.fix.as_str()))
}

/// A problem of a predicate shows the predicate.
fn predicate<'a>(error: &'a FilterError, problem: &'a Problem) -> Group<'a> {
    let underline = AnnotationKind::Primary.span(error.at());
    let snippet = Snippet::source(error.predicate()).path("--where").annotation(underline);
    level(problem.severity)
        .primary_title(error.problem().to_string())
        .element(snippet)
        .element(Level::HELP.message(problem.fix.as_str()))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn origin<'a>(place: &Place, source: &'a str) -> Origin<'a> {
    Origin::path(source).line(number(place))
}

fn number(place: &Place) -> usize {
    usize::try_from(place.line).unwrap_or(usize::MAX)
}

fn snippet<'a>(
    place: &'a Place,
    excerpt: &'a Excerpt,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let underline = AnnotationKind::Primary.span(excerpt.span.clone());
    let label = place.column.as_ref().map(|column| format!("column `{column}`"));
    Snippet::source(excerpt.text.as_str())
        .line_start(number(place))
        .annotation(underline.label(label))
}

/// How many problems there are, and how many of them are not shown.
fn closing(problems: &Problems, source: &str) -> String {
    match problems.len().saturating_sub(Problems::SHOWN) {
        0 => format!("{source}: {}\n", problems.summary()),
        more => format!("{source}: {}; {more} more than are shown\n", problems.summary()),
    }
}
