//! A document as LaTeX: booktabs tables and paragraphs, to be put into a document.

use std::io::{self, Write};

use super::{
    document::{Align, Block, Cell, Column, Document, Label, Row, Table},
    outline::Outline,
};

/// A table of more rows than this breaks over pages (longtable).
const PAGE: usize = 40;
/// The letters that a line of a table has room for.
const LINE: usize = 90;
/// The letters that the space between two columns is worth.
const BETWEEN: usize = 3;
/// A column of longer cells is broken where the table has not enough room.
const LONG: usize = 24;
/// What keeps the words of a broken cell together; it needs the package array.
const RAGGED: &str = ">{\\raggedright\\arraybackslash}";
/// A longer word may be broken after each so many letters.
const WORD: usize = 32;

/// What a whole report begins with: it can be compiled as it is.
const PREAMBLE: &str = r"% pdflatex makes a PDF of this file, with booktabs, etoolbox and geometry; names in scripts other
% than Latin need lualatex with a font that has them. What stands between the beginning and the end of
% the document can be put into one of your own.
\documentclass[a4paper]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage{textcomp}
\usepackage[margin=25mm]{geometry}
\usepackage{array,booktabs,longtable,etoolbox}
\AtBeginEnvironment{tabular}{\small}
\AtBeginEnvironment{longtable}{\small}
\makeatletter\def\fps@table{!htbp}\makeatother
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5em}
\emergencystretch=3em
\begin{document}
";

/// Writes a whole report as a document.
pub(super) fn write_outline(out: &mut impl Write, outline: &Outline) -> io::Result<()> {
    write!(out, "{PREAMBLE}")?;
    writeln!(out, "\n\\section*{{{}}}", escape(&outline.title))?;
    for line in &outline.source {
        writeln!(out, "{}.", escape(line))?;
    }
    writeln!(out)?;
    for line in &outline.headline {
        writeln!(out, "{}", escape(line))?;
    }
    for section in &outline.sections {
        writeln!(out, "\n\\subsection*{{{}}}", escape(&section.heading))?;
        // An item of a list and a paragraph of a text stand for themselves; other sentences flow.
        let apart = section.part.is_list() || section.part.is_prose();
        for sentence in &section.lead {
            let sentence = escape(sentence);
            let end = if apart { "\n" } else { "" };
            writeln!(out, "{}{sentence}{end}", guard(&sentence))?;
        }
        for line in &section.document.title {
            writeln!(out, "{}.", escape(line))?;
        }
        write_blocks(out, &section.document, escape(&section.heading))?;
    }
    writeln!(out, "\n\\end{{document}}")
}

/// A line break takes a bracket or a star that follows it for its own.
fn guard(text: &str) -> &'static str {
    if text.starts_with(['[', '*']) { "{}" } else { "" }
}

/// Writes `document`.
pub(super) fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    write_needs(out, document.blocks.iter())?;
    let caption = document.title.iter().map(|line| escape(line)).collect::<Vec<_>>().join(". ");
    write_blocks(out, document, caption)
}

/// Names the packages that the tables of `blocks` need.
fn write_needs<'b>(
    out: &mut impl Write,
    blocks: impl Iterator<Item = &'b Block>,
) -> io::Result<()> {
    let tables: Vec<&Table> = blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let array = tables.iter().any(|table| columns(table).contains(RAGGED));
    let long = tables.iter().any(|table| is_long(table));
    let needs = [(array, "array"), (true, "booktabs"), (long, "longtable")];
    let needs: Vec<&str> =
        needs.into_iter().filter_map(|(needed, name)| needed.then_some(name)).collect();
    let needs = needs.join(",");
    writeln!(out, "% needs \\usepackage{{{needs}}}; pdfLaTeX or later, UTF-8")
}

