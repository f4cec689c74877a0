//! Data at the edge of what the models can say: each has a result and a sentence.

use super::{BETA_BINOMIAL, GLMM, counts, fit, try_fit, warnings};
use resorb::{
    model::{
        BetaBinomialFit, CiMethod, Estimand, GlmmFit, Level, Link, Model, ModelError, NoFit, Note,
        OneStepCi, PredictionMethod, QTest, Settings, pool,
    },
    study::Studies,
};

/// 0 of 190: the exact bound of one common rate, `1 − (α/2)^{1/190}`, and nothing that pretends to
/// know the heterogeneity.
#[test]
fn no_events() {
    let bound = 1.0 - 0.025f64.powf(1.0 / 190.0);
    for (model, estimand) in [(GLMM, Estimand::Median), (BETA_BINOMIAL, Estimand::Mean)] {
        let fit = fit(&[(0, 50), (0, 40), (0, 100)], model);
        let random = fit.random.unwrap();
        for estimate in [random.pooled, fit.common.unwrap()] {
            assert_eq!((estimate.yi, estimate.se, estimate.yi_lower), (None, None, None));
            assert_eq!((estimate.estimate, estimate.ci_lower), (0.0, Some(0.0)));
            assert!((estimate.ci_upper.unwrap() - bound).abs() < 1e-15);
            let logit = (bound / (1.0 - bound)).ln();
            assert!((estimate.yi_upper.unwrap() - logit).abs() < 1e-12);
            assert_eq!(estimate.method, CiMethod::Exact);
        }
        assert_eq!(random.estimand, estimand);
        assert!(fit.prediction.is_none() && fit.heterogeneity.tau2.is_none());
        assert!(fit.heterogeneity.rho.is_none() && fit.heterogeneity.i2_q.is_none());
        assert!(warnings(&fit).contains("hides any heterogeneity"), "{}", warnings(&fit));
        let weights: Vec<f64> = fit.studies.iter().filter_map(|row| row.weight_random).collect();
        assert!((weights[0] - 100.0 * 50.0 / 190.0).abs() < 1e-12 && weights.len() == 3);
    }
}

#[test]
fn all_events() {
    for model in [GLMM, BETA_BINOMIAL] {
        let fit = fit(&[(50, 50), (140, 140)], model);
        let pooled = fit.random.unwrap().pooled;
        assert_eq!((pooled.estimate, pooled.ci_upper, pooled.yi), (1.0, Some(1.0), None));
        assert!((pooled.ci_lower.unwrap() - 0.025f64.powf(1.0 / 190.0)).abs() < 1e-15);
        assert!(matches!(fit.diagnostics.warnings[..], [Note::AllEvents { .. }]));
    }
}

#[test]
fn one_study() {
    for model in [GLMM, BETA_BINOMIAL] {
        let alone = fit(&[(12, 20)], model);
        assert!(alone.random.is_none() && alone.prediction.is_none());
        assert!(alone.heterogeneity.q.is_none() && alone.heterogeneity.tests.is_empty());
        assert_eq!(alone.diagnostics.warnings, [Note::SingleStudy]);
        // Wald on the logit: ln(12/8) ± 1.96·√(1/12 + 1/8).
        let common = alone.common.unwrap();
        assert!((common.yi.unwrap() - 1.5f64.ln()).abs() < 1e-14);
        assert!((common.se.unwrap() - (1.0 / 12.0 + 1.0 / 8.0_f64).sqrt()).abs() < 1e-14);
        assert!((alone.crude.unwrap().estimate - 0.6).abs() < 1e-15);
        let empty = fit(&[(0, 20)], model);
        assert!(empty.random.is_none());
        assert_eq!(empty.common.unwrap().method, CiMethod::Exact);
        assert_eq!(empty.diagnostics.warnings.len(), 2);
    }
}

