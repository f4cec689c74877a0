//! What must hold for every parameter: order, complements, symmetries, round trips, finite values.

use proptest::prelude::*;
use resorb::numeric::{beta, binomial, chi_squared, fisher_f, gamma, normal, student_t};

/// A parameter over many magnitudes, often one of those that occur in practice.
fn parameter() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-6.0..12.0_f64).prop_map(|e| 10_f64.powf(e)),
        (-0.5..4.0_f64).prop_map(|e| 10_f64.powf(e)),
        (1_u32..2000).prop_map(f64::from),
        (1_u32..200).prop_map(|n| 0.5 * f64::from(n)),
    ]
}

/// Any positive number.
fn any_size() -> impl Strategy<Value = f64> {
    prop_oneof![parameter(), (-300.0..300.0_f64).prop_map(|e| 10_f64.powf(e))]
}

/// A probability with its share of both extremes.
fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-300.0..0.0_f64).prop_map(|e| 10_f64.powf(e)),
        (-13.0..-0.3_f64).prop_map(|e| 1.0 - 10_f64.powf(e)),
        1e-6..0.999_999,
    ]
}

/// Neighbouring values may differ by rounding in the wrong direction, by no more than this.
const ROUNDING: f64 = 1e-12;

fn ordered(low: f64, high: f64) -> bool {
    low <= high + ROUNDING * low.abs()
}

fn near(a: f64, b: f64, tol: f64) -> bool {
    a == b || (a - b).abs() <= tol * a.abs().max(b.abs())
}

