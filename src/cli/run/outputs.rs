//! The documents of a run: each result in each format, by the same writers as its own command.

use std::{path::Path, str::FromStr};

use super::{Refused, folder::Output};
use crate::{
    analysis::Pooled,
    cli::{failure::Failure, methods::Bibliography},
    plan::{self, MethodsPlan, OutputFormat, Plan, Results, Section},
    report::{
        self, Format, GoshSummary, InputInfo, ReportError, Scale, Style,
        methods::{self, Context, Paragraphs},
        references,
    },
};

/// What is asked of the output and cannot be: the keys, what is wrong and what to do.
pub(super) fn refused(output: &plan::Output) -> Vec<Refused> {
    let mut all = Vec::new();
    let mut refuse = |key: &str, message: String, help: String| {
        all.push(Refused { key: key.to_owned(), message, help });
    };
    if output.folder.trim().is_empty() {
        let help = "write folder = \"results\"".to_owned();
        refuse("folder", "the folder has no name".to_owned(), help);
    }
    if let Some(format) = output.formats.iter().find(|format| Format::of(**format).is_none()) {
        let name = format.extension();
        refuse(
            "formats",
            format!("single results are not written as {name}"),
            format!(
                "use table, json, csv, markdown or latex, or report = \"{name}\" for all in one"
            ),
        );
    }
    if let Some(format) = output.report.iter().find(|format| !is_report(**format)) {
        refuse(
            "report",
            format!("this build writes no report as {}", format.extension()),
            "use html, md or tex, or a build with the feature `office`; `formats` are written for \
             each result"
                .to_owned(),
        );
    }
    if let Some(Err(unknown)) = output.scale.as_deref().map(Scale::from_str) {
        refuse("scale", unknown.to_string(), "leave `scale` out for percent".to_owned());
    }
    all
}

/// Whether this build writes a report of all results in a format.
const fn is_report(format: OutputFormat) -> bool {
    let office = matches!(format, OutputFormat::Docx | OutputFormat::Xlsx);
    cfg!(feature = "html") && format.is_report() && (cfg!(feature = "office") || !office)
}

/// How numbers look.
pub(super) fn style(output: &plan::Output) -> Result<Style, Failure> {
    let scale = output.scale.as_deref().map(Scale::from_str).transpose();
    let scale = scale.map_err(|error| Failure::Refused(error.to_string()))?.unwrap_or_default();
    Ok(Style { scale, digits: output.digits.map(usize::from), ..Style::default() })
}

/// Every result in every format.
pub(super) fn documents(
    plan: &Plan,
    results: &Results,
    info: &InputInfo,
) -> Result<Vec<Output>, Failure> {
    let style = style(&plan.output)?;
    let mut made = Documents { info, style: &style, formats: formats(plan), made: Vec::new() };
    made.of_results(results)?;
    if let (Some(asked), Some(pooled)) = (&plan.methods, &results.pool) {
        made.paragraphs(asked, pooled, results)?;
    }
    Ok(made.made)
}

/// The formats asked for, each once.
fn formats(plan: &Plan) -> Vec<(OutputFormat, Format)> {
    let mut formats: Vec<(OutputFormat, Format)> = Vec::new();
    for &format in &plan.output.formats {
        if let Some(known) = Format::of(format)
            && !formats.iter().any(|(other, _)| *other == format)
        {
            formats.push((format, known));
        }
    }
    formats
}

struct Documents<'d> {
    info: &'d InputInfo,
    style: &'d Style,
    formats: Vec<(OutputFormat, Format)>,
    made: Vec<Output>,
}

type Written = Result<(), ReportError>;

impl Documents<'_> {
    fn of_results(&mut self, results: &Results) -> Result<(), Failure> {
        let (info, style) = (self.info, self.style);
        if let Some(answer) = &results.pool {
            self.each(&Section::Pool, |mut out, format| {
                report::write(&mut out, answer, info, format, style)
            })?;
        }
        for (number, answer) in results.subgroups.iter().enumerate() {
            self.each(&Section::Subgroup(number), |mut out, format| {
                report::write_subgroups(&mut out, answer, info, format, style)
            })?;
        }
        for (number, answer) in results.regressions.iter().enumerate() {
            self.each(&Section::Regress(number), |mut out, format| {
                report::write_regression(&mut out, answer, info, format, style)
            })?;
        }
        if let Some(answer) = &results.sensitivity {
            self.each(&Section::Sensitivity, |mut out, format| {
                report::write_sensitivity(&mut out, answer, info, format, style)
            })?;
        }
        if let Some(answer) = &results.bias {
            self.each(&Section::Bias, |mut out, format| {
                report::write_bias(&mut out, answer, info, format, style)
            })?;
        }
        if let Some(answer) = &results.gosh {
            let summary = GoshSummary::new(&answer.fit, &answer.subsets, answer.sampling);
            self.each(&Section::Gosh, |mut out, format| {
                report::write_gosh(&mut out, &summary, info, format, style)
            })?;
        }
        if let Some(answer) = &results.multiverse {
            self.each(&Section::Multiverse, |mut out, format| {
                let both = (&answer.all, &answer.summary);
                report::write_multiverse(&mut out, both, info, (format, answer.rows), style)
            })?;
        }
        if !results.claims.is_empty() {
            self.each(&Section::Claim(0), |mut out, format| {
                report::write_claims(&mut out, &results.claims, Some(info), format, style)
            })?;
        }
        for (number, answer) in results.predictors.iter().enumerate() {
            self.each(&Section::Predictors(number), |mut out, format| {
                report::write_predictors(&mut out, answer, info, format, style)
            })?;
        }
        Ok(())
    }

    /// What a paper says about the results, and the works that it cites.
    fn paragraphs(
        &mut self,
        asked: &MethodsPlan,
        pooled: &Pooled,
        results: &Results,
    ) -> Result<(), Failure> {
        let (info, style) = (self.info, self.style);
        let paragraphs = Paragraphs::of(pooled, &Context::of(results, info, style));
        let by_keys = asked.bibliography.is_some();
        self.each(&Section::Methods, |mut out, format| {
            let of = (info, &pooled.fit.settings);
            methods::write(&mut out, &paragraphs, of, format, by_keys)
        })?;
        let Some(name) = &asked.bibliography else { return Ok(()) };
        if Path::new(name).file_name() != Some(name.as_ref()) {
            return Err(Failure::Usage {
                message: format!("`{name}` is no name of a file in the folder of results"),
                help: "write bibliography = \"references.bib\"".to_owned(),
            });
        }
        let cited = paragraphs.cited();
        let text = match Bibliography::of(Path::new(name))? {
            Bibliography::Bibtex => references::bibtex(&cited),
            Bibliography::Csl => references::csl_json(&cited),
        };
        self.made.push(Output::text(name, &text));
        Ok(())
    }

    /// One result in every format; files are named as the part of the plan that asks for it.
    fn each(
        &mut self,
        section: &Section,
        write: impl Fn(&mut Vec<u8>, Format) -> Written,
    ) -> Result<(), Failure> {
        let stem = section.to_string().replace(' ', "-");
        for (format, known) in &self.formats {
            let mut bytes = Vec::new();
            write(&mut bytes, *known)?;
            self.made.push(Output { name: format!("{stem}.{}", format.extension()), bytes });
        }
        Ok(())
    }
}
