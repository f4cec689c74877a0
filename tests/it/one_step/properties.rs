//! What must hold for any table.

use super::{fit, glmm_by, try_fit};
use proptest::prelude::*;
use resorb::model::{Fit, Link, Model, OneStepCi, PredictionMethod, QTest, Settings};

/// Tables of 1 to 300 studies with totals up to 10⁹, mostly small ones of both.
fn tables() -> impl Strategy<Value = Vec<(u64, u64)>> {
    let total = prop_oneof![4 => 1..60_u64, 2 => 1..5_000_u64, 1 => 1..=1_000_000_000_u64];
    let study = (total, 0.0..=1.0_f64, 0..4_u8).prop_map(|(n, share, kind)| match kind {
        0 => (0, n),
        1 if share < 0.3 => (n, n),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "share ≤ 1")]
        _ => ((share * n as f64) as u64, n),
    });
    let k = prop_oneof![6 => 1..12_usize, 2 => 12..60_usize, 1 => 60..=300_usize];
    k.prop_flat_map(move |k| prop::collection::vec(study.clone(), k))
}

fn without_bootstrap(data: &[(u64, u64)], model: Model) -> Fit {
    let prediction = match model {
        Model::BetaBinomial { .. } => PredictionMethod::None,
        _ => PredictionMethod::T,
    };
    try_fit(data, Settings { model, prediction, ..Settings::default() }).unwrap()
}

fn models() -> [Model; 4] {
    let glmm = |link| Model::Glmm { link, ci: OneStepCi::T, q_test: QTest::Lrt };
    [
        glmm(Link::Logit),
        glmm(Link::Probit),
        glmm(Link::Cloglog),
        Model::BetaBinomial { ci: OneStepCi::T },
    ]
}

/// Every number of a result is finite, and what is between limits lies between them.
fn check(fit: &Fit) -> Result<(), TestCaseError> {
    let text = format!("{fit:?}");
    prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    let within = |value: f64, lower: Option<f64>, upper: Option<f64>| {
        lower.is_none_or(|l| l <= value * (1.0 + 1e-12))
            && upper.is_none_or(|u| u >= value * (1.0 - 1e-12))
    };
    for e in fit.common.iter().chain(fit.random.as_ref().map(|r| &r.pooled)) {
        prop_assert!(within(e.estimate, e.ci_lower, e.ci_upper), "{e:?}");
        prop_assert!((0.0..=1.0).contains(&e.estimate));
    }
    if let Some(mean) = fit.random.and_then(|random| random.marginal_mean) {
        prop_assert!(within(mean.estimate, mean.ci_lower, mean.ci_upper), "{mean:?}");
    }
    if let (Some(prediction), Some(random)) = (fit.prediction, fit.random) {
        let limits = (Some(prediction.lower), Some(prediction.upper));
        prop_assert!(within(random.pooled.estimate, limits.0, limits.1), "{prediction:?}");
    }
    let found = &fit.heterogeneity;
    for (value, lower, upper) in [
        (found.tau2, found.tau2_lower, found.tau2_upper),
        (found.rho, found.rho_lower, found.rho_upper),
        (found.i2, found.i2_lower, found.i2_upper),
    ] {
        if let Some(value) = value {
            prop_assert!(within(value, lower, upper), "{found:?}");
        }
    }
    for test in &found.tests {
        prop_assert!(test.statistic >= 0.0 && (0.0..=1.0).contains(&test.p_value), "{test:?}");
    }
    let weights: Vec<f64> = fit.studies.iter().filter_map(|row| row.weight_random).collect();
    if fit.random.is_some() {
        prop_assert!((weights.iter().sum::<f64>() - 100.0).abs() < 1e-9);
        prop_assert!(weights.iter().all(|&weight| weight >= 0.0));
    }
    prop_assert!(fit.diagnostics.converged, "{:?}", fit.diagnostics);
    Ok(())
}

proptest! {
    #![proptest_config(crate::cases::cases(96))]

    #[test]
    fn any_table(data in tables()) {
        for model in models() {
            check(&without_bootstrap(&data, model))?;
        }
    }

    /// The order of the rows changes no digit of the random-effects result.
    #[test]
    fn order_of_the_studies(data in tables(), seed in any::<u64>()) {
        let mut other = data.clone();
        // A permutation that depends on the seed only.
        other.sort_by_key(|pair| (pair.0 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ pair.1);
        for model in models() {
            let (a, b) = (without_bootstrap(&data, model), without_bootstrap(&other, model));
            prop_assert_eq!(a.random, b.random);
            prop_assert_eq!(a.prediction, b.prediction);
            prop_assert_eq!(a.heterogeneity.tau2_upper, b.heterogeneity.tau2_upper);
            prop_assert_eq!(a.heterogeneity.rho_lower, b.heterogeneity.rho_lower);
        }
    }

    /// Events and non-events change places: the sign of the location does, nothing else.
    #[test]
    fn mirror(data in tables()) {
        let mirrored: Vec<(u64, u64)> = data.iter().map(|&(x, n)| (n - x, n)).collect();
        for model in models() {
            if matches!(model, Model::Glmm { link: Link::Cloglog, .. }) {
                continue;
            }
            let (a, b) = (without_bootstrap(&data, model), without_bootstrap(&mirrored, model));
            prop_assert_eq!(a.random.is_some(), b.random.is_some());
            let (Some(x), Some(y)) = (a.random, b.random) else { continue };
            let near = |x: f64, y: f64, scale: f64| (x - y).abs() <= 1e-6 * scale;
            if let (Some(p), Some(q), Some(se)) = (x.pooled.yi, y.pooled.yi, x.pooled.se) {
                prop_assert!(near(p, -q, se + 1e-9), "{} {} {}", p, q, se);
            }
            let found = |fit: &Fit| fit.heterogeneity.tau2.or(fit.heterogeneity.rho);
            if let (Some(p), Some(q)) = (found(&a), found(&b)) {
                prop_assert!(near(p, q, p.abs() + 1e-12), "{p} {q}");
            }
            let likelihoods = a.heterogeneity.log_likelihood.zip(b.heterogeneity.log_likelihood);
            if let Some((p, q)) = likelihoods {
                prop_assert!(near(p, q, 1.0), "{p} {q}");
            }
        }
    }
}

/// Duplicating every study leaves the maximum where it is and halves the variance of the mean.
#[test]
fn duplicates() {
    let twice: Vec<(u64, u64)> = super::PRITZ.iter().chain(&super::PRITZ).copied().collect();
    for model in [glmm_by(OneStepCi::Z), Model::BetaBinomial { ci: OneStepCi::Z }] {
        let (a, b) = (fit(&super::PRITZ, model), fit(&twice, model));
        let (x, y) = (a.random.unwrap().pooled, b.random.unwrap().pooled);
        assert!((x.yi.unwrap() - y.yi.unwrap()).abs() < 1e-9);
        assert!((x.se.unwrap() / y.se.unwrap() - 2f64.sqrt()).abs() < 1e-8);
        let tests = |fit: &resorb::model::Fit| fit.heterogeneity.tests.last().unwrap().statistic;
        assert!((tests(&b) / tests(&a) - 2.0).abs() < 1e-8);
    }
}
