//! How long sensitivity analyses take: all subsets of the 15 lumbar studies, leave-one-out of a GLMM.
//!
//! `cargo bench --no-default-features --features parallel --bench sensitivity`
//!
//! Memory: all 2²² − 1 subsets of 22 studies with their quantiles and separations take at most 167 MB by DL
//! and 171 MB by REML (`/usr/bin/time -v`, maximum resident set of a release build, two threads).
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use resorb::{
    analysis::{
        GoshEstimator, GoshOptions, Unit, gosh, leave_one_out,
        small_study::{BiasOptions, bias},
    },
    data::{self, Mapping},
    model::{Settings, Tau2Method},
    study::Studies,
};

fn main() {
    divan::main();
}

/// The bundled lumbar data: 15 studies, 32,767 subsets.
fn lumbar() -> Studies {
    let csv = include_bytes!("../datasets/ldh_resorption.csv");
    let studies = data::read(csv, &Mapping::default()).unwrap().studies;
    assert_eq!(studies.k(), 15);
    studies
}

fn subsets(bencher: Bencher<'_, '_>, estimator: GoshEstimator) {
    let studies = lumbar();
    let options = GoshOptions { estimator, ..GoshOptions::default() };
    bencher.bench(|| {
        let gosh = gosh(&studies, &Settings::two_step(), &options, &mut |_, _| {}).unwrap();
        assert_eq!(gosh.len(), 32_767);
        gosh
    });
}

/// At most 150 ms on two cores.
#[divan::bench]
fn gosh_reml(bencher: Bencher<'_, '_>) {
    subsets(bencher, GoshEstimator::Random(Tau2Method::Reml));
}

/// At most 15 ms on two cores.
#[divan::bench]
fn gosh_dl(bencher: Bencher<'_, '_>) {
    subsets(bencher, GoshEstimator::Random(Tau2Method::Dl));
}

#[divan::bench]
fn gosh_common(bencher: Bencher<'_, '_>) {
    subsets(bencher, GoshEstimator::Common);
}

/// Medians and separations of all studies.
#[divan::bench]
fn gosh_by_study(bencher: Bencher<'_, '_>) {
    let options = GoshOptions::default();
    let gosh = gosh(&lumbar(), &Settings::two_step(), &options, &mut |_, _| {}).unwrap();
    bencher.bench(|| gosh.by_study());
}

/// At most 20 ms: 15 fits of the binomial-normal model with all their intervals.
#[divan::bench]
fn leave_one_out_glmm(bencher: Bencher<'_, '_>) {
    let studies = lumbar();
    bencher.bench(|| leave_one_out(&studies, &Settings::default(), Unit::Row).unwrap());
}

/// Tests, trim and fill, Copas and selection models.
#[divan::bench(sample_count = 10)]
fn bias_everything(bencher: Bencher<'_, '_>) {
    let studies = lumbar();
    let options = BiasOptions { null: Some(0.5), ..BiasOptions::default() };
    bencher.bench(|| bias(&studies, &Settings::two_step(), &options).unwrap());
}
