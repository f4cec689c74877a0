//! Paragraphs with citations, and how they are written.

use super::super::{
    markdown,
    references::{Reference, bibtex, csl_json},
};

/// Sentences with citations, in paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    earlier: Vec<Vec<Part>>,
    last: Vec<Part>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words; names from the data are as they are.
    Words(String),
    /// Works, cited at the end of what stands before.
    Cited(Vec<&'static Reference>),
}

impl Text {
    /// Begins another paragraph.
    pub(super) fn paragraph(&mut self) {
        if !self.last.is_empty() {
            self.earlier.push(std::mem::take(&mut self.last));
        }
    }

    /// A sentence; it gets its full stop, after the works that it cites.
    pub(super) fn sentence(&mut self, words: &str, cited: &[&'static Reference]) {
        self.clause(words, cited);
        self.words(".");
    }

    /// A part of a sentence that cites for itself.
    pub(super) fn clause(&mut self, words: &str, cited: &[&'static Reference]) {
        if self.last.is_empty() || words.starts_with([',', ';', '.']) {
            self.words(words);
        } else {
            self.words(&format!(" {words}"));
        }
        if !cited.is_empty() {
            self.last.push(Part::Cited(cited.to_vec()));
        }
    }

    /// A sentence that has its own full stop; an empty one leaves no trace.
    pub(super) fn whole(&mut self, sentence: &str) {
        if !sentence.is_empty() {
            self.clause(sentence, &[]);
        }
    }

    fn words(&mut self, words: &str) {
        match self.last.last_mut() {
            Some(Part::Words(before)) => before.push_str(words),
            _ => self.last.push(Part::Words(words.to_owned())),
        }
    }

    /// The paragraphs, each of words and citations in turn.
    pub fn paragraphs(&self) -> impl Iterator<Item = &[Part]> {
        let last = Some(self.last.as_slice()).filter(|last| !last.is_empty());
        self.earlier.iter().map(Vec::as_slice).chain(last)
    }

    /// The works cited, each once, in the order of their authors.
    #[must_use]
    pub fn cited(&self) -> Vec<&'static Reference> {
        let parts = self.paragraphs().flatten();
        let mut works: Vec<&'static Reference> = parts
            .filter_map(|part| match part {
                Part::Cited(works) => Some(works.as_slice()),
                Part::Words(_) => None,
            })
            .flatten()
            .copied()
            .collect();
        works.sort_unstable_by_key(|work| work.key);
        works.dedup_by_key(|work| work.key);
        works
    }

    /// Plain text, works by author and year: `… likelihood (Hardy and Thompson 1996).` Paragraphs are
    /// apart by an empty line.
    #[must_use]
    pub fn plain(&self) -> String {
        self.written(str::to_owned, |works| format!(" ({})", labels(works)))
    }

    /// Markdown, works by author and year.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.written(markdown::escape, |works| format!(" ({})", markdown::escape(&labels(works))))
    }

    /// Markdown for pandoc and Quarto, works by the keys of the bibliography: `[@hardy1996]`.
    #[must_use]
    pub fn pandoc(&self) -> String {
        self.written(markdown::escape, |works| {
            let keys: Vec<String> = works.iter().map(|work| format!("@{}", work.key)).collect();
            format!(" [{}]", keys.join("; "))
        })
    }

    /// LaTeX, works by the keys of the bibliography: `~\cite{hardy1996}`.
    #[must_use]
    pub fn latex(&self) -> String {
        self.written(super::super::latex::escape, |works| {
            let keys: Vec<&str> = works.iter().map(|work| work.key).collect();
            format!("~\\cite{{{}}}", keys.join(","))
        })
    }

    /// The works cited as BibTeX.
    #[must_use]
    pub fn bibtex(&self) -> String {
        bibtex(&self.cited())
    }

    /// The works cited as CSL-JSON.
    #[must_use]
    pub fn csl_json(&self) -> String {
        csl_json(&self.cited())
    }

    fn written(
        &self,
        words: impl Fn(&str) -> String,
        cited: impl Fn(&[&'static Reference]) -> String,
    ) -> String {
        let part = |part: &Part| match part {
            Part::Words(text) => words(text),
            Part::Cited(works) => cited(works),
        };
        let paragraph = |parts: &[Part]| parts.iter().map(part).collect::<String>();
        self.paragraphs().map(paragraph).collect::<Vec<_>>().join("\n\n")
    }
}

fn labels(works: &[&'static Reference]) -> String {
    works.iter().map(|work| work.label()).collect::<Vec<_>>().join("; ")
}
