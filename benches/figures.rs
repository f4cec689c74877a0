//! How long figures take:
//! `cargo bench --no-default-features --features plot,png,pdf --bench figures`.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot run should stop")]

use divan::{Bencher, black_box};
use resorb::{
    data::{self, Mapping},
    figure::{
        Embedding, Fonts, Look, Scene,
        drapery::{Drapery, drapery},
        forest::{Forest, Options, forest},
        funnel::{self, Funnel, funnel},
        pdf, png, svg,
    },
    model::{Fit, Settings, pool},
    study::Studies,
};

fn main() {
    divan::main();
}

/// The bundled lumbar data: 15 studies.
fn lumbar() -> Fit {
    let bytes = include_bytes!("../datasets/ldh_resorption.csv");
    let studies = data::read(bytes, &Mapping::default()).unwrap().studies;
    pool(&studies, &Settings::two_step()).unwrap()
}

/// `k` studies of 20 to 119 patients with rates from 20 % to 80 %.
fn many(k: u64) -> Fit {
    let study = |i: u64| {
        let total = 20 + i * 37 % 100;
        (format!("Author{i} {}", 1990 + i % 35), total * (20 + i * 29 % 61) / 100, total)
    };
    let studies = Studies::from_counts((0..k).map(study)).unwrap();
    pool(&studies, &Settings::two_step()).unwrap()
}

fn drawn(input: &Forest, fonts: &Fonts<'_>) -> Scene {
    forest(input, &Options::default(), fonts).unwrap()
}

/// From a fit to the bytes of the SVG, fonts parsed and cut anew as the program does.
#[divan::bench(args = [15, 500])]
fn forest_svg(bencher: Bencher<'_, '_>, k: u64) {
    let fit = if k == 15 { lumbar() } else { many(k) };
    bencher.bench_local(|| {
        let fonts = Fonts::bundled().unwrap();
        svg(&drawn(&Forest::from(black_box(&fit)), &fonts), &fonts, Embedding::Subset)
    });
}

#[divan::bench]
fn forest_png_300_dpi(bencher: Bencher<'_, '_>) {
    let fit = lumbar();
    bencher.bench_local(|| {
        let fonts = Fonts::bundled().unwrap();
        png(&drawn(&Forest::from(black_box(&fit)), &fonts), &fonts, 300.0)
    });
}

#[divan::bench]
fn forest_pdf(bencher: Bencher<'_, '_>) {
    let fit = lumbar();
    bencher.bench_local(|| {
        let fonts = Fonts::bundled().unwrap();
        pdf(&[drawn(&Forest::from(black_box(&fit)), &fonts)], &fonts)
    });
}

#[divan::bench]
fn funnel_svg(bencher: Bencher<'_, '_>) {
    let fit = lumbar();
    bencher.bench_local(|| {
        let fonts = Fonts::bundled().unwrap();
        let input = Funnel::from(black_box(&fit));
        let scene = funnel(&input, &funnel::Options::default(), &fonts).unwrap();
        svg(&scene, &fonts, Embedding::Subset)
    });
}

#[divan::bench]
fn drapery_svg(bencher: Bencher<'_, '_>) {
    let fit = lumbar();
    bencher.bench_local(|| {
        let fonts = Fonts::bundled().unwrap();
        let scene = drapery(&Drapery::from(black_box(&fit)), &Look::default(), &fonts).unwrap();
        svg(&scene, &fonts, Embedding::Subset)
    });
}
