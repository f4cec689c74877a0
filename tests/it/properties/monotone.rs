//! What must grow or fall: Cochran's Q with the variances, intervals with the level, estimators
//! among each other.

use super::*;

/// Settings without a clash, by estimator, for every interval that goes with it.
fn matching(tau2: Tau2Method, ci: TwoStepCi, tau2_ci: Tau2Ci) -> Option<(TwoStepCi, Tau2Ci)> {
    let likelihood = matches!(tau2, Tau2Method::Ml | Tau2Method::Reml);
    let ci_fits = match ci {
        TwoStepCi::Kr => tau2 == Tau2Method::Reml,
        TwoStepCi::Pl => likelihood,
        TwoStepCi::Hc => tau2 == Tau2Method::Dl,
        _ => true,
    };
    let tau2_ci_fits = match tau2_ci {
        Tau2Ci::Pl => likelihood,
        Tau2Ci::Bt => tau2 == Tau2Method::Dl,
        _ => true,
    };
    (ci_fits && tau2_ci_fits).then_some((ci, tau2_ci))
}

fn within(
    inner: (Option<f64>, Option<f64>),
    outer: (Option<f64>, Option<f64>),
    slack: f64,
) -> bool {
    match (inner, outer) {
        ((Some(l), Some(u)), (Some(lower), Some(upper))) => {
            lower <= l + slack && u <= upper + slack
        }
        (inner, outer) => inner == outer,
    }
}

proptest! {
    #![proptest_config(cases(300))]

    /// `Q(τ²) = Σ(yᵢ − μ̂)²/(vᵢ + τ²)` is the Q of the same effects with variances `vᵢ + τ²`.
    #[test]
    fn q_falls_as_tau2_grows(rows in effects(2..=60), start in -8.0..8.0f64, factor in 1.0..100.0f64) {
        let q = |tau2: f64| {
            let rows: Vec<_> = rows.iter().map(|&(y, v)| (y, v + tau2)).collect();
            pool(&generic(&rows), &simple(Measure::Gen, Tau2Method::Dl)).unwrap().heterogeneity.q.unwrap()
        };
        let small = 10f64.powf(start);
        let [at_zero, at_small, at_large] = [0.0, small, small * factor].map(q);
        prop_assert!(at_small <= at_zero * (1.0 + 1e-12), "{at_zero} {at_small}");
        prop_assert!(at_large <= at_small * (1.0 + 1e-12), "{at_small} {at_large}");
    }

    /// At the Paule–Mandel estimate Q is `k − 1`, unless it is below that already at 0.
    #[test]
    fn paule_mandel_solves_its_equation(rows in effects(2..=60)) {
        let fit = pool(&generic(&rows), &simple(Measure::Gen, Tau2Method::Pm)).unwrap();
        let (tau2, df) = (fit.heterogeneity.tau2.unwrap(), rows.len() as f64 - 1.0);
        let shifted: Vec<_> = rows.iter().map(|&(y, v)| (y, v + tau2)).collect();
        let at = pool(&generic(&shifted), &simple(Measure::Gen, Tau2Method::Dl)).unwrap();
        let q = at.heterogeneity.q.unwrap();
        if tau2 == 0.0 {
            prop_assert!(q <= df);
        } else {
            prop_assert!((q - df).abs() <= 1e-9 * df, "{q} {df}");
        }
    }

    #[test]
    fn estimators_keep_their_order(rows in effects(2..=60)) {
        let tau2 = |tau2, genq_weights| {
            let mut settings = simple(Measure::Gen, tau2);
            let Model::TwoStep(choices) = &mut settings.model else { unreachable!() };
            choices.genq_weights = genq_weights;
            pool(&generic(&rows), &settings).unwrap().heterogeneity.tau2.unwrap()
        };
        let se = GenqWeights::Se;
        // The median of χ² lies below its mean.
        prop_assert!(tau2(Tau2Method::Pmm, se) >= tau2(Tau2Method::Pm, se));
        prop_assert_eq!(tau2(Tau2Method::Eb, se), tau2(Tau2Method::Pm, se));
        prop_assert!(tau2(Tau2Method::Hsk, se) >= tau2(Tau2Method::Hs, se));
        prop_assert_eq!(tau2(Tau2Method::Genq, GenqWeights::Variance), tau2(Tau2Method::Dl, se));
        // Sidik and Jonkman's is positive unless all effects are equal.
        let equal = rows.iter().all(|row| row.0 == rows[0].0);
        prop_assert_eq!(tau2(Tau2Method::Sj, se) == 0.0, equal);
    }

    #[test]
    fn intervals_grow_with_the_level(
        rows in effects(2..=40),
        tau2 in select(TAU2.to_vec()),
        ci in select(CI.to_vec()),
        tau2_ci in select(TAU2_CI.to_vec()),
        prediction in select(PREDICTION.to_vec()),
        level in 0.3..0.99f64,
        more in 0.01..1.0f64,
    ) {
        let Some((ci, tau2_ci)) = matching(tau2, ci, tau2_ci) else { return Ok(()) };
        prop_assume!(prediction != PredictionMethod::Kr || tau2 == Tau2Method::Reml);
        let choices = TwoStep { measure: Measure::Gen, tau2, ci, tau2_ci, ..TwoStep::default() };
        let at = |level| Settings {
            model: Model::TwoStep(choices),
            prediction,
            level: Level::new(level).unwrap(),
            ..Settings::default()
        };
        let rows = affordable(&rows, &at(level));
        let fit = |level| pool(&generic(rows), &at(level)).unwrap();
        let (narrow, wide) = (fit(level), fit(level + more * (0.999 - level)));
        let estimates = |fit: &Fit| [fit.common.unwrap(), fit.random.unwrap().pooled];
        for (n, w) in estimates(&narrow).iter().zip(estimates(&wide)) {
            let slack = 1e-9 * n.se.unwrap();
            prop_assert!(within((n.yi_lower, n.yi_upper), (w.yi_lower, w.yi_upper), slack), "{n:?} {w:?}");
        }
        let predicted = |fit: &Fit| fit.prediction.map(|p| (p.yi_lower, p.yi_upper)).unwrap_or_default();
        let width = narrow.prediction.map_or(0.0, |p| p.upper - p.lower);
        prop_assert!(within(predicted(&narrow), predicted(&wide), 1e-9 * width));
        let (n, w) = (&narrow.heterogeneity, &wide.heterogeneity);
        let slack = 1e-9 * n.tau2_upper.unwrap();
        prop_assert!(
            within((n.tau2_lower, n.tau2_upper), (w.tau2_lower, w.tau2_upper), slack),
            "{n:?} {w:?}"
        );
        prop_assert!(within((n.i2_lower, n.i2_upper), (w.i2_lower, w.i2_upper), 1e-7));
        prop_assert!(within((n.i2_q_lower, n.i2_q_upper), (w.i2_q_lower, w.i2_q_upper), 1e-7));
    }
}