/// Writes the blocks; the first table without a heading has `caption`.
fn write_blocks(out: &mut impl Write, document: &Document, mut caption: String) -> io::Result<()> {
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                let heading = match &table.heading {
                    Some(heading) => escape(heading.text()),
                    None => std::mem::take(&mut caption),
                };
                write_table(out, table, &heading)?;
            }
            Block::Facts(facts) => {
                write_heading(out, &facts.heading)?;
                let lines = facts
                    .facts
                    .iter()
                    .map(|(label, value)| format!("{}: {}", escape(label.text()), escape(value)));
                writeln!(out, "{}.", lines.collect::<Vec<_>>().join(".\n"))?;
            }
            Block::List(list) => {
                write_heading(out, &list.heading)?;
                let items: Vec<String> =
                    list.items.iter().map(|item| escape(item.text())).collect();
                writeln!(out, "{}.", items.join(";\n"))?;
            }
            Block::Sentences(sentences) => {
                write_heading(out, &sentences.heading)?;
                for sentence in &sentences.sentences {
                    writeln!(out, "{}", escape(sentence))?;
                }
            }
        }
    }
    Ok(())
}

fn write_heading(out: &mut impl Write, heading: &Label) -> io::Result<()> {
    writeln!(out, "\n\\paragraph{{{}}}", escape(heading.text()))
}

fn is_long(table: &Table) -> bool {
    table.groups.iter().map(|group| group.rows.len()).sum::<usize>() > PAGE
}

fn write_table(out: &mut impl Write, table: &Table, caption: &str) -> io::Result<()> {
    let columns = columns(table);
    let long = is_long(table);
    if long {
        writeln!(out, "\n\\begin{{longtable}}{{{columns}}}\n\\caption{{{caption}}}\\\\")?;
    } else {
        writeln!(out, "\n\\begin{{table}}\n\\centering\n\\caption{{{caption}}}")?;
        writeln!(out, "\\begin{{tabular}}{{{columns}}}")?;
    }
    let heads: Vec<String> = table.columns.iter().map(|c| escape(c.label.text())).collect();
    writeln!(out, "\\toprule\n{} \\\\", heads.join(" & "))?;
    for group in &table.groups {
        writeln!(out, "\\midrule")?;
        for row in &group.rows {
            write_row(out, row, table.columns.len())?;
        }
        if let Some(after) = &group.after {
            writeln!(
                out,
                "\\multicolumn{{{}}}{{l}}{{{}}} \\\\",
                table.columns.len(),
                escape(after)
            )?;
        }
    }
    writeln!(out, "\\bottomrule")?;
    if long {
        writeln!(out, "\\end{{longtable}}")
    } else {
        writeln!(out, "\\end{{tabular}}\n\\end{{table}}")
    }
}

/// A letter for each column; where the table is wider than a page, those of long words are broken.
fn columns(table: &Table) -> String {
    let longest = |place: usize| {
        let rows = table.groups.iter().flat_map(|group| &group.rows);
        let cell = |row: &Row| match place.checked_sub(1).map(|place| row.cells.get(place)) {
            None => row.label.text().chars().count(),
            Some(Some(Cell::Text(text))) => text.chars().count(),
            Some(Some(Cell::Interval { lower, upper })) => {
                lower.chars().count() + upper.chars().count() + "[, ]".len()
            }
            Some(Some(Cell::Empty) | None) => 0,
        };
        let head = table.columns.get(place).map_or(0, |column| column.label.text().chars().count());
        rows.map(cell).fold(head, usize::max)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(longest).collect();
    let whole: usize = widths.iter().sum();
    let between = BETWEEN * widths.len();
    let short = widths.iter().filter(|width| **width <= LONG).sum::<usize>();
    let room = LINE.saturating_sub(short + between);
    let long: usize = widths.iter().filter(|width| **width > LONG).sum();
    let letter = |(column, width): (&Column, &usize)| match column.align {
        _ if whole + between > LINE && *width > LONG => {
            let share = room as f64 / LINE as f64 * *width as f64 / long as f64;
            format!("{RAGGED}p{{{:.2}\\linewidth}}", share.max(0.1))
        }
        Align::Left => "l".to_owned(),
        Align::Right => "r".to_owned(),
    };
    table.columns.iter().zip(&widths).map(letter).collect()
}

fn write_row(out: &mut impl Write, row: &Row, columns: usize) -> io::Result<()> {
    let bold = |text: String| {
        if row.headline && !text.is_empty() { format!("\\textbf{{{text}}}") } else { text }
    };
    let indent = "\\quad ".repeat(row.indent);
    let label = bold(escape(row.label.text()).trim().to_owned());
    write!(out, "{indent}{}{label}", guard(&label))?;
    let empty = std::iter::repeat(&Cell::Empty);
    for cell in row.cells.iter().chain(empty).take(columns.saturating_sub(1)) {
        let text = match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => escape(text),
            Cell::Interval { lower, upper } => format!("[{}, {}]", escape(lower), escape(upper)),
        };
        write!(out, " & {}", bold(text))?;
    }
    writeln!(out, " \\\\")
}

