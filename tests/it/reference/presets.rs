//! The presets reproduce what the tool they are named after prints on the same data.

use resorb::model::{Fit, PredictionMethod, Preset, pool};
use serde_json::Value;

use super::{ITERATED, Ledger, Set, fits, ledger::relative, set::PROPORTIONS};

fn fit(preset: Preset, set: &Set) -> Fit {
    pool(&set.studies("PLO"), &preset.settings()).unwrap()
}

/// Their prediction limits at a path of a `.more` file.
fn limits(set: &str, path: &str) -> Option<[f64; 2]> {
    let file = format!("{set}.more");
    super::MORE.contains(&file.as_str()).then(|| {
        let more = Set::open(&file);
        ["lower", "upper"]
            .map(|side| more.at(&format!("{path}/{side}")).and_then(Value::as_f64).unwrap())
    })
}

#[test]
fn metafor_is_reml_with_normal_quantiles() {
    let mut ledger = Ledger::new();
    let mut predictions = 0;
    for set in PROPORTIONS.map(Set::open) {
        let mut fit = fit(Preset::Metafor, &set);
        // `rma` prints no interval; `predict` gives one with normal quantiles.
        let ours = fit.prediction.unwrap();
        assert_eq!(ours.method, PredictionMethod::Normal);
        if let Some([lower, upper]) = limits(&set.name, "predict_S") {
            assert!(relative(ours.yi_lower.unwrap(), lower) < ITERATED, "{}", set.name);
            assert!(relative(ours.yi_upper.unwrap(), upper) < ITERATED, "{}", set.name);
            predictions += 1;
        }
        // The fits of the files carry the t interval instead.
        let mut settings = Preset::Metafor.settings();
        settings.prediction = PredictionMethod::T;
        fit.prediction = pool(&set.studies("PLO"), &settings).unwrap().prediction;
        let estimate = fit.random.unwrap().pooled;
        fits::every_key(&mut ledger, &set, "fits/PLO/REML/z", &fit, &estimate);
    }
    ledger.assert_clean();
    assert_eq!((ledger.compared.len(), predictions), (7 * 20, 4));
}

#[test]
fn cochrane_is_reml_with_hartung_knapp() {
    let mut ledger = Ledger::new();
    for set in PROPORTIONS.map(Set::open) {
        let fit = fit(Preset::Cochrane2025, &set);
        let estimate = fit.random.unwrap().pooled;
        fits::every_key(&mut ledger, &set, "fits/PLO/REML/knha", &fit, &estimate);
    }
    ledger.assert_clean();
    assert_eq!(ledger.compared.len(), 7 * 20);
}

#[test]
fn dersimonian_laird_is_dl_with_normal_quantiles_and_t_of_k_minus_2() {
    let mut ledger = Ledger::new();
    let mut predictions = 0;
    for set in PROPORTIONS.map(Set::open) {
        let mut fit = fit(Preset::DersimonianLaird, &set);
        let ours = fit.prediction.unwrap();
        assert_eq!(ours.df, Some(fit.k as f64 - 2.0));
        let mut settings = Preset::DersimonianLaird.settings();
        settings.prediction = PredictionMethod::T;
        let t = pool(&set.studies("PLO"), &settings).unwrap().prediction;
        fit.prediction = t;
        let estimate = fit.random.unwrap().pooled;
        fits::every_key(&mut ledger, &set, "fits/PLO/DL/z", &fit, &estimate);
        // Two of their intervals give the ratio of the quantiles, t(k-2) to t(k-1).
        if let (Some(hts), Some(v), Some(t)) =
            (limits(&set.name, "predict_HTS"), limits(&set.name, "predict_V"), t)
        {
            let width = |[lower, upper]: [f64; 2]| upper - lower;
            let width_t = width([t.yi_lower, t.yi_upper].map(Option::unwrap));
            let width_hts = width([ours.yi_lower, ours.yi_upper].map(Option::unwrap));
            assert!(relative(width_hts, width_t * width(hts) / width(v)) < 1e-10, "{}", set.name);
            predictions += 1;
        }
    }
    ledger.assert_clean();
    assert_eq!((ledger.compared.len(), predictions), (7 * 19, 4));
}
