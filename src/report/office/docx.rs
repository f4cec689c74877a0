//! A text document: headings, paragraphs, tables ruled as in journals.

use std::{fmt::Write as _, io::Cursor};

use docx_rs::{
    AlignmentType, BorderType, DocumentChild, Docx, LineSpacing, PageMargin, Paragraph, Pic, Run,
    RunFonts, Style, StyleType, Table as DocxTable, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellContent, TableChild, TableLayoutType,
    TableRow, TableRowChild, WidthType,
};

use super::{
    super::{
        ReportError,
        document::{Align, Block, Cell, Document, Facts, Group, Row, Table},
        text::clean,
    },
    Chapter,
    widths::widths,
};

/// Half-points of the body's type.
const BODY: usize = 21;
/// Half-points of the type in tables.
const SMALL: usize = 18;
/// Twentieths of a point that an indented label stands in.
const STEP: i32 = 200;
/// English metric units in a millimetre.
const EMU_PER_MM: f64 = 36_000.0;
/// The margins in twentieths of a point: 25 mm on each side of A4.
const MARGIN: i32 = 1417;
/// The width between the margins in mm; a wider figure is made smaller.
const TEXT_WIDTH: f64 = 160.0;
/// The height between the margins in mm that a figure may have, with room for its caption.
pub(super) const FIGURE_HEIGHT: f64 = 215.0;
/// What the library writes for every picture: neither a number of its own nor words for it.
const UNNAMED: &str = r#"<wp:docPr id="1" name="Figure" />"#;
/// When the document says that it was made: always the same, so that the bytes are.
const DATE: &str = "2000-01-01T00:00:00Z";

/// Writes a text document of `chapters` under `title`.
///
/// # Errors
/// [`ReportError::Office`] when the writer refuses; no such case is known.
///
/// ```
/// use resorb::{
///     analysis::pooled,
///     model::Settings,
///     report::{InputInfo, Style, document, office::{Chapter, docx}},
///     study::Studies,
/// };
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Ahn", 25, 36)])?;
/// let answer = pooled(&studies, &Settings::default(), false)?;
/// let result = document(&answer, &InputInfo::default(), &Style::default());
/// let chapter = Chapter::Result { heading: "Pooled rate", lead: &[], document: &result };
/// let bytes = docx("Three studies", &[chapter])?;
/// assert!(bytes.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn docx(title: &str, chapters: &[Chapter<'_>]) -> Result<Vec<u8>, ReportError> {
    let fonts = RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri");
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .size(size)
            .bold()
            .outline_lvl(level)
            .line_spacing(LineSpacing::new().before(240).after(80))
    };
    let mut file = Docx::new()
        .created_at(DATE)
        .updated_at(DATE)
        .page_margin(PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN))
        .default_fonts(fonts)
        .default_size(BODY)
        .add_style(Style::new("Title", StyleType::Paragraph).name("Title").size(34).bold())
        .add_style(
            Style::new("Caption", StyleType::Paragraph)
                .name("caption")
                .based_on("Normal")
                .size(SMALL)
                .line_spacing(LineSpacing::new().before(60).after(200)),
        )
        .add_style(heading("Heading1", "heading 1", 28, 0))
        .add_style(heading("Heading2", "heading 2", 23, 1));
    file = file.add_paragraph(styled("Title", title));
    let mut described: Vec<&str> = Vec::new();
    for chapter in chapters {
        match chapter {
            Chapter::Result { heading, lead, document } => {
                file = file.add_paragraph(styled("Heading1", heading));
                // What leads to a table stays with it.
                let leads = !document.blocks.is_empty();
                for sentence in *lead {
                    file = file.add_paragraph(body(sentence).keep_next(leads));
                }
                file = result(file, document);
            }
            Chapter::Words { heading, text } => {
                file = file.add_paragraph(styled("Heading1", heading));
                for paragraph in text.plain().split("\n\n") {
                    file = file.add_paragraph(body(paragraph));
                }
            }
            Chapter::References { heading, works } => {
                file = file.add_paragraph(styled("Heading1", heading));
                for work in *works {
                    let hanging = docx_rs::SpecialIndentType::Hanging(360);
                    let paragraph =
                        body(&work.listed()).indent(Some(360), Some(hanging), None, None);
                    file = file.add_paragraph(paragraph);
                }
            }
            Chapter::Figure { png, width, height, caption, alt } => {
                described.push(alt);
                let number = described.len();
                let shrink = (TEXT_WIDTH / width).min(FIGURE_HEIGHT / height).min(1.0);
                let picture = Pic::new_with_dimensions(png.clone(), 1, 1)
                    .id(format!("rIdImage{number}"))
                    .size(emu(width * shrink), emu(height * shrink));
                // A figure and its caption stay on one page.
                let shown = Paragraph::new().keep_next(true).add_run(Run::new().add_image(picture));
                let caption = Paragraph::new()
                    .style("Caption")
                    .add_run(run(&format!("Figure {number}. ")).bold())
                    .add_run(run(caption));
                file = file.add_paragraph(shown).add_paragraph(caption);
            }
        }
    }
    number(&mut file);
    let mut parts = file.build();
    parts.document = describe(parts.document, &described);
    let mut out = Cursor::new(Vec::new());
    parts.pack(&mut out).map_err(|error| ReportError::Office(error.to_string()))?;
    Ok(out.into_inner())
}

