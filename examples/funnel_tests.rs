//! How often tests of funnel asymmetry reject at .05 where there is no small-study effect: the numbers
//! behind "suits proportions".
//!
//! `cargo run --release --no-default-features --features parallel --example funnel_tests`
//!
//! Each row is 2,000 meta-analyses (give another number as argument) from seed 1: k studies with sizes
//! log-uniform from 20 to 500, logits `N(μ, τ²)`, binomial events. Logits, REML. It prints:
//!
//! ```text
//! rate tau  k  1/n  mixed √(1/n) Peters Egger mixed  T–S  Begg
//! 0.5  0   20 .051  .042   .051   .051  .058  .044  .034  .035
//! 0.5  0.6 20 .015  .058   .037   .015  .031  .095  .081  .017
//! 0.3  0.6 20 .025  .067   .041   .025  .110  .237  .210  .032
//! 0.8  0.3 20 .035  .061   .052   .035  .122  .180  .149  .046
//! 0.8  0.6 10 .031  .081   .046   .031  .099  .227  .141  .025
//! 0.8  0.6 20 .028  .057   .050   .028  .262  .404  .358  .052
//! 0.8  0.6 50 .028  .052   .059   .028  .637  .767  .758  .186
//! 0.9  0.6 20 .043  .070   .068   .043  .459  .571  .517  .077
//! 0.95 0.6 20 .070  .098   .104   .070  .601  .662  .611  .070
//! 0.98 0.6 20 .119  .122   .152   .119  .667  .600  .576  .013
//! ```
#![allow(clippy::unwrap_used)]

use resorb::{
    analysis::small_study::{Funnel, TestKind, bias_test},
    model::Settings,
    numeric::rng::Rng,
    study::Studies,
};

const TESTS: [TestKind; 8] = [
    TestKind::Size,
    TestKind::SizeMixed,
    TestKind::SizeRoot,
    TestKind::Peters,
    TestKind::Egger,
    TestKind::EggerMixed,
    TestKind::ThompsonSharp,
    TestKind::Begg,
];

/// One meta-analysis without a small-study effect.
fn drawn(rng: &mut Rng, k: u64, rate: f64, tau: f64) -> Studies {
    let mean = (rate / (1.0 - rate)).ln();
    let rows: Vec<_> = (0..k)
        .map(|i| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "20 to 500"
            )]
            let n = (20.0 * 25_f64.powf(rng.uniform())) as u64;
            let logit = tau.mul_add(rng.normal(), mean);
            (format!("study {i}"), rng.binomial(n, 1.0 / (1.0 + (-logit).exp())), n)
        })
        .collect();
    Studies::from_counts(rows).unwrap()
}

fn main() {
    let runs: u64 = std::env::args().nth(1).map_or(2000, |runs| runs.parse().unwrap());
    print!("rate tau  k ");
    for test in TESTS {
        print!("{:>17}", test.label());
    }
    println!();
    for (rate, tau, k) in [
        (0.5, 0.0, 20),
        (0.5, 0.6, 20),
        (0.3, 0.6, 20),
        (0.8, 0.3, 20),
        (0.8, 0.6, 10),
        (0.8, 0.6, 20),
        (0.8, 0.6, 50),
        (0.9, 0.6, 20),
        (0.95, 0.6, 20),
        (0.98, 0.6, 20),
    ] {
        let mut rejected = [0_u32; TESTS.len()];
        let mut done = [0_u32; TESTS.len()];
        for run in 0..runs {
            let studies = drawn(&mut Rng::stream(1, run), k, rate, tau);
            let funnel = Funnel::new(&studies, &Settings::two_step()).unwrap();
            for ((test, rejected), done) in TESTS.iter().zip(&mut rejected).zip(&mut done) {
                if let Some(p) = bias_test(&funnel, *test).ok().and_then(|test| test.p_value) {
                    *done += 1;
                    *rejected += u32::from(p < 0.05);
                }
            }
        }
        print!("{rate:4} {tau:3} {k:2} ");
        for (rejected, done) in rejected.iter().zip(done) {
            print!("{:>17.3}", f64::from(*rejected) / f64::from(done));
        }
        println!();
    }
}
