//! The Poisson-normal model of single rates through the same door as everything else.

use proptest::prelude::*;
use resorb::{
    analysis::{
        AlternativeName, Family, Grid, LevelOrder, Method, Unit, leave_one_out, multiverse, pooled,
        subgroups, threshold,
    },
    effect::Measure,
    model::{
        CiMethod, Fit, Level, Model, ModelError, OneStepCi, OneStepFit, PredictionMethod, Settings,
        TestName, TwoStep, pool, tau2_profile,
    },
    study::{Column, Moderator, OutcomeKind, Outcomes, PersonTime, Studies},
};

fn studies(rows: &[(u64, f64)]) -> Studies {
    let rates = rows.iter().map(|&(x, t)| PersonTime::new(x, t).unwrap()).collect();
    let labels = (1..=rows.len()).map(|i| format!("study {i}")).collect();
    let lines = (2..).take(rows.len()).collect();
    Studies::new(labels, lines, Outcomes::Rates(rates), Vec::new()).unwrap()
}

/// A group of the studies of Niël-Weise 2008.
fn catheters(group: u8) -> Vec<(u64, f64)> {
    let column = |name: &str| crate::reference::column("nielweise2008", &format!("{name}{group}"));
    let (events, times) = (column("events"), column("time"));
    events.iter().zip(&times).map(|(x, t)| (x.parse().unwrap(), t.parse().unwrap())).collect()
}

fn by(ci: OneStepCi, prediction: PredictionMethod) -> Settings {
    Settings { model: Model::RateGlmm { ci }, prediction, ..Settings::default() }
}

fn fit(rows: &[(u64, f64)], ci: OneStepCi) -> Fit {
    pool(&studies(rows), &by(ci, PredictionMethod::T)).unwrap()
}

fn near(ours: f64, theirs: f64, tolerance: f64) {
    assert!((ours - theirs).abs() < tolerance * theirs.abs(), "{ours} for {theirs}");
}

/// R's metafor 3.8-1, `rma.glmm(measure = "IRLN", xi, ti, test = "t", nAGQ = 15)`: estimate, interval,
/// tests of heterogeneity. Its standard error comes from a differenced likelihood. The second group's
/// estimate is what Stijnen, Hamza and Özdemir 2010 print for 1000 days (1.4007, .2310). Its
/// log-likelihood leaves constants out; ours is held in `two_groups/one_step.rs`.
#[test]
fn as_metafor() {
    let theirs = [
        [
            -6.058_343_481_4,
            0.330_241_685_6,
            0.654_164_516_9,
            -6.819_882_174_1,
            -5.296_804_788_6,
            44.487_795_674_1,
            25.427_027_416_9,
            -8.072_930_893_5,
            -4.043_756_069_2,
        ],
        [
            -5.507_062_564_4,
            0.231_015_557_7,
            0.316_531_112_4,
            -6.039_785_395_8,
            -4.974_339_733_0,
            38.329_701_414_6,
            36.383_877_771_2,
            -6.909_559_227_6,
            -4.104_565_901_2,
        ],
    ];
    for (group, theirs) in [1, 2].into_iter().zip(theirs) {
        let fit = fit(&catheters(group), OneStepCi::T);
        let [yi, se, tau2, lower, upper, lrt, wald, new_lower, new_upper] = theirs;
        let pooled = fit.random.unwrap().pooled;
        near(pooled.yi.unwrap(), yi, 1e-5);
        near(pooled.se.unwrap(), se, 1e-3);
        near(pooled.yi_lower.unwrap(), lower, 1e-4);
        near(pooled.yi_upper.unwrap(), upper, 1e-4);
        assert_eq!((pooled.estimate, pooled.df), (pooled.yi.unwrap().exp(), Some(8.0)));
        let found = &fit.heterogeneity;
        near(found.tau2.unwrap(), tau2, 1e-3);
        let test = |name| found.tests.iter().find(|test| test.name == name).unwrap();
        near(test(TestName::Lrt).statistic, lrt, 1e-7);
        // Theirs comes from an iterated saturated model.
        near(test(TestName::Wald).statistic, wald, 1e-6);
        assert_eq!((found.q, found.df), (Some(test(TestName::Lrt).statistic), Some(8.0)));
        assert!(test(TestName::LrtTau2).p_value < 0.01);
        let prediction = fit.prediction.unwrap();
        near(prediction.yi_lower.unwrap(), new_lower, 1e-3);
        near(prediction.yi_upper.unwrap(), new_upper, 1e-3);
        assert!(fit.diagnostics.converged);
    }
}

