//! The order of the studies.

use std::cmp::Ordering;

use super::{Forest, Row, Value};
use crate::figure::FigureError;

/// What the studies of a forest plot are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As they come.
    #[default]
    File,
    /// By name.
    Name,
    /// By value, the smallest first.
    Rate,
    /// By weight, the heaviest first.
    Weight,
    /// By the width of the interval, the narrowest first.
    Precision,
    /// By the moderator at this place: numbers from small to large, then words by the alphabet, then
    /// missing ones.
    Moderator(usize),
}

impl Sort {
    /// Reads `file`, `name`, `rate`, `weight`, `precision` or the name of a moderator.
    ///
    /// # Errors
    /// [`FigureError::UnknownColumn`] for anything else.
    ///
    /// ```
    /// use resorb::figure::forest::{Forest, Sort};
    /// let forest = Forest { moderators: vec!["year".into()], ..Forest::default() };
    /// assert_eq!(Sort::read("Rate", &forest)?, Sort::Rate);
    /// assert_eq!(Sort::read("year", &forest)?, Sort::Moderator(0));
    /// # Ok::<(), resorb::figure::FigureError>(())
    /// ```
    pub fn read(word: &str, forest: &Forest) -> Result<Self, FigureError> {
        Ok(match word.to_lowercase().as_str() {
            "file" => Self::File,
            "name" => Self::Name,
            "rate" => Self::Rate,
            "weight" => Self::Weight,
            "precision" => Self::Precision,
            _ => {
                let place = forest.moderators.iter().position(|name| name == word);
                Self::Moderator(place.ok_or_else(|| {
                    FigureError::UnknownColumn {
                        name: word.to_owned(),
                        known: ["file", "name", "rate", "weight", "precision"]
                            .into_iter()
                            .chain(forest.moderators.iter().map(String::as_str))
                            .collect::<Vec<_>>()
                            .join(", "),
                    }
                })?)
            }
        })
    }
}

impl Forest {
    /// Orders the studies of each section; equal ones stay as they are.
    pub fn sort(&mut self, by: Sort) {
        let last = f64::INFINITY;
        let rate = |row: &Row| row.estimate.unwrap_or(last);
        let weight = |row: &Row| row.weight.map_or(last, |weight| -weight);
        let width =
            |row: &Row| row.upper.zip(row.lower).map_or(last, |(upper, lower)| upper - lower);
        let compare = |a: &Row, b: &Row| match by {
            Sort::File => Ordering::Equal,
            Sort::Name => a.label.cmp(&b.label),
            Sort::Rate => rate(a).total_cmp(&rate(b)),
            Sort::Weight => weight(a).total_cmp(&weight(b)),
            Sort::Precision => width(a).total_cmp(&width(b)),
            Sort::Moderator(i) => cells(a.moderators.get(i), b.moderators.get(i)),
        };
        for section in &mut self.sections {
            section.rows.sort_by(compare);
        }
    }
}

/// Numbers before words before nothing.
fn cells(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    let rank = |value: Option<&Value>| match value {
        Some(Value::Number(_) | Value::Fixed(..)) => 0,
        Some(Value::Text(_)) => 1,
        Some(Value::Missing) | None => 2,
    };
    match (a, b) {
        (
            Some(Value::Number(a) | Value::Fixed(a, _)),
            Some(Value::Number(b) | Value::Fixed(b, _)),
        ) => a.total_cmp(b),
        (Some(Value::Text(a)), Some(Value::Text(b))) => a.cmp(b),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::forest::Section;

    #[test]
    fn sorts_by_name_value_weight_width_and_moderators() {
        let row = |label: &str, estimate, half, weight, year| Row {
            label: label.into(),
            estimate: Some(estimate),
            lower: Some(estimate - half),
            upper: Some(estimate + half),
            weight: Some(weight),
            moderators: vec![year],
            ..Row::default()
        };
        let rows = vec![
            row("b", 0.2, 0.3, 9.0, Value::Missing),
            row("c", 0.1, 0.2, 1.0, Value::Text("about 2001".into())),
            row("a", 0.3, 0.1, 5.0, Value::Number(2012.0)),
            row("d", 0.4, 0.4, 3.0, Value::Number(1992.0)),
        ];
        let mut forest = Forest {
            moderators: vec!["year".into()],
            sections: vec![Section { rows, ..Section::default() }],
            ..Forest::default()
        };
        for (by, order) in [
            ("name", "abcd"),
            ("rate", "cbad"),
            ("weight", "badc"),
            ("precision", "acbd"),
            ("year", "dacb"),
        ] {
            forest.sort(Sort::read(by, &forest).unwrap());
            let labels: String = forest.studies().map(|row| row.label.as_str()).collect();
            assert_eq!(labels, order, "{by}");
        }
        let error = Sort::read("colour", &forest).unwrap_err().to_string();
        assert!(error.contains("colour") && error.contains("year"), "{error}");
    }
}
