//! Both paragraphs with their references, in every format.

use std::io::{self, Write};

use serde_json::json;

use super::{
    super::{
        Format, InputInfo, ReportError, latex, markdown,
        references::{self, Reference, Work},
        text::{clean, wrap},
    },
    Context, Text, paragraph, results,
};
use crate::{analysis::Pooled, model::Settings};

/// The columns of a terminal.
const COLUMNS: usize = 80;

/// What a paper says about an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraphs {
    /// How it was done.
    pub methods: Text,
    /// What came out.
    pub results: Text,
}

impl Paragraphs {
    /// Of a pooled result and the further analyses of `context`.
    #[must_use]
    pub fn of(pooled: &Pooled, context: &Context<'_>) -> Self {
        let context = Context { pooled: Some(pooled), ..*context };
        Self {
            methods: paragraph(&pooled.fit.settings, &context),
            results: results(pooled, &context),
        }
    }

    /// The works cited in either, each once, in the order of their authors.
    #[must_use]
    pub fn cited(&self) -> Vec<&'static Reference> {
        let mut works = [self.methods.cited(), self.results.cited()].concat();
        works.sort_unstable_by_key(|work| work.key);
        works.dedup_by_key(|work| work.key);
        works
    }

    fn named(&self) -> [(&'static str, &Text); 2] {
        [("Methods", &self.methods), ("Results", &self.results)]
    }
}

/// Writes `paragraphs` to `out`: the words with a list of references, in LaTeX with keys to cite; as
/// CSV the references alone. With `keys` Markdown cites by keys too, as pandoc and Quarto read it, and
/// leaves the list to them.
///
/// # Errors
/// [`ReportError::Io`]: the writer failed.
pub fn write(
    out: &mut impl Write,
    paragraphs: &Paragraphs,
    (input, settings): (&InputInfo, &Settings),
    format: Format,
    keys: bool,
) -> Result<(), ReportError> {
    match format {
        Format::Table => write_plain(out, paragraphs)?,
        Format::Markdown => write_markdown(out, paragraphs, keys)?,
        Format::Latex => write_latex(out, paragraphs)?,
        Format::Json => write_json(out, paragraphs, input, settings)?,
        Format::Csv => write_csv(out, &paragraphs.cited())?,
    }
    Ok(())
}

fn write_plain(out: &mut impl Write, paragraphs: &Paragraphs) -> io::Result<()> {
    for (heading, text) in paragraphs.named() {
        writeln!(out, "{heading}\n")?;
        for paragraph in text.plain().split("\n\n") {
            for line in wrap(&clean(paragraph), COLUMNS) {
                writeln!(out, "{line}")?;
            }
            writeln!(out)?;
        }
    }
    writeln!(out, "References\n")?;
    for work in paragraphs.cited() {
        for (i, line) in wrap(&work.listed(), COLUMNS - 2).iter().enumerate() {
            let indent = if i == 0 { "" } else { "  " };
            writeln!(out, "{indent}{line}")?;
        }
    }
    Ok(())
}

fn write_markdown(out: &mut impl Write, paragraphs: &Paragraphs, keys: bool) -> io::Result<()> {
    for (heading, text) in paragraphs.named() {
        let text = if keys { text.pandoc() } else { text.markdown() };
        writeln!(out, "## {heading}\n\n{text}\n")?;
    }
    if !keys {
        writeln!(out, "## References\n")?;
        for work in paragraphs.cited() {
            writeln!(out, "- {}", markdown::escape(&work.listed()))?;
        }
    }
    Ok(())
}

fn write_latex(out: &mut impl Write, paragraphs: &Paragraphs) -> io::Result<()> {
    writeln!(out, "% pdfLaTeX or later, UTF-8; the keys are those of --bibliography")?;
    for (heading, text) in paragraphs.named() {
        writeln!(out, "\\paragraph{{{heading}}}\n{}\n", text.latex())?;
    }
    writeln!(out, "% References:")?;
    for work in paragraphs.cited() {
        writeln!(out, "% {}: {}", work.key, latex::escape(&work.listed()))?;
    }
    Ok(())
}

fn write_json(
    out: &mut impl Write,
    paragraphs: &Paragraphs,
    input: &InputInfo,
    settings: &Settings,
) -> io::Result<()> {
    let text = |text: &Text| json!({ "plain": text.plain(), "markdown": text.markdown(), "pandoc": text.pandoc() });
    let document = json!({
        "schema": "resorb/1",
        "command": "methods",
        "version": env!("CARGO_PKG_VERSION"),
        "input": input,
        "settings": settings,
        "methods": text(&paragraphs.methods),
        "results": text(&paragraphs.results),
        "references": references::items(&paragraphs.cited()),
    });
    writeln!(out, "{document:#}")
}

fn write_csv(out: &mut impl Write, works: &[&'static Reference]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["key", "authors", "year", "title", "in", "volume", "pages", "doi"])?;
    for work in works {
        let (place, volume, pages) = match work.work {
            Work::Article { journal, volume, pages } => (journal, volume, pages),
            Work::Book { publisher } => (publisher, "", ""),
            Work::Chapter { book, pages, .. } => (book, "", pages),
            Work::Talk { event } => (event, "", ""),
        };
        table.write_record([
            work.key,
            &work.authors.join("; "),
            &work.year.to_string(),
            work.title,
            place,
            volume,
            pages,
            work.doi.unwrap_or_default(),
        ])?;
    }
    table.flush()
}