/// The binomial-normal likelihood rises with τ for ever; the beta-binomial one ends at ρ = 1, where
/// each study is one observation: 2 of 5.
#[test]
fn all_or_nothing() {
    let data = [(0, 5), (3, 3), (0, 1), (7, 7), (0, 9)];
    let glmm = fit(&data, GLMM);
    assert!(glmm.random.is_none() && glmm.heterogeneity.tau2.is_none());
    assert_eq!(glmm.diagnostics.warnings, [Note::AllOrNothing]);
    assert_eq!(GlmmFit::new(&counts(&data), Link::Probit).unwrap_err(), NoFit::AllOrNothing);
    let beta = fit(&data, BETA_BINOMIAL);
    let random = beta.random.unwrap();
    assert!((random.pooled.estimate - 0.4).abs() < 1e-12);
    assert!((random.pooled.se.unwrap() - (5.0 * 0.4 * 0.6_f64).sqrt().recip()).abs() < 1e-9);
    assert_eq!((beta.heterogeneity.rho, beta.heterogeneity.rho_upper), (Some(1.0), Some(1.0)));
    assert_eq!(random.median, Some(0.0));
    // ln(0.4² 0.6³): every study is one Bernoulli trial.
    let expected = 2.0 * 0.4f64.ln() + 3.0 * 0.6f64.ln();
    assert!((beta.heterogeneity.log_likelihood.unwrap() - expected).abs() < 1e-12);
    let prediction = beta.prediction.unwrap();
    assert_eq!((prediction.lower, prediction.upper), (0.0, 1.0));
    assert!(warnings(&beta).contains("ρ̂ = 1"));
    assert!(beta.studies.iter().all(|row| (row.weight_random.unwrap() - 20.0).abs() < 1e-9));
}

#[test]
fn one_patient_each() {
    for model in [GLMM, BETA_BINOMIAL] {
        let fit = fit(&[(0, 1), (1, 1), (1, 1)], model);
        assert!(fit.random.is_none() && fit.common.unwrap().yi.is_some());
        assert_eq!(fit.diagnostics.warnings, [Note::OnePatientEach]);
    }
}

/// Two studies: both intervals in one note, no prediction interval.
#[test]
fn two_studies() {
    for model in [GLMM, BETA_BINOMIAL] {
        let fit = fit(&[(3, 10), (32, 40)], model);
        let pooled = fit.random.unwrap().pooled;
        assert!(fit.prediction.is_none());
        let Some(Note::TwoStudies { t, z, .. }) = fit.diagnostics.warnings.first() else {
            panic!("{}", warnings(&fit));
        };
        assert_eq!(Some(t.0), pooled.ci_lower);
        assert_eq!(Some(t.1), pooled.ci_upper);
        assert!(z.0 > t.0 && z.1 < t.1);
    }
}

/// Studies that agree exactly: τ̂² = 0 is the pooled binomial, and the sentences say so.
#[test]
fn homogeneous() {
    let data = [(6, 10), (12, 20), (18, 30)];
    let glmm = fit(&data, GLMM);
    let (random, common) = (glmm.random.unwrap(), glmm.common.unwrap());
    assert_eq!(glmm.heterogeneity.tau2, Some(0.0));
    assert_eq!((glmm.heterogeneity.tau2_lower, glmm.heterogeneity.tau2_se), (Some(0.0), None));
    assert!(glmm.heterogeneity.tau2_upper.unwrap() > 0.0);
    assert!((random.pooled.yi.unwrap() - common.yi.unwrap()).abs() < 1e-14);
    assert!((random.pooled.se.unwrap() / common.se.unwrap() - 1.0).abs() < 1e-14);
    let mean = random.marginal_mean.unwrap();
    assert_eq!(mean.estimate, random.pooled.estimate);
    assert_eq!((mean.ci_lower, mean.ci_upper), (random.pooled.ci_lower, random.pooled.ci_upper));
    // No spread: the prediction interval is that of the mean, and its note gives the limit of τ².
    let prediction = glmm.prediction.unwrap();
    assert!((prediction.lower - random.pooled.ci_lower.unwrap()).abs() < 1e-12);
    assert!(warnings(&glmm).contains("not as evidence of homogeneity"), "{}", warnings(&glmm));
    assert!(warnings(&glmm).contains("k = 3"));
    let last = glmm.heterogeneity.tests.last().unwrap();
    assert_eq!((last.statistic, last.p_value), (0.0, 1.0));
    assert!(glmm.heterogeneity.q.unwrap() < 1e-12 && glmm.heterogeneity.i2_q == Some(0.0));
    assert!(glmm.diagnostics.boundary && glmm.diagnostics.converged);
    let weights: Vec<f64> = glmm.studies.iter().filter_map(|row| row.weight_random).collect();
    assert!((weights[2] - 50.0).abs() < 1e-12);
    let beta = fit(&data, BETA_BINOMIAL);
    assert_eq!((beta.heterogeneity.rho, beta.heterogeneity.rho_lower), (Some(0.0), Some(0.0)));
    assert_eq!(beta.random.unwrap().median, Some(beta.random.unwrap().pooled.estimate));
    assert!(warnings(&beta).contains("ρ̂ = 0"));
}

