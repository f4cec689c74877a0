//! What the terms of a table mean: plain sentences, the formula and a source for each.

mod basics;
mod claims;
mod effects;
mod groups_compared;
mod heterogeneity;
mod intervals;
mod models;
mod pooled;
mod regression;
mod sensitivity;
mod small_study;
mod study_intervals;
mod subgroups;
mod tau2_intervals;
mod tau2_iterated;
mod tau2_moments;
mod two_groups;

use serde::Serialize;

/// A term of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The name to ask for, in lower case.
    pub term: &'static str,
    /// The name in words.
    pub name: &'static str,
    /// Other names that find it, as [`explain`] reads them: lower case, hyphens for spaces.
    pub aliases: &'static [&'static str],
    /// What it means, a sentence each.
    pub sentences: &'static [&'static str],
    /// Its formula in plain text.
    pub formula: &'static str,
    /// Where it comes from: author, title, journal, year.
    pub source: &'static str,
    /// Terms to read next.
    pub see: &'static [&'static str],
}

/// The entries by subject, in the order of a list of all terms.
const SUBJECTS: [&[Entry]; 17] = [
    basics::ENTRIES,
    pooled::ENTRIES,
    heterogeneity::ENTRIES,
    models::ENTRIES,
    two_groups::ENTRIES,
    effects::ENTRIES,
    groups_compared::ENTRIES,
    tau2_moments::ENTRIES,
    tau2_iterated::ENTRIES,
    tau2_intervals::ENTRIES,
    intervals::ENTRIES,
    study_intervals::ENTRIES,
    subgroups::ENTRIES,
    regression::ENTRIES,
    sensitivity::ENTRIES,
    small_study::ENTRIES,
    claims::ENTRIES,
];

/// Every entry, by subject.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    SUBJECTS.into_iter().flatten()
}

/// The entry of `term`, by its name or another name of it; case, spaces and hyphens, and the way
/// a square or a Greek letter is written make no difference.
///
/// ```
/// use resorb::report::explain;
/// let entry = explain("I-squared").ok_or("no entry")?;
/// assert_eq!(entry.term, "i2");
/// assert_eq!(explain("τ²"), explain("Tau2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn explain(term: &str) -> Option<&'static Entry> {
    let wanted = normalise(term);
    entries().find(|entry| entry.names().any(|name| name == wanted))
}

/// The term most like one that has no entry, if any is near.
///
/// ```
/// assert_eq!(resorb::report::nearest("predicton interval"), Some("prediction-interval"));
/// assert_eq!(resorb::report::nearest("qwertyuiop"), None);
/// ```
#[must_use]
pub fn nearest(term: &str) -> Option<&'static str> {
    let wanted = normalise(term);
    let likeness = |name: &str| strsim::jaro_winkler(&wanted, name);
    entries()
        .map(|entry| (entry.names().map(likeness).fold(0.0, f64::max), entry))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .filter(|(likeness, _)| *likeness > 0.8)
        .map(|(_, entry)| entry.term)
}

/// A name as entries spell it.
fn normalise(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.trim().to_lowercase().chars() {
        match c {
            '²' => plain.push('2'),
            'τ' => plain.push_str("tau"),
            'ρ' => plain.push_str("rho"),
            'μ' => plain.push_str("mu"),
            'χ' => plain.push_str("chi"),
            ' ' | '_' | '–' | '‐' | '‑' => plain.push('-'),
            '^' | '\u{302}' => {}
            c => plain.push(c),
        }
    }
    plain
}

impl Entry {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.term).chain(self.aliases.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_spelled_as_it_is_looked_up_and_belongs_to_one_entry() {
        let mut names: Vec<&str> = entries().flat_map(Entry::names).collect();
        for name in &names {
            assert_eq!(normalise(name), *name, "{name}");
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "a name stands twice");
    }

    #[test]
    fn every_entry_is_six_to_twelve_whole_sentences() {
        for entry in entries() {
            let n = entry.sentences.len();
            assert!((6..=12).contains(&n), "{} has {n} sentences", entry.term);
            for sentence in entry.sentences {
                let whole = sentence.ends_with(['.', '?']) && sentence.len() > 20;
                assert!(whole, "{}: {sentence}", entry.term);
                let inner = sentence.trim_end_matches('.');
                assert!(!inner.contains(". "), "{}: two in one: {sentence}", entry.term);
                assert!(!sentence.contains("  "), "{}: {sentence}", entry.term);
            }
        }
    }

    #[test]
    fn every_entry_has_a_formula_and_a_dated_source_and_points_to_entries() {
        for entry in entries() {
            assert!(!entry.formula.is_empty(), "{}", entry.term);
            let year = entry
                .source
                .split(|c: char| !c.is_ascii_digit())
                .any(|digits| digits.parse::<u32>().is_ok_and(|year| (1900..2030).contains(&year)));
            assert!(year, "{}: {}", entry.term, entry.source);
            assert!(!entry.see.is_empty(), "{}", entry.term);
            for see in entry.see {
                assert!(entries().any(|other| other.term == *see), "{}: {see}", entry.term);
                assert_ne!(see, &entry.term);
            }
        }
    }
}
