//! Numbers as the sentences on claims write them.

use super::Printed;

/// A whole number with commas between thousands.
pub(in crate::analysis) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A proportion as a percentage.
pub(in crate::analysis) fn percent(p: f64, decimals: usize) -> String {
    format!("{:.decimals$} %", 100.0 * p)
}

/// A printed rate as it was printed.
pub(super) fn rate(printed: Printed) -> String {
    printed.percent()
}

/// A range of factors: `7.0 times`, or `6.5 to 7.4 times`.
pub(super) fn times([least, most]: [f64; 2]) -> String {
    let (least, most) = (format!("{least:.1}"), format!("{most:.1}"));
    if least == most { format!("{least} times") } else { format!("{least} to {most} times") }
}

/// Names in a row: `a, b and c`.
pub(in crate::analysis) fn join(names: &[&str], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}
