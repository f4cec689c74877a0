//! A document as HTML: tables, lists, sentences; on a page the tables have numbers and boxes of their
//! own that scroll, and terms lead to their explanation.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    super::document::{Align, Block, Cell, Document, Facts, Label, List, Row, Sentences, Table},
    text::{escape, prose},
};

/// What a page knows while its documents are written: the names of the studies, which tables are
/// numbered so far, and the terms in use.
pub(super) struct Writer<'p> {
    /// The names; `None` where the document stands alone, with no page around it.
    studies: Option<&'p BTreeSet<&'p str>>,
    tables: usize,
    terms: BTreeSet<&'static str>,
    /// Headings of sections with their names in links, while cells name sections.
    links: Vec<(String, String)>,
}

impl<'p> Writer<'p> {
    /// Writes parts of a page.
    pub(super) fn new(studies: &'p BTreeSet<&'p str>) -> Self {
        Self { studies: Some(studies), ..Self::alone() }
    }

    /// Writes documents that stand alone.
    pub(super) const fn alone() -> Self {
        Self { studies: None, tables: 0, terms: BTreeSet::new(), links: Vec::new() }
    }

    /// The terms met so far.
    pub(super) const fn terms(&self) -> &BTreeSet<&'static str> {
        &self.terms
    }

    /// The number of the next table.
    pub(super) const fn number(&mut self) -> usize {
        self.tables += 1;
        self.tables
    }

    /// The document whose cells name sections by their headings, `; ` between them: `links` has the
    /// names of the sections in links.
    pub(super) fn linked(
        &mut self,
        document: &Document,
        fallback: &str,
        links: Vec<(String, String)>,
    ) -> String {
        self.links = links;
        let out = self.document(document, fallback);
        self.links.clear();
        out
    }

    /// The document; `fallback` is the caption of a table that has no heading.
    pub(super) fn document(&mut self, document: &Document, fallback: &str) -> String {
        let mut out = String::new();
        for line in &document.title {
            let _ = writeln!(out, "<p class=\"model\">{}</p>", escape(line));
        }
        for block in &document.blocks {
            match block {
                Block::Table(table) => self.table(&mut out, table, fallback),
                Block::Facts(facts) => self.facts(&mut out, facts),
                Block::List(list) => self.list(&mut out, list),
                Block::Sentences(sentences) => self.sentences(&mut out, sentences),
            }
        }
        out
    }

    /// A label; a term leads to its explanation.
    pub(super) fn label(&mut self, label: &Label) -> String {
        let text = escape(label.text());
        let (Label::Term { term, .. }, Some(_)) = (label, self.studies) else { return text };
        let Some(entry) = super::super::explain(term) else { return text };
        self.terms.insert(entry.term);
        format!("<a class=\"term\" href=\"#term-{}\">{text}</a>", escape(entry.term))
    }

    fn heading(&mut self, out: &mut String, heading: &Label) {
        let text = self.label(heading);
        let _ = writeln!(out, "<h3>{text}</h3>");
    }

    fn facts(&mut self, out: &mut String, facts: &Facts) {
        self.heading(out, &facts.heading);
        out.push_str("<dl class=\"facts\">\n");
        for (name, value) in &facts.facts {
            let study = self.study(name);
            let name = self.label(name);
            let _ = writeln!(out, "<div{study}><dt>{name}</dt><dd>{}</dd></div>", escape(value));
        }
        out.push_str("</dl>\n");
    }

    fn list(&mut self, out: &mut String, list: &List) {
        let heading = self.label(&list.heading);
        let items: Vec<String> = list.items.iter().map(|item| self.label(item)).collect();
        let _ = writeln!(out, "<p class=\"choices\"><b>{heading}.</b> {}.</p>", items.join("; "));
    }

    fn sentences(&mut self, out: &mut String, sentences: &Sentences) {
        self.heading(out, &sentences.heading);
        list(out, &sentences.sentences);
    }

    fn table(&mut self, out: &mut String, table: &Table, fallback: &str) {
        let heading = table.heading.as_ref().map(|heading| self.label(heading));
        if self.studies.is_some() {
            let heading = heading.unwrap_or_else(|| escape(fallback));
            open_table(out, self.number(), &heading, "");
        } else {
            let caption = heading.map(|heading| format!("<caption>{heading}</caption>\n"));
            let _ = write!(out, "<table>\n{}", caption.unwrap_or_default());
        }
        let classes: Vec<&str> = (0..table.columns.len()).map(|at| class(table, at)).collect();
        out.push_str("<thead>\n<tr>");
        for (column, class) in table.columns.iter().zip(&classes) {
            let label = self.label(&column.label);
            let _ = write!(out, "<th scope=\"col\"{class}>{label}</th>");
        }
        out.push_str("</tr>\n</thead>\n");
        for group in &table.groups {
            out.push_str("<tbody>\n");
            for row in &group.rows {
                self.row(out, row, &classes);
            }
            if let Some(after) = &group.after {
                let _ = writeln!(
                    out,
                    "<tr><td class=\"after\" colspan=\"{}\">{}</td></tr>",
                    table.columns.len(),
                    escape(after)
                );
            }
            out.push_str("</tbody>\n");
        }
        out.push_str(if self.studies.is_some() { "</table></div>\n" } else { "</table>\n" });
    }

    fn row(&mut self, out: &mut String, row: &Row, classes: &[&str]) {
        let study = self.study(&row.label);
        let lead = if row.headline { " class=\"lead\"" } else { "" };
        let indent = match row.indent {
            0 => String::new(),
            steps => format!(" class=\"in-{}\"", steps.min(3)),
        };
        let label = self.label(&row.label);
        let _ = write!(out, "<tr{lead}{study}><th scope=\"row\"{indent}>{label}</th>");
        let empty = std::iter::repeat(&Cell::Empty);
        for (cell, class) in row.cells.iter().chain(empty).zip(classes.iter().skip(1)) {
            let _ = write!(out, "<td{class}>{}</td>", self.cell(cell));
        }
        out.push_str("</tr>\n");
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) if !self.links.is_empty() => {
                let parts: Vec<String> = text.split("; ").map(|part| self.link(part)).collect();
                parts.join("; ")
            }
            Cell::Text(text) => escape(text),
            Cell::Interval { lower, upper } => format!("[{}, {}]", escape(lower), escape(upper)),
        }
    }

    /// A heading that leads to its section.
    fn link(&self, heading: &str) -> String {
        let text = escape(heading);
        match self.links.iter().find(|(known, _)| known == heading) {
            Some((_, id)) => format!("<a href=\"#{}\">{text}</a>", escape(id)),
            None => text,
        }
    }

    /// The attribute of what belongs to a study.
    fn study(&self, label: &Label) -> String {
        match label {
            Label::Data(name) if self.studies.is_some_and(|all| all.contains(name.as_str())) => {
                study_attribute(name)
            }
            _ => String::new(),
        }
    }
}

