//! What holds for every table of counts.

use proptest::prelude::*;
use resorb::{
    analysis::pooled,
    model::Settings,
    report::{Format, Scale, Style},
    study::Studies,
};
use unicode_width::UnicodeWidthStr;

use super::{input, text};

/// Up to 30 studies of up to a million patients, their rates anywhere.
fn studies() -> impl Strategy<Value = Studies> {
    let study = (any::<String>(), 1u64..1_000_000, 0.0f64..=1.0, 0u8..4);
    prop::collection::vec(study, 1..30).prop_map(|studies| {
        let counts = studies.into_iter().map(|(label, total, rate, edge)| {
            let events = match edge {
                0 => 0,
                1 => total,
                _ => (total as f64 * rate.powi(4)).floor() as u64,
            };
            (label, events, total)
        });
        Studies::from_counts(counts).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_line_of_a_table_fits_80_columns(studies in studies(), scale in 0usize..3) {
        let answer = pooled(&studies, &Settings::two_step(), true).unwrap();
        let style = Style { scale: Scale::ALL[scale], ..Style::default() };
        let table = text(&answer, &input("data.csv", studies.k()), Format::Table, &style);
        for line in table.lines() {
            prop_assert!(line.width() <= 80, "{} columns: {line}", line.width());
            prop_assert!(!line.ends_with(' '), "a space at the end of `{line}`");
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
        prop_assert!(!table.contains("NaN") && !table.contains("inf") && !table.contains("−0.0 "));
    }

    #[test]
    fn json_is_json_and_keeps_every_bit(studies in studies()) {
        let answer = pooled(&studies, &Settings::two_step(), true).unwrap();
        let input = input("data.csv", studies.k());
        let json = text(&answer, &input, Format::Json, &Style::default());
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(value["studies"].as_array().unwrap().len(), studies.k());
        let common = answer.fit.common.unwrap();
        let read = value["common"]["estimate"].as_f64().unwrap();
        prop_assert!((read - common.estimate).abs() <= f64::EPSILON * common.estimate);
        for (row, study) in value["studies"].as_array().unwrap().iter().zip(studies.labels()) {
            prop_assert_eq!(row["study"].as_str().unwrap(), study);
        }
    }
}
