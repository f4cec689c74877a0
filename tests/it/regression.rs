//! Meta-regression against metafor 5.1 (`regression_*` of `tests/reference/*.json`).

use std::sync::Arc;

use resorb::{
    effect::Measure,
    model::{Model, Regression, Settings, TwoStep, TwoStepCi, regress},
    study::{Column, Effect, Moderator, Outcomes, Studies},
};
use serde_json::Value;

use crate::reference::{column, json, numbers};

const SETS: [&str; 6] = [
    "bcg",
    "raudenbush1985",
    "debruin2009",
    "molloy2014",
    "ldh_resorption",
    "ldh_resorption_by_type",
];

/// A set's effects of the measure its regressions are about, with `group` and `x`.
fn studies(name: &str, set: &Value) -> Studies {
    let measure = match set["kind"].as_str().unwrap() {
        "proportion" => "PLO",
        "two_group" => "OR",
        "correlation" => "ZCOR",
        _ => "GEN",
    };
    let effects = &set["effects"][measure];
    let pairs = numbers(&effects["yi"]).into_iter().zip(numbers(&effects["vi"]));
    let effects: Vec<Effect> = pairs.map(|(yi, vi)| Effect::new(yi, vi).unwrap()).collect();
    let k = effects.len();
    let mut moderators = vec![Moderator {
        name: "group".into(),
        column: Column::Text(
            column(name, "group").iter().map(|g| Some(Arc::from(g.as_str()))).collect(),
        ),
    }];
    if !set["regression_x_z"].is_null() {
        let x = column(name, "x").iter().map(|x| x.parse().ok()).collect();
        moderators.push(Moderator { name: "x".into(), column: Column::Number(x) });
    }
    let labels = (0..k).map(|i| format!("study {i}")).collect();
    Studies::new(labels, (2..).take(k).collect(), Outcomes::Generic(effects), moderators).unwrap()
}

fn fit(name: &str, formula: &str, ci: TwoStepCi) -> (Regression, Value) {
    let set = json(&format!("{name}.json"));
    let choices = TwoStep { measure: Measure::Gen, ci, ..TwoStep::default() };
    let studies = studies(name, &set);
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    let fit = regress(&studies, &formula.parse().unwrap(), &[], &settings);
    (fit.unwrap(), set)
}

fn compare(name: &str, ours: &Regression, theirs: &Value) {
    let close = |what: &str, ours: f64, theirs: &Value| {
        let theirs = theirs.as_f64().unwrap();
        assert!(
            (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1e-6),
            "{name} {what}: ours {ours}, theirs {theirs}"
        );
    };
    for (ours, (coef, se)) in ours
        .coefficients
        .iter()
        .zip(theirs["coef"].as_array().unwrap().iter().zip(theirs["se"].as_array().unwrap()))
    {
        close(&ours.term, ours.estimate, coef);
        close(&ours.term, ours.se, se);
    }
    let test = ours.test.unwrap();
    close("qm", test.statistic, &theirs["qm"]);
    close("qm_p", test.p_value, &theirs["qm_p"]);
    close("qe", ours.heterogeneity.q.unwrap(), &theirs["qe"]);
    close("tau2", ours.heterogeneity.tau2.unwrap(), &theirs["tau2"]);
    close("i2", ours.heterogeneity.i2.unwrap(), &theirs["i2"]);
    close("r2", ours.r2.unwrap(), &theirs["r2"]);
}

#[test]
fn groups_with_knapp_hartung() {
    for name in SETS {
        let set = json(&format!("{name}.json"));
        if !set["regression_group"].is_null() {
            let (ours, set) = fit(name, "group", TwoStepCi::Hk);
            compare(name, &ours, &set["regression_group"]);
        }
    }
}

#[test]
fn a_number() {
    for name in SETS {
        let set = json(&format!("{name}.json"));
        for (key, ci) in [("regression_x_z", TwoStepCi::Z), ("regression_x_knha", TwoStepCi::Hk)] {
            if !set[key].is_null() {
                let (ours, set) = fit(name, "x", ci);
                compare(name, &ours, &set[key]);
            }
        }
    }
}
