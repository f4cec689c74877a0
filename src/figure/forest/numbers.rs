//! The numbers behind a forest plot as CSV.

use super::{Forest, Mark, Row, Value};

impl Forest {
    /// One line for each row of the figure: section, name, mark, counts, value with limits, weights and
    /// moderators; numbers at full precision, empty where there is none.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = [
            "section",
            "label",
            "mark",
            "events",
            "total",
            "estimate",
            "lower",
            "upper",
            "prediction_lower",
            "prediction_upper",
            "weight",
            "weight_common",
        ];
        let head = head.into_iter().chain(self.moderators.iter().map(String::as_str));
        // Writing to memory cannot fail; nor can records of equal length.
        let _ = writer.write_record(head);
        for section in &self.sections {
            let name = section.name().unwrap_or_default();
            let name = name.as_str();
            for row in section.rows.iter().chain(&section.summaries) {
                let _ = writer.write_record(record(name, row, self.moderators.len()));
            }
        }
        for row in &self.overall {
            let _ = writer.write_record(record("", row, self.moderators.len()));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

fn record(section: &str, row: &Row, moderators: usize) -> Vec<String> {
    let number =
        |x: Option<f64>| x.filter(|x| x.is_finite()).map_or_else(String::new, |x| x.to_string());
    let count = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let mark = match row.mark {
        Mark::Square => "study",
        Mark::Common => "common",
        Mark::Random => "random",
        Mark::Result => "result",
        Mark::Prediction => "prediction",
    };
    let mut cells = vec![
        section.to_owned(),
        row.label.clone(),
        mark.to_owned(),
        count(row.events),
        count(row.total),
        number(row.estimate),
        number(row.lower),
        number(row.upper),
        number(row.prediction.map(|(lower, _)| lower)),
        number(row.prediction.map(|(_, upper)| upper)),
        number(row.weight),
        number(row.weight_common),
    ];
    cells.extend((0..moderators).map(|i| match row.moderators.get(i) {
        Some(Value::Number(x) | Value::Fixed(x, _)) => number(Some(*x)),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Missing) | None => String::new(),
    }));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::forest::Section;

    #[test]
    fn a_line_for_each_row_with_quotes_where_needed() {
        let rows = vec![Row {
            label: "Smith, 2004".into(),
            events: Some(3),
            total: Some(7),
            estimate: Some(3.0 / 7.0),
            moderators: vec![Value::Text("MRI".into())],
            ..Row::default()
        }];
        let forest = Forest {
            moderators: vec!["imaging".into()],
            sections: vec![Section { rows, ..Section::default() }],
            ..Forest::default()
        };
        let lines: Vec<String> = forest.csv().lines().map(str::to_owned).collect();
        assert!(lines[0].ends_with("weight_common,imaging"));
        assert_eq!(lines[1], ",\"Smith, 2004\",study,3,7,0.42857142857142855,,,,,,,MRI");
    }
}
