//! Mantel–Haenszel, Peto and the one-step models of two groups against metafor 5.1.

use std::sync::LazyLock;

use resorb::{
    effect::{Correction, Measure},
    model::{Fit, Model, OneStepCi, OneStepFit, Settings, TwoGroupKind, pool},
    study::{Counts, Outcomes, Studies, TwoGroups},
};

use super::{
    CLOSED, Ledger, Set,
    ledger::relative,
    set::{SETS, column, json},
};

/// Theirs takes 15 fixed nodes and differences the likelihood for standard errors.
const FIXED_NODES: f64 = 1e-3;

/// How far Laplace's approximation, theirs for UM.RS, may be from the integral. Where the integral has
/// been computed by other means (`two_groups/one_step.py`), ours is held against that.
const LAPLACE: f64 = 0.04;
const INTEGRATED: f64 = 2e-7;

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        for (measure, key) in
            [(Measure::Or, "mh_OR"), (Measure::Rr, "mh_RR"), (Measure::Rd, "mh_RD")]
        {
            let correction = Correction::default();
            closed(ledger, &set, key, Model::MantelHaenszel { measure, correction });
        }
        closed(ledger, &set, "peto", Model::Peto);
        for code in set.keys("glmm_or") {
            one_step(ledger, &set, &code);
        }
    }
}

fn tables(set: &Set) -> Vec<TwoGroups<Counts>> {
    let name = set.name.trim_end_matches(".more");
    let of = |header| column(name, header).into_iter().map(|cell| cell.parse().unwrap());
    let groups = |events, total| -> Vec<Counts> {
        of(events).zip(of(total)).map(|(x, n)| Counts::new(x, n).unwrap()).collect()
    };
    let (first, second) = (groups("events1", "total1"), groups("events2", "total2"));
    first.into_iter().zip(second).map(|(first, second)| TwoGroups { first, second }).collect()
}

fn fit(set: &Set, model: Model) -> Fit {
    let tables = tables(set);
    let labels = (0..tables.len()).map(|i| format!("study {i}")).collect();
    let rows = (2..).take(tables.len()).collect();
    let studies = Studies::new(labels, rows, Outcomes::TwoProportions(tables), Vec::new()).unwrap();
    pool(&studies, &Settings { model, ..Settings::default() }).unwrap()
}

fn closed(ledger: &mut Ledger, set: &Set, key: &str, model: Model) {
    if set.at(key).is_none() {
        return;
    }
    let fit = fit(set, model);
    let common = fit.common.unwrap();
    ledger.close(set, &format!("{key}/yi"), common.yi, CLOSED);
    ledger.close(set, &format!("{key}/se"), common.se, CLOSED);
    ledger.close(set, &format!("{key}/q"), fit.heterogeneity.q, CLOSED);
    assert!(fit.random.is_none() && fit.prediction.is_none());
}

fn one_step(ledger: &mut Ledger, set: &Set, code: &str) {
    let kind = TwoGroupKind::ALL.into_iter().find(|kind| kind.code() == code).unwrap();
    let fit = fit(set, Model::TwoGroupGlmm { kind, ci: OneStepCi::T });
    let random = fit.random.unwrap();
    let sigma2 = OneStepFit::counts(&tables(set), kind).unwrap().sigma2();
    let ours = [
        ("yi", random.pooled.yi),
        ("se", random.pooled.se),
        ("tau2", fit.heterogeneity.tau2),
        ("sigma2", sigma2),
    ];
    let proofs = json("two_groups/one_step.json");
    for (key, value) in ours {
        let path = format!("glmm_or/{code}/{key}");
        let proof = proofs[&set.name][code][key].as_f64();
        match (kind, value, proof) {
            (TwoGroupKind::UmRs, Some(value), Some(proof)) => {
                let right = relative(value, proof) < INTEGRATED;
                ledger.judge(set, &path, value, right);
            }
            (TwoGroupKind::UmRs, value, _) => ledger.close(set, &path, value, LAPLACE),
            (_, None, _) => ledger.undefined(set, &path, None),
            (_, value, _) => ledger.close(set, &path, value, FIXED_NODES),
        }
    }
}

#[test]
fn two_group_models_agree() {
    LEDGER.assert_clean();
}
