//! The JSON contract `resorb/1`: every key, in the order in which the contract lists it.

use resorb::{
    analysis::{AlternativeName, pooled},
    model::Settings,
    report::{Format, InputInfo, Style},
    study::Studies,
};
use serde_json::Value;

use super::{analyse, input, left_out, reference, text};

const RESULT: &[&str] = &[
    "schema",
    "command",
    "version",
    "input",
    "settings",
    "k",
    "events",
    "total",
    "crude",
    "common",
    "random",
    "prediction",
    "heterogeneity",
    "studies",
    "alternatives",
    "diagnostics",
];
const INPUT: &[&str] = &["source", "sha256", "rows", "used", "excluded"];
const EXCLUDED: &[&str] = &["row", "label", "reason"];
const RATE: &[&str] = &["estimate", "ci_lower", "ci_upper"];
const COMMON: &[&str] = &[
    "yi",
    "se",
    "yi_lower",
    "yi_upper",
    "estimate",
    "ci_lower",
    "ci_upper",
    "method",
    "statistic",
    "df",
    "p_value",
];
const RANDOM: &[&str] = &["hk_scale", "estimand", "median", "marginal_mean"];
const PREDICTION: &[&str] = &["method", "df", "yi_lower", "yi_upper", "lower", "upper"];
const HETEROGENEITY: &[&str] = &[
    "q",
    "df",
    "p_value",
    "tests",
    "tau2",
    "tau2_se",
    "tau2_lower",
    "tau2_upper",
    "tau2_interval",
    "tau",
    "i2",
    "i2_lower",
    "i2_upper",
    "i2_q",
    "i2_q_lower",
    "i2_q_upper",
    "h2",
    "h2_lower",
    "h2_upper",
    "rho",
    "rho_lower",
    "rho_upper",
    "log_likelihood",
];
const TEST: &[&str] = &["name", "statistic", "df", "p_value"];
const STUDY: &[&str] = &[
    "study",
    "row",
    "events",
    "total",
    "yi",
    "vi",
    "estimate",
    "ci_lower",
    "ci_upper",
    "weight_common",
    "weight_random",
];
const ALTERNATIVE: &[&str] = &[
    "name",
    "settings",
    "k",
    "events",
    "total",
    "crude",
    "common",
    "random",
    "prediction",
    "heterogeneity",
    "diagnostics",
];
const DIAGNOSTICS: &[&str] = &["converged", "boundary", "modes", "iterations", "warnings"];

/// The keys of an object as they are written; `serde_json` alone would sort them.
fn keys(json: &Value) -> Vec<&str> {
    json.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Holds that `json` has exactly `expected` keys.
fn has(json: &Value, expected: &[&str]) {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let mut found = keys(json);
    found.sort_unstable();
    assert_eq!(found, expected);
}

fn pritz() -> (String, Value) {
    let studies = reference("pritz1997");
    let excluded = left_out(16, 2, "by column include");
    let input = InputInfo { excluded, ..input("pritz1997.csv", studies.k()) };
    let answer = analyse(&studies, &Settings::two_step());
    let json = text(&answer, &input, Format::Json, &Style::default());
    let value = serde_json::from_str(&json).unwrap();
    (json, value)
}

#[test]
fn every_object_has_the_keys_of_the_contract() {
    let (_, json) = pritz();
    has(&json, RESULT);
    has(&json["input"], INPUT);
    has(&json["input"]["excluded"][0], EXCLUDED);
    has(&json["crude"], RATE);
    has(&json["common"], COMMON);
    has(&json["random"], &[COMMON, RANDOM].concat());
    has(&json["prediction"], PREDICTION);
    has(&json["heterogeneity"], HETEROGENEITY);
    has(&json["heterogeneity"]["tests"][0], TEST);
    has(&json["studies"][0], STUDY);
    has(&json["diagnostics"], DIAGNOSTICS);
    for alternative in json["alternatives"].as_array().unwrap() {
        has(alternative, ALTERNATIVE);
    }
    assert_eq!(json["schema"], "resorb/1");
    assert_eq!(json["command"], "pool");
}

#[test]
fn the_outer_keys_stand_in_the_order_of_the_contract() {
    let (text, _) = pritz();
    let outer: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
    assert_eq!(outer, RESULT);
    // A study is a line.
    assert!(text.contains("\n    {\"study\": \"Swift and Solomon\", \"row\": 4, \"events\": 4,"));
}

#[test]
fn what_is_not_defined_is_null_and_its_key_stays() {
    let studies = Studies::from_counts([("Komori 1996", 35, 77)]).unwrap();
    let answer = analyse(&studies, &Settings::two_step());
    let text = text(&answer, &input("data.csv", 1), Format::Json, &Style::default());
    let json: Value = serde_json::from_str(&text).unwrap();
    has(&json, RESULT);
    assert!(json["random"].is_null() && json["prediction"].is_null());
    assert!(json["input"]["sha256"].is_null());
    has(&json["heterogeneity"], HETEROGENEITY);
    assert!(json["heterogeneity"]["tau2"].is_null());
    assert!(json["studies"][0]["weight_random"].is_null());

    let effects = Studies::from_effects([("A", 0.1, 0.2), ("B", 0.3, 0.1)]).unwrap();
    let mut settings = Settings::two_step();
    if let resorb::model::Model::TwoStep(two_step) = &mut settings.model {
        two_step.measure = resorb::effect::Measure::Gen;
    }
    let answer = pooled(&effects, &settings, true).unwrap();
    let text = super::text(&answer, &input("data.csv", 2), Format::Json, &Style::default());
    let json: Value = serde_json::from_str(&text).unwrap();
    has(&json, RESULT);
    assert!(json["events"].is_null() && json["crude"].is_null());
    assert_eq!(json["alternatives"], Value::Array(Vec::new()));
}

#[test]
fn a_method_without_a_result_is_a_sentence() {
    let studies = reference("pritz1997");
    let mut answer = analyse(&studies, &Settings::two_step());
    for other in &mut answer.alternatives {
        if other.name == AlternativeName::FreemanTukey {
            other.fit = Err("the sun was in its eyes".to_owned());
        }
    }
    let input = input("pritz1997.csv", studies.k());
    let json = text(&answer, &input, Format::Json, &Style::default());
    let json: Value = serde_json::from_str(&json).unwrap();
    let names: Vec<&Value> =
        json["alternatives"].as_array().unwrap().iter().map(|other| &other["name"]).collect();
    assert!(!names.contains(&&Value::from("freeman-tukey")));
    let sentence = "No result by two-step Freeman–Tukey, REML: the sun was in its eyes.";
    assert!(json["diagnostics"]["warnings"].as_array().unwrap().contains(&sentence.into()));
    let table = text(&answer, &input, Format::Table, &Style::default());
    assert!(table.replace("\n    ", " ").contains(sentence));
}
