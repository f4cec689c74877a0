//! How long it takes from bytes to a result: `cargo bench --no-default-features --bench reading`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot run should stop")]

use std::io::Write;

use divan::{Bencher, black_box};
use resorb::{
    analysis::pooled,
    data::{Mapping, read},
    model::{Model, Settings, Tau2Method, TwoStep, pool},
};

fn main() {
    divan::main();
}

const LUMBAR: &[u8] = include_bytes!("../datasets/ldh_resorption.csv");

/// A table of `k` studies with a moderator.
fn table(k: usize) -> Vec<u8> {
    let mut csv = b"study,year,events,total\n".to_vec();
    for i in 0..k {
        let total = 20 + i * 37 % 100;
        let events = total * (20 + i * 29 % 61) / 100;
        writeln!(csv, "Study {i},{},{events},{total}", 1990 + i % 35).unwrap();
    }
    csv
}

fn dersimonian_laird() -> Settings {
    let model = Model::TwoStep(TwoStep { tau2: Tau2Method::Dl, ..TwoStep::default() });
    Settings { model, ..Settings::default() }
}

#[divan::bench]
fn read_15_studies(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| read(black_box(LUMBAR), &Mapping::default()).unwrap());
}

/// What `resorb pool` computes: the GLMM and the block of other methods.
#[divan::bench]
fn read_and_pool_15_studies(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let table = read(black_box(LUMBAR), &Mapping::default()).unwrap();
        pooled(&table.studies, &Settings::default(), true)
    });
}

#[divan::bench(args = [5_000, 1_000_000], sample_count = 5)]
fn read_and_pool_dersimonian_laird(bencher: Bencher<'_, '_>, k: usize) {
    let (csv, settings) = (table(k), dersimonian_laird());
    bencher.bench_local(|| {
        let table = read(black_box(&csv), &Mapping::default()).unwrap();
        pool(&table.studies, &settings)
    });
}
