//! The permutation test of the pooled effect against metafor, and what it gives at the edges.

use resorb::{
    analysis::sign_changes,
    effect::Measure,
    model::{Model, ModelError, Settings, TwoStep},
    study::Studies,
};

use crate::reference::{folder, json};

fn settings(choices: TwoStep) -> Settings {
    Settings { model: Model::TwoStep(choices), ..Settings::default() }
}

/// The log odds ratios of bcg and the logits of the first ten studies of pritz1997, as effects.
fn effects(set: &str) -> Studies {
    let [reference, measure, k] = match set {
        "bcg" => ["bcg.json", "OR", "13"],
        _ => ["pritz1997.json", "PLO", "10"],
    };
    let reference = json(reference);
    let of = |key: &str| -> Vec<f64> {
        let values = reference["effects"][measure][key].as_array().unwrap();
        values.iter().map(|value| value.as_f64().unwrap()).collect()
    };
    let pairs = of("yi").into_iter().zip(of("vi")).take(k.parse().unwrap());
    Studies::from_effects(pairs.enumerate().map(|(i, (y, v))| (format!("study {i}"), y, v)))
        .unwrap()
}

/// `tests/reference/extra/permutation.R`, all changes of signs. The p values are counts over powers of
/// two and must agree exactly.
#[test]
fn metafor_agrees() {
    let rows = json("extra/permutation.json");
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 11);
    for row in rows {
        let choices = TwoStep {
            measure: Measure::Gen,
            tau2: serde_json::from_value(row["tau2"].clone()).unwrap(),
            ci: serde_json::from_value(row["ci"].clone()).unwrap(),
            ..TwoStep::default()
        };
        let studies = effects(row["set"].as_str().unwrap());
        let ours =
            sign_changes(&studies, &settings(choices), row["null"].as_f64(), 1 << 13).unwrap();
        assert!(ours.exact, "{row}");
        let statistic = row["statistic"].as_f64().unwrap();
        assert!((ours.statistic / statistic - 1.0).abs() < 1e-6, "{row} {ours:?}");
        assert_eq!(ours.p_value, row["p_value"].as_f64().unwrap(), "{row}");
    }
}

/// A sample of changes comes near the exact p value, holds the data themselves, and repeats.
#[test]
fn a_sample_comes_near_all_changes() {
    let studies = effects("bcg");
    let by = settings(TwoStep { measure: Measure::Gen, ..TwoStep::default() });
    let all = sign_changes(&studies, &by, Some(-0.3), 1 << 13).unwrap();
    let some = sign_changes(&studies, &by, Some(-0.3), 4000).unwrap();
    assert_eq!((all.permutations, all.exact), (8192, true));
    assert_eq!((some.permutations, some.exact), (4000, false));
    // Four standard errors of a binomial share.
    let error = 4.0 * (all.p_value * (1.0 - all.p_value) / 4000.0).sqrt();
    assert!((some.p_value - all.p_value).abs() < error, "{some:?} {all:?}");
    assert_eq!(some, sign_changes(&studies, &by, Some(-0.3), 4000).unwrap());
    let other = sign_changes(&studies, &Settings { seed: 7, ..by }, Some(-0.3), 4000).unwrap();
    assert_ne!(some.p_value, other.p_value);
}

#[test]
fn proportions_need_a_null_value_that_has_a_place() {
    let csv = std::fs::read(folder().join("pritz1997.csv")).unwrap();
    let studies = resorb::data::read(&csv, &resorb::data::Mapping::default()).unwrap().studies;
    let by = Settings::two_step();
    assert_eq!(sign_changes(&studies, &by, None, 99), Err(ModelError::NoNull));
    for null in [0.0, 1.0, -0.2, 1.5, f64::NAN] {
        let refused = sign_changes(&studies, &by, Some(null), 99);
        assert!(matches!(refused, Err(ModelError::BadNull { .. })), "{null} {refused:?}");
    }
    let glmm = sign_changes(&studies, &Settings::default(), Some(0.5), 99);
    assert_eq!(glmm, Err(ModelError::PermutationNeedsTwoStep));
}

/// One study: both signs reach the data.
#[test]
fn one_study_says_nothing() {
    let studies = Studies::from_counts([("A", 3, 40)]).unwrap();
    let test = sign_changes(&studies, &Settings::two_step(), Some(0.5), 99).unwrap();
    assert_eq!((test.permutations, test.p_value), (2, 1.0));
}
