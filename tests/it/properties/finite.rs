//! Any table with any settings gives numbers or a typed error, never a panic, NaN or infinity.

use super::*;

/// Whether these choices are ones that the documentation says do not go together.
fn clash(settings: &Settings) -> bool {
    let Model::TwoStep(TwoStep { tau2, ci, tau2_ci, .. }) = settings.model else { return false };
    let likelihood = matches!(tau2, Tau2Method::Ml | Tau2Method::Reml);
    (ci == TwoStepCi::Pl && !likelihood)
        || (ci == TwoStepCi::Kr && tau2 != Tau2Method::Reml)
        || (ci == TwoStepCi::Hc && tau2 != Tau2Method::Dl)
        || (tau2_ci == Tau2Ci::Pl && !likelihood)
        || (tau2_ci == Tau2Ci::Bt && tau2 != Tau2Method::Dl)
        || (settings.prediction == PredictionMethod::Kr && tau2 != Tau2Method::Reml)
}

/// Whether a cell is empty and nothing is added to it on a scale that needs it.
fn undefined(settings: &Settings, rows: &[(u64, u64)]) -> bool {
    let Model::TwoStep(TwoStep { measure, correction, .. }) = settings.model else { return false };
    measure.takes_correction()
        && (correction.to == CorrectionRule::None || correction.add == 0.0)
        && rows.iter().any(|&(x, n)| x == 0 || x == n)
}

/// Every number of a result is a number: nothing in it prints as NaN or infinity, and whatever the
/// contract says is a number is one in JSON, where NaN would have become null.
fn all_finite(fit: &Fit) -> Result<(), TestCaseError> {
    let printed = format!("{fit:?}");
    prop_assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
    for row in fit.studies.iter() {
        let printed = format!("{row:?}");
        prop_assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
    }
    for note in &fit.diagnostics.warnings {
        let sentence = note.to_string();
        prop_assert!(!sentence.contains("NaN") && !sentence.contains("inf "), "{sentence}");
        prop_assert!(sentence.ends_with('.'), "{sentence}");
    }
    let json = serde_json::to_value(fit).unwrap();
    let mut missing = Vec::new();
    for part in ["crude", "common", "random", "prediction", "heterogeneity"] {
        if let Some(keys) = json[part].as_object() {
            missing.extend(
                keys.iter().filter(|(_, v)| v.is_null()).map(|(key, _)| format!("{part}.{key}")),
            );
        }
    }
    // What may be null: no df of a normal statistic, no scale where none is applied, no marginal
    // mean in two steps, no overdispersion.
    let allowed = |key: &str| {
        let absent = [
            "common.df",
            "random.df",
            "random.hk_scale",
            "random.marginal_mean",
            "prediction.df",
            "heterogeneity.rho",
            "heterogeneity.rho_lower",
            "heterogeneity.rho_upper",
        ];
        let likelihood = ["heterogeneity.log_likelihood"];
        // The test-based interval needs three studies.
        let test_based = ["heterogeneity.i2_q_lower", "heterogeneity.i2_q_upper"];
        let exact_zero = ["random.statistic", "random.p_value"];
        absent.contains(&key)
            || (likelihood.contains(&key) && !is_likelihood(&fit.settings))
            || (test_based.contains(&key) && fit.k < 3)
            || (exact_zero.contains(&key) && no_test(fit))
            || (fit.k == 1 && key.starts_with("heterogeneity."))
    };
    missing.retain(|key| !allowed(key));
    prop_assert!(missing.is_empty(), "null: {missing:?}");
    Ok(())
}

fn is_likelihood(settings: &Settings) -> bool {
    matches!(
        settings.model,
        Model::TwoStep(TwoStep { tau2: Tau2Method::Ml | Tau2Method::Reml, .. })
    )
}

/// Henmi and Copas give no test; a Hartung–Knapp factor of 0 leaves no standard error to test with.
fn no_test(fit: &Fit) -> bool {
    fit.random
        .is_some_and(|r| r.pooled.method == CiMethod::Hc || r.hk_scale.is_some_and(|s| s == 0.0))
}

