//! How results look: a terminal table, JSON, CSV, Markdown and LaTeX of the same numbers.
//!
//! A printer never computes a statistic: it rounds, aligns and words what the fit holds. [`write()`]
//! is the door; [`document`] gives the words and tables that the terminal, Markdown and LaTeX
//! printers share, and [`explain()`] what each of their terms means.

mod bias;
mod claim;
mod compare;
mod document;
mod explain;
#[cfg(any(feature = "html", feature = "office"))]
mod figures;
mod format;
#[cfg(feature = "frame")]
pub mod frame;
mod framed;
mod gosh;
#[cfg(feature = "html")]
mod html;
mod input;
mod json;
mod latex;
mod markdown;
pub mod methods;
mod multiverse;
mod number;
pub mod office;
mod outline;
mod pool;
mod predictors;
pub mod references;
mod regress;
mod rows;
mod scenario;
mod sensitivity;
mod simulated;
mod style;
mod subgroup;
mod terminal;
mod text;

use std::io;

pub use bias::bias_document;
pub use claim::{claim_document, effect_claim_document};
pub use compare::compare_document;
pub use document::{
    Align, Block, Cell, Column, Document, Facts, Group, Label, List, Row, Sentences, Table,
};
pub use explain::{Entry, entries, explain, nearest};
pub use format::{Format, UnknownFormat};
pub use framed::{write_bias_csv, write_gosh_csv, write_multiverse_csv, write_sensitivity_csv};
use framed::{
    write_claims_csv, write_compared_csv, write_csv, write_effect_claim_csv, write_predictors_csv,
    write_regression_csv, write_subgroups_csv,
};
pub use gosh::{GoshSummary, gosh_document};
#[cfg(feature = "html")]
pub use html::{fragment, html};
pub use input::{Excluded, InputInfo};
pub use json::Checked;
pub use multiverse::multiverse_document;
pub use outline::{Answer, Attachment, Kind, Report};
pub use pool::document;
pub use predictors::predictors_document;
pub use regress::regression_document;
pub use scenario::{performance_document, write_performance, write_power};
pub use sensitivity::sensitivity_document;
pub use simulated::{SIMULATED, write_simulated};
pub use style::{Scale, Style, UnknownScale};
pub use subgroup::subgroup_document;

use crate::{
    analysis::{
        Compared, Examined, ExaminedEffect, Multiverse, MultiverseSummary, Pooled, Predictors,
        Sensitivity, Subgroups, small_study::Bias,
    },
    model::Regression,
};

/// Writes the result of `resorb pool` to `out`.
///
/// The style shapes the table, Markdown and LaTeX; JSON and CSV carry proportions at full precision.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{self, Format, InputInfo, Style},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::two_step(), false)?;
/// let input = InputInfo { source: "three studies".into(), rows: 3, used: 3, ..Default::default() };
/// let mut table = Vec::new();
/// report::write(&mut table, &answer, &input, Format::Table, &Style::default())?;
/// assert!(String::from_utf8(table)?.contains("Random effects (median study)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(
    out: &mut impl io::Write,
    pooled: &Pooled,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Table => terminal::write(out, &document(pooled, input, style), style.colour)?,
        Format::Json => json::write(out, pooled, input)?,
        Format::Csv => write_csv(out, pooled)?,
        Format::Markdown => markdown::write(out, &document(pooled, input, style))?,
        Format::Latex => latex::write(out, &document(pooled, input, style))?,
    }
    Ok(())
}

/// Writes the result of `resorb subgroup` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_subgroups(
    out: &mut impl io::Write,
    subgroups: &Subgroups,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_subgroups(out, subgroups, input),
        Format::Csv => write_subgroups_csv(out, subgroups),
        other => write_document(out, &subgroup_document(subgroups, input, style), other, style),
    }
}

/// Writes the result of `resorb predictors` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_predictors(
    out: &mut impl io::Write,
    answer: &Predictors,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_predictors(out, answer, input),
        Format::Csv => write_predictors_csv(out, answer),
        other => write_document(out, &predictors_document(answer, input, style), other, style),
    }
}

/// Writes the result of `resorb regress` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_regression(
    out: &mut impl io::Write,
    regression: &Regression,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_regression(out, regression, input),
        Format::Csv => write_regression_csv(out, regression),
        other => write_document(out, &regression_document(regression, input, style), other, style),
    }
}

