//! Presets print what the named tool prints on the same data: values of `tests/reference`.

use serde_json::Value;

use crate::run::{run, stdout};

fn reference(name: &str) -> Value {
    let path = format!("{}/tests/reference/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn pool(name: &str, preset: &str) -> Value {
    let path = format!("{}/tests/reference/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let ran = run(&["pool", &path, "--preset", preset, "--no-alternatives", "--format", "json"]);
    serde_json::from_str(&stdout(&ran.success())).unwrap()
}

/// The fit of metafor with that estimator and test on the logit scale.
fn fit(reference: &Value, tau2: &str, test: &str) -> Value {
    let fits = reference["fits"].as_array().unwrap();
    let wanted =
        |fit: &&Value| fit["measure"] == "PLO" && fit["tau2_method"] == tau2 && fit["test"] == test;
    fits.iter().find(wanted).unwrap().clone()
}

#[track_caller]
fn close(ours: &Value, theirs: &Value, tolerance: f64) {
    let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
    let scale = theirs.abs().max(1e-3);
    assert!((ours - theirs).abs() <= tolerance * scale, "{ours} against {theirs}");
}

#[test]
fn two_step_presets_agree_with_metafor() {
    for data in ["pritz1997", "nielweise2007_treated", "debruin2009", "ldh_resorption"] {
        let reference = reference(data);
        for (preset, tau2, test) in [
            ("metafor", "REML", "z"),
            ("dersimonian-laird", "DL", "z"),
            ("cochrane-2025", "REML", "knha"),
            ("statsmodels", "PM", "z"),
        ] {
            let (ours, theirs) = (pool(data, preset), fit(&reference, tau2, test));
            let random = &ours["random"];
            close(&random["yi"], &theirs["yi"], 1e-6);
            close(&random["se"], &theirs["se"], 1e-6);
            close(&random["yi_lower"], &theirs["ci_lower"], 1e-6);
            close(&random["yi_upper"], &theirs["ci_upper"], 1e-6);
            close(&ours["heterogeneity"]["tau2"], &theirs["tau2"], 1e-6);
            close(&ours["heterogeneity"]["q"], &theirs["q"], 1e-9);
        }
    }
}

#[test]
fn cochrane_has_q_profile_and_t_prediction() {
    let (ours, theirs) = (pool("pritz1997", "cochrane-2025"), reference("pritz1997"));
    let theirs = fit(&theirs, "REML", "knha");
    close(&ours["heterogeneity"]["tau2_lower"], &theirs["tau2_lower"], 1e-6);
    close(&ours["heterogeneity"]["tau2_upper"], &theirs["tau2_upper"], 1e-6);
    close(&ours["heterogeneity"]["i2"], &theirs["i2"], 1e-6);
    close(&ours["prediction"]["yi_lower"], &theirs["pi_t_lower"], 1e-6);
    close(&ours["prediction"]["yi_upper"], &theirs["pi_t_upper"], 1e-6);
}

/// Its quadrature has 25 nodes that do not move, which is good to about 1e-4.
#[test]
fn meta_pools_with_the_glmm() {
    for data in ["pritz1997", "ldh_resorption"] {
        let (ours, theirs) = (pool(data, "meta"), reference(data));
        let theirs = &theirs["metaprop"];
        close(&ours["random"]["yi"], &theirs["yi"], 1e-4);
        close(&ours["random"]["se"], &theirs["se"], 1e-4);
        close(&ours["heterogeneity"]["tau2"], &theirs["tau2"], 1e-4);
        close(&ours["prediction"]["yi_lower"], &theirs["pi_lower"], 1e-3);
        close(&ours["prediction"]["yi_upper"], &theirs["pi_upper"], 1e-3);
    }
}

/// Of the lumbar data: where cells are empty, meta counts those studies in the degrees of freedom of
/// a statistic to which they contribute nothing, and its I² is lower than ours (Pritz: 48.2, 56.2).
#[test]
fn meta_takes_i2_from_the_wald_test() {
    let (ours, theirs) = (pool("ldh_resorption", "meta"), reference("ldh_resorption"));
    let theirs = &theirs["metaprop"];
    for (key, percent) in [("i2_q", "i2"), ("i2_q_lower", "i2_lower"), ("i2_q_upper", "i2_upper")] {
        let percent = Value::from(theirs[percent].as_f64().unwrap() * 100.0);
        close(&ours["heterogeneity"][key], &percent, 1e-6);
    }
}

#[test]
fn a_preset_shows_its_choices_and_can_be_changed() {
    let text = stdout(&run(&["pool", "--preset", "metafor", "--tau2", "DL"]).success());
    assert!(text.contains("two-step logit, DL"), "{text}");
}

/// A model that was selected by an option is named with it; one that was asked for is not.
#[test]
fn the_headline_says_what_selected_the_model() {
    let second = |options: &[&str]| {
        let text = stdout(&run(&[&["pool"], options].concat()).success());
        text.lines().nth(1).unwrap().to_owned()
    };
    assert!(second(&["--tau2", "DL"]).ends_with("two-step logit, DL (selected by --tau2 DL)"));
    assert!(second(&["--model", "two-step", "--tau2", "DL"]).ends_with("two-step logit, DL"));
    assert!(!second(&[]).contains("selected"));
}
