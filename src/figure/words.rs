//! Words of the data as words of a figure.

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

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_starts_with_a_capital_unless_it_is_a_symbol() {
        assert_eq!(super::heading("followup_months"), "Followup months");
        assert_eq!(super::heading("τ"), "τ");
        assert_eq!(super::heading("élan"), "Élan");
    }
}
