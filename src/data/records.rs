//! From text to columns of cells, and from a cell back to its place in the text.

use std::ops::Range;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::dialect::Delimiter;
use super::problem::ProblemKind;

/// A reader of records as this project understands them: no line is special, `#` begins a comment.
fn reader(text: &str, delimiter: Delimiter) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter.byte())
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .buffer_capacity(text.len().clamp(1, 1 << 16))
        .from_reader(text.as_bytes())
}

/// The cells of one column, end to end in one text: a million small strings would cost four times the
/// memory and most of the time.
#[derive(Debug, Default)]
pub(super) struct Cells {
    text: String,
    ends: Vec<u32>,
}

impl Cells {
    fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        // The text is not longer than the file, which `grid` keeps within a u32.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// The cell of a row, without space around it.
    pub(super) fn get(&self, row: usize) -> &str {
        let end = |row: usize| self.ends.get(row).map(|end| *end as usize);
        let from = row.checked_sub(1).and_then(end).unwrap_or(0);
        end(row).and_then(|to| self.text.get(from..to)).unwrap_or_default()
    }

    /// Whether no cell has anything in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// A file cut into cells.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The names in the header, without space around them; a column without a name is `column 3`.
    pub(super) header: Vec<String>,
    /// Whether the header names the column, in the order of `header`.
    pub(super) named: Vec<bool>,
    pub(super) header_start: usize,
    pub(super) columns: Vec<Cells>,
    /// The line on which each row begins.
    pub(super) lines: Vec<u64>,
    /// The byte at which each row begins.
    pub(super) starts: Vec<usize>,
    /// Rows that could not be cut into as many cells as the header has, and comments that could.
    pub(super) faults: Vec<Fault>,
    /// The lines that `#` makes comments.
    pub(super) comments: usize,
}

/// Something wrong with a record as a whole.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) start: usize,
    pub(super) kind: ProblemKind,
}

/// Cuts `text` into cells, beginning at byte `from`.
pub(super) fn grid(text: &str, delimiter: Delimiter, from: usize) -> Result<Grid, ProblemKind> {
    if u32::try_from(text.len()).is_err() {
        return Err(ProblemKind::TooLarge { bytes: text.len() });
    }
    let body = text.get(from..).unwrap_or_default();
    let mut reader = reader(body, delimiter);
    let mut record = StringRecord::new();
    let mut grid = Grid::default();
    let mut lines = Lines { text, counted: 0, line: 1 };
    let mut end = from;
    let mut last = from;
    // Comments are dropped by `reader` before a record begins; this follows it to count them.
    while let Ok(true) = reader.read_record(&mut record) {
        let start = grid.skip_comments(text, end, delimiter);
        last = start;
        end = from + usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if grid.header.is_empty() {
            grid.set_header(&record, start);
        } else {
            grid.push(&record, start, &mut lines);
        }
    }
    grid.skip_comments(text, end, delimiter);
    if let Some(quote) = open_quote(text, last, delimiter.byte()) {
        grid.faults.retain(|fault| fault.start != last);
        grid.faults.push(Fault { start: quote, kind: ProblemKind::OpenQuote });
    }
    Ok(grid)
}

impl Grid {
    fn set_header(&mut self, record: &StringRecord, start: usize) {
        self.header_start = start;
        self.named = record.iter().map(|name| !name.trim().is_empty()).collect();
        let name = |(index, name): (usize, &str)| match name.trim() {
            "" => format!("column {}", index + 1),
            name => name.to_owned(),
        };
        self.header = record.iter().enumerate().map(name).collect();
        self.columns.resize_with(self.header.len(), Cells::default);
    }

    fn push(&mut self, record: &StringRecord, start: usize, lines: &mut Lines<'_>) {
        let (found, expected) = (record.len(), self.header.len());
        let surplus_is_blank = record.iter().skip(expected).all(|field| field.trim().is_empty());
        if found < expected || !surplus_is_blank {
            let kind = ProblemKind::FieldCount { found, expected };
            self.faults.push(Fault { start, kind });
            return;
        }
        for (column, field) in self.columns.iter_mut().zip(record) {
            column.push(field.trim());
        }
        self.lines.push(lines.at(start));
        self.starts.push(start);
    }

    /// The start of the next record after `end`: behind blank lines and comments. A comment after the
    /// header with as many fields as the header is suspicious.
    fn skip_comments(&mut self, text: &str, end: usize, delimiter: Delimiter) -> usize {
        let bytes = text.as_bytes();
        let mut at = end;
        loop {
            match bytes.get(at) {
                Some(b'\r' | b'\n') => at += 1,
                Some(b'#') => {
                    let rest = text.get(at..).unwrap_or_default();
                    let comment = rest.split('\n').next().unwrap_or_default();
                    self.comments += 1;
                    let fields = fields(comment, 0, delimiter.byte()).count();
                    if fields > 1 && fields == self.header.len() {
                        self.faults.push(Fault { start: at, kind: ProblemKind::CommentWithFields });
                    }
                    at += comment.len();
                }
                _ => return at,
            }
        }
    }
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a str,
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a byte that is not before the last one asked for.
    fn at(&mut self, byte: usize) -> u64 {
        self.line += newlines(self.text, self.counted..byte);
        self.counted = byte;
        self.line
    }
}

fn newlines(text: &str, range: Range<usize>) -> u64 {
    let bytes = text.as_bytes().get(range).unwrap_or_default();
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// The line of a byte.
pub(super) fn line_of(text: &str, byte: usize) -> u64 {
    1 + newlines(text, 0..byte)
}

/// The bytes of each field of the record that begins at `start`, quotation marks included.
pub(super) fn fields(
    text: &str,
    start: usize,
    delimiter: u8,
) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let from = next?;
        let to = field_end(bytes, from, delimiter).0;
        next = (bytes.get(to) == Some(&delimiter)).then_some(to + 1);
        Some(from..to)
    })
}

/// The number of fields of each record; what is a record is known here without building a reader.
pub(super) fn lengths(text: &str, delimiter: u8) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match text.as_bytes().get(at)? {
                b'\r' | b'\n' => at += 1,
                b'#' => at += text.get(at..)?.find('\n')?,
                _ => break,
            }
        }
        let (count, end) =
            fields(text, at, delimiter).fold((0, at), |(count, _), field| (count + 1, field.end));
        at = end;
        Some(count)
    })
}

/// Where the field that begins at `from` ends, and whether its quotation mark is still open there.
fn field_end(bytes: &[u8], from: usize, delimiter: u8) -> (usize, bool) {
    let mut at = from;
    if bytes.get(at) == Some(&b'"') {
        at += 1;
        loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => return (at, true),
                (Some(b'"'), Some(b'"')) => at += 2,
                (Some(b'"'), _) => break,
                _ => at += 1,
            }
        }
        at += 1;
    }
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
    let rest = bytes.get(at..).unwrap_or_default();
    (at + rest.iter().position(ends).unwrap_or(rest.len()), false)
}

/// The start of the field of the record at `start` whose quotation mark is never closed.
fn open_quote(text: &str, start: usize, delimiter: u8) -> Option<usize> {
    fields(text, start, delimiter)
        .find(|field| field_end(text.as_bytes(), field.start, delimiter).1)
        .map(|field| field.start)
}