/// Writes the result of `resorb sensitivity` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_sensitivity(
    out: &mut impl io::Write,
    answer: &Sensitivity,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_sensitivity(out, answer, input),
        Format::Csv => write_sensitivity_csv(out, answer),
        other => write_document(out, &sensitivity_document(answer, input, style), other, style),
    }
}

/// Writes the result of `resorb bias` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_bias(
    out: &mut impl io::Write,
    answer: &Bias,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_bias(out, answer, input),
        Format::Csv => write_bias_csv(out, answer),
        other => write_document(out, &bias_document(answer, input, style), other, style),
    }
}

/// Writes the result of `resorb gosh` to `out`; as CSV every subset.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_gosh(
    out: &mut impl io::Write,
    summary: &GoshSummary<'_>,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_gosh(out, summary, input),
        Format::Csv => write_gosh_csv(out, summary.gosh),
        other => write_document(out, &gosh_document(summary, input, style), other, style),
    }
}

/// Writes the result of `resorb claim` to `out`; `input` are the studies it was held against.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_claims(
    out: &mut impl io::Write,
    claims: &[Examined],
    input: Option<&InputInfo>,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_claims(out, claims, input),
        Format::Csv => write_claims_csv(out, claims),
        other => write_document(out, &claim_document(claims, input, style), other, style),
    }
}

/// Writes the result of `resorb claim --claim-effect` to `out`; `input` are the studies it was held
/// against. As CSV the analyses that give it, or else the nearest.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_effect_claim(
    out: &mut impl io::Write,
    examined: &ExaminedEffect,
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_effect_claim(out, examined, input),
        Format::Csv => write_effect_claim_csv(out, examined),
        other => write_document(out, &effect_claim_document(examined, input, style), other, style),
    }
}

/// Writes the result of `resorb multiverse` to `out`: the summary; as CSV every analysis, in JSON too
/// where `rows` is set.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_multiverse(
    out: &mut impl io::Write,
    (all, summary): (&Multiverse, &MultiverseSummary),
    input: &InputInfo,
    (format, rows): (Format, bool),
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_multiverse(out, all, summary, input, rows),
        Format::Csv => write_multiverse_csv(out, all),
        other => {
            write_document(out, &multiverse_document(all, summary, input, style), other, style)
        }
    }
}

/// Writes the result of `resorb compare-tools` to `out`.
///
/// # Errors
/// [`ReportError`]: the writer failed, or this build cannot write the format.
pub fn write_compared(
    out: &mut impl io::Write,
    tools: &[Compared],
    input: &InputInfo,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Json => json::write_compared(out, tools, input),
        Format::Csv => write_compared_csv(out, tools),
        other => write_document(out, &compare_document(tools, input, style), other, style),
    }
}

/// Writes a whole report as Markdown or LaTeX, all sections one after the other; the page of `html` is a
/// function of its own, and tables, JSON and CSV belong to single results.
///
/// # Errors
/// [`ReportError`]: the writer failed.
pub fn write_report(
    out: &mut impl io::Write,
    report: &Report<'_>,
    format: Format,
) -> Result<(), ReportError> {
    let outline = outline::Outline::of(report);
    match format {
        Format::Latex => latex::write_outline(out, &outline)?,
        Format::Markdown => markdown::write_outline(out, &outline)?,
        _ => return Err(ReportError::Page(format!("a report is no {format}"))),
    }
    Ok(())
}

fn write_document(
    out: &mut impl io::Write,
    document: &Document,
    format: Format,
    style: &Style,
) -> Result<(), ReportError> {
    match format {
        Format::Markdown => markdown::write(out, document)?,
        Format::Latex => latex::write(out, document)?,
        _ => terminal::write(out, document, style.colour)?,
    }
    Ok(())
}

/// Why a result cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The destination refused.
    #[error("the result cannot be written: {0}")]
    Io(#[from] io::Error),
    /// CSV goes through data frames, which this build leaves out.
    #[error(
        "this build of resorb writes no CSV: build it with the feature `frame`, or use `--format json`"
    )]
    NoFrames,
    /// Text documents and workbooks need a library that this build leaves out.
    #[error(
        "this build of resorb writes no .docx and no .xlsx: build it with the feature `office`, as in `cargo install --path . --features office`"
    )]
    NoOffice,
    /// The library for them refused.
    #[error("the office file cannot be written: {0}")]
    Office(String),
    /// The page cannot be put together.
    #[error("the page cannot be written: {0}")]
    Page(String),
    /// The data frame library refused.
    #[error("the result cannot be written as a data frame: {0}")]
    Frame(String),
}
