//! From bytes to text: encodings, line ends, and what is not text at all.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::problem::ProblemKind;

/// How the text of a file was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 of either byte order, known by its byte order mark.
    Utf16,
    /// Windows-1252, which contains Latin-1: what is assumed of text that is not UTF-8.
    Windows1252,
}

/// Text with `\n` as the end of every line that ended in a lone carriage return, so that line numbers
/// are the count of `\n`; its encoding; and the offset in it of the first byte
/// that was not UTF-8.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: Encoding,
    pub(super) first_foreign: Option<usize>,
}

/// Decodes a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ProblemKind> {
    if let Some(looks_like) = known_format(bytes) {
        return Err(ProblemKind::Binary { looks_like: Some(looks_like) });
    }
    let (text, encoding, first_foreign) = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            (UTF_16LE.decode_without_bom_handling(rest).0, Encoding::Utf16, None)
        }
        [0xfe, 0xff, rest @ ..] => {
            (UTF_16BE.decode_without_bom_handling(rest).0, Encoding::Utf16, None)
        }
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => (Cow::Borrowed(text), Encoding::Utf8, None),
                Err(error) => {
                    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
                    let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                    let foreign = WINDOWS_1252.decode_without_bom_handling(before).0.len();
                    (text, Encoding::Windows1252, Some(foreign))
                }
            }
        }
    };
    if is_binary(&text) {
        return Err(ProblemKind::Binary { looks_like: None });
    }
    Ok(Decoded { text: with_newlines(text), encoding, first_foreign })
}

/// Formats that people pass by mistake, known by their first bytes.
fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let formats: [(&[u8], &str); 5] = [
        (b"\xd0\xcf\x11\xe0", "an .xls workbook or another old office document"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"PAR1", "a Parquet file"),
    ];
    formats.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name)
}

/// Whether text has a NUL, or more than one control character in 100; a stray one in a short table is
/// a fault of its cell.
fn is_binary(text: &str) -> bool {
    const STRAY: usize = 4;
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let mut controls = 0_usize;
    for byte in text.bytes() {
        if byte == 0 {
            return true;
        }
        controls += usize::from(is_control(byte));
    }
    let one_in = if controls > STRAY { 100 } else { 10 };
    controls * one_in > text.len()
}

/// Replaces carriage returns that no newline follows. Lengths stay the same.
fn with_newlines(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let follows = |index: usize| bytes.get(index + 1) == Some(&b'\n');
    let lone = |(index, byte): (usize, &u8)| *byte == b'\r' && !follows(index);
    if !bytes.contains(&b'\r') || !bytes.iter().enumerate().any(lone) {
        return text;
    }
    let mut characters = text.chars().peekable();
    let mut replaced = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let lone = character == '\r' && characters.peek() != Some(&'\n');
        replaced.push(if lone { '\n' } else { character });
    }
    Cow::Owned(replaced)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn encodings() {
        let cases: [(&[u8], &str, Encoding); 5] = [
            ("Süß".as_bytes(), "Süß", Encoding::Utf8),
            (b"\xef\xbb\xbfa", "a", Encoding::Utf8),
            (b"S\xfc\xdf \x80", "Süß €", Encoding::Windows1252),
            (b"\xff\xfea\0\xfc\0", "aü", Encoding::Utf16),
            (b"\xfe\xff\0a\0\xfc", "aü", Encoding::Utf16),
        ];
        for (bytes, text, encoding) in cases {
            let decoded = decode(bytes).map_err(|kind| kind.to_string()).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        let decoded = decode(b"a\rb\r\nc\r").map_err(|kind| kind.to_string()).unwrap();
        assert_eq!(decoded.text, "a\nb\r\nc\n");
    }

    #[test]
    fn what_is_not_text() {
        for bytes in [b"%PDF-1.7".as_slice(), b"a\0b", b"\x01\x02\x03abc"] {
            assert!(decode(bytes).is_err());
        }
        assert!(decode(b"study,events,total\nA,\x0110,20\n").is_ok());
    }
}
