//! Roots, minima, gradients, Hessians, sums, matrices.

use resorb::numeric::quasi_newton::{Options, bfgs};
use resorb::numeric::{NumericError, derivative, linalg, minimum, root, sum};

use super::close;

#[test]
fn brent_reaches_any_root_to_rounding() {
    close(root::brent(|x| x.powi(3) - 2.0, 0.0, 1e6, 0.0).unwrap(), 2_f64.cbrt(), 1e-15);
    close(root::brent(|x| 1e300 * (x - 3.25), -1e9, 1e9, 1e-12).unwrap(), 3.25, 1e-12);
    close(root::brent(|x: f64| x.ln() + 30.0, 1e-300, 1.0, 1e-12).unwrap(), (-30_f64).exp(), 1e-11);
    // A multiple root, where interpolation is of no use.
    close(root::brent(|x| (x - 1.0).powi(9), 0.0, 5.0, 1e-12).unwrap(), 1.0, 1e-12);
    // A root at 0 is approached to a hair of the interval.
    assert!(root::brent(|x| x.powi(3), -1.0, 3.0, 1e-12).unwrap().abs() < 1e-12);
}

#[test]
fn brent_takes_ends_and_infinite_values() {
    assert_eq!(root::brent(|x| x, 0.0, 1.0, 1e-12).unwrap(), 0.0);
    assert_eq!(root::brent(|x| x - 1.0, 0.0, 1.0, 1e-12).unwrap(), 1.0);
    let step = |x: f64| if x < 0.3 { f64::NEG_INFINITY } else { 1.0 };
    close(root::brent(step, 0.0, 1.0, 1e-12).unwrap(), 0.3, 1e-12);
}

#[test]
fn a_missing_bracket_says_what_to_do() {
    let error = root::brent(|x| x * x + 1.0, 0.0, 1.0, 1e-12).unwrap_err();
    assert_eq!(error, NumericError::NoBracket { lo: 0.0, hi: 1.0, f_lo: 1.0, f_hi: 2.0 });
    assert!(error.to_string().ends_with("widen the interval"));
    assert!(matches!(
        root::brent(|_| f64::NAN, 0.0, 1.0, 1e-12),
        Err(NumericError::NotFinite { .. })
    ));
    assert!(root::bracket_upwards(|_| 1.0, 0.0, 1.0).is_err());
}

#[test]
fn brent_minimum_is_inside_or_at_the_end() {
    let m = minimum::brent(|x: f64| x.cosh() - 2.0 * x, 0.0, 10.0, 1e-8).unwrap();
    close(m.x, 2_f64.asinh(), 1e-7);
    let end = minimum::brent(|x| x, 2.0, 3.0, 1e-8).unwrap();
    assert!((end.x - 2.0).abs() < 1e-6);
    let cliff = |x: f64| if x > 3.0 { f64::INFINITY } else { -x };
    assert!((minimum::brent(cliff, 0.0, 4.0, 1e-8).unwrap().x - 3.0).abs() < 1e-6);
}

/// Wood's function (Moré, Garbow and Hillstrom 1981, no. 14): minimum 0 at (1, 1, 1, 1).
fn wood(x: &[f64]) -> (f64, Vec<f64>) {
    let (a, b) = (x[1] - x[0] * x[0], x[3] - x[2] * x[2]);
    let (c, d) = (x[1] + x[3] - 2.0, x[1] - x[3]);
    let f = 100.0 * a * a
        + (1.0 - x[0]).powi(2)
        + 90.0 * b * b
        + (1.0 - x[2]).powi(2)
        + 10.0 * c * c
        + 0.1 * d * d;
    let g = vec![
        -400.0 * x[0] * a - 2.0 * (1.0 - x[0]),
        200.0 * a + 20.0 * c + 0.2 * d,
        -360.0 * x[2] * b - 2.0 * (1.0 - x[2]),
        180.0 * b + 20.0 * c - 0.2 * d,
    ];
    (f, g)
}

#[test]
fn bfgs_finds_the_bottom_of_woods_function() {
    let best = bfgs(wood, &[-3.0, -1.0, -3.0, -1.0], Options::default()).unwrap();
    assert!(best.converged && best.iterations < 200, "{best:?}");
    for x in &best.x {
        close(*x, 1.0, 1e-7);
    }
}

/// A minimum where f is large: rounding of f must not stop the search before the gradient is small.
#[test]
fn bfgs_converges_where_f_is_flat_to_rounding() {
    let f = |x: &[f64]| {
        let value = 1e6 + (x[0] - 3.0).powi(2) + 4.0 * (x[1] + 1.0).powi(2);
        (value, vec![2.0 * (x[0] - 3.0), 8.0 * (x[1] + 1.0)])
    };
    let best = bfgs(f, &[0.0, 0.0], Options { gradient_tolerance: 1e-15, ..Options::default() });
    let best = best.unwrap();
    assert!((best.x[0] - 3.0).abs() < 1e-8 && (best.x[1] + 1.0).abs() < 1e-8, "{best:?}");
}

#[test]
fn bfgs_steps_back_from_where_f_is_undefined() {
    let f = |x: &[f64]| (x[0] - x[0].ln(), vec![1.0 - 1.0 / x[0]]);
    close(bfgs(f, &[0.01], Options::default()).unwrap().x[0], 1.0, 1e-8);
    assert!(bfgs(f, &[-1.0], Options::default()).is_err());
    let few = Options { max_iterations: 2, ..Options::default() };
    assert!(matches!(
        bfgs(wood, &[-3.0, -1.0, -3.0, -1.0], few),
        Err(NumericError::NotConverged { iterations: 2, .. })
    ));
}

#[test]
fn hessian_of_a_log_likelihood() {
    // 926 of 1322 on the logit scale: second derivative −n p (1 − p), whatever the size of n.
    for (x, n) in [(926.0, 1322.0), (926e6, 1322e6), (1.0, 3.0)] {
        let p: f64 = x / n;
        let at = (p / (1.0 - p)).ln();
        let f = |t: &[f64]| x * t[0] - n * t[0].exp().ln_1p();
        let h = derivative::hessian(f, &[at]).unwrap();
        close(h[0], -n * p * (1.0 - p), if n < 1e6 { 1e-8 } else { 1e-5 });
    }
}

#[test]
fn eigenvalues_and_inverse_of_a_known_matrix() {
    let a = [2.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 2.0];
    let values = linalg::symmetric_eigenvalues(&a, 3).unwrap();
    for (v, e) in values.iter().zip([2.0 - 2_f64.sqrt(), 2.0, 2.0 + 2_f64.sqrt()]) {
        close(*v, e, 1e-14);
    }
    close(linalg::ln_det_spd(&a, 3).unwrap(), 4_f64.ln(), 1e-14);
    let x = linalg::solve_spd(&a, &[3.0, 4.0, 3.0]).unwrap();
    for v in x {
        close(v, 1.0, 1e-14);
    }
    assert_eq!(
        linalg::inverse_spd(&[1.0, 2.0, 2.0, 1.0], 2),
        Err(NumericError::NotPositiveDefinite)
    );
    assert!(linalg::symmetric_eigenvalues(&a, 2).is_err());
    assert!(linalg::symmetric_eigenvalues(&[f64::NAN], 1).is_err());
}

#[test]
fn compensated_sum() {
    assert_eq!(sum([1e16, 1.0, -1e16]), 1.0);
    assert_eq!(sum([]), 0.0);
    assert_eq!(sum([f64::MAX, f64::MAX]), f64::INFINITY);
}
