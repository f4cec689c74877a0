//! Rows and studies, told apart: a study may have several rows.

use std::collections::{HashMap, HashSet};

use super::number::grouped;
use crate::study::Studies;

/// Names listed before the rest is counted.
const LISTED: usize = 5;

/// `15 studies`, `1 study`, or `13 rows of 8 studies`.
pub(super) fn counted(studies: &Studies) -> String {
    let k = studies.k();
    let names: HashSet<&String> = studies.labels().iter().collect();
    let of = |count: usize| match count {
        1 => "1 study".to_owned(),
        several => format!("{} studies", grouped(several)),
    };
    if names.len() == k { of(k) } else { format!("{} rows of {}", grouped(k), of(names.len())) }
}

/// `studies`, or `rows` where a study has several.
pub(super) fn unit(studies: &Studies) -> &'static str {
    if several(studies).is_empty() { "studies" } else { "rows" }
}

/// The studies with several rows, in the order of their first; a handful by name.
pub(super) fn several(studies: &Studies) -> Vec<&str> {
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for label in studies.labels() {
        *rows.entry(label).or_default() += 1;
    }
    if rows.len() == studies.k() {
        return Vec::new();
    }
    let labels = studies.labels().iter().map(String::as_str);
    labels.filter(|label| rows.remove(label).is_some_and(|rows| rows > 1)).collect()
}

/// `A has`, `A and B have`, `A, B, C, D, E and 3 more have`.
pub(super) fn have(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("{one} has"),
        [first @ .., last] if names.len() <= LISTED => {
            format!("{} and {last} have", first.join(", "))
        }
        many => {
            let listed: Vec<&str> = many.iter().take(LISTED).copied().collect();
            format!("{} and {} more have", listed.join(", "), many.len() - LISTED)
        }
    }
}