/// The interval is two-sided, the test one-sided: p < .05 and a limit of 0 go together, and say so.
#[test]
fn an_interval_that_meets_zero() {
    let data = [(1, 10), (4, 12), (14, 20), (6, 15)];
    for (model, name) in [(GLMM, "τ²"), (BETA_BINOMIAL, "ρ")] {
        let fit = fit(&data, model);
        let lower = fit.heterogeneity.tau2_lower.or(fit.heterogeneity.rho_lower);
        assert_eq!(lower, Some(0.0));
        assert!(fit.heterogeneity.tests.last().unwrap().p_value < 0.05);
        assert!(warnings(&fit).contains(&format!("The interval of {name} reaches 0")));
    }
}

#[test]
fn several_maxima() {
    let fit = fit(&[(188, 491), (0, 5), (0, 9)], GLMM);
    assert_eq!(fit.diagnostics.modes, 2);
    assert!(warnings(&fit).contains("2 local maxima"));
}

/// One study of 2⁵³ patients, small ones beside it, and a spread of rates over many orders.
#[test]
fn huge_and_small() {
    let n = 1 << 53;
    for link in [Link::Logit, Link::Probit, Link::Cloglog] {
        let fit = GlmmFit::new(&counts(&[(n / 3, n), (4, 10), (0, 7), (5, 5)]), link).unwrap();
        assert!(fit.converged() && fit.se().is_finite() && fit.tau2() >= 0.0, "{link:?}");
        let (_, upper) = fit.tau2_interval(Level::default());
        assert!(upper.unwrap() > fit.tau2());
        let tiny = GlmmFit::new(&counts(&[(1, n), (1, 1_000_000), (1, 10), (0, 3)]), link).unwrap();
        assert!(tiny.converged() && tiny.tau2() > 1.0, "{link:?} {}", tiny.tau2());
    }
    let beta = BetaBinomialFit::new(&counts(&[(n / 3, n), (n / 3 + 1, n), (0, 7)])).unwrap();
    assert!(beta.converged() && beta.rho() < 1e-3);
}

#[test]
fn choices_that_do_not_go_together() {
    let data = [(3, 10), (5, 12), (9, 20)];
    let with =
        |model, prediction| try_fit(&data, Settings { model, prediction, ..Settings::default() });
    for prediction in [PredictionMethod::Hk, PredictionMethod::Kr] {
        let error = with(GLMM, prediction).unwrap_err();
        assert!(matches!(error, ModelError::PredictionNeeds { .. }));
        assert!(error.to_string().contains("the binomial-normal model"), "{error}");
    }
    for prediction in [PredictionMethod::Hk, PredictionMethod::Hts, PredictionMethod::Normal] {
        let error = with(BETA_BINOMIAL, prediction).unwrap_err();
        assert!(matches!(error, ModelError::BetaBinomialPrediction { .. }), "{error}");
    }
    assert!(with(GLMM, PredictionMethod::None).unwrap().prediction.is_none());
    assert!(with(BETA_BINOMIAL, PredictionMethod::None).unwrap().prediction.is_none());
    let effects = Studies::from_effects([("A", 0.1, 0.2), ("B", 0.3, 0.2)]).unwrap();
    for model in [GLMM, BETA_BINOMIAL] {
        let error = pool(&effects, &Settings { model, ..Settings::default() }).unwrap_err();
        assert!(matches!(error, ModelError::NeedsCounts { .. }), "{error}");
    }
}

/// The other links: their own scale, their own typical variance, the same rates nearly.
#[test]
fn other_links() {
    let by = |link| {
        let model = Model::Glmm { link, ci: OneStepCi::T, q_test: QTest::Lrt };
        fit(&super::PRITZ, model)
    };
    let logit = by(Link::Logit);
    for link in [Link::Probit, Link::Cloglog] {
        let other = by(link);
        let pooled = other.random.unwrap().pooled;
        let back = link.inverse(pooled.yi.unwrap()).0;
        assert!((back - pooled.estimate).abs() < 1e-15);
        assert!((pooled.estimate - logit.random.unwrap().pooled.estimate).abs() < 0.03);
        let difference = other.heterogeneity.i2.unwrap() - logit.heterogeneity.i2.unwrap();
        assert!(difference.abs() < 5.0, "{link:?} {difference}");
        // The saturated and the common model do not depend on the link.
        assert_eq!(other.heterogeneity.q, logit.heterogeneity.q);
        let crude = other.common.unwrap().estimate;
        assert!((crude - logit.common.unwrap().estimate).abs() < 1e-12);
    }
}
