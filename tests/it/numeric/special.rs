//! Special functions: identities (the values are rows of the golden table).

use proptest::prelude::*;
use resorb::numeric::special::{
    digamma_difference, expit, ln_expit, ln_normal_cdf, ln_normal_sf, ln_rising, ln_rising_excess,
    log_sum_exp, log1p_exp, logit, trigamma_difference,
};

use super::close;

proptest! {
    #[test]
    fn rising_factorials_add_up(a in 1e-3..1e6_f64, x in 0.0..1e4_f64, y in 0.0..1e4_f64) {
        let parts = ln_rising(a, x) + ln_rising(a + x, y);
        prop_assert!((ln_rising(a, x + y) - parts).abs() <= 1e-9 * (1.0 + parts.abs()));
        let whole = ln_rising_excess(a, x) + x * a.ln();
        prop_assert!((ln_rising(a, x) - whole).abs() <= 1e-12 * (1.0 + x * (1.0 + a.ln().abs())));
    }

    #[test]
    fn derivatives_of_the_rising_factorial(a in 0.5..1e3_f64, x in 0.0..1e3_f64) {
        let h = 1e-4 * a;
        let first = (ln_rising(a + h, x) - ln_rising(a - h, x)) / (2.0 * h);
        prop_assert!((first - digamma_difference(a, x)).abs() <= 1e-5 * (1.0 + first.abs()));
        let second = (digamma_difference(a + h, x) - digamma_difference(a - h, x)) / (2.0 * h);
        prop_assert!((second - trigamma_difference(a, x)).abs() <= 1e-5 * (1.0 + second.abs()));
    }

    #[test]
    fn logit_and_expit_undo_each_other(u in -700.0..30.0_f64) {
        // Above 0 the logit of a p near 1 has no more digits than 1 − p.
        let tol = 1e-15 * (u.abs() + 2.0 + u.max(0.0).exp());
        prop_assert!((logit(expit(u)) - u).abs() <= tol);
        prop_assert!((ln_expit(u) + log1p_exp(-u)).abs() == 0.0);
    }
}

#[test]
fn extremes() {
    assert_eq!((expit(f64::NEG_INFINITY), expit(f64::INFINITY)), (0.0, 1.0));
    assert_eq!((logit(0.0), logit(1.0), logit(0.5)), (f64::NEG_INFINITY, f64::INFINITY, 0.0));
    assert!(
        logit(1.5).is_nan()
            && ln_rising(0.0, 1.0).is_nan()
            && digamma_difference(-1.0, 1.0).is_nan()
    );
    assert_eq!((log1p_exp(1e300), log1p_exp(-1e300)), (1e300, 0.0));
    assert_eq!(ln_normal_sf(f64::INFINITY), f64::NEG_INFINITY);
    assert_eq!(ln_normal_cdf(f64::INFINITY), 0.0);
    assert_eq!(log_sum_exp(&[]), f64::NEG_INFINITY);
    assert_eq!(log_sum_exp(&[f64::NEG_INFINITY, 0.0]), 0.0);
    assert!(log_sum_exp(&[f64::NAN, 0.0]).is_nan());
    close(log_sum_exp(&[1000.0, 999.0]), 1_000.313_261_687_518_2, 1e-15);
    // x = 0 and x = 1 are where the excess vanishes.
    assert_eq!((ln_rising_excess(3.0, 0.0), ln_rising_excess(1e12, 1.0)), (0.0, 0.0));
    // The beta-binomial's way to the binomial: Σ ln(1 + j/a) ≈ x(x−1)/(2a).
    close(ln_rising_excess(1e15, 1e3), 999.0 * 1e3 / 2e15, 1e-9);
}
