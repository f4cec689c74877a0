//! Intervals hold their estimate, or a note says that they do not.

use super::*;

fn holds(lower: Option<f64>, value: Option<f64>, upper: Option<f64>, slack: f64) -> bool {
    let (Some(lower), Some(value), Some(upper)) = (lower, value, upper) else { return false };
    lower <= value + slack && value <= upper + slack
}

fn noted(fit: &Fit, note: &Note) -> bool {
    fit.diagnostics.warnings.contains(note)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn pooled_effects(rows in effects(1..=40), settings in settings(vec![Measure::Gen])) {
        let Ok(fit) = pool(&generic(affordable(&rows, &settings)), &settings) else { return Ok(()) };
        let random = fit.random.map(|random| random.pooled);
        for e in fit.common.iter().chain(&random) {
            // The likelihood's own centre is ML's mean, and a bootstrap may be off centre; at usual
            // levels they hold the estimate too.
            let off_centre = matches!(e.method, CiMethod::Pl | CiMethod::Bootstrap);
            if !off_centre || fit.settings.level.proportion() > 0.8 {
                let slack = 1e-12 * e.se.unwrap();
                prop_assert!(holds(e.yi_lower, e.yi, e.yi_upper, slack), "{e:?}");
                prop_assert!(e.ci_lower.unwrap() <= e.estimate && e.estimate <= e.ci_upper.unwrap());
            }
        }
        if let (Some(p), Some(e)) = (fit.prediction, random)
            && e.method != CiMethod::Hc
            && p.method != PredictionMethod::Bootstrap
        {
            prop_assert!(holds(p.yi_lower, e.yi, p.yi_upper, 1e-12 * e.se.unwrap()), "{p:?} {e:?}");
        }
    }

    #[test]
    fn tau2_and_what_follows_from_it(
        rows in effects(2..=40),
        tau2 in select(TAU2.to_vec()),
        tau2_ci in select(TAU2_CI.to_vec()),
        level in 0.8..0.999f64,
    ) {
        let mut settings = simple(Measure::Gen, tau2);
        settings.level = Level::new(level).unwrap();
        let Model::TwoStep(choices) = &mut settings.model else { unreachable!() };
        choices.tau2_ci = tau2_ci;
        let Ok(fit) = pool(&generic(&rows), &settings) else { return Ok(()) };
        let h = &fit.heterogeneity;
        let (lower, value, upper) = (h.tau2_lower.unwrap(), h.tau2.unwrap(), h.tau2_upper.unwrap());
        let inside = lower <= value && value <= upper;
        prop_assert_eq!(noted(&fit, &Note::Tau2IntervalNull), upper == 0.0);
        prop_assert_eq!(noted(&fit, &Note::Tau2Outside), !inside && upper > 0.0);
        let solves_the_same_equation = matches!(
            (tau2, tau2_ci),
            (Tau2Method::Ml | Tau2Method::Reml, Tau2Ci::Pl)
                | (Tau2Method::Pm | Tau2Method::Pmm | Tau2Method::Eb, Tau2Ci::Qp)
                | (Tau2Method::Genqm, Tau2Ci::Genq)
                | (Tau2Method::Dl, Tau2Ci::Bt)
        );
        prop_assert!(inside || !solves_the_same_equation || upper == 0.0, "{lower} {value} {upper}");
        prop_assert!(!inside || (h.i2_lower <= h.i2 && h.i2 <= h.i2_upper), "{h:?}");
        prop_assert!(!inside || (h.h2_lower <= h.h2 && h.h2 <= h.h2_upper), "{h:?}");
        if let (Some(low), Some(high)) = (h.i2_q_lower, h.i2_q_upper) {
            prop_assert!(holds(Some(low), h.i2_q, Some(high), 1e-9), "{h:?}");
        }
        prop_assert_eq!(noted(&fit, &Note::SeveralModes { modes: fit.diagnostics.modes }), fit.diagnostics.modes > 1);
    }
}
