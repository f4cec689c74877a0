//! The numbers of a report as files inside the page.

use std::fmt::Write as _;

use super::{
    super::{
        Format, ReportError,
        outline::{Answer, Attachment, Part, Report},
        references::{bibtex, csl_json},
        write, write_bias, write_claims, write_gosh, write_multiverse, write_predictors,
        write_regression, write_sensitivity, write_subgroups,
    },
    text::{data_uri, escape, file_name},
};

/// The links to the files of a section; nothing where it has none.
pub(super) fn of(report: &Report<'_>, part: Part) -> Result<String, ReportError> {
    let files = match part {
        Part::Studies => pooled(report)?,
        Part::Answer(place) => match report.answers.get(place) {
            Some(answer) => numbers(report, answer, place)?,
            None => Vec::new(),
        },
        Part::Data => report.files.clone(),
        Part::References => bibliography(report),
        _ => Vec::new(),
    };
    let mut out = String::new();
    if files.is_empty() {
        return Ok(out);
    }
    out.push_str("<p class=\"files\">");
    for Attachment { name, label, media_type, bytes } in files {
        let _ = write!(
            out,
            "<a class=\"file\" download=\"{}\" href=\"{}\">{}</a> ",
            escape(&file_name(&name)),
            data_uri(&media_type, &bytes),
            escape(&label)
        );
    }
    out.push_str("</p>\n");
    Ok(out)
}

fn pooled(report: &Report<'_>) -> Result<Vec<Attachment>, ReportError> {
    both("pool", "Pooled result", |out, format| {
        write(out, report.pooled, report.input, format, report.style)
    })
}

/// The works cited, for programs that manage references.
fn bibliography(report: &Report<'_>) -> Vec<Attachment> {
    let works = report.paragraphs.cited();
    let file = |name: &str, label: &str, media_type: &str, text: String| Attachment {
        name: name.to_owned(),
        label: label.to_owned(),
        media_type: media_type.to_owned(),
        bytes: text.into_bytes(),
    };
    vec![
        file("references.bib", "References, BibTeX", "application/x-bibtex", bibtex(&works)),
        file(
            "references.json",
            "References, CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            csl_json(&works),
        ),
    ]
}

/// A further result as JSON and as CSV; `place` tells several of a kind apart.
fn numbers(
    report: &Report<'_>,
    answer: &Answer<'_>,
    place: usize,
) -> Result<Vec<Attachment>, ReportError> {
    let Report { input, style, .. } = *report;
    let same = report.answers.iter().filter(|other| other.kind() == answer.kind()).count();
    let id = answer.kind().id();
    let id = if same > 1 { format!("{id}-{}", place + 1) } else { id.to_owned() };
    both(&id, "These results", |out, format| match answer {
        Answer::Subgroups(groups) => write_subgroups(out, groups, input, format, style),
        Answer::Regression(regression) => write_regression(out, regression, input, format, style),
        Answer::Sensitivity(answer) => write_sensitivity(out, answer, input, format, style),
        Answer::Bias(bias) => write_bias(out, bias, input, format, style),
        Answer::Gosh(summary) => write_gosh(out, summary, input, format, style),
        Answer::Multiverse(all, summary) => {
            write_multiverse(out, (all, summary), input, (format, false), style)
        }
        Answer::Claims(claims) => write_claims(out, claims, Some(input), format, style),
        Answer::Predictors(predictors) => write_predictors(out, predictors, input, format, style),
        Answer::Refused(..) => Ok(()),
    })
}

/// A result as JSON, and as CSV where this build writes it.
fn both(
    name: &str,
    what: &str,
    write: impl Fn(&mut Vec<u8>, Format) -> Result<(), ReportError>,
) -> Result<Vec<Attachment>, ReportError> {
    let mut files = Vec::new();
    for (format, extension, media_type) in
        [(Format::Json, "json", "application/json"), (Format::Csv, "csv", "text/csv")]
    {
        let mut bytes = Vec::new();
        match write(&mut bytes, format) {
            Ok(()) if bytes.is_empty() => {}
            Ok(()) => files.push(Attachment {
                name: format!("{name}.{extension}"),
                label: format!("{what}, {}", extension.to_uppercase()),
                media_type: media_type.to_owned(),
                bytes,
            }),
            Err(ReportError::NoFrames) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}
