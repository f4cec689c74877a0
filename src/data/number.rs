//! What a cell says as a number, under either convention for the decimal mark.

use super::Decimal;

/// A cell read as a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// Empty, or a word that stands for nothing: `-`, `NA`, `n/a`.
    Missing,
    /// A whole number written with digits only.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A number with a percent sign, in percent.
    Percent(f64),
    /// A number that depends on whether `,` or `.` is the decimal mark.
    Either { point: f64, comma: f64 },
    /// Not a number.
    Word,
}

/// Reads a cell without space around it; `decimal` decides where the two conventions differ.
pub(super) fn read(cell: &str, decimal: Option<Decimal>) -> Reading {
    if let Some(whole) = digits(cell) {
        return Reading::Whole(whole);
    }
    if is_missing(cell) {
        return Reading::Missing;
    }
    if let Some(number) = cell.strip_suffix('%') {
        return match signed(number.trim_end(), decimal) {
            Some(Reading::Either { point, .. }) => Reading::Percent(point),
            Some(Reading::Number(percent)) => Reading::Percent(percent),
            _ => Reading::Word,
        };
    }
    signed(cell, decimal).unwrap_or(Reading::Word)
}

/// Whether a cell of a numeric column says that there is no value.
pub(super) fn is_missing(cell: &str) -> bool {
    matches!(cell, "" | "-" | "–" | "—" | ".")
        || ["na", "n/a", "n.a.", "nan", "null"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A cell of at most 19 digits, which a `u64` holds; nearly every cell of a table of counts.
fn digits(cell: &str) -> Option<u64> {
    if cell.is_empty() || cell.len() > 19 {
        return None;
    }
    cell.bytes().try_fold(0_u64, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + u64::from(byte - b'0'))
    })
}

/// A number under the convention given, or under both.
fn signed(cell: &str, decimal: Option<Decimal>) -> Option<Reading> {
    match (decimal, both(cell)) {
        (Some(Decimal::Point), (value, _)) | (Some(Decimal::Comma), (_, value)) => {
            value.map(Reading::Number)
        }
        (None, (Some(point), Some(comma))) if point != comma => {
            Some(Reading::Either { point, comma })
        }
        (None, (point, comma)) => point.or(comma).map(Reading::Number),
    }
}

/// A number that may have a sign: its value with a decimal point and its value with a decimal comma.
pub(super) fn both(cell: &str) -> (Option<f64>, Option<f64>) {
    // No number people write is longer; it bounds the work on a cell of any length.
    if cell.len() > 64 {
        return (None, None);
    }
    let (negative, cell) = match cell.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, cell.strip_prefix('+').unwrap_or(cell)),
    };
    let sign = |value: f64| if negative { -value } else { value };
    let (point, comma) = simple(cell)
        .unwrap_or_else(|| (unsigned(cell, Decimal::Point), unsigned(cell, Decimal::Comma)));
    (point.map(sign), comma.map(sign))
}

/// The most frequent form, digits around one point, in a tenth of the time.
fn simple(cell: &str) -> Option<(Option<f64>, Option<f64>)> {
    let (whole, fraction) = cell.split_once('.')?;
    let both = [whole, fraction].into_iter();
    if !both.clone().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty())
    {
        return None;
    }
    let is_group = (1..=3).contains(&whole.len()) && fraction.len() == 3 && !whole.starts_with('0');
    let grouped = || both.flat_map(str::bytes).fold(0, |v, byte| v * 10 + u32::from(byte - b'0'));
    Some((cell.parse().ok(), is_group.then(grouped).map(f64::from)))
}

/// `1 234.5e-6` in one convention: digits, perhaps in groups of three, a fraction, an exponent.
fn unsigned(cell: &str, decimal: Decimal) -> Option<f64> {
    let (mark, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (mantissa, exponent) = match cell.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (cell, "0"),
    };
    let exponent: i16 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once(mark).unwrap_or((mantissa, ""));
    let fraction_is_digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction_is_digits || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = ungrouped(whole, group)?;
    // `12.` is a slip, not a number; `.5` is one.
    if mantissa.ends_with(mark) {
        return None;
    }
    let value: f64 = format!("{whole}.{fraction}e{exponent}").parse().ok()?;
    value.is_finite().then_some(value)
}

