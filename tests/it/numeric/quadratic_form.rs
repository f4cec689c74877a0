//! Quadratic forms against `tests/reference/numeric/quadratic_form.csv` (mpmath, Talbot inversion) and
//! closed forms.

use proptest::prelude::*;
use resorb::numeric::{chi_squared, quadratic_form};

use super::close;

#[test]
fn against_inverted_transforms() {
    let mut rows = 0;
    for line in include_str!("../../reference/numeric/quadratic_form.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let mut number = || cells.next().unwrap().parse::<f64>().unwrap();
        let (q, cdf) = (number(), number());
        let weights: Vec<f64> =
            cells.next().unwrap().split(' ').map(|w| w.parse().unwrap()).collect();
        let ours = (quadratic_form::cdf(&weights, q), quadratic_form::sf(&weights, q));
        assert!((ours.0 - cdf).abs() < 1e-12, "{line}: {}", ours.0);
        assert!((ours.1 - (1.0 - cdf)).abs() < 1e-12, "{line}: {}", ours.1);
        rows += 1;
    }
    assert!(rows >= 70);
}

/// Equal weights are χ², in both far tails to relative precision too.
#[test]
fn equal_weights_are_chi_squared() {
    for k in [1_u32, 2, 3, 14, 200] {
        let weights = vec![0.7; k as usize];
        let df = f64::from(k);
        for p in [1e-200, 1e-30, 1e-6, 0.01, 0.3, 0.5] {
            let low = 0.7 * chi_squared::quantile(p, df);
            if low > 1e-300 {
                close(quadratic_form::cdf(&weights, low), p, 1e-10);
            }
            let high = 0.7 * chi_squared::quantile_upper(p, df);
            close(quadratic_form::sf(&weights, high), p, 1e-10);
        }
    }
}

/// Two pairs of weights have the hypoexponential distribution in closed form.
#[test]
fn pairs_of_weights_are_exponentials() {
    for (a, b) in [(1.0_f64, 0.2_f64), (3.0, 1e-6), (1.0, 0.999)] {
        for x in [1e-3, 0.1, 1.0, 5.0, 40.0_f64] {
            let sf = (a * (-0.5 * x / a).exp() - b * (-0.5 * x / b).exp()) / (a - b);
            assert!((quadratic_form::sf(&[a, b, a, b], x) - sf).abs() < 1e-11);
        }
    }
}

/// An upper tail below the smallest f64 is 0, at once: for the largest q below the saddle point
/// cannot be told from the pole, and the rule ran to its last node for NaN.
#[test]
fn tails_beyond_the_range() {
    let weights = [1.0, 1.0 + 2e-15, 1.0 + 9e-14, 1.000_04, 1.006, 1.219_8];
    for q in [1e4, 1e15, 9.4e18, 1e200] {
        assert_eq!(quadratic_form::sf(&weights, q), 0.0);
        assert_eq!(quadratic_form::cdf(&weights, q), 1.0);
    }
}

#[test]
fn ends_and_invalid_weights() {
    assert_eq!(quadratic_form::cdf(&[1.0, 2.0], 0.0), 0.0);
    assert_eq!(quadratic_form::sf(&[1.0, 2.0], -1.0), 1.0);
    assert_eq!(quadratic_form::cdf(&[1.0, 2.0], f64::INFINITY), 1.0);
    assert_eq!(quadratic_form::cdf(&[], 1.0), 1.0);
    assert_eq!(quadratic_form::sf(&[0.0], 1.0), 0.0);
    assert_eq!(quadratic_form::cdf(&[0.0, 1.0], 2.0), quadratic_form::cdf(&[1.0], 2.0));
    assert!(quadratic_form::cdf(&[1.0, -1.0], 1.0).is_nan());
    assert!(quadratic_form::cdf(&[1.0], f64::NAN).is_nan());
}

proptest! {
    #![proptest_config(crate::cases::cases(300))]

    #[test]
    fn monotone_and_complementary(
        logs in prop::collection::vec(-6.0..0.0_f64, 1..40),
        k in 0.001..5.0_f64,
        up in 1.0..2.0_f64,
    ) {
        let weights: Vec<f64> = logs.iter().map(|e| 10_f64.powf(*e)).collect();
        let q = k * weights.iter().sum::<f64>();
        let (low, high) = (quadratic_form::cdf(&weights, q), quadratic_form::cdf(&weights, q * up));
        prop_assert!(low <= high + 1e-12);
        prop_assert!((0.0..=1.0).contains(&low));
        prop_assert!((low + quadratic_form::sf(&weights, q) - 1.0).abs() < 1e-15);
        // Scaling weights and point together changes nothing.
        let scaled: Vec<f64> = weights.iter().map(|w| w * 1e9).collect();
        prop_assert!((quadratic_form::cdf(&scaled, q * 1e9) - low).abs() < 1e-12);
    }
}
