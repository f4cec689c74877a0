//! Two groups through the same door as everything else: `pool`, and what is built on it.

use resorb::{
    analysis::{LevelOrder, Unit, leave_one_out, subgroups},
    effect::{Correction, Measure},
    model::{
        Fit, Model, ModelError, NoFit, OneStepCi, PredictionMethod, Settings, TestName,
        TwoGroupKind, odds_ratio, peto, pool,
    },
    study::{Column, Moderator, Outcomes, Studies},
};

use super::{counted, tables, timed};

const MH: Model = Model::MantelHaenszel {
    measure: Measure::Or,
    correction: Correction { add: 0.5, to: resorb::effect::CorrectionRule::Only0 },
};

fn exact() -> Model {
    Model::TwoGroupGlmm { kind: TwoGroupKind::CmEl, ci: OneStepCi::T }
}

fn by(model: Model) -> Settings {
    Settings { model, ..Settings::default() }
}

fn studies(outcomes: Outcomes) -> Studies {
    let k = outcomes.len();
    let labels = (1..=k).map(|i| format!("study {i}")).collect();
    Studies::new(labels, (2..).take(k).collect(), outcomes, Vec::new()).unwrap()
}

fn many_zeros() -> Studies {
    studies(Outcomes::TwoProportions(counted("nielweise2007_two_group")))
}

fn fit(model: Model) -> Fit {
    pool(&many_zeros(), &by(model)).unwrap()
}

#[test]
fn the_functions_behind_the_door() {
    let tables = counted("nielweise2007_two_group");
    let common = fit(MH).common.unwrap();
    assert_eq!(common.yi, Some(odds_ratio(&tables).unwrap().yi));
    assert!((common.estimate - common.yi.unwrap().exp()).abs() < 1e-15);
    let common = fit(Model::Peto).common.unwrap();
    assert_eq!(common.yi, Some(peto(&tables).unwrap().pooled.yi));
    let random = fit(exact()).random.unwrap();
    assert!((random.pooled.estimate - random.pooled.yi.unwrap().exp()).abs() < 1e-15);
}

/// A study without events is named and does not count; a risk difference keeps it.
#[test]
fn who_drops_out() {
    for model in [MH, Model::Peto, exact()] {
        let fit = fit(model);
        assert_eq!((fit.k, fit.studies.len()), (17, 17));
        let note = fit.diagnostics.warnings[0].to_string();
        assert_eq!(
            note,
            "Left out for no events (or nothing but events) in both groups: study 15; it says nothing about the ratio."
        );
    }
    let correction = Correction::default();
    let difference = fit(Model::MantelHaenszel { measure: Measure::Rd, correction });
    assert_eq!(difference.k, 18);
    assert_eq!(difference.heterogeneity.df, Some(16.0));
}

#[test]
fn common_effects_predict_nothing() {
    for model in [MH, Model::Peto] {
        let fit = fit(model);
        assert!(fit.random.is_none() && fit.prediction.is_none());
        assert!(fit.heterogeneity.tau2.is_none() && fit.heterogeneity.i2_q.is_some());
        assert_eq!(fit.settings.prediction, PredictionMethod::None);
        assert!(fit.studies.iter().all(|row| row.weight_random.is_none()));
        let weights: f64 = fit.studies.iter().filter_map(|row| row.weight_common).sum();
        assert!((weights - 100.0).abs() < 1e-9);
    }
    let names: Vec<TestName> = fit(MH).heterogeneity.tests.iter().map(|test| test.name).collect();
    assert_eq!(names, [TestName::Q, TestName::BreslowDay, TestName::Tarone, TestName::Cmh]);
}

#[test]
fn one_step_fits_are_whole() {
    for kind in TwoGroupKind::ALL {
        let fit = fit(Model::TwoGroupGlmm { kind, ci: OneStepCi::T });
        let random = fit.random.unwrap();
        assert_eq!(random.pooled.df, Some(16.0));
        assert!(fit.common.is_some() && fit.heterogeneity.i2.is_some());
        let prediction = fit.prediction.unwrap();
        assert!(prediction.lower < random.pooled.ci_lower.unwrap());
        let weights: f64 = fit.studies.iter().filter_map(|row| row.weight_random).sum();
        assert!((weights - 100.0).abs() < 1e-9);
        let json = serde_json::to_value(&fit).unwrap();
        assert_eq!(json["settings"]["kind"], kind.term());
        let back: Settings = serde_json::from_value(json["settings"].clone()).unwrap();
        assert_eq!(back, fit.settings);
    }
    let by_likelihood = fit(Model::TwoGroupGlmm { kind: TwoGroupKind::CmEl, ci: OneStepCi::Pl });
    let (wald, profile) =
        (fit(exact()).random.unwrap().pooled, by_likelihood.random.unwrap().pooled);
    assert!((wald.ci_lower.unwrap() - profile.ci_lower.unwrap()).abs() < 0.1);
}

