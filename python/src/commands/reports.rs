//! Everything about a table of studies in one document, as `resorb report` writes it, and an analysis
//! file with each of its results.

use std::fmt::Display;

use pyo3::prelude::*;
use resorb::{
    data::Mapping,
    plan::{Choices, Plan, PlanProblem, PoolPlan, Results, execute},
    report::{self, Attachment, Format, Report, Style},
    study::nearest,
};

use super::{parsed, styled};
use crate::{
    answer::Answer,
    failure::Failure,
    options::Options,
    source::{Raw, Source},
};

/// What is to be reported.
#[derive(FromPyObject)]
pub(crate) struct Asked {
    /// The plan, whose analyses are those of `by` and of every table unless it is a file of its own.
    plan: String,
    /// Whether the plan is an analysis file.
    file: bool,
    /// Columns that make groups.
    by: Vec<String>,
    title: Option<String>,
    /// What to call a copy of the data.
    copy: String,
}

/// A report in every form.
#[pyclass(frozen, get_all, module = "resorb._resorb")]
pub(crate) struct Written {
    html: String,
    markdown: String,
    latex: String,
    warnings: Vec<String>,
}

/// The report of a table, or of an analysis file and its table.
pub(crate) fn report(raw: &Raw, asked: &Asked, options: &Options) -> Result<Written, Failure> {
    let plan = parsed(&asked.plan)?;
    let source = Source::read(raw, &mapping(&plan, asked))?;
    let style = styled(options)?;
    let (results, style) = if asked.file {
        let style = of_file(&plan, options, style)?;
        let pool = plan.pool.or(Some(PoolPlan::default()));
        (execute(&source.table, &Plan { pool, ..plan })?, style)
    } else {
        known(&asked.by, &source)?;
        let mut standard = Plan::standard(&raw.name, &source.table, &asked.by);
        standard.plan.settings = Choices::from(&plan.settings.suited(&source.table, false)?);
        (standard.execute(&source.table)?, style)
    };
    let Some(report) = Report::of(&results, &source.info, &style) else {
        return Err(unpooled(&results));
    };
    let report = Report {
        title: asked.title.as_deref(),
        footnote: source.footnote(),
        files: files(raw, asked),
        ..report
    };
    let text = |format| -> Result<String, Failure> {
        let mut out = Vec::new();
        report::write_report(&mut out, &report, format)?;
        Ok(String::from_utf8(out)?)
    };
    Ok(Written {
        html: report::html(&report)?,
        markdown: text(Format::Markdown)?,
        latex: text(Format::Latex)?,
        warnings: source.warnings,
    })
}

/// How the table is read: by a file as it says, else as the options of the call say.
fn mapping(plan: &Plan, asked: &Asked) -> Mapping {
    if asked.file { plan.mapping() } else { Mapping::from(&plan.reading) }
}

/// The look that an analysis file asks for, unless the call asks for another.
fn of_file(plan: &Plan, options: &Options, style: Style) -> Result<Style, Failure> {
    let output = &plan.output;
    let own = output.scale.as_deref().map(str::parse).transpose()?;
    Ok(Style {
        scale: own.filter(|_| !options.has("scale")).unwrap_or(style.scale),
        digits: style.digits.or(output.digits.map(usize::from)),
        ..style
    })
}

/// The files that a report carries.
fn files(raw: &Raw, asked: &Asked) -> Vec<Attachment> {
    let file = |name: &str, label: &str, media_type: &str, bytes: &[u8]| Attachment {
        name: name.to_owned(),
        label: label.to_owned(),
        media_type: media_type.to_owned(),
        bytes: bytes.to_vec(),
    };
    let data = file(&asked.copy, "The data as they were read", "text/csv", &raw.content);
    let plan = asked.file.then(|| {
        file("analysis.toml", "The analysis file", "application/toml", asked.plan.as_bytes())
    });
    std::iter::once(data).chain(plan).collect()
}

/// Refuses columns that make no groups.
fn known(by: &[String], source: &Source) -> Result<(), Failure> {
    let studies = &source.table.studies;
    let Some(name) = by.iter().find(|name| studies.moderator(name).is_none()) else {
        return Ok(());
    };
    let names: Vec<&str> = studies.moderators().iter().map(|m| m.name.as_str()).collect();
    let help = match (nearest(name, names.iter().copied()), names.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => "the table has no columns besides its studies and counts".to_owned(),
        (None, names) => format!("the columns are {}", names.join(", ")),
    };
    Err(Failure::with_help(format!("there is no column `{name}` that could make groups"), help))
}

/// Why there is nothing to begin a report with.
fn unpooled(results: &Results) -> Failure {
    let why =
        results.skipped.first().map_or("there is no pooled result to report", |first| &first.why);
    Failure::said(why)
}

/// The data that an analysis file names. What is wrong with the file has its line and column.
pub(crate) fn named(file: &str, text: &str) -> Result<String, Failure> {
    let plan = Plan::parse(text).map_err(|problems| {
        let placed = |problem: &PlanProblem, said: &dyn Display| {
            let place = problem.position(text).map_or_else(String::new, |(line, column)| {
                format!(", line {line}, column {column}")
            });
            format!("{file}{place}: {said}")
        };
        let first = problems.first();
        if problems.iter().count() == 1 {
            let message = placed(first, &first.message);
            return Failure::Said { message, help: first.help.clone() };
        }
        let all: Vec<String> = problems.iter().map(|problem| placed(problem, problem)).collect();
        Failure::said(all.join("\n"))
    })?;
    Ok(plan.data)
}

/// Every result of an analysis file, each with the name of its table in the file.
pub(crate) fn carried_out(raw: &Raw, text: &str) -> Result<Vec<(&'static str, Answer)>, Failure> {
    let plan = parsed(text)?;
    let style = of_file(&plan, &Options::default(), Style::default())?;
    let source = Source::read(raw, &plan.mapping())?;
    let results = execute(&source.table, &plan)?;
    super::answers(&source, &results, &style)
}
