//! Colditz et al. 1994, JAMA 271:698–702: BCG vaccine against tuberculosis, 13 trials. The abstract prints
//! the random-effects (`DerSimonian`–Laird) relative risk of the trials: .49 (95 % CI, .34 to .70).

use resorb::{
    analysis::Absolute,
    effect::Measure,
    model::{Model, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
};

use super::raw;

#[test]
fn relative_risk_of_tuberculosis() {
    let choices = TwoStep {
        measure: Measure::Rr,
        tau2: Tau2Method::Dl,
        ci: TwoStepCi::Z,
        ..TwoStep::default()
    };
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    let fit = pool(&raw("bcg", "two counts"), &settings).unwrap();
    let pooled = fit.random.unwrap().pooled;
    assert_eq!(format!("{:.2}", pooled.estimate), "0.49");
    assert_eq!(format!("{:.2}", pooled.ci_lower.unwrap()), "0.34");
    assert_eq!(format!("{:.2}", pooled.ci_upper.unwrap()), "0.70");
    assert_eq!((fit.k, fit.studies.corrected().len()), (13, 0));
    // At a risk of 2 % the vaccine saves 1.02 points, so that 98 have to be vaccinated.
    let found = Absolute::of(&fit, 0.02).unwrap();
    assert_eq!(format!("{:.0}", found.number_needed.unwrap()), "-98");
    let (from, to) = found.number_needed_interval.unwrap();
    assert!(from < -98.0 && to > -98.0 && to < 0.0);
}
