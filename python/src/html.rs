//! A document as HTML for a notebook: plain tables that take the notebook's own look.

use std::fmt::Write;

use resorb::report::{Align, Block, Cell, Document, Facts, Label, List, Row, Sentences, Table};

/// The document; all text is escaped.
pub(crate) fn fragment(document: &Document) -> String {
    let mut out = String::from("<div class=\"resorb\">\n");
    for (i, line) in document.title.iter().enumerate() {
        let (open, close) = if i == 0 { ("<strong>", "</strong>") } else { ("", "") };
        push(&mut out, format_args!("<p>{open}{}{close}</p>\n", escaped(line)));
    }
    for block in &document.blocks {
        match block {
            Block::Table(table) => write_table(&mut out, table),
            Block::Facts(facts) => write_facts(&mut out, facts),
            Block::List(list) => write_list(&mut out, list),
            Block::Sentences(sentences) => write_sentences(&mut out, sentences),
        }
    }
    out.push_str("</div>\n");
    out
}

fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(arguments);
}

fn write_table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    if let Some(heading) = &table.heading {
        push(out, format_args!("<caption>{}</caption>\n", escaped(heading.text())));
    }
    out.push_str("<thead><tr>");
    for column in &table.columns {
        let style = aligned(column.align);
        push(out, format_args!("<th scope=\"col\"{style}>{}</th>", escaped(column.label.text())));
    }
    out.push_str("</tr></thead>\n");
    for group in &table.groups {
        out.push_str("<tbody>\n");
        group.rows.iter().for_each(|row| write_row(out, table, row));
        if let Some(after) = &group.after {
            let span = table.columns.len();
            push(out, format_args!("<tr><td colspan=\"{span}\">{}</td></tr>\n", escaped(after)));
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n");
}

fn write_row(out: &mut String, table: &Table, row: &Row) {
    let weight = if row.headline { ";font-weight:bold" } else { ";font-weight:normal" };
    let label = escaped(row.label.text());
    push(
        out,
        format_args!(
            "<tr><th scope=\"row\" style=\"text-align:left;padding-left:{}em{weight}\">{label}</th>",
            row.indent + 1
        ),
    );
    let cells = row.cells.iter().chain(std::iter::repeat(&Cell::Empty));
    for (column, cell) in table.columns.iter().skip(1).zip(cells) {
        let text = match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => escaped(text),
            Cell::Interval { lower, upper } => {
                escaped(&format!("[{}, {}]", lower.trim(), upper.trim()))
            }
        };
        let style = aligned(column.align);
        let (open, close) = if row.headline { ("<strong>", "</strong>") } else { ("", "") };
        push(out, format_args!("<td{style}>{open}{text}{close}</td>"));
    }
    out.push_str("</tr>\n");
}

const fn aligned(align: Align) -> &'static str {
    match align {
        Align::Left => " style=\"text-align:left\"",
        Align::Right => " style=\"text-align:right\"",
    }
}

fn write_facts(out: &mut String, facts: &Facts) {
    push(out, format_args!("<p><strong>{}</strong></p>\n<dl>\n", escaped(facts.heading.text())));
    for (label, value) in &facts.facts {
        let (label, value) = (escaped(label.text()), escaped(value));
        push(out, format_args!("<dt>{label}</dt><dd>{value}</dd>\n"));
    }
    out.push_str("</dl>\n");
}

fn write_list(out: &mut String, list: &List) {
    let items: Vec<&str> = list.items.iter().map(Label::text).collect();
    let (heading, items) = (escaped(list.heading.text()), escaped(&items.join("; ")));
    push(out, format_args!("<p><strong>{heading}:</strong> {items}.</p>\n"));
}

fn write_sentences(out: &mut String, sentences: &Sentences) {
    push(
        out,
        format_args!("<p><strong>{}</strong></p>\n<ul>\n", escaped(sentences.heading.text())),
    );
    for sentence in &sentences.sentences {
        push(out, format_args!("<li>{}</li>\n", escaped(sentence)));
    }
    out.push_str("</ul>\n");
}

/// Paragraphs under headings.
pub(crate) fn prose(parts: &[(&str, &str)]) -> String {
    let mut out = String::from("<div class=\"resorb\">\n");
    for (heading, text) in parts {
        push(&mut out, format_args!("<p><strong>{}</strong></p>\n", escaped(heading)));
        for paragraph in text.split("\n\n") {
            push(&mut out, format_args!("<p>{}</p>\n", escaped(paragraph)));
        }
    }
    out.push_str("</div>\n");
    out
}

/// Text that HTML takes as text.
pub(crate) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}
