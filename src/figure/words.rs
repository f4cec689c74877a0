//! Words of the data as words of a figure.

use super::{Numbers, number::percent};

/// A column name as a heading: `followup_months` becomes `Followup months`. Greek letters stay as
/// they are: a capital τ is a T.
pub(super) fn heading(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| {
        let first = if ('α'..='ω').contains(&first) {
            first.to_string()
        } else {
            first.to_uppercase().collect()
        };
        first + letters.as_str()
    })
}

/// `1 study`, `15 studies`.
pub(super) fn studies(k: usize) -> String {
    if k == 1 { "1 study".to_owned() } else { format!("{k} studies") }
}

/// `70.6% (95% CI 61.0 to 79.1)`.
pub(super) fn result(
    value: f64,
    interval: Option<(f64, f64)>,
    level: f64,
    numbers: Numbers,
) -> String {
    let limits = interval.map_or_else(String::new, |(lower, upper)| {
        let (lower, upper) = (numbers.value(lower), numbers.value(upper));
        format!(" ({} CI {lower} to {upper})", percent(level, '.'))
    });
    format!("{}{}{limits}", numbers.value(value), numbers.scale.unit())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_starts_with_a_capital_unless_it_is_a_symbol() {
        assert_eq!(super::heading("followup_months"), "Followup months");
        assert_eq!(super::heading("τ"), "τ");
        assert_eq!(super::heading("élan"), "Élan");
    }
}
