//! Numbers that the project's METHODS fix (§10) and that were published beside the data.

use super::{BETA_BINOMIAL, GLMM, PRITZ, fit, reference};
use resorb::model::{Fit, OneStepCi, TestName};

fn printed(what: &str, ours: Option<f64>, theirs: f64, digits: i32) {
    let ours = ours.unwrap_or(f64::NAN);
    let half = 0.5 * 10f64.powi(-digits);
    assert!((ours - theirs).abs() <= half * 1.0001, "{what}: ours {ours}, printed {theirs}");
}

fn test(fit: &Fit, name: TestName) -> f64 {
    fit.heterogeneity.tests.iter().find(|test| test.name == name).unwrap().statistic
}

/// METHODS §10, Pritz 1997 (14 studies, 246/326).
#[test]
fn pritz() {
    let glmm = fit(&PRITZ, GLMM);
    let random = glmm.random.unwrap();
    printed("mu", random.pooled.yi, 1.376_594, 6);
    printed("se", random.pooled.se, 0.288_380, 6);
    printed("tau2", glmm.heterogeneity.tau2, 0.589_310, 6);
    printed("log-likelihood", glmm.heterogeneity.log_likelihood, -32.605_447, 6);
    printed("median", random.median, 0.798, 3);
    printed("mean", random.marginal_mean.map(|mean| mean.estimate), 0.774, 3);
    printed("LRT", Some(test(&glmm, TestName::Lrt)), 42.2324, 4);
    assert_eq!((glmm.events, glmm.total, glmm.k), (Some(246), Some(326), 14));
    let beta = fit(&PRITZ, BETA_BINOMIAL);
    printed("mu", beta.random.unwrap().pooled.yi, 1.235_328, 6);
    printed("rho", beta.heterogeneity.rho, 0.091_369, 6);
    printed("log-likelihood", beta.heterogeneity.log_likelihood, -32.509_606, 6);
}

/// METHODS §10, Niël-Weise 2007, both arms.
#[test]
fn nielweise() {
    let treated = reference("nielweise2007_treated");
    let glmm = fit(&treated, GLMM);
    let random = glmm.random.unwrap();
    printed("mu", random.pooled.yi, -4.811_850, 6);
    printed("se", random.pooled.se, 0.355_199, 6);
    // §10 prints .825324; mpmath has .8253234934, which is .825323.
    printed("tau2", glmm.heterogeneity.tau2, 0.825_323, 6);
    printed("log-likelihood", glmm.heterogeneity.log_likelihood, -30.424_472, 6);
    let beta = fit(&treated, BETA_BINOMIAL);
    printed("mu", beta.random.unwrap().pooled.yi, -4.430_118, 6);
    printed("rho", beta.heterogeneity.rho, 0.009_476, 6);
    printed("log-likelihood", beta.heterogeneity.log_likelihood, -30.386_688, 6);
    let control = fit(&reference("nielweise2007_control"), GLMM);
    let random = control.random.unwrap();
    printed("mu", random.pooled.yi, -3.496_409, 6);
    printed("se", random.pooled.se, 0.256_969, 6);
    printed("tau2", control.heterogeneity.tau2, 0.812_214, 6);
    printed("log-likelihood", control.heterogeneity.log_likelihood, -48.225_036, 6);
}

/// `datasets/README.md`: 64.6 %, z [48.4, 78.1], t [46.8, 79.2], τ² 1.610, prediction 10 % to 97 %.
#[test]
fn lumbar_disc_herniation() {
    let data = reference("ldh_resorption");
    let by = |ci| fit(&data, super::glmm_by(ci));
    let (z, t) = (by(OneStepCi::Z), by(OneStepCi::T));
    let percent = |rate: Option<f64>| rate.map(|rate| 100.0 * rate);
    let (z, random) = (z.random.unwrap().pooled, t.random.unwrap().pooled);
    printed("median", percent(Some(random.estimate)), 64.6, 1);
    printed("z lower", percent(z.ci_lower), 48.4, 1);
    printed("z upper", percent(z.ci_upper), 78.1, 1);
    printed("t lower", percent(random.ci_lower), 46.8, 1);
    printed("t upper", percent(random.ci_upper), 79.2, 1);
    printed("tau2", t.heterogeneity.tau2, 1.610, 3);
    let prediction = t.prediction.unwrap();
    printed("prediction lower", percent(Some(prediction.lower)), 10.0, 0);
    printed("prediction upper", percent(Some(prediction.upper)), 97.0, 0);
}
