//! The parts of the marginal likelihood, each against something computed another way.

use super::{integral, kernel::Kernel, marginal::Marginal, mean};
use crate::{
    model::{
        Link,
        one_step::{Effort, Pooled, Surface, testing},
    },
    numeric::{binomial, quadrature},
};
use serde_json::Value;

const LINKS: [Link; 3] = [Link::Logit, Link::Probit, Link::Cloglog];

fn reference(file: &str) -> Value {
    let path = format!("{}/tests/reference/one_step/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// `tests/reference/one_step/integrals.json`: mpmath, 30 digits and more. Steps in wide random
/// effects and studies of 10⁹ patients are among them.
#[test]
fn integrals_and_their_derivatives() {
    for row in reference("integrals.json").as_array().unwrap() {
        let number = |key: &str| row[key].as_f64().unwrap();
        let link: Link = serde_json::from_value(row["link"].clone()).unwrap();
        let (x, n) = (number("events"), number("total"));
        let kernel = Kernel::new(link, x, n - x);
        let point = integral::study(&kernel, number("mu"), number("tau"), Effort::Full);
        let saturated = binomial::ln_pmf(x, n, x / n);
        let what = format!("{link:?} {x}/{n} at {} {}", number("mu"), number("tau"));
        let error = point.value + saturated - number("log_likelihood");
        // Of a hundred million, f64 has seven decimals.
        let rounding = 1e-15 * number("log_likelihood").abs();
        assert!(
            point.settled && error.abs() < rounding.max(1e-9),
            "{what}: log-likelihood off by {error:e}"
        );
        let both = |key: &str, ours: &[f64]| {
            let theirs: Vec<f64> =
                row[key].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            let size = theirs.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
            for (ours, theirs) in ours.iter().zip(&theirs) {
                assert!((ours - theirs).abs() < 1e-7 * size, "{what} {key}: {ours} {theirs}");
            }
        };
        both("score", &point.score);
        both("hessian", &point.hessian);
    }
}

/// Adaptive Gauss–Hermite quadrature with 128 nodes, where it converges: another rule, same number.
#[test]
fn gauss_hermite_agrees_where_it_converges() {
    let rule = quadrature::gauss_hermite(128).unwrap();
    for (x, n, mu, tau) in
        [(16.0, 17.0, 1.38, 0.77), (0.0, 50.0, -4.8, 0.9), (12.0, 12.0, 1.4, 0.8)]
    {
        let kernel = Kernel::new(Link::Logit, x, n - x);
        let ours = integral::study(&kernel, mu, tau, Effort::Full).value;
        let log_integrand = |v: f64| kernel.at(mu + v).value - 0.5 * (v / tau).powi(2) - tau.ln();
        // Centre and scale by Newton's method on the integrand itself.
        let mut v = 0.0;
        let mut curvature = 1.0;
        for _ in 0..100 {
            let jet = kernel.at(mu + v);
            curvature = 1.0 / (tau * tau) - jet.curvature;
            v += (jet.slope - v / (tau * tau)) / curvature;
        }
        let scale = (2.0 / curvature).sqrt();
        let sum: f64 = rule
            .nodes
            .iter()
            .zip(&rule.scaled_weights)
            .map(|(t, w)| w * log_integrand(v + scale * t).exp())
            .sum();
        let theirs = (scale * sum).ln() - 0.5 * (2.0 * std::f64::consts::PI).ln();
        assert!((ours - theirs).abs() < 1e-11, "{x}/{n}: {ours} {theirs}");
    }
}

/// Slopes and curvatures against central differences, at the peak, beside it and far away.
#[test]
fn kernel_derivatives() {
    for link in LINKS {
        for (x, n) in [(0.0, 10.0), (10.0, 10.0), (3.0, 10.0), (9.0, 10.0), (1.0, 1e6), (4e8, 1e9)]
        {
            let kernel = Kernel::new(link, x, n - x);
            let centre = kernel.step().map_or(kernel.peak(), |(at, _)| at);
            for offset in [-3.0, -0.5, -1e-3, 0.0, 1e-3, 0.5, 3.0] {
                let eta = centre + offset;
                let (jet, h) = (kernel.at(eta), 1e-5);
                let (below, above) = (kernel.at(eta - h), kernel.at(eta + h));
                let slope = (above.value - below.value) / (2.0 * h);
                let curvature = (above.slope - below.slope) / (2.0 * h);
                let size = jet.curvature.abs() * h + jet.slope.abs() + 1e-6;
                assert!(
                    (slope - jet.slope).abs() < 2e-4 * size,
                    "{link:?} {x}/{n} {eta}: slope {slope} {}",
                    jet.slope
                );
                let size = jet.curvature.abs() + 1e-6;
                assert!(
                    (curvature - jet.curvature).abs() < 2e-3 * size,
                    "{link:?} {x}/{n} {eta}: curvature {curvature} {}",
                    jet.curvature
                );
                assert!(jet.value <= 1e-12 * n && jet.curvature <= 0.0);
            }
        }
    }
}

/// Far from the data a kernel is negligible, never NaN: quadrature walks there.
#[test]
fn kernels_far_away() {
    for link in LINKS {
        for (x, n) in [(0.0, 1.0), (1.0, 1.0), (1.0, 2.0), (1e9, 2e9), (1.0, 9e15), (9e15, 9e15)] {
            let kernel = Kernel::new(link, x, n - x);
            for eta in [-1e8, -1e3, -50.0, 50.0, 1e3, 1e8] {
                let jet = kernel.at(eta);
                assert!(
                    !jet.value.is_nan() && jet.slope.is_finite(),
                    "{link:?} {x}/{n} {eta}: {jet:?}"
                );
                assert!(jet.curvature <= 0.0, "{link:?} {x}/{n} {eta}: {jet:?}");
            }
        }
    }
}

/// The score is the derivative of the value, and the Hessian that of the score, over the whole range
/// of scales in which both forms of the derivatives are used.
#[test]
fn surface_derivatives() {
    for link in LINKS {
        let surface = Marginal::new(&testing::pritz(), link);
        for (mu, ln_tau) in [(1.0, -4.0), (1.4, -0.3), (0.2, 1.0), (3.0, 2.5)] {
            let h = 1e-4;
            let at = |a: f64, l: f64| surface.at(mu + a * h, ln_tau + l * h, Effort::Full);
            let here = at(0.0, 0.0);
            let slope = |a: f64, l: f64| (at(a, l).value - at(-a, -l).value) / (2.0 * h);
            let [aa, al, ll] = here.hessian;
            let bend = |a: f64, l: f64, i: usize| {
                (at(a, l).score.get(i).unwrap() - at(-a, -l).score.get(i).unwrap()) / (2.0 * h)
            };
            for (analytic, numeric) in [
                (here.score[0], slope(1.0, 0.0)),
                (here.score[1], slope(0.0, 1.0)),
                (aa, bend(1.0, 0.0, 0)),
                (al, bend(1.0, 0.0, 1)),
                (al, bend(0.0, 1.0, 0)),
                (ll, bend(0.0, 1.0, 1)),
            ] {
                let error = (analytic - numeric).abs() / (1e-3 + analytic.abs());
                assert!(error < 1e-5, "{link:?} {mu} {ln_tau}: {analytic} {numeric}");
            }
        }
    }
}

/// Without spread the model is the binomial one: value, score, and slope in `τ²`.
#[test]
fn the_limit_of_no_spread() {
    for link in LINKS {
        let counts = testing::pritz();
        let surface = Marginal::new(&counts, link);
        let zero = surface.zero();
        assert!((zero.value - Pooled::new(&counts).log_likelihood()).abs() < 1e-12);
        let tau = 1e-4_f64;
        let near = surface.at(zero.location, tau.ln(), Effort::Full);
        let slope = (near.value - zero.value) / (tau * tau);
        assert!((slope / zero.slope - 1.0).abs() < 1e-4, "{link:?}: {slope} {}", zero.slope);
        // d/d ln τ is 2τ² d/dτ².
        assert!((near.score[1] / (2.0 * tau * tau * zero.slope) - 1.0).abs() < 1e-4);
        assert!((near.hessian[0] / -zero.information - 1.0).abs() < 1e-4);
        let (value, score) = surface.at_zero(zero.location + 0.1);
        let beside = surface.at(zero.location + 0.1, tau.ln(), Effort::Full);
        assert!((value - beside.value).abs() < 1e-4 && (score - beside.score[0]).abs() < 1e-3);
    }
}

/// E[p] of a probit-normal is Φ(μ/√(1+τ²)); of a logit-normal with μ = 0 it is ½. Wide random effects
/// take the other grid.
#[test]
fn marginal_means_with_closed_forms() {
    for (mu, tau) in [(0.8, 0.4), (-5.0, 2.0), (-2.0, 3.9), (-2.0, 4.1), (300.0, 200.0), (0.1, 1e5)]
    {
        let ours = mean::marginal(Link::Probit, mu, tau);
        let z = mu / (1.0 + tau * tau).sqrt();
        let exact = crate::numeric::normal::cdf(z);
        assert!((ours.rate / exact - 1.0).abs() < 1e-12, "{mu} {tau}: {} {exact}", ours.rate);
        assert!((ours.rate + ours.complement - 1.0).abs() < 1e-13);
        // d/dμ Φ(z) = φ(z)/√(1+τ²), d/d ln τ Φ(z) = −φ(z) z τ²/(1+τ²).
        let density = crate::numeric::normal::pdf(z);
        assert!((ours.by_mu / (density / (1.0 + tau * tau).sqrt()) - 1.0).abs() < 1e-9);
        let exact = -density * z * tau * tau / (1.0 + tau * tau);
        assert!((ours.by_ln_tau - exact).abs() < 1e-9 * exact.abs(), "{mu} {tau}");
        assert!((mean::marginal(Link::Logit, 0.0, tau).rate - 0.5).abs() < 1e-14);
    }
}