/// The attribute by which the marks of a study find each other.
pub(super) fn study_attribute(name: &str) -> String {
    format!(" data-study=\"{}\"", escape(name))
}

/// Opens a numbered table in a box that scrolls; `heading` and `attributes` are HTML.
pub(super) fn open_table(out: &mut String, number: usize, heading: &str, attributes: &str) {
    let _ = writeln!(
        out,
        "<div class=\"scroll\" role=\"group\" aria-labelledby=\"table-{number}\" tabindex=\"0\"><table{attributes}>\n<caption id=\"table-{number}\"><b>Table {number}.</b> {heading}</caption>",
    );
}

/// Sentences as a list.
pub(super) fn list(out: &mut String, sentences: &[String]) {
    out.push_str("<ul>\n");
    for sentence in sentences {
        let _ = writeln!(out, "<li>{}</li>", escape(&prose(sentence)));
    }
    out.push_str("</ul>\n");
}

/// The class of a column: numbers stand under each other, words start on the left, wherever a terminal
/// has room for them.
fn class(table: &Table, at: usize) -> &'static str {
    let rows = || table.groups.iter().flat_map(|group| &group.rows);
    let cells = || {
        at.checked_sub(1).into_iter().flat_map(|at| rows().filter_map(move |row| row.cells.get(at)))
    };
    let words = |cell: &&Cell| matches!(cell, Cell::Text(text) if text.starts_with(|c: char| c.is_alphabetic() && c != 'χ'));
    let filled = cells().filter(|cell| **cell != Cell::Empty).count();
    match table.columns.get(at).map(|column| column.align) {
        Some(Align::Right) if 2 * cells().filter(words).count() <= filled => " class=\"num\"",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Column, Group};

    fn document(name: &str) -> Document {
        let column = |label, align| Column { label, align };
        let columns = vec![
            column(Label::plain("Study"), Align::Left),
            column(Label::term("I²", "i2"), Align::Right),
        ];
        let row = Row {
            label: Label::Data(name.to_owned()),
            indent: 0,
            cells: vec![Cell::Interval { lower: "1".into(), upper: "2".into() }],
            headline: false,
        };
        let groups = vec![Group { rows: vec![row], after: Some("… 3 > 2".into()) }];
        Document {
            title: vec!["a < b".to_owned()],
            blocks: vec![Block::Table(Table { heading: None, columns, groups })],
        }
    }

    #[test]
    fn a_name_stays_text_and_marks_its_row() {
        let name = "<img src=x onerror=alert(1)>\"";
        let studies = BTreeSet::from([name]);
        let mut writer = Writer::new(&studies);
        let html = writer.document(&document(name), "Studies");
        assert!(!html.contains("<img"), "{html}");
        let attribute = "<tr data-study=\"&lt;img src=x onerror=alert(1)&gt;&quot;\">";
        assert!(html.contains(attribute), "{html}");
        assert!(html.contains("a &lt; b") && html.contains("… 3 &gt; 2"), "{html}");
    }

    #[test]
    fn terms_lead_to_their_explanation_and_cells_keep_their_columns() {
        let studies = BTreeSet::new();
        let mut writer = Writer::new(&studies);
        let html = writer.document(&document("A"), "Studies");
        assert!(html.contains("<a class=\"term\" href=\"#term-i2\">I²</a>"), "{html}");
        assert!(html.contains("<th scope=\"row\">A</th><td class=\"num\">[1, 2]</td></tr>"));
        assert!(html.contains("<b>Table 1.</b> Studies</caption>"), "{html}");
        assert_eq!(writer.terms().iter().copied().collect::<Vec<_>>(), ["i2"]);
    }
}
