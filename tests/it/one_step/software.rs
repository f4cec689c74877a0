//! What other software computes: metafor 5.1 and meta 8.4 with 25 nodes (`tests/reference/*.json`),
//! lme4 1.1 with 100 (`tests/reference/one_step/lme4.R`).

use super::{GLMM, close, fit, reference};
use crate::reference::json;
use resorb::model::{Link, Model, OneStepCi, Preset, QTest, Settings, TestName};

const SETS: [&str; 7] = [
    "pritz1997",
    "nielweise2007_treated",
    "nielweise2007_control",
    "debruin2009",
    "crisafulli2020",
    "ldh_resorption",
    "ldh_resorption_by_type",
];

/// `rma.glmm(measure = "PLO")`: their integration is good to about 1e-4.
#[test]
fn metafor() {
    for name in SETS {
        let set = json(&format!("{name}.json"));
        let theirs = |key: &str| set["glmm"][key].as_f64().unwrap();
        let ours = fit(&reference(name), GLMM);
        let random = ours.random.unwrap().pooled;
        close(&format!("{name} yi"), random.yi.unwrap(), theirs("yi"), 1e-4);
        close(&format!("{name} se"), random.se.unwrap(), theirs("se"), 1e-4);
        close(&format!("{name} tau2"), ours.heterogeneity.tau2.unwrap(), theirs("tau2"), 1e-4);
        close(&format!("{name} i2"), ours.heterogeneity.i2.unwrap(), theirs("i2"), 1e-4);
        let test = |name| ours.heterogeneity.tests.iter().find(|t| t.name == name).unwrap();
        let lrt = test(TestName::Lrt);
        close(&format!("{name} LRT"), lrt.statistic, theirs("q_lrt"), 1e-8);
        // Their Wald statistic comes from an iterated fit with dummy variables.
        let wald = test(TestName::Wald);
        close(&format!("{name} Wald"), wald.statistic, theirs("q_wald"), 1e-6);
    }
}

/// `metaprop()` integrates with 7 nodes, which leaves errors up to 1e-3 (lme4 with 7 nodes prints its
/// estimates, with 100 ours). Prediction is on the logit with t(k−1); I² from the Wald statistic. They count k − 1
/// degrees of freedom where only the studies without an empty cell enter the statistic; where all of
/// them do, the numbers are the same.
#[test]
fn meta() {
    for name in SETS {
        let set = json(&format!("{name}.json"));
        let theirs = |key: &str| set["metaprop"][key].as_f64().unwrap();
        let data = reference(name);
        let ours = super::try_fit(&data, Preset::Meta.settings()).unwrap();
        let random = ours.random.unwrap().pooled;
        close(&format!("{name} yi"), random.yi.unwrap(), theirs("yi"), 1e-3);
        close(&format!("{name} se"), random.se.unwrap(), theirs("se"), 1e-3);
        let prediction = ours.prediction.unwrap();
        let width = theirs("pi_upper") - theirs("pi_lower");
        for (ours, key) in [(prediction.yi_lower, "pi_lower"), (prediction.yi_upper, "pi_upper")] {
            let error = (ours.unwrap() - theirs(key)).abs() / width;
            assert!(error < 1e-3, "{name} {key}: {ours:?} {}", theirs(key));
        }
        let found = &ours.heterogeneity;
        assert_eq!(found.df, Some(data.len() as f64 - 1.0));
        for (ours, key) in
            [(found.i2_q, "i2"), (found.i2_q_lower, "i2_lower"), (found.i2_q_upper, "i2_upper")]
        {
            let error = (ours.unwrap() - 100.0 * theirs(key)).abs();
            assert!(error < 1e-4, "{name} {key}: {ours:?} {}", theirs(key));
        }
    }
}

/// `glmer(cbind(x, n − x) ~ 1 + (1 | id), nAGQ = 100)`: μ, its standard error from the full Hessian
/// (their numerical one), τ².
#[test]
fn lme4() {
    for (name, mu, se, tau2) in [
        ("pritz1997", 1.376_594_38, 0.288_379_84, 0.589_309_54),
        ("ldh_resorption", 0.603_359_95, 0.340_791_82, 1.609_844_66),
        ("nielweise2007_control", -3.496_409_41, 0.256_969_39, 0.812_213_81),
    ] {
        let ours = fit(&reference(name), GLMM);
        let random = ours.random.unwrap().pooled;
        close(&format!("{name} mu"), random.yi.unwrap(), mu, 2e-7);
        close(&format!("{name} se"), random.se.unwrap(), se, 1e-6);
        close(&format!("{name} tau2"), ours.heterogeneity.tau2.unwrap(), tau2, 2e-7);
    }
}

/// The Wald statistic is reported as `q` on request, with the degrees of freedom of its studies.
#[test]
fn the_wald_test_on_request() {
    let model = Model::Glmm { link: Link::Logit, ci: OneStepCi::T, q_test: QTest::Wald };
    let ours = super::try_fit(&super::PRITZ, Settings { model, ..Settings::default() }).unwrap();
    // metafor: q_wald of `tests/reference/pritz1997.json`; 12 of the 14 studies are interior.
    close("q", ours.heterogeneity.q.unwrap(), 25.097_908_911_094_1, 1e-7);
    assert_eq!(ours.heterogeneity.df, Some(11.0));
    let names: Vec<TestName> = ours.heterogeneity.tests.iter().map(|test| test.name).collect();
    assert_eq!(names, [TestName::Lrt, TestName::Wald, TestName::LrtTau2]);
}
