//! Text for a terminal of 80 columns.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// The columns of the terminal.
const COLUMNS: usize = 80;

/// Writes `text` after `start`, wrapped, with the further lines as far in as `start` is wide.
pub(super) fn hanging(out: &mut dyn Write, start: &str, text: &str) -> io::Result<()> {
    let indent = start.width();
    let mut at = indent;
    write!(out, "{start}")?;
    for word in text.split_whitespace() {
        if at > indent && at + 1 + word.width() > COLUMNS {
            write!(out, "\n{:indent$}", "")?;
            at = indent;
        } else if at > indent {
            write!(out, " ")?;
            at += 1;
        }
        write!(out, "{word}")?;
        at += word.width();
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    #[test]
    fn further_lines_stand_under_the_first() {
        let mut out = Vec::new();
        super::hanging(&mut out, "  others  ", &"lumbar ".repeat(12)).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "  others  lumbar lumbar lumbar lumbar lumbar lumbar lumbar lumbar lumbar lumbar",
                "          lumbar lumbar",
            ]
        );
    }
}
