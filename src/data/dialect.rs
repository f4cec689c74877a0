//! Which character separates the fields.

use super::records::lengths;

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
    // Of equals the last wins, so the order is reversed for the comma to come first.
    let fits =
        Delimiter::ALL.into_iter().rev().map(|delimiter| (fit(sample, delimiter), delimiter));
    let best = fits.max_by(|((a, m), _), ((b, n), _)| a.total_cmp(b).then(m.cmp(n)));
    (best.map_or(Delimiter::Comma, |(_, delimiter)| delimiter), 0)
}

/// How well a delimiter fits: the share of the first hundred records that have as many fields as the
/// header, and that number. A header of one field does not fit at all; what its lines have decides then.
fn fit(sample: &str, delimiter: Delimiter) -> (f64, usize) {
    let mut counts = lengths(sample, delimiter.byte()).take(100);
    let header = counts.next().unwrap_or(0);
    if header < 2 {
        return (-1.0, counts.max().unwrap_or(header));
    }
    let (mut same, mut all) = (0_u32, 0_u32);
    for count in counts {
        all += 1;
        same += u32::from(count == header);
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