/// The digits before the decimal mark, without the separators between groups of three.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits(whole) {
        return Some(if whole.is_empty() { "0".to_owned() } else { whole.to_owned() });
    }
    let is_separator =
        |c: char| c == group || [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'].contains(&c);
    let separator = whole.chars().find(|c| is_separator(*c))?;
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let first_fits = (1..=3).contains(&first.len()) && all_digits(first) && !first.starts_with('0');
    let rest_fits = groups.all(|part| part.len() == 3 && all_digits(part));
    (first_fits && rest_fits).then(|| whole.replace(separator, ""))
}

/// The number of digits after the decimal mark, for a value that has one.
pub(super) fn decimals(cell: &str) -> usize {
    let number = cell.trim_end_matches('%').trim_end();
    let fraction = number.rsplit_once(['.', ',']).map_or("", |(_, fraction)| fraction);
    fraction.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Reading, decimals, read};

    #[test]
    fn plain_numbers_read_alike_in_both_conventions() {
        assert_eq!(read("64", None), Reading::Whole(64));
        assert_eq!(read("23.5", None), Reading::Number(23.5));
        assert_eq!(read("23,5", None), Reading::Number(23.5));
        assert_eq!(read("-5", None), Reading::Number(-5.0));
        assert_eq!(read("−5", None), Reading::Number(-5.0));
        assert_eq!(read("1e3", None), Reading::Number(1000.0));
        assert_eq!(read(".5", None), Reading::Number(0.5));
        assert_eq!(read("0.125", None), Reading::Number(0.125));
        assert_eq!(
            read("12345678901234567890", None),
            Reading::Number(12_345_678_901_234_567_890.0)
        );
    }

    #[test]
    fn thousands_are_understood() {
        for cell in ["1,234,567", "1.234.567", "1 234 567", "1\u{a0}234\u{202f}567", "1'234'567"] {
            let expected = if cell.contains('\u{202f}') {
                Reading::Word // Two different separators are a slip.
            } else {
                Reading::Number(1_234_567.0)
            };
            assert_eq!(read(cell, None), expected, "{cell}");
        }
        assert_eq!(read("1,234.5", None), Reading::Number(1234.5));
        assert_eq!(read("1.234,5", None), Reading::Number(1234.5));
    }

    #[test]
    fn two_conventions_are_told_apart_or_reported() {
        assert_eq!(read("1,234", None), Reading::Either { point: 1234.0, comma: 1.234 });
        assert_eq!(read("1.234", None), Reading::Either { point: 1.234, comma: 1234.0 });
        assert_eq!(read("1,234", Some(Decimal::Point)), Reading::Number(1234.0));
        assert_eq!(read("1,234", Some(Decimal::Comma)), Reading::Number(1.234));
        assert_eq!(read("23,5", Some(Decimal::Point)), Reading::Word);
    }

    #[test]
    fn missing_words_and_other_words() {
        for cell in ["", "-", "NA", "n/a", "NaN", "null"] {
            assert_eq!(read(cell, None), Reading::Missing, "{cell}");
        }
        for cell in
            ["inf", "1,23,4", "12.", "1 23", "64/84", "e5", "--5", "+", "0,1,2", "1e", "1e999"]
        {
            assert_eq!(read(cell, None), Reading::Word, "{cell}");
        }
    }

    #[test]
    fn percentages() {
        assert_eq!(read("76.6 %", None), Reading::Percent(76.6));
        assert_eq!(read("76,6%", None), Reading::Percent(76.6));
        assert_eq!(read("%", None), Reading::Word);
        assert_eq!(decimals("76.6 %"), 1);
        assert_eq!(decimals("64"), 0);
    }
}