/// What must hold between the numbers of one result.
fn consistent(fit: &Fit) -> Result<(), TestCaseError> {
    let h = &fit.heterogeneity;
    let rate = |value: f64| fit.events.is_none() || (0.0..=1.0).contains(&value);
    let ordered =
        |lower: Option<f64>, upper: Option<f64>| lower.zip(upper).is_none_or(|(l, u)| l <= u);
    let estimates = fit.common.iter().chain(fit.random.iter().map(|random| &random.pooled));
    for e in estimates {
        prop_assert!(ordered(e.yi_lower, e.yi_upper) && ordered(e.ci_lower, e.ci_upper), "{e:?}");
        prop_assert!(
            rate(e.estimate) && e.ci_lower.is_none_or(rate) && e.ci_upper.is_none_or(rate)
        );
        prop_assert!(e.se.is_none_or(|se| se >= 0.0), "{e:?}");
        prop_assert!(e.p_value.is_none_or(|p| (0.0..=1.0).contains(&p)), "{e:?}");
        prop_assert!(e.df.is_none_or(|df| df >= 1.0), "{e:?}");
    }
    if let Some(p) = &fit.prediction {
        prop_assert!(ordered(p.yi_lower, p.yi_upper) && p.lower <= p.upper, "{p:?}");
        prop_assert!(rate(p.lower) && rate(p.upper), "{p:?}");
    }
    prop_assert!(h.tau2.is_none_or(|tau2| tau2 >= 0.0) && h.tau2_se.is_none_or(|se| se >= 0.0));
    prop_assert!(ordered(h.tau2_lower, h.tau2_upper), "{h:?}");
    prop_assert!(h.q.is_none_or(|q| q >= 0.0) && h.h2.is_none_or(|h2| h2 >= 1.0), "{h:?}");
    for i2 in [h.i2, h.i2_lower, h.i2_upper, h.i2_q, h.i2_q_lower, h.i2_q_upper] {
        prop_assert!(i2.is_none_or(|i2| (0.0..=100.0).contains(&i2)), "{h:?}");
    }
    for test in &h.tests {
        prop_assert!((0.0..=1.0).contains(&test.p_value) && test.statistic >= 0.0, "{test:?}");
    }
    prop_assert_eq!(fit.diagnostics.boundary, fit.k > 1 && h.tau2 == Some(0.0));
    let weights: [fn(&StudyRow<'_>) -> Option<f64>; 2] =
        [|row| row.weight_common, |row| row.weight_random];
    for weight in weights {
        let shares: Vec<f64> = fit.studies.iter().filter_map(|row| weight(&row)).collect();
        if !shares.is_empty() {
            prop_assert!((shares.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{shares:?}");
        }
    }
    for row in fit.studies.iter() {
        prop_assert!(row.ci_lower <= row.ci_upper, "{row:?}");
        prop_assert!(rate(row.ci_lower) && rate(row.ci_upper) && rate(row.estimate), "{row:?}");
    }
    Ok(())
}

fn check(result: Result<Fit, ModelError>, may_fail: bool) -> Result<(), TestCaseError> {
    match result {
        Ok(fit) => {
            prop_assert!(!may_fail, "a combination that should be refused was not");
            all_finite(&fit)?;
            consistent(&fit)
        }
        Err(error) => {
            prop_assert!(may_fail, "{error}");
            Ok(())
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_table(
        rows in tables(1..=300),
        settings in settings(Measure::PROPORTIONS.to_vec()),
    ) {
        let rows = affordable(&rows, &settings);
        let may_fail = undefined(&settings, rows) || clash(&settings);
        check(pool(&studies(rows), &settings), may_fail)?;
    }

    #[test]
    fn any_effects(rows in effects(1..=300), settings in settings(vec![Measure::Gen])) {
        let rows = affordable(&rows, &settings);
        check(pool(&generic(rows), &settings), clash(&settings))?;
    }

    /// Few studies are where degrees of freedom run out.
    #[test]
    fn one_to_four_effects(rows in effects(1..=4), settings in settings(vec![Measure::Gen])) {
        check(pool(&generic(&rows), &settings), clash(&settings))?;
    }
}
