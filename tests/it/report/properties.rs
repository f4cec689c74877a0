//! What holds for every table of counts.

use proptest::prelude::*;
use resorb::{
    analysis::pooled,
    effect::Measure,
    model::{Model, Settings, Tau2Method, TwoStep},
    report::{Format, Scale, Style},
    study::Studies,
};
use unicode_width::UnicodeWidthStr;

use super::{input, text};

/// Up to 30 studies of up to a million patients; none, few, some or all had the event.
fn studies() -> impl Strategy<Value = Studies> {
    let counts = (1u64..1_000_000).prop_flat_map(|total| {
        let events = prop_oneof![Just(0), Just(total), 0..=total.min(5), 0..=total];
        (events, Just(total))
    });
    prop::collection::vec((any::<String>(), counts), 1..30).prop_map(|studies| {
        let counts = studies.into_iter().map(|(label, (events, total))| (label, events, total));
        Studies::from_counts(counts).unwrap()
    })
}

/// Up to 12 effects of any size.
fn effects() -> impl Strategy<Value = Studies> {
    prop::collection::vec((-1e12f64..1e12, 1e-9f64..1e9), 1..12).prop_map(|effects| {
        Studies::from_effects(effects.into_iter().map(|(yi, vi)| ("study", yi, vi))).unwrap()
    })
}

/// Holds that `table` fits a terminal and prints no number that is none.
fn fits(table: &str) -> Result<(), TestCaseError> {
    for line in table.lines() {
        prop_assert!(line.width() <= 80, "{} columns: {line}", line.width());
        prop_assert!(!line.ends_with(' '), "a space at the end of `{line}`");
        prop_assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let not_a_number = |word: &str| ["NaN", "inf", "−inf", "-inf", "−0.0"].contains(&word);
    let words = table.split(|c: char| c.is_whitespace() || "[],;()".contains(c));
    prop_assert_eq!(words.clone().find(|word| not_a_number(word)), None);
    Ok(())
}

proptest! {
    #![proptest_config(crate::cases::cases(48))]

    #[test]
    fn every_line_of_a_table_fits_80_columns(studies in studies(), scale in 0usize..3) {
        let answer = pooled(&studies, &Settings::two_step(), false).unwrap();
        let style = Style { scale: Scale::ALL[scale], ..Style::default() };
        let table = text(&answer, &input("data.csv", studies.k()), Format::Table, &style);
        fits(&table)?;
    }

    #[test]
    fn effects_of_any_size_fit_80_columns(studies in effects()) {
        let two_step = TwoStep { measure: Measure::Gen, tau2: Tau2Method::Dl, ..TwoStep::default() };
        let settings = Settings { model: Model::TwoStep(two_step), ..Settings::default() };
        let answer = pooled(&studies, &settings, true).unwrap();
        let input = input("data.csv", studies.k());
        fits(&text(&answer, &input, Format::Table, &Style::default()))?;
    }

    #[test]
    fn json_is_json_and_keeps_every_bit(studies in studies()) {
        let answer = pooled(&studies, &Settings::two_step(), false).unwrap();
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

/// A table whose random effect sits at the boundary with one study on the other side: found by the
/// properties above.
#[test]
fn two_studies_of_none_and_one_of_all() {
    let studies = Studies::from_counts([("", 0, 1), ("", 0, 1), ("", 2, 2)]).unwrap();
    let answer = pooled(&studies, &Settings::default(), true).unwrap();
    fits(&text(&answer, &input("data.csv", 3), Format::Table, &Style::default())).unwrap();
}
