//! Subgroups and meta-regressions of the main files.

use std::sync::LazyLock;

use resorb::{
    analysis::{LevelOrder, subgroups},
    model::{Regression, TwoStepCi, regress},
};

use super::{ITERATED, Ledger, SETS, Set};

/// Below this a variance of theirs is a 0 at which Fisher scoring stopped short.
const ZERO: f64 = 1e-9;

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        if set.at("subgroup_separate").is_some_and(|found| !found.is_null()) {
            groups(ledger, &set);
        }
        for (key, formula, ci) in [
            ("regression_group", "group", TwoStepCi::Hk),
            ("regression_x_z", "x", TwoStepCi::Z),
            ("regression_x_knha", "x", TwoStepCi::Hk),
        ] {
            if set.at(key).is_some_and(|found| !found.is_null()) {
                let settings = set.settings(ci);
                let formula = formula.parse().unwrap();
                let fit = regress(&set.moderated(), &formula, &[], &settings).unwrap();
                regression(ledger, &set, key, &fit);
            }
        }
    }
}

fn groups(ledger: &mut Ledger, set: &Set) {
    let names: Vec<String> = (0..)
        .map_while(|i| Some(set.at(&format!("subgroup_separate/levels/{i}"))?.as_str()?.to_owned()))
        .collect();
    let order = LevelOrder::Given(names);
    let settings = set.settings(TwoStepCi::Z);
    let found = subgroups(&set.moderated(), &["group"], &order, &settings).unwrap();
    let at = |key: &str| format!("subgroup_separate/{key}");
    for (i, group) in found.groups.iter().enumerate() {
        let at = |key: &str| at(&format!("{key}/{i}"));
        ledger.same(set, &at("levels"), &serde_json::json!(group.group));
        ledger.close(set, &at("k"), Some(group.fit.k as f64), 0.0);
        let h = &group.fit.heterogeneity;
        if let Some(random) = &group.fit.random {
            ledger.close(set, &at("yi"), random.pooled.yi, ITERATED);
            ledger.close(set, &at("se"), random.wald_se, ITERATED);
            ledger.near(set, &at("tau2"), h.tau2, (ITERATED, ZERO));
            ledger.close(set, &at("q"), h.q, ITERATED);
        } else {
            let row = group.fit.studies.get(0).unwrap();
            ledger.close(set, &at("yi"), Some(row.yi), ITERATED);
            ledger.close(set, &at("se"), Some(row.vi.sqrt()), ITERATED);
            ledger.undefined(set, &at("tau2"), h.tau2);
            ledger.close(set, &at("q"), Some(0.0), ITERATED);
        }
    }
    let random = found.between.random.unwrap();
    ledger.close(set, &at("q_between_random"), Some(random.q), ITERATED);
    ledger.close(set, &at("q_between_common"), found.between.common.map(|t| t.q), ITERATED);
    ledger.close(set, &at("df"), Some(random.df), 0.0);
}

fn regression(ledger: &mut Ledger, set: &Set, path: &str, fit: &Regression) {
    for key in set.keys(path) {
        let at = format!("{path}/{key}");
        let column: Option<Vec<f64>> = match key.as_str() {
            "coef" => Some(fit.coefficients.iter().map(|c| c.estimate).collect()),
            "se" => Some(fit.coefficients.iter().map(|c| c.se).collect()),
            "p" => Some(fit.coefficients.iter().map(|c| c.p_value.unwrap()).collect()),
            _ => None,
        };
        if let Some(column) = column {
            ledger.all_close(set, &at, &column, ITERATED);
            continue;
        }
        let test = fit.test.unwrap();
        let h = &fit.heterogeneity;
        let ours = match key.as_str() {
            "qm" => Some(test.statistic),
            "qm_p" => Some(test.p_value),
            "qe" => h.q,
            "tau2" => h.tau2,
            "r2" => fit.r2,
            "i2" => h.i2,
            other => panic!("the key {other} of a regression has no counterpart"),
        };
        ledger.near(set, &at, ours, (ITERATED, ZERO));
    }
}

#[test]
fn groups_and_regressions_agree() {
    LEDGER.assert_clean();
}
