//! Which character separates the fields.

/// What a file turned out to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, which spreadsheets write where the comma is the decimal mark
    Semicolon,
    /// A tab
    Tab,
}

impl Delimiter {
    const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// The bytes of text looked at to find the delimiter.
const SAMPLE: usize = 1 << 16;

/// The delimiter, and where the table begins: after a line `sep=;` as Excel writes it, else at 0.
pub(super) fn detect(text: &str) -> (Delimiter, usize) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(named) = first.trim_end().to_ascii_lowercase().strip_prefix("sep=")
        && let Some(delimiter) =
            Delimiter::ALL.into_iter().find(|d| [d.byte()] == *named.as_bytes())
    {
        return (delimiter, (first.len() + 1).min(text.len()));
    }
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    let best = Delimiter::ALL.into_iter().rev().max_by(|a, b| {
        let (a, b) = (fit(sample, *a), fit(sample, *b));
        a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal)
    });
    (best.unwrap_or(Delimiter::Comma), 0)
}

/// How well a delimiter fits: the share of the first hundred records that have as many fields as the
/// header, and that number. A header of one field does not fit at all; what its lines have decides then.
fn fit(sample: &str, delimiter: Delimiter) -> (f64, usize) {
    let mut reader = super::records::reader(sample, delimiter);
    let mut lengths = reader.byte_records().map_while(Result::ok).take(100).map(|r| r.len());
    let header = lengths.next().unwrap_or(0);
    if header < 2 {
        return (-1.0, lengths.max().unwrap_or(header));
    }
    let (mut same, mut all) = (0_u32, 0_u32);
    for length in lengths {
        all += 1;
        same += u32::from(length == header);
    }
    (f64::from(same) / f64::from(all.max(1)), header)
}

#[cfg(test)]
mod tests {
    use super::{Delimiter, detect};

    #[test]
    fn the_separator_that_makes_equal_rows_wins() {
        assert_eq!(detect("a,b,c\n1,2,3\n"), (Delimiter::Comma, 0));
        assert_eq!(detect("a;b;c\n1,5;2;3\n2,5;1;4\n"), (Delimiter::Semicolon, 0));
        assert_eq!(detect("a\tb\nx, y; z\t2\n"), (Delimiter::Tab, 0));
        assert_eq!(detect("a, first;b\n1,2;3\n4;5\n"), (Delimiter::Semicolon, 0));
        assert_eq!(detect("\"a;b;c\",d\n\"1;2\",3\n"), (Delimiter::Comma, 0));
        assert_eq!(detect("alone\n1\n"), (Delimiter::Comma, 0));
    }

    #[test]
    fn a_line_that_names_the_separator_is_obeyed() {
        assert_eq!(detect("sep=;\r\na;b\r\n"), (Delimiter::Semicolon, 6));
        assert_eq!(detect("sep=,"), (Delimiter::Comma, 5));
    }
}
