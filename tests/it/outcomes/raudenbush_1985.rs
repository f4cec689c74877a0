//! Raudenbush and Bryk 1985, J Educ Stat 10:75–98, and Raudenbush 2009 (Handbook of Research Synthesis, 2nd
//! edition, chapter 16): teacher expectancy, 19 experiments. The chapter prints the REML results: mean .083
//! (standard error .052), τ² .019, Q 35.83, and an interval of true effects from −.19 to .35.

use resorb::{
    data::{self, Mapping},
    effect::Measure,
    model::{Model, PredictionMethod, Settings, TwoStep, TwoStepCi, pool},
};

use crate::reference::folder;

#[test]
fn teacher_expectancy() {
    let csv = std::fs::read(folder().join("raudenbush1985.csv")).unwrap();
    let studies = data::read(&csv, &Mapping::default()).unwrap().studies;
    let choices = TwoStep { measure: Measure::Gen, ci: TwoStepCi::Z, ..TwoStep::default() };
    let settings = Settings {
        model: Model::TwoStep(choices),
        prediction: PredictionMethod::Normal,
        ..Settings::default()
    };
    let fit = pool(&studies, &settings).unwrap();
    let pooled = fit.random.unwrap().pooled;
    // .0837 by exact REML, where the chapter has .083.
    assert!((pooled.estimate - 0.083).abs() < 1e-3);
    assert_eq!(format!("{:.3}", pooled.se.unwrap()), "0.052");
    let tau2 = fit.heterogeneity.tau2.unwrap();
    assert_eq!(format!("{tau2:.3}"), "0.019");
    assert_eq!(format!("{:.2}", fit.heterogeneity.q.unwrap()), "35.83");
    // Their interval leaves out the uncertainty of the mean.
    let half = 1.959_964 * tau2.sqrt();
    assert_eq!(format!("{:.2}", pooled.estimate - half), "-0.19");
    assert_eq!(format!("{:.2}", pooled.estimate + half), "0.35");
}