proptest! {
    #![proptest_config(crate::cases::cases(1000))]

    #[test]
    fn everything_is_finite_and_a_probability(
        (a, b, p) in (any_size(), any_size(), probability()),
        x in prop_oneof![0.0..1.0_f64, (-300.0..300.0_f64).prop_map(|e| 10_f64.powf(e))],
    ) {
        let quantiles = [
            normal::quantile(p), student_t::quantile(p, a), chi_squared::quantile(p, a),
            gamma::quantile(p, a, b), fisher_f::quantile(p, a, b), beta::quantile(p, a, b),
            normal::quantile_upper(p), student_t::quantile_upper(p, a),
            chi_squared::quantile_upper(p, a), gamma::quantile_upper(p, a, b),
            fisher_f::quantile_upper(p, a, b), beta::quantile_upper(p, a, b),
        ];
        prop_assert!(quantiles.iter().all(|q| q.is_finite()), "{quantiles:?}");
        let tails = [
            normal::cdf(x), normal::sf(x), student_t::cdf(x, a), student_t::sf(x, a),
            student_t::two_sided(x, a), chi_squared::cdf(x, a), chi_squared::sf(x, a),
            gamma::cdf(x, a, b), gamma::sf(x, a, b), fisher_f::cdf(x, a, b), fisher_f::sf(x, a, b),
            beta::cdf(x, a, b), beta::sf(x, a, b),
            binomial::cdf(x.floor(), b.ceil(), p), binomial::sf(x.floor(), b.ceil(), p),
            binomial::pmf((p * b).floor(), b.ceil(), p),
        ];
        prop_assert!(tails.iter().all(|t| (0.0..=1.0).contains(t)), "{tails:?}");
    }

    #[test]
    fn the_two_tails_make_one(a in parameter(), b in parameter(), p in probability()) {
        let x = beta::quantile(p, a, b);
        prop_assert!(near(beta::cdf(x, a, b) + beta::sf(x, a, b), 1.0, 1e-15));
        let x = gamma::quantile(p, a, 1.0);
        prop_assert!(near(gamma::cdf(x, a, 1.0) + gamma::sf(x, a, 1.0), 1.0, 1e-15));
        let t = student_t::quantile(p, a);
        prop_assert!(near(student_t::cdf(t, a) + student_t::sf(t, a), 1.0, 1e-15));
    }

    #[test]
    fn tails_keep_the_order_of_x(
        (a, b) in (parameter(), parameter()),
        (p, step) in (probability(), -12.0..0.0_f64),
    ) {
        let up = 1.0 + 10_f64.powf(step);
        let x = beta::quantile(p, a, b);
        let higher = (x * up).min(1.0);
        prop_assert!(ordered(beta::cdf(x, a, b), beta::cdf(higher, a, b)));
        prop_assert!(ordered(beta::sf(higher, a, b), beta::sf(x, a, b)));
        let x = gamma::quantile(p, a, 1.0);
        prop_assert!(ordered(gamma::cdf(x, a, 1.0), gamma::cdf(x * up, a, 1.0)));
        prop_assert!(ordered(gamma::sf(x * up, a, 1.0), gamma::sf(x, a, 1.0)));
        let f = fisher_f::quantile(p, a, b);
        prop_assert!(ordered(fisher_f::cdf(f, a, b), fisher_f::cdf(f * up, a, b)));
        let t = student_t::quantile(p, a).abs();
        prop_assert!(ordered(student_t::sf(t * up, a), student_t::sf(t, a)));
    }

    #[test]
    fn quantiles_keep_the_order_of_p(
        (a, b) in (parameter(), parameter()),
        (p, q) in (probability(), probability()),
    ) {
        let (p, q) = (p.min(q), p.max(q));
        prop_assert!(ordered(normal::quantile(p), normal::quantile(q)));
        prop_assert!(ordered(student_t::quantile(p, a), student_t::quantile(q, a)));
        prop_assert!(ordered(gamma::quantile(p, a, b), gamma::quantile(q, a, b)));
        prop_assert!(ordered(fisher_f::quantile(p, a, b), fisher_f::quantile(q, a, b)));
        prop_assert!(ordered(beta::quantile(p, a, b), beta::quantile(q, a, b)));
        prop_assert!(ordered(beta::quantile_upper(q, a, b), beta::quantile_upper(p, a, b)));
        let n = a.ceil();
        prop_assert!(binomial::quantile(p, n, 0.3) <= binomial::quantile(q, n, 0.3));
    }

    #[test]
    fn quantiles_undo_tails(a in 0.05..1e4_f64, b in 0.05..1e4_f64, p in 1e-12..0.5_f64) {
        // x is rounded to one part in 1e16, which moves the tail by the elasticity times that; near 1
        // the elasticity is that of 1 − x, which keeps fewer digits.
        let tol = 1e-12;
        let x = beta::quantile(p, a, b);
        if x > 1e-300 && x < 0.999 {
            prop_assert!(near(beta::cdf(x, a, b), p, tol), "{x} {}", beta::cdf(x, a, b));
        }
        let x = gamma::quantile_upper(p, a, b);
        prop_assert!(near(gamma::sf(x, a, b), p, tol));
        let t = student_t::quantile_upper(p, a);
        prop_assert!(near(student_t::sf(t, a), p, tol));
        let f = fisher_f::quantile(p, a, b);
        if f > 1e-300 {
            prop_assert!(near(fisher_f::cdf(f, a, b), p, tol));
        }
        let z = normal::quantile(p);
        prop_assert!(near(normal::cdf(z), p, tol));
    }

    #[test]
    fn symmetries(a in parameter(), b in parameter(), p in probability(), x in 1e-3..0.999_f64) {
        // 1 − x is exact only where x has the bits for it.
        let x = (x * 1024.0).round() / 1024.0;
        prop_assert!(near(beta::cdf(x, a, b), beta::sf(1.0 - x, b, a), 1e-14));
        let (u, v) = (beta::quantile(p, a, b), beta::quantile_upper(p, b, a));
        prop_assert!((u + v - 1.0).abs() <= 4.0 * f64::EPSILON, "{u} {v}");
        prop_assert_eq!(student_t::cdf(-x, a), student_t::sf(x, a));
        prop_assert_eq!(normal::quantile(p), 0.0 - normal::quantile_upper(p));
        let f = fisher_f::quantile(p, a, b);
        if f > 1e-300 && f < 1e300 {
            // A far quantile is e to a large exponent, whose rounding is that of the quantile.
            let tol = 1e-13 + 4.0 * f64::EPSILON * f.ln().abs();
            prop_assert!(near(f, 1.0 / fisher_f::quantile_upper(p, b, a), tol));
        }
    }

    #[test]
    fn families_meet_where_they_must(df in 0.5..1e5_f64, x in 1e-3..30.0_f64) {
        // T² is F(1, df); χ²₂ is exponential; Beta(a, 1) is a power; F(df, ∞) is χ²/df.
        prop_assert!(near(student_t::two_sided(x, df), fisher_f::sf(x * x, 1.0, df), 1e-11));
        prop_assert!(near(chi_squared::sf(x, 2.0), (-0.5 * x).exp(), 1e-14));
        prop_assert!(near(beta::cdf(0.5, df.min(900.0), 1.0), 0.5_f64.powf(df.min(900.0)), 1e-12));
        let limit = fisher_f::sf(x, df, f64::INFINITY);
        prop_assert!(near(limit, chi_squared::sf(x * df, df), 1e-15));
        prop_assert!(near(chi_squared::sf(x * x, 1.0), 2.0 * normal::sf(x), 1e-12));
        prop_assert!(near(student_t::cdf(x, 1.0), 0.5 + x.atan() / std::f64::consts::PI, 1e-14));
    }

    #[test]
    fn binomial_quantile_is_the_first_to_reach(n in 0_u32..3000, p in 0.0..=1.0_f64, q in 1e-9..1.0_f64) {
        let n = f64::from(n);
        let x = binomial::quantile(q, n, p);
        prop_assert!(binomial::cdf(x, n, p) >= q);
        prop_assert!(x == 0.0 || binomial::cdf(x - 1.0, n, p) < q);
    }

    #[test]
    fn binomial_probabilities_sum_to_the_tail(n in 1_u32..200, p in 0.001..0.999_f64) {
        let n = f64::from(n);
        let mut below = 0.0;
        let mut x = 0.0;
        while x <= n {
            below += binomial::pmf(x, n, p);
            prop_assert!((binomial::cdf(x, n, p) - below).abs() < 1e-13);
            let pmf = binomial::pmf(x, n, p);
            prop_assert!(pmf < 1e-300 || near(binomial::ln_pmf(x, n, p).exp(), pmf, 1e-12));
            x += 1.0;
        }
    }
}

