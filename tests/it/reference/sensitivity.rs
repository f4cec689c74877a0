//! Leave-one-out, cumulative analyses and influence by DL.

use std::sync::LazyLock;

use resorb::{
    analysis::{Influence, Order, Unit, cumulative, influence, leave_one_out},
    model::{Fit, Model, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
};

use super::{CLOSED, Ledger, SETS, Set};

/// Filled once, for the test of this subject and for those that look at all.
pub(super) static LEDGER: LazyLock<Ledger> = LazyLock::new(|| Ledger::of(compare));

fn compare(ledger: &mut Ledger) {
    for set in SETS.map(Set::open) {
        let measure = set.default_measure();
        let choices = TwoStep {
            measure: Set::measure(measure),
            tau2: Tau2Method::Dl,
            ci: TwoStepCi::Z,
            ..TwoStep::default()
        };
        let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
        let studies = set.studies(measure);
        let parts = leave_one_out(&studies, &settings, Unit::Row).unwrap();
        influences(ledger, &set, &influence(&pool(&studies, &settings).unwrap(), &parts));
        let left: Vec<Fit> = parts.into_iter().map(|part| part.fit).collect();
        fits(ledger, &set, "leave1out_dl", &left);
        let steps: Vec<Fit> = cumulative(&studies, &settings, &Order::Data)
            .unwrap()
            .into_iter()
            .map(|step| step.fit)
            .collect();
        fits(ledger, &set, "cumulative_dl", &steps);
    }
}

fn influences(ledger: &mut Ledger, set: &Set, rows: &[Influence]) {
    type Key = (&'static str, fn(&Influence) -> Option<f64>);
    let keys: [Key; 8] = [
        ("rstudent", |row| row.rstudent),
        ("dffits", |row| row.dffits),
        ("cook.d", |row| row.cook_d),
        ("cov.r", |row| row.cov_ratio),
        ("tau2.del", |row| row.tau2_deleted),
        ("QE.del", |row| row.q_deleted),
        ("hat", |row| row.hat),
        ("weight", |row| row.weight),
    ];
    for (key, of) in keys {
        let ours: Vec<f64> = rows.iter().map(|row| of(row).unwrap()).collect();
        ledger.all_close(set, &format!("influence_dl/{key}"), &ours, 1e-9);
    }
}

fn fits(ledger: &mut Ledger, set: &Set, at: &str, fits: &[Fit]) {
    for key in set.keys(at) {
        let ours: Vec<f64> = fits.iter().map(|fit| ours(&key, fit)).collect();
        ledger.all_close(set, &format!("{at}/{key}"), &ours, CLOSED);
    }
}

/// Our value of a key of theirs. A single study has no τ²; they print 0.
fn ours(key: &str, fit: &Fit) -> f64 {
    let estimate = fit.random.map_or(fit.common, |random| Some(random.pooled)).unwrap();
    let one = fit.k == 1;
    match key {
        "yi" => estimate.yi.unwrap(),
        "se" => estimate.se.unwrap(),
        "tau2" if one => 0.0,
        "tau2" => fit.heterogeneity.tau2.unwrap(),
        "i2" => fit.heterogeneity.i2.unwrap(),
        "q" => fit.heterogeneity.q.unwrap(),
        other => panic!("{other} has no counterpart"),
    }
}

#[test]
fn every_value() {
    LEDGER.assert_clean();
    assert_eq!(LEDGER.compared.len(), 3216);
}
