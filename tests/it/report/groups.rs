//! What `subgroup` and `regress` print: golden files of every format, the JSON contract, and terms that can
//! be looked up.

use insta::assert_snapshot;
use resorb::{
    analysis::{Grouping, Subgroups, subgroups_by},
    data::{self, Mapping},
    model::{
        Adjust, Formula, Model, OneStepCi, Regression, Settings, Small, TwoStep, TwoStepCi, regress,
    },
    report::{
        Document, Format, Label, Style, explain, regression_document, subgroup_document,
        write_regression, write_subgroups,
    },
    study::Studies,
};
use serde_json::Value;

use super::{golden::short, input};

/// The bundled lumbar data by type of herniation.
fn lumbar() -> Studies {
    let bundled = data::bundled::find("ldh_resorption_by_type").unwrap();
    data::read(bundled.csv.as_bytes(), &Mapping::default()).unwrap().studies
}

fn by_type(grouping: &Grouping, settings: &Settings) -> Subgroups {
    subgroups_by(&lumbar(), &["herniation_type"], grouping, settings).unwrap()
}

fn on(formula: &str, settings: &Settings) -> Regression {
    let formula: Formula = formula.parse().unwrap();
    regress(&lumbar(), &formula, &[], settings).unwrap()
}

/// All that can be asked of a regression.
fn everything() -> Regression {
    let values = ["year=2005,herniation_type=extrusion", "year=2030,herniation_type=bulge"];
    on("herniation_type + center(year)", &Settings::two_step())
        .with_robust(Small::Cr2, None)
        .unwrap()
        .permute(99)
        .unwrap()
        .with_pairs(Adjust::Holm)
        .unwrap()
        .with_trend("bulge<protrusion<extrusion<sequestration")
        .unwrap()
        .with_predictions(&values.map(str::to_owned))
        .unwrap()
}

fn groups_as(format: Format, subgroups: &Subgroups) -> String {
    let mut out = Vec::new();
    let input = input("data.csv", 13);
    write_subgroups(&mut out, subgroups, &input, format, &Style::default()).unwrap();
    String::from_utf8(out).unwrap()
}

fn regression_as(format: Format, fit: &Regression) -> String {
    let mut out = Vec::new();
    let input = input("data.csv", 13);
    write_regression(&mut out, fit, &input, format, &Style::default()).unwrap();
    String::from_utf8(out).unwrap()
}

fn two_step() -> Subgroups {
    by_type(&Grouping::default(), &Settings::two_step())
}

#[test]
fn subgroup_table() {
    let table = groups_as(Format::Table, &two_step());
    assert!(table.lines().all(|line| line.chars().count() <= 80));
    assert_snapshot!(table);
}

#[test]
fn subgroup_table_glmm() {
    assert_snapshot!(groups_as(
        Format::Table,
        &by_type(&Grouping::default(), &Settings::default())
    ));
}

#[test]
fn subgroup_table_common_tau2() {
    let grouping = Grouping { tau2_common: true, ..Grouping::default() };
    assert_snapshot!(groups_as(Format::Table, &by_type(&grouping, &Settings::two_step())));
}

#[test]
fn subgroup_table_beta_binomial() {
    let settings =
        Settings { model: Model::BetaBinomial { ci: OneStepCi::T }, ..Settings::default() };
    assert_snapshot!(groups_as(Format::Table, &by_type(&Grouping::default(), &settings)));
}

#[test]
fn subgroup_json() {
    assert_snapshot!(short(&groups_as(Format::Json, &two_step())));
}

#[cfg(feature = "frame")]
#[test]
fn subgroup_csv() {
    assert_snapshot!(short(&groups_as(Format::Csv, &two_step())));
}

#[test]
fn subgroup_markdown() {
    assert_snapshot!(groups_as(Format::Markdown, &two_step()));
}

#[test]
fn subgroup_latex() {
    assert_snapshot!(groups_as(Format::Latex, &two_step()));
}

#[test]
fn regress_table() {
    let table = regression_as(Format::Table, &everything());
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert_snapshot!(table);
}

#[test]
fn regress_table_glmm() {
    assert_snapshot!(regression_as(
        Format::Table,
        &on("rcs(year, 3)", &Settings::default())
            .with_predictions(&["year=2005".to_owned()])
            .unwrap()
    ));
}

#[test]
fn regress_json() {
    assert_snapshot!(short(&regression_as(Format::Json, &everything())));
}

