//! Intervals of single studies.

use super::*;

/// The limits of `x/n` at `level`, on the logit or another scale for Wald.
fn limits(method: StudyInterval, (x, n): (u64, u64), measure: Measure, level: f64) -> (f64, f64) {
    let mut settings = simple(measure, Tau2Method::Dl);
    settings.study_ci = method;
    settings.level = Level::new(level).unwrap();
    let fit = pool(&studies(&[(x, n)]), &settings).unwrap();
    let row = fit.studies.get(0).unwrap();
    assert_eq!(row.estimate, x as f64 / n as f64);
    (row.ci_lower, row.ci_upper)
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn they_hold_the_rate_and_grow_with_the_level(
        counts in counts(),
        method in select(STUDY_CI.to_vec()),
        measure in select(Measure::PROPORTIONS.to_vec()),
        level in 0.5..0.999f64,
        more in 0.0..1.0f64,
    ) {
        let rate = counts.0 as f64 / counts.1 as f64;
        let (lower, upper) = limits(method, counts, measure, level);
        prop_assert!(0.0 <= lower && upper <= 1.0);
        let slack = 1e-14 * rate;
        prop_assert!(lower <= rate + slack && rate <= upper + slack, "{rate}: [{lower}, {upper}]");
        let wider = limits(method, counts, measure, level + more * (0.999_9 - level));
        let slack = 1e-12 * upper;
        prop_assert!(wider.0 <= lower + slack && upper <= wider.1 + slack, "{wider:?} [{lower}, {upper}]");
    }

    #[test]
    fn exchanging_events_mirrors_them(
        (x, n) in counts(),
        method in select(STUDY_CI.to_vec()),
        measure in select(vec![Measure::Plo, Measure::Pr, Measure::Prz, Measure::Pas, Measure::Pft]),
        level in 0.5..0.999f64,
    ) {
        let (lower, upper) = limits(method, (x, n), measure, level);
        let mirrored = limits(method, (n - x, n), measure, level);
        prop_assert!((1.0 - upper - mirrored.0).abs() < 1e-12, "{upper} {mirrored:?}");
        prop_assert!((1.0 - lower - mirrored.1).abs() < 1e-12, "{lower} {mirrored:?}");
    }

    /// Mid-P lies within Clopper–Pearson, Wilson within its corrected form and within
    /// Agresti–Coull, which has the same centre.
    #[test]
    fn some_lie_within_others(counts in counts(), level in 0.5..0.999f64) {
        let at = |method| limits(method, counts, Measure::Plo, level);
        let within = |(l, u): (f64, f64), (lower, upper): (f64, f64)| {
            lower <= l + 1e-12 * l && u <= upper + 1e-12 * upper
        };
        let [exact, mid_p, wilson, corrected, agresti_coull] = [
            StudyInterval::ClopperPearson,
            StudyInterval::MidP,
            StudyInterval::Wilson,
            StudyInterval::WilsonCc,
            StudyInterval::AgrestiCoull,
        ]
        .map(at);
        prop_assert!(within(mid_p, exact), "{mid_p:?} {exact:?}");
        prop_assert!(within(wilson, corrected), "{wilson:?} {corrected:?}");
        prop_assert!(within(wilson, agresti_coull), "{wilson:?} {agresti_coull:?}");
    }
}