/// Gives the pictures of a document their numbers and words, which the library has no place for.
fn describe(document: Vec<u8>, described: &[&str]) -> Vec<u8> {
    let text = match String::from_utf8(document) {
        Ok(text) => text,
        Err(error) => return error.into_bytes(),
    };
    let mut pieces = text.split(UNNAMED);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (place, piece) in pieces.enumerate() {
        let number = place + 1;
        let alt = described.get(place).map_or_else(String::new, |alt| attribute(&clean(alt)));
        let _ = write!(out, r#"<wp:docPr id="{number}" name="Figure {number}" descr="{alt}" />"#);
        out.push_str(piece);
    }
    out.into_bytes()
}

/// A text as the value of an attribute.
fn attribute(text: &str) -> String {
    let pairs = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;")];
    pairs.iter().fold(text.to_owned(), |text, (sign, name)| text.replace(*sign, name))
}

/// Numbers the paragraphs: the library's own numbers go on from one document to the next.
fn number(file: &mut Docx) {
    let mut next = 0u32;
    let mut name = |paragraph: &mut Paragraph| {
        next += 1;
        paragraph.id = format!("{next:08x}");
    };
    for child in &mut file.document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => name(paragraph),
            DocumentChild::Table(table) => {
                for TableChild::TableRow(row) in &mut table.rows {
                    for TableRowChild::TableCell(cell) in &mut row.cells {
                        for content in &mut cell.children {
                            if let TableCellContent::Paragraph(paragraph) = content {
                                name(paragraph);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

/// Millimetres of a page as the format counts them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn emu(mm: f64) -> u32 {
    // Within a metre: far below the limit of a u32.
    (mm * EMU_PER_MM).clamp(1.0, 1000.0 * EMU_PER_MM).round() as u32
}

fn run(text: &str) -> Run {
    Run::new().add_text(clean(text))
}

fn styled(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).keep_next(true).add_run(run(text))
}

fn body(text: &str) -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().after(120)).add_run(run(text))
}

/// The title's lines and the blocks of a result.
fn result(mut file: Docx, document: &Document) -> Docx {
    for line in &document.title {
        file = file.add_paragraph(body(line).keep_next(true));
    }
    for block in &document.blocks {
        match block {
            Block::Table(table) => {
                if let Some(heading) = &table.heading {
                    file = file.add_paragraph(styled("Heading2", heading.text()));
                }
                file = file.add_table(ruled(table));
                file = file.add_paragraph(body(""));
            }
            Block::Facts(facts) => {
                file = file.add_paragraph(styled("Heading2", facts.heading.text()));
                file = file.add_table(named(facts));
                file = file.add_paragraph(body(""));
            }
            Block::List(list) => {
                let items: Vec<&str> = list.items.iter().map(super::super::Label::text).collect();
                let heading = run(&format!("{}: ", list.heading.text())).bold();
                let items = run(&format!("{}.", items.join("; ")));
                file = file.add_paragraph(Paragraph::new().add_run(heading).add_run(items));
            }
            Block::Sentences(sentences) => {
                file = file.add_paragraph(styled("Heading2", sentences.heading.text()));
                for sentence in &sentences.sentences {
                    file = file.add_paragraph(body(sentence));
                }
            }
        }
    }
    file
}

/// A table with a rule above and below its head, between its groups and at its end.
fn ruled(table: &Table) -> DocxTable {
    let columns: Vec<Vec<(String, bool)>> = (0..table.columns.len())
        .map(|place| {
            let head = table.columns.get(place).map(|column| column.label.text().to_owned());
            let rows = table.groups.iter().flat_map(|group| &group.rows);
            let cells = rows.map(|row| match place.checked_sub(1) {
                None => (format!("{}{}", "  ".repeat(row.indent), row.label.text()), false),
                Some(place) => match row.cells.get(place) {
                    Some(cell @ Cell::Interval { .. }) => (text(cell), true),
                    Some(cell) => (text(cell), false),
                    None => (String::new(), false),
                },
            });
            head.map(|head| (head, false)).into_iter().chain(cells).collect()
        })
        .collect();
    let widths = widths(&columns);
    let heads = table.columns.iter().zip(&widths).map(|(column, width)| {
        let text = run(column.label.text()).size(SMALL).bold();
        let cell = cell(aligned(column.align).keep_next(true).add_run(text), *width);
        cell.set_borders(rules(Some(8), Some(4)))
    });
    let mut rows = vec![TableRow::new(heads.collect()).cant_split()];
    for (place, group) in table.groups.iter().enumerate() {
        let last = place + 1 == table.groups.len();
        rows.extend(group_rows(table, group, &widths, last));
    }
    unruled(rows, widths)
}

fn group_rows(table: &Table, group: &Group, widths: &[usize], last: bool) -> Vec<TableRow> {
    let heavy = if last { 8 } else { 2 };
    let ends_with_row = group.after.is_none();
    let mut rows: Vec<TableRow> = group
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let ends = ends_with_row && i + 1 == group.rows.len();
            let cells = cells(table, row, widths).into_iter();
            let under = |cell: TableCell| cell.set_borders(rules(None, Some(heavy)));
            let cells = cells.map(|cell| if ends { under(cell) } else { cell });
            TableRow::new(cells.collect()).cant_split()
        })
        .collect();
    if let Some(after) = &group.after {
        let paragraph = Paragraph::new().add_run(run(after).size(SMALL));
        let across = cell(paragraph, widths.iter().sum()).grid_span(table.columns.len());
        rows.push(TableRow::new(vec![across.set_borders(rules(None, Some(heavy)))]));
    }
    rows
}

/// What a cell says.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Interval { lower, upper } => format!("[{lower}, {upper}]"),
    }
}

