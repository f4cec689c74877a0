//! Pooled rates on the display scale: every measure and every Freeman–Tukey inversion.

use resorb::{
    effect::Inversion,
    model::{Estimate, Settings, Tau2Method, TwoStep, TwoStepCi},
};
use serde_json::Value;

use super::{Differences, Set, json};
use crate::reference::set::numbers;

#[test]
fn back_to_rates() {
    let mut differences = Differences::default();
    for row in json("extra/display.json").as_array().unwrap() {
        let text = |key: &str| row[key].as_str().unwrap();
        let inversion: Inversion = serde_json::from_value(row["inversion"].clone()).unwrap();
        let choices =
            TwoStep { tau2: Tau2Method::Dl, ci: TwoStepCi::Z, inversion, ..TwoStep::default() };
        let fit = Set::open(text("set")).pool(text("measure"), choices, Settings::default());
        let limits = |e: &Estimate| vec![e.estimate, e.ci_lower.unwrap(), e.ci_upper.unwrap()];
        let prediction = fit.prediction.unwrap();
        for (key, ours) in [
            ("random", limits(&fit.random.unwrap().pooled)),
            ("common", limits(&fit.common.unwrap())),
            ("prediction", vec![prediction.lower, prediction.upper]),
        ] {
            let Value::Array(_) = &row[key] else { panic!("{key} is missing") };
            for (i, (ours, reference)) in ours.into_iter().zip(numbers(&row[key])).enumerate() {
                let what = format!("{} {} {inversion:?} {key} {i}", text("set"), text("measure"));
                differences.close(&what, ours, reference, 1e-10);
            }
        }
    }
    differences.assert_none(500);
}
