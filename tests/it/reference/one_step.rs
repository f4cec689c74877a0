//! The binomial-normal model against metafor's `rma.glmm` (25 fixed nodes) and meta's `metaprop`.

use std::sync::LazyLock;

use resorb::model::{Fit, Model, Preset, QTest, Settings, TestName, pool};
use serde_json::Value;

use super::{CLOSED, ITERATED, Ledger, Set, set::PROPORTIONS};

/// Theirs stops at a fixed number of nodes and at the tolerance of its optimiser.
const FIXED_NODES: f64 = 1e-4;

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in PROPORTIONS.map(Set::open) {
        glmm(ledger, &set);
        metaprop(ledger, &set);
    }
}

fn glmm(ledger: &mut Ledger, set: &Set) {
    let fit = pool(&set.studies("PLO"), &Settings::default()).unwrap();
    let pooled = fit.random.unwrap().pooled;
    let h = &fit.heterogeneity;
    let test = |name| h.tests.iter().find(|test| test.name == name).map(|test| test.statistic);
    ledger.close(set, "glmm/yi", pooled.yi, FIXED_NODES);
    ledger.close(set, "glmm/se", pooled.se, FIXED_NODES);
    ledger.close(set, "glmm/tau2", h.tau2, FIXED_NODES);
    ledger.close(set, "glmm/i2", h.i2, FIXED_NODES);
    ledger.close(set, "glmm/q_lrt", test(TestName::Lrt), CLOSED);
    // Their Wald statistic comes from an iterated fit of the saturated model.
    ledger.close(set, "glmm/q_wald", test(TestName::Wald), ITERATED);
    assert_eq!(h.q, test(TestName::Lrt));
}

/// What the preset `meta` prints.
fn metaprop(ledger: &mut Ledger, set: &Set) {
    let settings = Preset::Meta.settings();
    assert!(matches!(settings.model, Model::Glmm { q_test: QTest::WaldAll, .. }));
    let fit = pool(&set.studies("PLO"), &settings).unwrap();
    let pooled = fit.random.unwrap().pooled;
    let h = &fit.heterogeneity;
    let prediction = fit.prediction.unwrap();
    ledger.close(set, "metaprop/yi", pooled.yi, FIXED_NODES);
    ledger.close(set, "metaprop/se", pooled.se, FIXED_NODES);
    ledger.close(set, "metaprop/tau2", h.tau2, FIXED_NODES);
    ledger.close(set, "metaprop/pi_lower", prediction.yi_lower, FIXED_NODES);
    ledger.close(set, "metaprop/pi_upper", prediction.yi_upper, FIXED_NODES);
    // Theirs are shares, ours percentages.
    let share = |percent: Option<f64>| percent.map(|percent| percent / 100.0);
    ledger.close(set, "metaprop/i2", share(h.i2_q), ITERATED);
    ledger.close(set, "metaprop/i2_lower", share(h.i2_q_lower), ITERATED);
    ledger.close(set, "metaprop/i2_upper", share(h.i2_q_upper), ITERATED);
    studies(ledger, set, &fit);
}

/// Their Clopper–Pearson limits, on the logit scale; null is infinite.
fn studies(ledger: &mut Ledger, set: &Set, fit: &Fit) {
    for (i, row) in fit.studies.iter().enumerate() {
        for (side, limit) in [("lower", row.ci_lower), ("upper", row.ci_upper)] {
            let path = format!("metaprop/ci_study_{side}/{i}");
            let logit = (limit / (1.0 - limit)).ln();
            match set.at(&path) {
                Some(Value::Null) => ledger.infinite(set, &path, logit),
                _ => ledger.close(set, &path, Some(logit), CLOSED),
            }
        }
    }
}

#[test]
fn one_step_models_agree() {
    LEDGER.assert_clean();
}
