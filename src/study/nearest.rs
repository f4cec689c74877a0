//! The name somebody probably meant.

use strsim::damerau_levenshtein;

/// The candidate closest to `name`, if one is close enough to be worth suggesting: the same but for
/// case, one the beginning of the other, or at most one edit for every three characters apart.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_empty() && candidate.len() <= LONGEST)
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(edits, _)| *edits <= length / 3)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Names longer than this are not compared: the distance takes time in the product of the lengths.
const LONGEST: usize = 200;

/// Edits between two names; a name that continues the other counts as one edit.
fn distance(a: &str, b: &str) -> usize {
    let edits = damerau_levenshtein(a, b);
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.chars().count() >= 4 && long.starts_with(short) { edits.min(1) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_hand_is_mended() {
        let columns = ["study", "resorbed", "total"];
        assert_eq!(nearest("totla", columns), Some("total"));
        assert_eq!(nearest("RESORBED", columns), Some("resorbed"));
        assert_eq!(nearest("resorb", columns), Some("resorbed"));
    }

    #[test]
    fn a_different_word_is_not() {
        assert_eq!(nearest("country", ["study", "resorbed", "total"]), None);
        assert_eq!(nearest("", ["study"]), None);
        assert_eq!(nearest("C", ["A", "B"]), None);
    }
}
