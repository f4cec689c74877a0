//! Influence, Baujat, thresholds and the bootstrap: identities, one-step models, seeds.

use resorb::{
    analysis::{
        Quantity, Resampling, SensitivityError, Unit, baujat, bootstrap, influence, leave_one_out,
        threshold,
    },
    model::{Model, OneStepCi, PredictionMethod, Settings, pool},
    study::Studies,
};

/// Nine studies around one half and one far below.
fn one_outlier() -> Studies {
    let rows = (0..9).map(|i| (format!("study {i}"), 30 + i, 60 + 2 * i));
    Studies::from_counts(rows.chain([("outlier".to_owned(), 4, 90)])).unwrap()
}

fn models() -> [Settings; 3] {
    let beta_binomial = Model::BetaBinomial { ci: OneStepCi::T };
    [
        Settings::two_step(),
        Settings::default(),
        Settings { model: beta_binomial, ..Settings::default() },
    ]
}

/// The study that is unlike the others is marked by every model, and by its residual alone of all.
#[test]
fn every_model_finds_the_outlier() {
    let studies = one_outlier();
    for settings in models() {
        let fit = pool(&studies, &settings).unwrap();
        let rows = influence(&fit, &leave_one_out(&studies, &settings, Unit::Row).unwrap());
        for row in &rows {
            assert_eq!(row.outlier, row.study == "outlier", "{settings:?} {row:?}");
        }
        let last = rows.last().unwrap();
        // It pulls the result down, and without it the result is more precise.
        assert!(last.dffits.unwrap() < 0.0 && last.dfbetas.unwrap() < 0.0);
        assert!(last.cov_ratio.unwrap() < 1.0 && last.outside && !last.flags.is_empty());
        let weights: f64 = rows.iter().map(|row| row.hat.unwrap()).sum();
        assert!((weights - 1.0).abs() < 1e-12);
        let one_step = matches!(settings.model, Model::BetaBinomial { .. });
        assert_eq!((last.tau2_deleted.is_none(), last.rho_deleted.is_some()), (one_step, one_step));
    }
}

/// The parts of the Baujat plot add up to Cochran's Q.
#[test]
fn baujat_parts_add_up() {
    let (studies, settings) = (one_outlier(), Settings::two_step());
    let fit = pool(&studies, &settings).unwrap();
    let points = baujat(&fit, &leave_one_out(&studies, &settings, Unit::Row).unwrap());
    let total: f64 = points.iter().map(|point| point.x).sum();
    assert!((total / fit.heterogeneity.q.unwrap() - 1.0).abs() < 1e-12);
    assert!(points.last().unwrap().y > points[0].y);
}

/// At the limits of a 95 % prediction interval the chance is 2.5 % and 97.5 %.
#[test]
fn thresholds_at_prediction_limits() {
    let studies = one_outlier();
    for model in [Settings::two_step(), Settings::default()] {
        for prediction in [PredictionMethod::T, PredictionMethod::Hts, PredictionMethod::Normal] {
            let fit = pool(&studies, &Settings { prediction, ..model }).unwrap();
            let limits = fit.prediction.unwrap();
            let above = |c| threshold(&fit, c).unwrap().probability.unwrap();
            assert!((above(limits.upper) - 0.025).abs() < 1e-9, "{prediction:?}");
            assert!((above(limits.lower) - 0.975).abs() < 1e-9, "{prediction:?}");
            let middle = threshold(&fit, fit.random.unwrap().pooled.estimate).unwrap();
            assert!((middle.probability.unwrap() - 0.5).abs() < 1e-9);
            assert!((middle.expected_share.unwrap() - 0.5).abs() < 1e-9);
        }
    }
    let fit = pool(&studies, &models()[2]).unwrap();
    let share = threshold(&fit, fit.random.unwrap().median.unwrap()).unwrap().expected_share;
    assert!((share.unwrap() - 0.5).abs() < 1e-9, "the median of the beta distribution");
    for c in [0.0, 1.0, 1.5, -0.1, f64::NAN] {
        assert!(threshold(&fit, c).is_err(), "{c}");
    }
}

/// The seed decides and nothing else, every model has an interval, and the value lies in it.
#[test]
fn bootstraps() {
    let studies = one_outlier();
    for settings in models() {
        for resampling in [Resampling::Parametric, Resampling::Studies] {
            let ask =
                |seed| bootstrap(&studies, &Settings { seed, ..settings }, resampling, 60).unwrap();
            let (first, again, other) = (ask(1), ask(1), ask(2));
            assert_eq!(first, again);
            assert_ne!(first.intervals, other.intervals);
            assert_eq!(first.failed, 0);
            let rate = first.intervals[0];
            assert_eq!((rate.quantity, rate.resamples), (Quantity::Estimate, 60));
            let value = rate.estimate.unwrap();
            assert!(rate.lower < value && value < rate.upper, "{rate:?}");
        }
    }
    let none = bootstrap(&studies, &Settings::two_step(), Resampling::Studies, 0);
    assert_eq!(none, Err(SensitivityError::NoResamples));
}

/// Studies that are all alike stay so however they are drawn.
#[test]
fn resampling_equal_studies_changes_nothing() {
    let studies = Studies::from_counts((0..6).map(|i| (format!("study {i}"), 10, 20))).unwrap();
    let answer = bootstrap(&studies, &Settings::two_step(), Resampling::Studies, 20).unwrap();
    let rate = answer.intervals[0];
    assert!((rate.lower - 0.5).abs() < 1e-12 && (rate.upper - 0.5).abs() < 1e-12);
}
