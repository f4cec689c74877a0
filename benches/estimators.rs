//! How long the models take: `cargo bench --no-default-features --bench estimators`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot run should stop")]

use divan::{Bencher, black_box};
use resorb::{
    effect::{Correction, Effects, Measure},
    model::{Model, OneStepCi, Settings, Tau2Method, TwoStep, pool},
    study::Studies,
};

fn main() {
    divan::main();
}

const TAU2: [Tau2Method; 13] = [
    Tau2Method::Dl,
    Tau2Method::Dl2,
    Tau2Method::He,
    Tau2Method::Hs,
    Tau2Method::Hsk,
    Tau2Method::Sj,
    Tau2Method::Pm,
    Tau2Method::Pmm,
    Tau2Method::Eb,
    Tau2Method::Ml,
    Tau2Method::Reml,
    Tau2Method::Genq,
    Tau2Method::Genqm,
];

/// Pritz 1997: 14 studies, 246 of 326.
fn pritz() -> Studies {
    read(include_bytes!("../tests/reference/pritz1997.csv"))
}

/// The bundled lumbar data: 15 studies, 926 of 1322.
fn lumbar() -> Studies {
    read(include_bytes!("../datasets/ldh_resorption.csv"))
}

fn read(bytes: &[u8]) -> Studies {
    resorb::data::read(bytes, &resorb::data::Mapping::default()).unwrap().studies
}

/// `k` studies of 20 to 119 patients with rates from 20 % to 80 %.
fn many(k: u64) -> Studies {
    let study = |i: u64| {
        let total = 20 + i * 37 % 100;
        (format!("Study {i}"), total * (20 + i * 29 % 61) / 100, total)
    };
    Studies::from_counts((0..k).map(study)).unwrap()
}

fn two_step(tau2: Tau2Method) -> Settings {
    Settings {
        model: Model::TwoStep(TwoStep { tau2, ..TwoStep::default() }),
        ..Settings::default()
    }
}

#[divan::bench(args = TAU2)]
fn tau2_14_studies(bencher: Bencher<'_, '_>, method: Tau2Method) {
    let effects: Effects = Measure::Plo.effects(&pritz(), Correction::default()).unwrap();
    bencher.bench_local(|| method.estimate(black_box(&effects)));
}

#[divan::bench(args = [Tau2Method::Dl, Tau2Method::Reml])]
fn two_step_15_studies(bencher: Bencher<'_, '_>, method: Tau2Method) {
    let (studies, settings) = (lumbar(), two_step(method));
    bencher.bench_local(|| pool(black_box(&studies), &settings));
}

#[divan::bench(args = [Tau2Method::Dl, Tau2Method::Reml])]
fn two_step_5000_studies(bencher: Bencher<'_, '_>, method: Tau2Method) {
    let (studies, settings) = (many(5000), two_step(method));
    bencher.bench_local(|| pool(black_box(&studies), &settings));
}

#[divan::bench]
fn glmm_14_studies(bencher: Bencher<'_, '_>) {
    let (studies, settings) = (pritz(), Settings::default());
    bencher.bench_local(|| pool(black_box(&studies), &settings));
}

#[divan::bench]
fn glmm_200_studies(bencher: Bencher<'_, '_>) {
    let (studies, settings) = (many(200), Settings::default());
    bencher.bench_local(|| pool(black_box(&studies), &settings));
}

#[divan::bench]
fn beta_binomial_14_studies(bencher: Bencher<'_, '_>) {
    let model = Model::BetaBinomial { ci: OneStepCi::default() };
    let (studies, settings) = (pritz(), Settings { model, ..Settings::default() });
    bencher.bench_local(|| pool(black_box(&studies), &settings));
}