#[test]
fn invalid_parameters_are_nan_and_nothing_else_is() {
    let nan = f64::NAN;
    for bad in [0.0, -1.0, nan] {
        assert!(student_t::cdf(1.0, bad).is_nan() && student_t::quantile(0.3, bad).is_nan());
        assert!(chi_squared::sf(1.0, bad).is_nan() && chi_squared::quantile(0.3, bad).is_nan());
        assert!(gamma::cdf(1.0, 1.0, bad).is_nan() && gamma::cdf(1.0, bad, 1.0).is_nan());
        assert!(fisher_f::cdf(1.0, bad, 1.0).is_nan() && fisher_f::cdf(1.0, 1.0, bad).is_nan());
        assert!(beta::cdf(0.5, bad, 1.0).is_nan() && beta::quantile(0.5, 1.0, bad).is_nan());
        assert!(beta::ln_pdf(0.5, 1.0, bad).is_nan());
    }
    for p in [-1e-9, 1.0 + 1e-9, nan] {
        assert!(normal::quantile(p).is_nan() && student_t::quantile(p, 2.0).is_nan());
        assert!(beta::quantile(p, 1.0, 2.0).is_nan() && gamma::quantile(p, 1.0, 2.0).is_nan());
        assert!(fisher_f::quantile(p, 1.0, 2.0).is_nan());
        assert!(binomial::cdf(1.0, 2.0, p).is_nan() && binomial::quantile(p, 2.0, 0.5).is_nan());
    }
    assert!(binomial::pmf(1.0, 2.5, 0.5).is_nan());
    assert!(normal::cdf(nan).is_nan() && beta::cdf(nan, 1.0, 1.0).is_nan());
}

