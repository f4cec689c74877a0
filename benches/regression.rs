//! How long regressions take: `cargo bench --no-default-features --bench regression`; and whether a
//! permutation test of pure noise is uniform: `… --bench regression -- --test` runs each once and checks it.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot run should stop")]

use divan::{Bencher, black_box};
use resorb::{
    effect::Measure,
    model::{Model, Regression, Settings, TwoStep, TwoStepCi, regress},
    numeric::rng::Rng,
    study::{Column, Effect, Moderator, Outcomes, Studies},
};

fn main() {
    uniform();
    divan::main();
}

/// The BCG trials (Colditz et al. 1994): log odds ratios and latitude.
const BCG: [(f64, f64, f64); 13] = [
    (-0.938_7, 0.357_1, 44.0),
    (-1.666_2, 0.208_1, 55.0),
    (-1.386_3, 0.433_4, 42.0),
    (-1.456_4, 0.020_3, 52.0),
    (-0.219_1, 0.052_0, 13.0),
    (-0.958_1, 0.009_9, 44.0),
    (-1.633_8, 0.227_0, 19.0),
    (0.012_0, 0.004_0, 13.0),
    (-0.471_7, 0.057_0, 27.0),
    (-1.401_2, 0.075_4, 42.0),
    (-0.340_8, 0.012_5, 18.0),
    (0.446_6, 0.534_2, 33.0),
    (-0.017_3, 0.071_6, 33.0),
];

fn studies(effects: impl Iterator<Item = (f64, f64, f64)>) -> Studies {
    let (mut found, mut x) = (Vec::new(), Vec::new());
    for (yi, vi, moderator) in effects {
        found.push(Effect::new(yi, vi).unwrap());
        x.push(Some(moderator));
    }
    let k = found.len();
    Studies::new(
        (0..k).map(|i| format!("study {i}")).collect(),
        (2..).take(k).collect(),
        Outcomes::Generic(found),
        vec![Moderator { name: "x".into(), column: Column::Number(x) }],
    )
    .unwrap()
}

fn fit(studies: &Studies, seed: u64) -> Regression {
    let choices = TwoStep { measure: Measure::Gen, ci: TwoStepCi::Hk, ..TwoStep::default() };
    let settings = Settings { model: Model::TwoStep(choices), seed, ..Settings::default() };
    regress(studies, &"x".parse().unwrap(), &[], &settings).unwrap()
}

/// The p values of 400 regressions on noise are uniform: the Kolmogorov–Smirnov statistic has its 0.1 %
/// point at 1.95/√400. Effects of variance 1 + τ², a moderator that has nothing to do with them.
fn uniform() {
    const RUNS: u64 = 400;
    let mut p: Vec<f64> = (0..RUNS)
        .map(|run| {
            let mut rng = Rng::stream(2024, run);
            let noise = (0..10).map(|i| {
                let vi = 0.1 + 0.1 * f64::from(i);
                (rng.normal() * (vi + 0.5).sqrt(), vi, rng.normal())
            });
            let studies = studies(noise.collect::<Vec<_>>().into_iter());
            fit(&studies, run).permute(199).unwrap().permutation.unwrap().coefficients[1]
        })
        .collect();
    p.sort_by(f64::total_cmp);
    let n = p.len() as f64;
    // A sampled p value is a multiple of 1/200: half a step of slack.
    let gap = |(i, p): (usize, &f64)| ((i as f64 + 0.5) / n - p).abs() - 0.5 / n - 0.5 / 200.0;
    let distance = p.iter().enumerate().map(gap).fold(0.0, f64::max);
    assert!(distance < 1.95 / n.sqrt(), "not uniform: {distance}");
}

#[divan::bench]
fn permutations_1000_of_13_studies(bencher: Bencher<'_, '_>) {
    let fit = fit(&studies(BCG.into_iter()), 1);
    bencher.bench_local(|| black_box(fit.clone()).permute(1000));
}

#[divan::bench]
fn reml_regression_13_studies(bencher: Bencher<'_, '_>) {
    let studies = studies(BCG.into_iter());
    bencher.bench_local(|| fit(black_box(&studies), 1));
}

#[divan::bench]
fn glmm_regression_13_studies(bencher: Bencher<'_, '_>) {
    let csv = include_bytes!("../datasets/ldh_resorption_by_type.csv");
    let table = resorb::data::read(csv, &resorb::data::Mapping::default()).unwrap();
    let formula = "herniation_type".parse().unwrap();
    bencher.bench_local(|| regress(black_box(&table.studies), &formula, &[], &Settings::default()));
}
