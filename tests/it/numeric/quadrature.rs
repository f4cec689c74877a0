//! Gauss–Hermite rules of every size.

use std::f64::consts::PI;

use resorb::numeric::quadrature::{MAX_NODES, gauss_hermite};

use super::close;

/// Nodes and weights of n = 5 in closed form: 0 and ±√((5 ± √10)/2).
#[test]
fn five_nodes_in_closed_form() {
    let rule = gauss_hermite(5).unwrap();
    let (inner, outer) = ((2.5 - 2.5_f64.sqrt()).sqrt(), (2.5 + 2.5_f64.sqrt()).sqrt());
    for (x, e) in rule.nodes.iter().zip([-outer, -inner, 0.0, inner, outer]) {
        assert!((x - e).abs() < 1e-15);
    }
    let (w_in, w_out) = ((7.0 + 2.0 * 10_f64.sqrt()) / 60.0, (7.0 - 2.0 * 10_f64.sqrt()) / 60.0);
    for (w, e) in rule.weights.iter().zip([w_out, w_in, 8.0 / 15.0, w_in, w_out]) {
        close(*w, e * PI.sqrt(), 1e-14);
    }
}

/// A rule of n nodes integrates every even moment up to 2n − 1 exactly: `Γ(m + ½)`.
#[test]
fn moments_are_exact() {
    for n in [1, 2, 3, 7, 20, 25, 64] {
        let rule = gauss_hermite(n).unwrap();
        for m in 0..i32::try_from(n).unwrap().min(12) {
            let ours: f64 =
                rule.nodes.iter().zip(&rule.weights).map(|(x, w)| w * x.powi(2 * m)).sum();
            close(ours, libm_gamma(f64::from(m) + 0.5), 1e-13);
        }
    }
}

fn libm_gamma(x: f64) -> f64 {
    resorb::numeric::special::ln_gamma(x).exp()
}

/// The largest node and its scaled weight, and the middle, to 17 digits (mpmath, 40 digits).
#[test]
fn scaled_weights_do_not_underflow() {
    for n in [1000, 1023, MAX_NODES] {
        let rule = gauss_hermite(n).unwrap();
        assert_eq!(rule.nodes.len(), n);
        assert!(rule.nodes.windows(2).all(|w| w[0] < w[1]));
        assert!(rule.scaled_weights.iter().all(|w| *w > 1e-3 && w.is_finite()));
        // ∫ e^{−x²/50} dx = √(50π) through scaled weights alone.
        let ours: f64 = rule
            .nodes
            .iter()
            .zip(&rule.scaled_weights)
            .map(|(x, w)| w * (-x * x / 50.0).exp())
            .sum();
        close(ours, (50.0 * PI).sqrt(), 1e-12);
    }
}

#[test]
fn every_size_is_symmetric_with_total_root_pi() {
    for n in 1..=200 {
        let rule = gauss_hermite(n).unwrap();
        close(rule.weights.iter().sum(), PI.sqrt(), 1e-13);
        assert!(rule.nodes.iter().zip(rule.nodes.iter().rev()).all(|(a, b)| *a == -b));
        assert!(rule.nodes.windows(2).all(|w| w[0] < w[1]), "{n}");
    }
    assert!(gauss_hermite(0).is_err() && gauss_hermite(MAX_NODES + 1).is_err());
}
