//! Two-step fits: every measure, estimator and test, with heterogeneity and prediction.

use std::sync::LazyLock;

use resorb::model::{Estimate, Fit, Model, Settings, Tau2Method, TwoStep, TwoStepCi};

use super::{CLOSED, ITERATED, Ledger, SETS, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        for measure in set.measures() {
            for method in set.keys(&format!("fits/{measure}")) {
                for test in set.keys(&format!("fits/{measure}/{method}")) {
                    one(ledger, &set, [&measure, &method, &test]);
                }
            }
        }
    }
}

fn one(ledger: &mut Ledger, set: &Set, [measure, method, test]: [&str; 3]) {
    let path = format!("fits/{measure}/{method}/{test}");
    let ci = match test {
        "z" => TwoStepCi::Z,
        "t" => TwoStepCi::T,
        "knha" => TwoStepCi::Hk,
        "adhoc" => TwoStepCi::Adhoc,
        other => panic!("{path}: the test {other} has no counterpart"),
    };
    // `EE`, the common-effect model, is part of every fit.
    let tau2 = match method {
        "EE" => Tau2Method::Dl,
        _ => serde_json::from_value(method.into()).unwrap(),
    };
    let fit = set.pool(measure, TwoStep { tau2, ci, ..TwoStep::default() }, Settings::default());
    let estimate = match method {
        "EE" => fit.common.unwrap(),
        _ => fit.random.unwrap().pooled,
    };
    every_key(ledger, set, &path, &fit, &estimate);
}

/// Compares all keys of one fit of theirs, at `path`, with ours.
pub(super) fn every_key(
    ledger: &mut Ledger,
    set: &Set,
    path: &str,
    fit: &Fit,
    estimate: &Estimate,
) {
    let tau2 = match fit.settings.model {
        Model::TwoStep(choices) => choices.tau2,
        _ => panic!("{path}: a two-step model"),
    };
    let tolerance = match tau2 {
        Tau2Method::Pm | Tau2Method::Pmm | Tau2Method::Eb | Tau2Method::Ml | Tau2Method::Reml => {
            ITERATED
        }
        _ => CLOSED,
    };
    for key in set.keys(path) {
        let at = format!("{path}/{key}");
        match key.as_str() {
            "ll" => ledger.at_least(set, &at, fit.heterogeneity.log_likelihood),
            // Theirs are roots of the Q-profile, whatever the estimator.
            "tau2_lower" | "tau2_upper" | "i2_lower" | "i2_upper" => {
                ledger.close(set, &at, ours(&key, estimate, fit), ITERATED);
            }
            _ => ledger.close(set, &at, ours(&key, estimate, fit), tolerance),
        }
    }
}

/// Our value of a key of theirs.
fn ours(key: &str, estimate: &Estimate, fit: &Fit) -> Option<f64> {
    let h = &fit.heterogeneity;
    match key {
        "k" => Some(fit.k as f64),
        "yi" => estimate.yi,
        "se" => estimate.se,
        "ci_lower" => estimate.yi_lower,
        "ci_upper" => estimate.yi_upper,
        "statistic" => estimate.statistic,
        "p_value" => estimate.p_value,
        "tau2" => h.tau2,
        "tau2_se" => h.tau2_se,
        "tau2_lower" => h.tau2_lower,
        "tau2_upper" => h.tau2_upper,
        "i2" => h.i2,
        "i2_lower" => h.i2_lower,
        "i2_upper" => h.i2_upper,
        "h2" => h.h2,
        "q" => h.q,
        "q_p" => h.p_value,
        "pi_t_lower" => fit.prediction.and_then(|p| p.yi_lower),
        "pi_t_upper" => fit.prediction.and_then(|p| p.yi_upper),
        other => panic!("the key {other} of a fit has no counterpart"),
    }
}

#[test]
fn fits_agree() {
    LEDGER.assert_clean();
}
