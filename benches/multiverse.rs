//! How long the grid of all analyses takes: 15 studies, the default grid, and 100,000 specifications.
//!
//! `cargo bench --no-default-features --features parallel --bench multiverse`
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use resorb::{
    analysis::{Grid, RowChoices, multiverse},
    data::{self, Mapping},
    model::Level,
    study::Studies,
};

fn main() {
    divan::main();
}

/// The bundled lumbar data: 15 studies.
fn lumbar() -> Studies {
    let csv = include_bytes!("../datasets/ldh_resorption.csv");
    let studies = data::read(csv, &Mapping::default()).unwrap().studies;
    assert_eq!(studies.k(), 15);
    studies
}

/// At most a second on two cores, GLMM and beta-binomial included.
#[divan::bench(sample_count = 10)]
fn default_grid(bencher: Bencher<'_, '_>) {
    let studies = lumbar();
    bencher.bench(|| {
        let all = multiverse(&studies, &Grid::default(), Level::default(), &mut |_, _| {}).unwrap();
        assert!(all.outcomes.len() >= 2000);
        all
    });
}

/// Every level of a column alone and left out, times every study left out.
#[divan::bench(sample_count = 2)]
fn hundred_thousand(bencher: Bencher<'_, '_>) {
    let studies = lumbar();
    let rows = RowChoices {
        by: vec!["definition_class".to_owned()],
        leave_one_out: true,
        ..RowChoices::default()
    };
    let grid = Grid { rows, ..Grid::default() };
    bencher.bench(|| {
        let all = multiverse(&studies, &grid, Level::default(), &mut |_, _| {}).unwrap();
        assert!(all.outcomes.len() >= 100_000, "{}", all.outcomes.len());
        all
    });
}

/// The summary of the default grid, with the shares of variance.
#[divan::bench]
fn summary(bencher: Bencher<'_, '_>) {
    let all = multiverse(&lumbar(), &Grid::default(), Level::default(), &mut |_, _| {}).unwrap();
    bencher.bench(|| all.summary(Some(0.766)));
}