/// A common rate is all events over all time, with `1/√x` on the log scale.
#[test]
fn one_common_rate() {
    let rows = catheters(2);
    let (events, time) = rows.iter().fold((0.0, 0.0), |(x, t), row| (x + row.0 as f64, t + row.1));
    let common = fit(&rows, OneStepCi::T).common.unwrap();
    near(common.estimate, events / time, 1e-12);
    near(common.se.unwrap(), events.sqrt().recip(), 1e-12);
}

#[test]
fn intervals() {
    let rows = catheters(2);
    let [z, t, pl, bootstrap] =
        [OneStepCi::Z, OneStepCi::T, OneStepCi::Pl, OneStepCi::Bootstrap].map(|ci| fit(&rows, ci));
    let limits = |fit: &Fit| {
        let pooled = fit.random.unwrap().pooled;
        (pooled.yi_lower.unwrap(), pooled.yi_upper.unwrap())
    };
    assert!(limits(&t).0 < limits(&z).0 && limits(&z).1 < limits(&t).1);
    let groups: Vec<PersonTime> =
        rows.iter().map(|&(x, time)| PersonTime::new(x, time).unwrap()).collect();
    let model = OneStepFit::single_rates(&groups).unwrap();
    let (lower, upper) = limits(&pl);
    for limit in [lower, upper] {
        let lost = model.log_likelihood() - model.profile_mu(limit);
        assert!((lost - 1.920_729_410_347_062).abs() < 1e-6, "{lost}");
    }
    assert_eq!(bootstrap.random.unwrap().pooled.method, CiMethod::Bootstrap);
    let (lower, upper) = limits(&bootstrap);
    assert!((lower - limits(&z).0).abs() < 0.1 && (upper - limits(&z).1).abs() < 0.1);
    assert_eq!(limits(&fit(&rows, OneStepCi::Bootstrap)), (lower, upper));
    let new = pool(&studies(&rows), &by(OneStepCi::T, PredictionMethod::Bootstrap)).unwrap();
    let (new, usual) = (new.prediction.unwrap(), t.prediction.unwrap());
    assert_eq!(new.method, PredictionMethod::Bootstrap);
    assert!(new.lower > usual.lower && new.upper < usual.upper && new.upper > 2.0 * new.lower);
}

/// Without an event: the rate at which that has probability .025, and nothing else.
#[test]
fn no_event() {
    let fit = fit(&[(0, 30.0), (0, 50.0), (0, 20.0)], OneStepCi::T);
    let pooled = fit.random.unwrap().pooled;
    assert_eq!((pooled.estimate, pooled.ci_lower), (0.0, Some(0.0)));
    near((-100.0 * pooled.ci_upper.unwrap()).exp(), 0.025, 1e-12);
    assert!(fit.heterogeneity.tau2.is_none() && fit.prediction.is_none());
    let notes: Vec<String> = fit.diagnostics.warnings.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.contains("hides any heterogeneity")), "{notes:?}");
}

#[test]
fn one_study_and_other_data() {
    let one = fit(&[(4, 30.0)], OneStepCi::T);
    assert!(one.random.is_none());
    near(one.common.unwrap().yi.unwrap(), (4.0_f64 / 30.0).ln(), 1e-12);
    let counts = Studies::from_counts([("A", 3, 9), ("B", 4, 11)]).unwrap();
    let error = pool(&counts, &by(OneStepCi::T, PredictionMethod::T)).unwrap_err();
    assert!(matches!(error, ModelError::NeedsRates { .. }), "{error}");
    let rows = studies(&[(4, 30.0), (2, 9.0), (3, 8.0)]);
    let error = pool(&rows, &by(OneStepCi::T, PredictionMethod::Hk)).unwrap_err();
    assert!(matches!(error, ModelError::PredictionNeeds { .. }), "{error}");
}

