//! Normand 1999, Stat Med 18:321–359: lidocaine after myocardial infarction (Tables III and VII) and the
//! length of stay of stroke patients (Tables VIII and IX), to the digits printed there.

use resorb::{
    data::{self, Mapping},
    effect::{Correction, Measure},
    model::{Model, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
    study::Studies,
};

use crate::reference::folder;

/// Dead of all patients, with lidocaine and without (Hine et al. 1989).
const LIDOCAINE: [(&str, u64, u64, u64, u64); 6] = [
    ("Chopra", 2, 39, 1, 43),
    ("Mogensen", 4, 44, 4, 44),
    ("Pitt", 6, 107, 4, 110),
    ("Darby", 7, 103, 5, 100),
    ("Bennett", 7, 110, 3, 106),
    ("O'Brien", 11, 154, 4, 146),
];

fn stay() -> Studies {
    let csv = std::fs::read(folder().join("normand1999.csv")).unwrap();
    data::read(&csv, &Mapping::default()).unwrap().studies
}

#[track_caller]
fn printed(value: f64, decimals: usize, theirs: &str) {
    assert_eq!(format!("{value:.decimals$}"), theirs);
}

/// The pooled value with its Wald interval, and τ², of the random-effects model.
fn random(studies: &Studies, measure: Measure, tau2: Tau2Method) -> [f64; 4] {
    let choices = TwoStep { measure, tau2, ci: TwoStepCi::Z, ..TwoStep::default() };
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    let fit = pool(studies, &settings).unwrap();
    let pooled = fit.random.unwrap().pooled;
    let limits = [pooled.ci_lower.unwrap(), pooled.ci_upper.unwrap()];
    [pooled.estimate, limits[0], limits[1], fit.heterogeneity.tau2.unwrap()]
}

#[test]
fn lidocaine_in_percentage_points() {
    let studies = Studies::from_two_counts(LIDOCAINE).unwrap();
    let effects = Measure::Rd.effects(&studies, Correction::default()).unwrap();
    let yi = ["2.8026", "0.0000", "1.9711", "1.7961", "3.5334", "4.4031"];
    let vi = ["17.7575", "37.5657", "8.1323", "10.8998", "8.0114", "6.1320"];
    for i in 0..6 {
        printed(100.0 * effects.yi()[i], 4, yi[i]);
        printed(1e4 * effects.vi()[i], 4, vi[i]);
    }
    for tau2 in [Tau2Method::Reml, Tau2Method::Dl] {
        let [estimate, lower, upper, tau2] = random(&studies, Measure::Rd, tau2);
        printed(100.0 * estimate, 2, "2.94");
        printed(100.0 * lower, 1, "0.4");
        printed(100.0 * upper, 1, "5.5");
        assert!(tau2.abs() < 1e-12);
    }
}

/// The paper gives both groups one standard deviation, the pooled one: the measure MDP.
#[test]
fn length_of_stay() {
    let studies = stay();
    let effects = Measure::Mdp.effects(&studies, Correction::default()).unwrap();
    assert_eq!(effects.yi(), [-20.0, -2.0, -55.0, -71.0, -4.0, 1.0, 11.0, -10.0, 7.0]);
    let vi = ["40.59", "2.05", "15.28", "150.22", "20.19", "1.22", "95.38", "8.03", "20.69"];
    for (ours, theirs) in effects.vi().iter().zip(vi) {
        printed(*ours, 2, theirs);
    }
    let choices = TwoStep { measure: Measure::Mdp, ..TwoStep::default() };
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    let common = pool(&studies, &settings).unwrap().common.unwrap();
    printed(common.estimate, 2, "-3.49");
    printed(common.ci_lower.unwrap(), 2, "-5.03");
    printed(common.ci_upper.unwrap(), 2, "-1.96");
    for (method, theirs) in [
        (Tau2Method::Dl, ["-14.10", "-24.45", "-3.75", "218.72"]),
        (Tau2Method::Reml, ["-15.12", "-32.67", "2.43", "685.20"]),
    ] {
        for (ours, theirs) in random(&studies, Measure::Mdp, method).into_iter().zip(theirs) {
            printed(ours, 2, theirs);
        }
    }
}
