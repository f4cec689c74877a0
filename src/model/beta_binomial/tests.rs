//! The likelihood against mpmath and against what a distribution must satisfy.

use super::likelihood::Overdispersed;
use crate::{
    model::one_step::{Effort, Point, Surface, testing},
    numeric::special,
};
use serde_json::Value;

fn at(pairs: &[(u64, u64)], logit_mean: f64, logit_rho: f64) -> Point {
    Overdispersed::new(&testing::counts(pairs)).at(logit_mean, logit_rho, Effort::Full)
}

/// `tests/reference/one_step/beta_binomial.json`: mpmath with 80 digits, from all-or-nothing studies
/// to the binomial limit and up to totals of 2⁵³.
#[test]
fn likelihoods_and_their_derivatives() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/one_step/beta_binomial.json");
    let rows: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for row in rows.as_array().unwrap() {
        let number = |key: &str| row[key].as_f64().unwrap();
        let (x, n) = (row["events"].as_u64().unwrap(), row["total"].as_u64().unwrap());
        let ours = at(&[(x, n)], number("logit_mean"), number("logit_rho"));
        let what = format!("{x}/{n} at {} {}", number("logit_mean"), number("logit_rho"));
        let error = ours.value - number("log_likelihood");
        assert!(error.abs() < 1e-9 * (1.0 + ours.value.abs()), "{what}: off by {error:e}");
        let both = |key: &str, ours: &[f64]| {
            let theirs = row[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap());
            for (ours, theirs) in ours.iter().zip(theirs) {
                let error = (ours - theirs).abs();
                assert!(error < 1e-6 * theirs.abs() + 1e-13, "{what} {key}: {ours} {theirs}");
            }
        };
        both("score", &ours.score);
        both("hessian", &ours.hessian);
    }
}

/// Probabilities sum to 1, with the mean `nμ` and the variance `nμ(1−μ)(1+(n−1)ρ)`.
#[test]
fn moments() {
    for (logit_mean, logit_rho) in [(0.3, -3.0), (-2.0, 0.0), (1.0, 2.0), (0.0, -15.0)] {
        let n = 30_u64;
        let probability = |x: u64| at(&[(x, n)], logit_mean, logit_rho).value.exp();
        let moment =
            |f: &dyn Fn(f64) -> f64| -> f64 { (0..=n).map(|x| probability(x) * f(x as f64)).sum() };
        let (mu, rho, n) = (special::expit(logit_mean), special::expit(logit_rho), 30.0);
        assert!((moment(&|_| 1.0) - 1.0).abs() < 1e-12);
        assert!((moment(&|x| x) / (n * mu) - 1.0).abs() < 1e-12);
        let variance = n * mu * (1.0 - mu) * (1.0 + (n - 1.0) * rho);
        assert!((moment(&|x| (x - n * mu).powi(2)) / variance - 1.0).abs() < 1e-11);
    }
}

/// The binomial limit: value, slope in ρ, and the likelihood without overdispersion at any mean.
#[test]
fn the_limit_of_no_overdispersion() {
    let surface = Overdispersed::new(&testing::pritz());
    let zero = surface.zero();
    let rho = 1e-7_f64;
    let near = surface.at(zero.location, (rho / (1.0 - rho)).ln(), Effort::Full);
    assert!(((near.value - zero.value) / rho / zero.slope - 1.0).abs() < 1e-4);
    assert!((near.score[1] / rho / zero.slope - 1.0).abs() < 1e-4);
    assert!((near.hessian[0] / -zero.information - 1.0).abs() < 1e-4);
    let tiny = surface.at(zero.location, -36.0, Effort::Full);
    assert!((tiny.value - zero.value).abs() < 1e-11);
    let (value, score) = surface.at_zero(zero.location - 0.7);
    let beside = surface.at(zero.location - 0.7, -36.0, Effort::Full);
    assert!((value - beside.value).abs() < 1e-10 && (score - beside.score[0]).abs() < 1e-8);
}
