//! A document on a terminal of 80 columns.

use std::io::{self, Write};

use super::{
    document::{Block, Cell, Document, Facts, List, Row, Sentences, Table},
    text::{clean, pad_left, pad_right, truncate, width, wrap},
};

/// The columns of the terminal.
const COLUMNS: usize = 80;
/// Spaces between two columns of a table.
const GAP: usize = 2;
/// Spaces by which an indented label stands in.
const STEP: usize = 2;
/// The label column is never made narrower, even if the table becomes too wide.
const NARROWEST: usize = 8;

/// A label that needs more lines is cut.
const MOST_LINES: usize = 3;

/// Writes `document`; `bold` sets off the headline with the ANSI code for bold type.
pub(super) fn write(out: &mut impl Write, document: &Document, bold: bool) -> io::Result<()> {
    for line in &document.title {
        for line in wrap(&clean(line), COLUMNS) {
            writeln!(out, "{line}")?;
        }
    }
    for block in &document.blocks {
        writeln!(out)?;
        match block {
            Block::Table(table) => write_table(out, table, bold)?,
            Block::Facts(facts) => write_facts(out, facts)?,
            Block::List(list) => write_list(out, list)?,
            Block::Sentences(sentences) => write_sentences(out, sentences)?,
        }
    }
    Ok(())
}

/// The widths of a table's columns; an interval's limits are aligned with each other.
struct Widths {
    label: usize,
    cells: Vec<CellWidth>,
}

#[derive(Clone, Copy, Default)]
struct CellWidth {
    lower: usize,
    upper: usize,
    whole: usize,
}

impl Widths {
    fn of(table: &Table) -> Self {
        let rows = || table.groups.iter().flat_map(|group| &group.rows);
        let heads = table.columns.iter().map(|column| width(column.label.text()));
        let cells: Vec<CellWidth> = heads
            .skip(1)
            .enumerate()
            .map(|(i, head)| {
                let of_column = rows().filter_map(|row| row.cells.get(i));
                of_column.fold(CellWidth { whole: head, ..CellWidth::default() }, CellWidth::grow)
            })
            .collect();
        let taken: usize = cells.iter().map(|cell| GAP + cell.whole).sum();
        let label_head = table.columns.first().map_or(0, |column| width(column.label.text()));
        // A row without cells has the whole line.
        let labels = rows().filter(|row| !row.cells.is_empty()).map(|row| width(&label(row)));
        let longest = labels.fold(label_head, usize::max);
        let label = longest.min(COLUMNS.saturating_sub(taken).max(NARROWEST));
        Self { label, cells }
    }

    fn total(&self) -> usize {
        self.label + self.cells.iter().map(|cell| GAP + cell.whole).sum::<usize>()
    }
}

impl CellWidth {
    fn grow(self, cell: &Cell) -> Self {
        match cell {
            Cell::Empty => self,
            Cell::Text(text) => Self { whole: self.whole.max(width(text)), ..self },
            Cell::Interval { lower, upper } => {
                let (lower, upper) = (self.lower.max(width(lower)), self.upper.max(width(upper)));
                Self { lower, upper, whole: self.whole.max(lower + upper + "[, ]".len()) }
            }
        }
    }

    fn show(self, cell: &Cell) -> String {
        let text = match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Interval { lower, upper } => {
                format!("[{}, {}]", pad_left(lower, self.lower), pad_left(upper, self.upper))
            }
        };
        pad_left(&text, self.whole)
    }
}

fn label(row: &Row) -> String {
    format!("{}{}", " ".repeat(STEP * row.indent), clean(row.label.text()))
}

/// A label in lines of at most `room` columns, those after the first a step further in.
fn label_lines(row: &Row, room: usize) -> Vec<String> {
    let indent = STEP * row.indent;
    let lines = wrap(&clean(row.label.text()), room.saturating_sub(indent + STEP));
    if width(&label(row)) <= room || lines.len() > MOST_LINES {
        return vec![truncate(&label(row), room)];
    }
    let placed = lines.iter().enumerate().map(|(i, line)| {
        let indent = indent + if i == 0 { 0 } else { STEP };
        truncate(&format!("{:indent$}{line}", ""), room)
    });
    placed.collect()
}

fn write_table(out: &mut impl Write, table: &Table, bold: bool) -> io::Result<()> {
    if let Some(heading) = &table.heading {
        writeln!(out, "{}", heading.text())?;
    }
    let widths = Widths::of(table);
    let rule = "─".repeat(widths.total());
    if let Some((first, rest)) = table.columns.split_first() {
        let heads = rest.iter().zip(&widths.cells).map(|(column, cell)| {
            format!("{:GAP$}{}", "", pad_left(column.label.text(), cell.whole))
        });
        let first = truncate(first.label.text(), widths.label);
        let line = pad_right(&first, widths.label) + &heads.collect::<String>();
        writeln!(out, "{}", line.trim_end())?;
    }
    for group in &table.groups {
        writeln!(out, "{rule}")?;
        for row in &group.rows {
            let cells = row
                .cells
                .iter()
                .zip(&widths.cells)
                .map(|(cell, width)| format!("{:GAP$}{}", "", width.show(cell)));
            let room = if row.cells.is_empty() { widths.total() } else { widths.label };
            let mut names = label_lines(row, room).into_iter();
            let name = pad_right(&names.next().unwrap_or_default(), widths.label);
            let line = name + &cells.collect::<String>();
            let line = line.trim_end();
            if bold && row.headline {
                writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?;
            } else {
                writeln!(out, "{line}")?;
            }
            for more in names {
                writeln!(out, "{more}")?;
            }
        }
        if let Some(after) = &group.after {
            writeln!(out, "{after}")?;
        }
    }
    writeln!(out, "{rule}")
}

fn write_facts(out: &mut impl Write, facts: &Facts) -> io::Result<()> {
    writeln!(out, "{}", facts.heading.text())?;
    let names = facts.facts.iter().map(|(label, _)| width(label.text())).max().unwrap_or(0);
    for (label, value) in &facts.facts {
        let name = format!("{:STEP$}{}{:GAP$}", "", pad_right(label.text(), names), "");
        write_hanging(out, &name, value)?;
    }
    Ok(())
}

fn write_list(out: &mut impl Write, list: &List) -> io::Result<()> {
    let items: Vec<&str> = list.items.iter().map(super::document::Label::text).collect();
    for line in wrap(&format!("{}: {}.", list.heading.text(), items.join("; ")), COLUMNS) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_sentences(out: &mut impl Write, sentences: &Sentences) -> io::Result<()> {
    writeln!(out, "{}", sentences.heading.text())?;
    for sentence in &sentences.sentences {
        write_hanging(out, "  • ", &clean(sentence))?;
    }
    Ok(())
}

/// `text` after `name`, its further lines under its first.
fn write_hanging(out: &mut impl Write, name: &str, text: &str) -> io::Result<()> {
    let indent = width(name);
    for (i, line) in wrap(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
        if i == 0 {
            writeln!(out, "{name}{line}")?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}
