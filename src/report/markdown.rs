//! A document as Markdown with pipe tables (GitHub's, and pandoc's).

use std::io::{self, Write};

use super::{
    document::{Align, Block, Cell, Document, Label, Row, Table},
    outline::Outline,
};

/// Writes a whole report.
pub(super) fn write_outline(out: &mut impl Write, outline: &Outline) -> io::Result<()> {
    writeln!(out, "# {}\n", escape(&outline.title))?;
    for line in outline.source.iter().chain(&outline.headline) {
        writeln!(out, "{}\n", escape(line))?;
    }
    for section in &outline.sections {
        writeln!(out, "## {}\n", escape(&section.heading))?;
        let mark = if section.part.is_list() { "- " } else { "" };
        for sentence in &section.lead {
            writeln!(out, "{mark}{}\n", escape(sentence))?;
        }
        write(out, &section.document)?;
        if !section.document.blocks.is_empty() {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Writes `document`.
pub(super) fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    for line in &document.title {
        writeln!(out, "{}\n", escape(line))?;
    }
    for (i, block) in document.blocks.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        match block {
            Block::Table(table) => write_table(out, table)?,
            Block::Facts(facts) => {
                write_heading(out, &facts.heading)?;
                for (label, value) in &facts.facts {
                    writeln!(out, "- {}: {}", escape(label.text()), escape(value))?;
                }
            }
            Block::List(list) => {
                let items: Vec<String> =
                    list.items.iter().map(|item| escape(item.text())).collect();
                writeln!(out, "**{}.** {}.", escape(list.heading.text()), items.join("; "))?;
            }
            Block::Sentences(sentences) => {
                write_heading(out, &sentences.heading)?;
                for sentence in &sentences.sentences {
                    writeln!(out, "- {}", escape(sentence))?;
                }
            }
        }
    }
    Ok(())
}

fn write_heading(out: &mut impl Write, heading: &Label) -> io::Result<()> {
    writeln!(out, "**{}**\n", escape(heading.text()))
}

fn write_table(out: &mut impl Write, table: &Table) -> io::Result<()> {
    if let Some(heading) = &table.heading {
        write_heading(out, heading)?;
    }
    let heads: Vec<String> = table.columns.iter().map(|c| escape(c.label.text())).collect();
    writeln!(out, "| {} |", heads.join(" | "))?;
    let rules: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => ":---",
            Align::Right => "---:",
        })
        .collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for group in &table.groups {
        for row in &group.rows {
            write_row(out, row, table.columns.len())?;
        }
        if let Some(after) = &group.after {
            writeln!(out, "| {} |{}", escape(after), " |".repeat(table.columns.len() - 1))?;
        }
    }
    Ok(())
}

fn write_row(out: &mut impl Write, row: &Row, columns: usize) -> io::Result<()> {
    let bold = |text: String| {
        if row.headline && !text.is_empty() { format!("**{text}**") } else { text }
    };
    let indent = "&emsp;".repeat(row.indent);
    write!(out, "| {indent}{} |", bold(escape(row.label.text())))?;
    let empty = std::iter::repeat(&Cell::Empty);
    for cell in row.cells.iter().chain(empty).take(columns.saturating_sub(1)) {
        let text = match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => escape(text),
            Cell::Interval { lower, upper } => {
                format!("[{}, {}]", escape(lower), escape(upper))
            }
        };
        write!(out, " {} |", bold(text))?;
    }
    writeln!(out)
}

/// `text` on one line, with every character literal that Markdown would give a meaning there.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '|' | '#' | '~' | '$' | '&' => true,
            // A bracket closes a link, and an angle opens a tag, only before certain characters.
            ']' => matches!(chars.peek(), Some('(' | '[' | ':')),
            '<' => chars.peek().is_some_and(|next| next.is_alphabetic() || "/!?".contains(*next)),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn labels_cannot_break_a_table() {
        assert_eq!(escape("a|b\n*c* <d> [e](f)"), r"a\|b \*c\* \<d> [e\](f)");
        assert_eq!(escape("p < 0.05, <0.1 [0.2, 0.3]"), "p < 0.05, <0.1 [0.2, 0.3]");
    }
}
