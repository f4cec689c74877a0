//! The two-step regression against metafor: permutation tests, powers and splines, likelihood ratios.

use resorb::{
    effect::Measure,
    model::{Formula, Model, Regression, Settings, TwoStep, TwoStepCi, regress},
    study::{Column, Effect, Moderator, Outcomes, Studies},
};

use super::{all_close, close, values};
use crate::reference::{column, json, numbers};

/// The first `k` BCG trials: log odds ratios, latitude `x`.
fn trials(k: usize) -> Studies {
    let set = json("bcg.json");
    let effects = &set["effects"]["OR"];
    let pairs = numbers(&effects["yi"]).into_iter().zip(numbers(&effects["vi"]));
    let effects = pairs.take(k).map(|(yi, vi)| Effect::new(yi, vi).unwrap()).collect();
    let x = column("bcg", "x").iter().take(k).map(|x| x.parse().ok()).collect();
    Studies::new(
        (0..k).map(|i| format!("trial {i}")).collect(),
        (2..).take(k).collect(),
        Outcomes::Generic(effects),
        vec![Moderator { name: "x".into(), column: Column::Number(x) }],
    )
    .unwrap()
}

fn fit(k: usize, formula: &str, ci: TwoStepCi) -> Regression {
    let model = Model::TwoStep(TwoStep { measure: Measure::Gen, ci, ..TwoStep::default() });
    let settings = Settings { model, ..Settings::default() };
    let formula: Formula = formula.parse().unwrap();
    regress(&trials(k), &formula, &[], &settings).unwrap()
}

#[test]
fn exact_permutation() {
    for (key, ci) in [("z", TwoStepCi::Z), ("knha", TwoStepCi::Hk)] {
        let theirs = &values("metafor.json")["bcg6_permutation"][key];
        let ours = fit(6, "x", ci).permute(1000).unwrap().permutation.unwrap();
        // Two trials have the same x: of the 720 permutations each arrangement is met twice.
        assert!(ours.exact && ours.permutations == 360);
        all_close(&ours.coefficients, &theirs["coefficients"], 1e-12);
        close(ours.test.unwrap(), theirs["test"].as_f64().unwrap(), 1e-12);
    }
}

#[test]
fn sampled_permutation_is_near_the_exact_one_and_repeats() {
    let exact = fit(6, "x", TwoStepCi::Hk).permute(1000).unwrap().permutation.unwrap();
    let sampled = || fit(6, "x", TwoStepCi::Hk).permute(300).unwrap().permutation.unwrap();
    let ours = sampled();
    assert_eq!(ours, sampled());
    assert!(!ours.exact && ours.permutations == 300);
    for (ours, exact) in ours.coefficients.iter().zip(&exact.coefficients) {
        // Four standard errors of 299 draws, and what counting the data themselves adds.
        let error = 4.0 * (exact * (1.0 - exact) / 299.0).sqrt() + 1.0 / 300.0;
        assert!((ours - exact).abs() < error, "{ours} {exact}");
    }
}

#[test]
fn curves() {
    for (key, formula) in [("poly2", "poly(x, 2)"), ("rcs3", "rcs(x, 3)")] {
        let theirs = &values("metafor.json")["bcg"][key];
        let ours = fit(13, formula, TwoStepCi::Z);
        let estimates: Vec<f64> = ours.coefficients.iter().map(|c| c.estimate).collect();
        let se: Vec<f64> = ours.coefficients.iter().map(|c| c.se).collect();
        let vif: Vec<f64> = ours.coefficients.iter().filter_map(|c| c.vif).collect();
        all_close(&estimates, &theirs["coef"], 1e-8);
        all_close(&se, &theirs["se"], 1e-8);
        all_close(&vif, &theirs["vif"], 1e-8);
        close(ours.heterogeneity.tau2.unwrap(), theirs["tau2"].as_f64().unwrap(), 1e-8);
        close(ours.test.unwrap().statistic, theirs["qm"].as_f64().unwrap(), 1e-8);
    }
}

#[test]
fn likelihood_ratio() {
    let theirs = &values("metafor.json")["bcg"]["lrt"];
    let ours = fit(13, "x", TwoStepCi::Z);
    let test = ours.lr_test.unwrap();
    close(test.statistic, theirs["statistic"].as_f64().unwrap(), 1e-8);
    close(test.p_value, theirs["p"].as_f64().unwrap(), 1e-8);
    // The only term is dropped: the same comparison.
    assert_eq!(ours.terms[0].lr_test, Some(test));
}
