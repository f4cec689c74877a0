//! All subsets: against each subset pooled on its own, and what a sample is.

use resorb::{
    analysis::{Gosh, GoshError, GoshEstimator, GoshOptions, Sampling, gosh},
    data::{self, Mapping},
    effect::{Inversion, Measure},
    model::{Fit, I2, Model, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
    study::Studies,
};

const METHODS: [Tau2Method; 13] = [
    Tau2Method::Dl,
    Tau2Method::He,
    Tau2Method::Hs,
    Tau2Method::Hsk,
    Tau2Method::Sj,
    Tau2Method::Pm,
    Tau2Method::Pmm,
    Tau2Method::Ml,
    Tau2Method::Reml,
    Tau2Method::Eb,
    Tau2Method::Dl2,
    Tau2Method::Genq,
    Tau2Method::Genqm,
];

fn lumbar(k: usize) -> Studies {
    let csv = std::fs::read(crate::reference::folder().join("ldh_resorption.csv")).unwrap();
    let studies = data::read(&csv, &Mapping::default()).unwrap().studies;
    let mask: Vec<bool> = (0..studies.k()).map(|i| i < k).collect();
    studies.subset(&mask).unwrap()
}

fn settings(measure: Measure, tau2: Tau2Method, i2: I2) -> Settings {
    let inversion = Inversion::Harmonic;
    let model = Model::TwoStep(TwoStep {
        measure,
        tau2,
        inversion,
        ci: TwoStepCi::Z,
        ..TwoStep::default()
    });
    Settings { model, i2, ..Settings::default() }
}

fn all(studies: &Studies, settings: &Settings, estimator: GoshEstimator) -> Gosh {
    let options = GoshOptions { estimator, ..GoshOptions::default() };
    gosh(studies, settings, &options, &mut |_, _| {}).unwrap()
}

/// Subset `i` pooled on its own.
fn alone(studies: &Studies, settings: &Settings, gosh: &Gosh, i: usize) -> Fit {
    let mask: Vec<bool> = (0..studies.k()).map(|study| gosh.members.contains(i, study)).collect();
    pool(&studies.subset(&mask).unwrap(), settings).unwrap()
}

fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-11 * scale.max(b.abs())
}

/// 1,023 subsets of ten studies, every estimator, against `pool` on each subset.
#[test]
fn every_estimator_against_each_subset_alone() {
    let studies = lumbar(10);
    for method in METHODS {
        let settings = settings(Measure::Plo, method, I2::Tau2);
        let gosh = all(&studies, &settings, GoshEstimator::Random(method));
        assert_eq!(gosh.len(), 1023);
        // GENQM takes eigenvalues: every eleventh subset of it.
        let step = if method == Tau2Method::Genqm { 11 } else { 1 };
        for i in (0..gosh.len()).step_by(step) {
            let fit = alone(&studies, &settings, &gosh, i);
            assert_eq!(gosh.members.size(i), fit.k);
            assert_eq!(gosh.tau2(i).is_none(), fit.k == 1);
            let Some(random) = fit.random else {
                assert_eq!((gosh.tau2(i), gosh.i2(i)), (None, None));
                assert!(close(gosh.yi[i], fit.common.unwrap().yi.unwrap(), 0.0));
                continue;
            };
            let expected = (random.pooled.yi.unwrap(), random.pooled.estimate);
            assert!(close(gosh.yi[i], expected.0, 1.0), "{method:?} {i}");
            assert!(close(gosh.estimate[i], expected.1, 0.0), "{method:?} {i}");
            assert!(
                close(gosh.tau2(i).unwrap(), fit.heterogeneity.tau2.unwrap(), 1e-3),
                "{method:?} {i}"
            );
            assert!(
                close(gosh.i2(i).unwrap(), fit.heterogeneity.i2.unwrap(), 1.0),
                "{method:?} {i}"
            );
        }
    }
}

/// The common effect with its I² from Q, and the double arcsine, whose rates depend on the sizes in the
/// subset.
#[test]
fn common_effect_and_double_arcsine() {
    let studies = lumbar(10);
    let plain = settings(Measure::Plo, Tau2Method::Dl, I2::Q);
    let common = all(&studies, &plain, GoshEstimator::Common);
    let twice = settings(Measure::Pft, Tau2Method::Dl, I2::Q);
    let arcsine = all(&studies, &twice, GoshEstimator::Random(Tau2Method::Dl));
    for i in 0..common.len() {
        let fit = alone(&studies, &plain, &common, i);
        assert!(close(common.estimate[i], fit.common.unwrap().estimate, 0.0));
        if let Some(i2) = fit.heterogeneity.i2_q {
            assert_eq!(common.tau2(i), Some(0.0));
            assert!(close(common.i2(i).unwrap(), i2, 1.0));
        }
        let fit = alone(&studies, &twice, &arcsine, i);
        let expected = fit.random.map_or(fit.common.unwrap(), |random| random.pooled);
        assert!(close(arcsine.estimate[i], expected.estimate, 0.0), "{i}");
    }
}

/// One huge registry: closed forms from sums would lose all digits of Q and of its weights.
#[test]
fn one_huge_study() {
    let rows =
        [("registry", 700_000_000, 1_000_000_000), ("a", 7, 10), ("b", 12, 20), ("c", 22, 30)];
    let studies = Studies::from_counts(rows).unwrap();
    let settings = settings(Measure::Plo, Tau2Method::Dl, I2::Tau2);
    let gosh = all(&studies, &settings, GoshEstimator::Random(Tau2Method::Dl));
    for i in 0..gosh.len() {
        let fit = alone(&studies, &settings, &gosh, i);
        if let Some(tau2) = fit.heterogeneity.tau2 {
            assert!(close(gosh.tau2(i).unwrap(), tau2, 1e-3), "{i}: {:?} {tau2}", gosh.tau2(i));
            assert!(close(gosh.yi[i], fit.random.unwrap().pooled.yi.unwrap(), 1.0), "{i}");
        }
    }
}

