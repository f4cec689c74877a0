//! The preset `statsmodels` and DL, against what statsmodels 0.15 computes for the logits.

use resorb::model::{Estimate, Model, Preset, Settings, Tau2Method, TwoStep, pool};

use super::{Differences, Set, json};
use crate::reference::{CLOSED, ITERATED, set::numbers};

#[test]
fn statsmodels_agrees() {
    let mut differences = Differences::default();
    for row in json("extra/statsmodels.json").as_array().unwrap() {
        let set = row["set"].as_str().unwrap();
        let preset = Preset::Statsmodels.settings();
        let Model::TwoStep(choices) = preset.model else { panic!("a two-step preset") };
        let (tau2, tolerance) = match row["method"].as_str().unwrap() {
            "PM" => (choices.tau2, ITERATED),
            _ => (Tau2Method::Dl, CLOSED),
        };
        let model = Model::TwoStep(TwoStep { tau2, ..choices });
        let fit = pool(&Set::open(set).studies("PLO"), &Settings { model, ..preset }).unwrap();
        assert!(fit.prediction.is_none(), "statsmodels prints no prediction interval");
        let h = &fit.heterogeneity;
        for (key, ours, tolerance) in
            [("tau2", h.tau2, tolerance), ("q", h.q, CLOSED), ("i2_q", h.i2_q, CLOSED)]
        {
            let reference = row[key].as_f64().unwrap();
            differences.close(
                &format!("{set} {tau2:?} {key}"),
                ours.unwrap(),
                reference,
                tolerance,
            );
        }
        let keys = |e: &Estimate| [e.yi, e.se, e.yi_lower, e.yi_upper].map(Option::unwrap);
        for (key, ours, tolerance) in [
            ("random", keys(&fit.random.unwrap().pooled), tolerance),
            ("common", keys(&fit.common.unwrap()), CLOSED),
        ] {
            for (i, (ours, reference)) in ours.into_iter().zip(numbers(&row[key])).enumerate() {
                let what = format!("{set} {tau2:?} {key} {i}");
                differences.close(&what, ours, reference, tolerance);
            }
        }
    }
    differences.assert_none(150);
}