#[test]
fn rates_of_two_groups() {
    let studies = studies(Outcomes::TwoRates(timed("nielweise2008")));
    let correction = Correction::default();
    let mh = Model::MantelHaenszel { measure: Measure::Irr, correction };
    let pooled = pool(&studies, &by(mh)).unwrap();
    assert!((pooled.common.unwrap().yi.unwrap() + 0.415_175_233_492_276).abs() < 1e-12);
    // metafor 3.8-1: Q of Mantel and Haenszel's rate ratio and rate difference.
    assert!((pooled.heterogeneity.q.unwrap() - 9.865_202_446_462_22).abs() < 1e-9);
    let mh = Model::MantelHaenszel { measure: Measure::Ird, correction };
    let pooled = pool(&studies, &by(mh)).unwrap();
    assert!((pooled.heterogeneity.q.unwrap() - 7.953_188_277_835_82).abs() < 1e-9);
    assert!(pool(&studies, &by(exact())).unwrap().random.is_some());
}

#[test]
fn what_cannot_be_done_says_why() {
    let counts = many_zeros();
    let rates = studies(Outcomes::TwoRates(timed("nielweise2008")));
    let single = Studies::from_counts([("A", 3, 9), ("B", 4, 11)]).unwrap();
    let error = |studies: &Studies, model| pool(studies, &by(model)).unwrap_err();
    assert!(matches!(error(&single, MH), ModelError::NeedsTwoGroups { .. }));
    assert!(matches!(error(&single, exact()), ModelError::NeedsTwoGroups { .. }));
    assert!(matches!(error(&rates, Model::Peto), ModelError::NeedsTwoGroups { .. }));
    assert!(matches!(error(&rates, MH), ModelError::NoStrata { .. }));
    let approximate = Model::TwoGroupGlmm { kind: TwoGroupKind::CmAl, ci: OneStepCi::T };
    assert_eq!(error(&rates, approximate), ModelError::OneStep(NoFit::NotForRates));
    let resampled = Model::TwoGroupGlmm { kind: TwoGroupKind::CmEl, ci: OneStepCi::Bootstrap };
    assert!(matches!(error(&counts, resampled), ModelError::NoBootstrap { .. }));
    let none = studies(Outcomes::TwoProportions(tables(&[(0, 9, 0, 8), (0, 5, 0, 7)])));
    for model in [MH, Model::Peto, exact()] {
        assert_eq!(error(&none, model), ModelError::OneStep(NoFit::NothingToCompare));
    }
    let huge = studies(Outcomes::TwoProportions(tables(&[
        (1 << 50, 1 << 51, 1 << 50, 1 << 51),
        (3, 9, 4, 9),
    ])));
    assert_eq!(error(&huge, exact()), ModelError::OneStep(NoFit::TooManyEvents));
}

/// Events in one group only: no number, and a sentence.
#[test]
fn one_sided() {
    let studies = studies(Outcomes::TwoProportions(tables(&[(3, 9, 0, 8), (2, 5, 0, 7)])));
    for model in [MH, exact()] {
        let fit = pool(&studies, &by(model)).unwrap();
        assert!(fit.common.is_none() && fit.random.is_none());
        assert!(fit.diagnostics.warnings.iter().any(|note| note.to_string().contains("Peto")));
    }
    assert!(pool(&studies, &by(Model::Peto)).unwrap().common.is_some());
    let one = studies.subset(&[true, false]).unwrap();
    assert!(pool(&one, &by(exact())).unwrap().common.is_some());
}

/// Sensitivity and subgroups take the same fits.
#[test]
fn built_on_the_same_fits() {
    let outcomes = Outcomes::TwoProportions(counted("bcg"));
    let groups = crate::reference::column("bcg", "group");
    let column = Column::Text(groups.iter().map(|g| Some(g.as_str().into())).collect());
    let moderators = vec![Moderator { name: "group".to_owned(), column }];
    let labels = crate::reference::column("bcg", "study");
    let studies = Studies::new(labels, (2..15).collect(), outcomes, moderators).unwrap();
    for model in [MH, Model::Peto, exact()] {
        let settings = by(model);
        let parts = leave_one_out(&studies, &settings, Unit::Row).unwrap();
        assert_eq!(parts.len(), 13);
        assert!(parts.iter().all(|part| part.fit.common.is_some() && part.fit.k == 12));
        let groups = subgroups(&studies, &["group"], &LevelOrder::Data, &settings).unwrap();
        assert_eq!(groups.groups.len(), 3);
        let between = groups.between;
        assert_eq!(between.common.unwrap().df, 2.0);
        assert_eq!(between.random.is_some(), matches!(model, Model::TwoGroupGlmm { .. }));
    }
}