#[cfg(feature = "frame")]
#[test]
fn regress_csv() {
    assert_snapshot!(short(&regression_as(Format::Csv, &everything())));
}

#[test]
fn regress_markdown() {
    assert_snapshot!(regression_as(Format::Markdown, &everything()));
}

#[test]
fn regress_latex() {
    assert_snapshot!(regression_as(Format::Latex, &everything()));
}

/// Holds that `json` has at least `keys`.
#[track_caller]
fn has(json: &Value, keys: &[&str]) {
    let object = json.as_object().unwrap();
    for key in keys {
        assert!(object.contains_key(*key), "no {key} in {:?}", object.keys());
    }
}

#[test]
fn subgroup_json_has_the_keys_of_the_contract() {
    let json: Value = serde_json::from_str(&groups_as(Format::Json, &two_step())).unwrap();
    assert_eq!((&json["schema"], &json["command"]), (&"resorb/1".into(), &"subgroup".into()));
    has(&json, &["input", "settings", "groups", "between", "overlap", "robust", "three_level"]);
    has(
        &json["groups"][0],
        &[
            "group",
            "k",
            "events",
            "total",
            "crude",
            "common",
            "random",
            "prediction",
            "heterogeneity",
            "studies",
            "diagnostics",
        ],
    );
    has(&json["between"], &["common", "random", "without_single_studies"]);
    has(&json["between"]["random"], &["q", "df", "p_value"]);
    has(&json["overlap"][0], &["study", "groups"]);
    let robust = &json["robust"];
    assert_eq!((&robust["method"], &robust["cluster"]), (&"CR2".into(), &"study".into()));
    has(&robust["coefficients"][0], &["term", "estimate", "se", "df", "p_value"]);
    assert!(robust["coefficients"][0]["se"].is_null());
    has(&robust["means"][0], &["group", "yi", "se", "df"]);
    has(&robust["test"], &["method", "f", "df1", "df2", "p_value"]);
    has(&json["three_level"], &["sigma2_cluster", "sigma2_row", "coefficients", "test"]);
    has(&json["three_level"]["test"], &["statistic", "df", "p_value"]);
}

#[test]
fn regress_json_has_the_keys_of_the_contract() {
    let json: Value = serde_json::from_str(&regression_as(Format::Json, &everything())).unwrap();
    assert_eq!((&json["schema"], &json["command"]), (&"resorb/1".into(), &"regress".into()));
    has(
        &json,
        &[
            "input",
            "settings",
            "coefficients",
            "test",
            "heterogeneity",
            "r2",
            "lr_test",
            "permutation",
            "contrasts",
            "trend",
            "predictions",
        ],
    );
    has(
        &json["coefficients"][0],
        &["term", "estimate", "se", "statistic", "df", "p_value", "ci_lower", "ci_upper", "vif"],
    );
    has(&json["test"], &["method", "statistic", "df1", "df2", "p_value"]);
    has(&json["contrasts"][0], &["term", "estimate", "p_value", "p_adjusted"]);
    has(&json["predictions"][0], &["at", "estimate", "ci_lower", "ci_upper", "lower", "upper"]);
}

#[track_caller]
fn look_up(document: &Document) {
    for label in document.labels() {
        if let Label::Term { text, term } = label {
            assert!(explain(term).is_some(), "`{text}` has no entry `{term}`");
        }
    }
}

#[test]
fn every_term_has_an_entry() {
    let (input, style) = (input("data.csv", 13), Style::default());
    let one_step =
        Settings { model: Model::BetaBinomial { ci: OneStepCi::T }, ..Settings::default() };
    for settings in [Settings::two_step(), Settings::default(), one_step] {
        let groups = by_type(&Grouping::default(), &settings);
        look_up(&subgroup_document(&groups, &input, &style));
    }
    let shared = Grouping { tau2_common: true, ..Grouping::default() };
    look_up(&subgroup_document(&by_type(&shared, &Settings::two_step()), &input, &style));
    look_up(&regression_document(&everything(), &input, &style));
    look_up(&regression_document(&on("center(year)", &Settings::default()), &input, &style));
    for ci in [TwoStepCi::Z, TwoStepCi::T, TwoStepCi::Hk] {
        let model = Model::TwoStep(TwoStep { ci, ..TwoStep::default() });
        let settings = Settings { model, ..Settings::default() };
        look_up(&regression_document(&on("year", &settings), &input, &style));
    }
}