/// Sensitivity, subgroups, the profile and the multiverse take the same fits.
#[test]
fn built_on_the_same_fits() {
    let rows = catheters(2);
    let plain = studies(&rows);
    let text = |i: usize| Some(if i.is_multiple_of(2) { "early" } else { "late" }.into());
    let column = Column::Text((0..rows.len()).map(text).collect());
    let moderators = vec![Moderator { name: "half".to_owned(), column }];
    let (labels, lines) = (plain.labels().to_vec(), plain.rows().to_vec());
    let studies = Studies::new(labels, lines, plain.outcomes().clone(), moderators).unwrap();
    let settings = by(OneStepCi::T, PredictionMethod::T);
    let whole = pool(&studies, &settings).unwrap();
    let parts = leave_one_out(&studies, &settings, Unit::Row).unwrap();
    assert!(parts.iter().all(|part| part.fit.k == 8 && part.fit.random.is_some()));
    let groups = subgroups(&studies, &["half"], &LevelOrder::Data, &settings).unwrap();
    assert!(groups.between.random.is_some());
    let profile = tau2_profile(&studies, &settings, 20).unwrap();
    assert_eq!(Some(profile.estimate), whole.heterogeneity.tau2);
    let above = threshold(&whole, whole.random.unwrap().pooled.estimate).unwrap();
    near(above.probability.unwrap(), 0.5, 1e-9);
    let grid = Grid { models: vec![Family::Glmm], ..Grid::of(OutcomeKind::Rates) };
    let all = multiverse(&studies, &grid, Level::default(), &mut |_, _| {}).unwrap();
    assert!(all.outcomes.len() == 9 && all.failed.is_empty());
    for outcome in &all.outcomes {
        assert!(matches!(outcome.method, Method::RateGlmm { .. }));
        let same = pool(&studies, &outcome.method.settings(Level::default()).unwrap()).unwrap();
        let pooled = same.random.unwrap().pooled;
        near(outcome.estimate, pooled.estimate, 1e-12);
        near(outcome.ci_lower, pooled.ci_lower.unwrap(), 1e-9);
        near(outcome.prediction.unwrap()[1], same.prediction.unwrap().upper, 1e-12);
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(16))]

    /// Another unit of time divides the rates and moves nothing else; the order of rows moves nothing.
    #[test]
    fn units_of_time(rows in prop::collection::vec((0_u64..40, 1.0_f64..500.0), 2..7)) {
        prop_assume!(rows.iter().any(|row| row.0 > 0));
        let days: Vec<_> = rows.iter().rev().map(|&(x, t)| (x, 365.0 * t)).collect();
        let (years, days) = (fit(&rows, OneStepCi::T), fit(&days, OneStepCi::T));
        prop_assert!(years.diagnostics.converged);
        let (a, b) = (years.random.unwrap().pooled, days.random.unwrap().pooled);
        prop_assert!((a.yi.unwrap() - b.yi.unwrap() - 365_f64.ln()).abs() < 1e-6);
        prop_assert!((a.se.unwrap() - b.se.unwrap()).abs() < 1e-5 * a.se.unwrap());
        let [a, b] = [&years, &days].map(|fit| fit.heterogeneity.tau2.unwrap());
        prop_assert!((a - b).abs() < 1e-5 * (1.0 + a), "{a} {b}");
    }
}

/// Beside a two-step result stands the Poisson-normal one; beside that one it does not stand again.
#[test]
fn among_the_other_methods() {
    let studies = studies(&catheters(1));
    let names = |settings: &Settings| {
        let answer = pooled(&studies, settings, true).unwrap();
        answer.alternatives.into_iter().map(|other| (other.name, other.fit)).collect::<Vec<_>>()
    };
    let two_step = TwoStep { measure: Measure::Irln, ..TwoStep::default() };
    let beside = names(&Settings { model: Model::TwoStep(two_step), ..Settings::default() });
    assert_eq!(beside.len(), AlternativeName::OF_RATES.len());
    let (name, glmm) = &beside[0];
    assert_eq!(*name, AlternativeName::Glmm);
    let own = fit(&catheters(1), OneStepCi::T);
    assert_eq!(glmm.as_ref().unwrap().random, own.random);
    let beside = names(&by(OneStepCi::T, PredictionMethod::T));
    assert!(beside.len() == 3 && beside.iter().all(|(name, _)| *name != AlternativeName::Glmm));
}
