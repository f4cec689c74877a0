//! The order of the studies.

use super::{Forest, Row};

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
}

impl Forest {
    /// Orders the studies of each section; equal ones stay as they are.
    pub fn sort(&mut self, by: Sort) {
        let last = f64::INFINITY;
        let key = |row: &Row| match by {
            Sort::Rate => row.estimate.unwrap_or(last),
            Sort::Weight => row.weight.map_or(last, |weight| -weight),
            Sort::Precision => {
                row.upper.zip(row.lower).map_or(last, |(upper, lower)| upper - lower)
            }
            Sort::File | Sort::Name => 0.0,
        };
        for section in &mut self.sections {
            match by {
                Sort::File => {}
                Sort::Name => section.rows.sort_by(|a, b| a.label.cmp(&b.label)),
                _ => section.rows.sort_by(|a, b| key(a).total_cmp(&key(b))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::forest::Section;

    #[test]
    fn sorts_by_name_value_weight_and_width() {
        let row = |label: &str, estimate, half, weight| Row {
            label: label.into(),
            estimate: Some(estimate),
            lower: Some(estimate - half),
            upper: Some(estimate + half),
            weight: Some(weight),
            ..Row::default()
        };
        let rows = vec![row("b", 0.2, 0.3, 9.0), row("c", 0.1, 0.2, 1.0), row("a", 0.3, 0.1, 5.0)];
        let mut forest =
            Forest { sections: vec![Section { rows, ..Section::default() }], ..Forest::default() };
        for (by, order) in [
            (Sort::Name, "abc"),
            (Sort::Rate, "cba"),
            (Sort::Weight, "bac"),
            (Sort::Precision, "acb"),
        ] {
            forest.sort(by);
            let labels: String = forest.studies().map(|row| row.label.as_str()).collect();
            assert_eq!(labels, order, "{by:?}");
        }
    }
}