/// `text` with LaTeX's own characters made literal and the symbols that pdfLaTeX lacks turned into
/// mathematics; other letters stay as they are.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut in_math = false;
    let mut unbroken = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let symbol = symbol(c);
        if symbol.is_some() != in_math {
            in_math = !in_math;
            escaped.push('$');
        }
        // A hash or an address has no place of its own to be broken at.
        unbroken = if c == ' ' { 0 } else { unbroken + 1 };
        if unbroken > WORD && !in_math {
            escaped.push_str("\\allowbreak{}");
            unbroken = 1;
        }
        match (symbol, c) {
            (Some(symbol), _) => {
                // A combining hat or bar belongs to the letter before it.
                let accent = match chars.peek() {
                    Some('\u{302}') => "\\hat",
                    Some('\u{304}') => "\\bar",
                    _ => "",
                };
                if accent.is_empty() {
                    escaped.push_str(symbol);
                } else {
                    chars.next();
                    escaped.extend([accent, "{", symbol, "}"]);
                }
            }
            (None, '&' | '%' | '_' | '#' | '$' | '{' | '}') => escaped.extend(['\\', c]),
            (None, '~') => escaped.push_str("\\textasciitilde{}"),
            (None, '^') => escaped.push_str("\\textasciicircum{}"),
            (None, '\\') => escaped.push_str("\\textbackslash{}"),
            (None, '|') => escaped.push_str("\\textbar{}"),
            (None, '–') => escaped.push_str("--"),
            (None, '…') => escaped.push_str("\\dots{}"),
            (None, c) => escaped.push(if c.is_control() { ' ' } else { c }),
        }
    }
    if in_math {
        escaped.push('$');
    }
    escaped
}

/// The mathematics of a symbol that the project's own sentences use.
const fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        'τ' => "\\tau",
        'ρ' => "\\rho",
        'μ' => "\\mu",
        'χ' => "\\chi",
        'α' => "\\alpha",
        'β' => "\\beta",
        'γ' => "\\gamma",
        'δ' => "\\delta",
        'η' => "\\eta",
        'θ' => "\\theta",
        'ν' => "\\nu",
        'π' => "\\pi",
        'σ' => "\\sigma",
        'φ' => "\\varphi",
        'Φ' => "\\Phi",
        'Σ' => "\\sum",
        '²' => "^2",
        '₀' => "_0",
        '₁' => "_1",
        '₂' => "_2",
        'ᵢ' => "_i",
        '≈' => "\\approx",
        '≠' => "\\ne",
        '<' => "<",
        '>' => ">",
        '−' => "-",
        '×' => "\\times",
        '·' => "\\cdot",
        '≤' => "\\le",
        '≥' => "\\ge",
        '∞' => "\\infty",
        '√' => "\\surd",
        '½' => "\\frac{1}{2}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn special_characters_print_themselves() {
        assert_eq!(
            escape(r"50 % of A&B_1 #2 $3 ~x ^y \z {w}"),
            r"50 \% of A\&B\_1 \#2 \$3 \textasciitilde{}x \textasciicircum{}y \textbackslash{}z \{w\}"
        );
    }

    #[test]
    fn symbols_become_mathematics_and_letters_stay() {
        assert_eq!(escape("τ̂² = 0, Niël–Weise"), r"$\hat{\tau}^2$ = 0, Niël--Weise");
    }
}