fn sample(k: u64, sampling: Sampling, seed: u64) -> Gosh {
    let rows = (0..k).map(|i| (format!("study {i}"), 3 + i % 7, 12 + i % 5));
    let studies = Studies::from_counts(rows).unwrap();
    let options =
        GoshOptions { estimator: GoshEstimator::Common, budget: 20_000, sample: 20_000, sampling };
    let settings = Settings { seed, ..Settings::two_step() };
    gosh(&studies, &settings, &options, &mut |_, _| {}).unwrap()
}

/// 70 studies are two words of members. Subsets equally likely: each study is in half of them, and
/// sizes have mean 35 and variance 17.5. Sizes equally likely: each size from 1 to 70 about as often.
#[test]
fn samples_are_what_they_are_said_to_be() {
    let gosh = sample(70, Sampling::Subsets, 1);
    assert_eq!((gosh.len(), gosh.is_exhaustive(), gosh.seed), (20_000, false, Some(1)));
    let n = gosh.len() as f64;
    for study in 0..70 {
        let share = (0..gosh.len()).filter(|&i| gosh.members.contains(i, study)).count() as f64 / n;
        // Five standard errors of a share of one half.
        assert!((share - 0.5).abs() < 5.0 * (0.25 / n).sqrt(), "study {study}: {share}");
    }
    let sizes: Vec<f64> = (0..gosh.len()).map(|i| gosh.members.size(i) as f64).collect();
    let mean = sizes.iter().sum::<f64>() / n;
    let variance = sizes.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / n;
    assert!((mean - 35.0).abs() < 5.0 * (17.5 / n).sqrt());
    assert!((variance / 17.5 - 1.0).abs() < 5.0 * (2.0 / n).sqrt());

    let gosh = sample(70, Sampling::Sizes, 1);
    let mut counts = [0.0; 71];
    (0..gosh.len()).for_each(|i| counts[gosh.members.size(i)] += 1.0);
    assert_eq!(counts[0], 0.0);
    let expected = n / 70.0;
    let chi2: f64 = counts[1..].iter().map(|c| (c - expected) * (c - expected) / expected).sum();
    // The .9999 quantile of χ²₆₉ is 118.
    assert!(chi2 < 118.0, "{chi2}");
}

/// The seed decides, nothing else; and members go with their results.
#[test]
fn seeds() {
    let (a, b, c) = (
        sample(30, Sampling::Subsets, 1),
        sample(30, Sampling::Subsets, 1),
        sample(30, Sampling::Subsets, 2),
    );
    assert_eq!(a, b);
    assert_ne!(a.yi, c.yi);
    let rows = (0..30).map(|i| (format!("study {i}"), 3 + i % 7, 12 + i % 5));
    let studies = Studies::from_counts(rows).unwrap();
    for i in (0..a.len()).step_by(997) {
        let fit = alone(&studies, &Settings::two_step(), &a, i);
        assert!(close(a.yi[i], fit.common.unwrap().yi.unwrap(), 1.0));
    }
}

/// A study unlike the others parts the clouds, and is named as the one that does.
#[test]
fn an_outlier_parts_the_clouds() {
    let mut rows: Vec<(String, u64, u64)> =
        (0..9).map(|i| (format!("study {i}"), 30 + i, 60 + i)).collect();
    rows.push(("outlier".to_owned(), 3, 90));
    let studies = Studies::from_counts(rows).unwrap();
    let gosh = all(&studies, &Settings::two_step(), GoshEstimator::Random(Tau2Method::Reml));
    let parted = gosh.by_study();
    let most = parted.iter().max_by(|a, b| a.separation.total_cmp(&b.separation)).unwrap();
    assert_eq!(most.study, "outlier");
    assert!(most.separation > 0.99 && most.median_with < most.median_without);
    assert!(most.i2_with > most.i2_without);
    let quantiles = gosh.quantiles();
    assert!(quantiles.estimate.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(quantiles.i2[0], 0.0);
}

#[test]
fn bad_input() {
    let studies = lumbar(10);
    let ask = |studies: &Studies, options: GoshOptions| {
        gosh(studies, &Settings::two_step(), &options, &mut |_, _| {}).unwrap_err()
    };
    let none = GoshOptions { budget: 0, ..GoshOptions::default() };
    assert_eq!(ask(&studies, none), GoshError::NoBudget);
    let nothing = GoshOptions { sample: 0, ..GoshOptions::default() };
    assert!(ask(&studies, nothing).to_string().starts_with("a sample of 0"));
    assert_eq!(ask(&lumbar(1), GoshOptions::default()), GoshError::TooFew { k: 1 });
    let rows = (0..40).map(|i| (format!("study {i}"), 3 + i % 7, 12 + i % 5));
    let many = Studies::from_counts(rows).unwrap();
    let huge = GoshOptions { budget: 1 << 30, sample: 1 << 30, ..GoshOptions::default() };
    assert!(ask(&many, huge).to_string().contains("more than 16777216"));
    let mut heard = Vec::new();
    let few = GoshOptions { budget: 5000, sample: 5000, ..GoshOptions::default() };
    gosh(&many, &Settings::two_step(), &few, &mut |done, total| heard.push((done, total))).unwrap();
    assert_eq!(heard.last(), Some(&(5000, 5000)));
}