#[test]
fn ends_of_the_range() {
    let inf = f64::INFINITY;
    assert_eq!((normal::quantile(0.0), normal::quantile(1.0)), (-inf, inf));
    assert_eq!((normal::cdf(-inf), normal::cdf(inf), normal::pdf(inf)), (0.0, 1.0, 0.0));
    assert_eq!((student_t::quantile(0.0, 3.0), student_t::quantile(1.0, 3.0)), (-inf, inf));
    assert_eq!((student_t::cdf(-inf, 3.0), student_t::cdf(inf, 3.0)), (0.0, 1.0));
    assert_eq!(student_t::quantile(0.3, inf), normal::quantile(0.3));
    assert_eq!((chi_squared::quantile(0.0, 3.0), chi_squared::quantile(1.0, 3.0)), (0.0, inf));
    assert_eq!((chi_squared::cdf(-1.0, 3.0), chi_squared::sf(0.0, 3.0)), (0.0, 1.0));
    assert_eq!((fisher_f::quantile(0.0, 3.0, 2.0), fisher_f::quantile(1.0, 3.0, 2.0)), (0.0, inf));
    assert_eq!((beta::quantile(0.0, 3.0, 2.0), beta::quantile(1.0, 3.0, 2.0)), (0.0, 1.0));
    assert_eq!((beta::cdf(-0.1, 3.0, 2.0), beta::cdf(1.1, 3.0, 2.0)), (0.0, 1.0));
    assert_eq!((beta::ln_pdf(0.0, 1.0, 3.0), beta::ln_pdf(1.0, 3.0, 0.5)), (3_f64.ln(), inf));
    assert_eq!(beta::ln_pdf(1.5, 1.0, 3.0), -inf);
    assert_eq!((binomial::cdf(-1.0, 5.0, 0.3), binomial::cdf(5.0, 5.0, 0.3)), (0.0, 1.0));
    assert_eq!((binomial::pmf(0.0, 5.0, 0.0), binomial::pmf(5.0, 5.0, 1.0)), (1.0, 1.0));
    assert_eq!((binomial::pmf(0.0, 0.0, 0.3), binomial::quantile(0.5, 0.0, 0.3)), (1.0, 0.0));
    assert_eq!(binomial::ln_pmf(1.0, 5.0, 0.0), -inf);
    // The two-sided p value of a huge t is small, not 0, and no t overflows.
    assert!(student_t::two_sided(1e200, 1.0) > 0.0);
    assert_eq!(student_t::quantile(1e-300, 0.1), -f64::MAX);
}

/// Of a quantile near e^{−284} the last bits go with the rounding of the exponent: mpmath's
/// `(p A B(A, B))^{1/A}` with `A = df1/2`, `B = df2/2` to 20 digits, x → 0.
#[test]
fn far_quantile_of_f() {
    let (df1, df2, p) = (8.520_032_933_274_412e-5, 209_224_905.827_230_78, 0.987_559_813_331_637_1);
    let exact = 3.168_886_825_220_978e-124;
    let ours = fisher_f::quantile(p, df1, df2);
    assert!(near(ours, exact, 1e-13), "{ours:e}");
    assert!(near(1.0 / fisher_f::quantile_upper(p, df2, df1), exact, 1e-13));
}

/// Cases that the properties above found before.
#[test]
fn found_by_properties() {
    assert_eq!(binomial::quantile(1e-9, 1.0, 0.0), 0.0);
    let (n, p) = (153.0, 0.002_955_966_287_664_307);
    assert!(near(binomial::ln_pmf(n, n, p).exp(), binomial::pmf(n, n, p), 1e-12));
    assert_eq!(beta::quantile(1.0, 3.0, 45.201_789_638_925_554), 1.0);
    assert_eq!(beta::quantile_upper(1.0, 45.201_789_638_925_554, 3.0), 0.0);
}