/// The cells of a row, the label first.
fn cells(table: &Table, row: &Row, widths: &[usize]) -> Vec<TableCell> {
    let set = |text: &str| {
        let run = run(text).size(SMALL);
        if row.headline { run.bold() } else { run }
    };
    let indent = i32::try_from(row.indent).unwrap_or(0).saturating_mul(STEP);
    let label = Paragraph::new().indent(Some(indent), None, None, None);
    let first = widths.first().copied().unwrap_or_default();
    let label = cell(label.add_run(set(row.label.text())), first);
    let empty = std::iter::repeat(&Cell::Empty);
    let rest = table.columns.iter().zip(widths).skip(1).zip(row.cells.iter().chain(empty));
    let rest = rest.map(|((column, width), content)| {
        cell(aligned(column.align).add_run(set(&text(content))), *width)
    });
    std::iter::once(label).chain(rest).collect()
}

/// Names and values beside each other.
fn named(facts: &Facts) -> DocxTable {
    let of = |texts: Vec<&str>| texts.into_iter().map(|text| (text.to_owned(), false)).collect();
    let names = facts.facts.iter().map(|(label, _)| label.text()).collect();
    let values = facts.facts.iter().map(|(_, value)| value.as_str()).collect();
    let widths = widths(&[of(names), of(values)]);
    let rows = facts.facts.iter().map(|(label, value)| {
        let set = |text: &str, width: &usize| {
            cell(Paragraph::new().add_run(run(text).size(SMALL)), *width)
        };
        let texts = [label.text(), value.as_str()];
        let cells = texts.into_iter().zip(&widths).map(|(text, width)| set(text, width));
        TableRow::new(cells.collect()).cant_split()
    });
    let rows = rows.collect();
    unruled(rows, widths)
}

fn unruled(rows: Vec<TableRow>, widths: Vec<usize>) -> DocxTable {
    let whole = widths.iter().sum();
    DocxTable::without_borders(rows)
        .layout(TableLayoutType::Fixed)
        .width(whole, WidthType::Dxa)
        .set_grid(widths)
}

fn cell(paragraph: Paragraph, width: usize) -> TableCell {
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}

fn aligned(align: Align) -> Paragraph {
    Paragraph::new().align(match align {
        Align::Left => AlignmentType::Left,
        Align::Right => AlignmentType::Right,
    })
}

/// Lines above and below a cell, in eighths of a point; none at its sides.
fn rules(above: Option<usize>, below: Option<usize>) -> TableCellBorders {
    let line = |side, eighths| {
        TableCellBorder::new(side).border_type(BorderType::Single).size(eighths).color("000000")
    };
    let above = above.map(|eighths| line(TableCellBorderPosition::Top, eighths));
    let below = below.map(|eighths| line(TableCellBorderPosition::Bottom, eighths));
    above.into_iter().chain(below).fold(TableCellBorders::with_empty(), TableCellBorders::set)
}
