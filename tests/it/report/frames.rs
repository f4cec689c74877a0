//! Results as data frames.

use polars::prelude::{AnyValue, DataFrame};
use resorb::{model::Settings, report::frame};

use super::{analyse, reference};

/// The cell of `column` in the only row whose `kind` is `kind`.
fn cell(frame: &DataFrame, kind: &str, column: &str) -> Option<f64> {
    let kinds = frame.column("kind").unwrap().str().unwrap();
    let rows: Vec<usize> = (0..frame.height()).filter(|&i| kinds.get(i) == Some(kind)).collect();
    assert_eq!(rows.len(), 1, "{kind}");
    frame.column(column).unwrap().f64().unwrap().get(rows[0])
}

#[test]
fn frames_hold_the_numbers_of_the_fit() {
    let answer = analyse(&reference("pritz1997"), &Settings::two_step());
    let fit = &answer.fit;
    let summary = frame::summary(&answer).unwrap();
    let random = fit.random.unwrap();
    assert_eq!(cell(&summary, "random", "estimate"), Some(random.pooled.estimate));
    assert_eq!(cell(&summary, "random", "tau2_upper"), fit.heterogeneity.tau2_upper);
    assert_eq!(cell(&summary, "prediction", "ci_lower"), Some(fit.prediction.unwrap().lower));
    assert_eq!(cell(&summary, "prediction", "estimate"), None);
    assert_eq!(cell(&summary, "common", "se"), fit.common.unwrap().se);
    assert_eq!(cell(&summary, "crude", "ci_upper"), fit.crude.unwrap().ci_upper);

    let studies = frame::studies(fit).unwrap();
    assert_eq!(studies.shape(), (14, 11));
    let events: Option<u64> = studies.column("events").unwrap().u64().unwrap().iter().sum();
    assert_eq!(events, fit.events);
    let weights: f64 =
        studies.column("weight_random").unwrap().f64().unwrap().iter().flatten().sum();
    assert!((weights - 100.0).abs() < 1e-9);
}

#[test]
fn the_tidy_table_has_a_row_for_every_study_and_every_line() {
    let answer = analyse(&reference("pritz1997"), &Settings::two_step());
    let (studies, summary) = (frame::studies(&answer.fit), frame::summary(&answer));
    let tidy = frame::tidy(&answer).unwrap();
    assert_eq!(tidy.height(), studies.unwrap().height() + summary.unwrap().height());
    assert_eq!(tidy.column("kind").unwrap().get(0).unwrap(), AnyValue::String("study"));
    assert_eq!(tidy.column("tau2").unwrap().get(0).unwrap(), AnyValue::Null);
}
