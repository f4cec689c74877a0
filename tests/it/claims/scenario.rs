//! Scenarios with a known truth: what is known of the methods comes out.

use resorb::{
    analysis::{Family, Grid, Performance, PowerGroup, Scenario, coverage, subgroup_power},
    effect::{Correction, Measure},
    model::{Level, PredictionMethod, Settings, Tau2Method, TwoStepCi},
};

fn scenario(k: usize, tau: f64, replicates: u32) -> Scenario {
    let sizes = vec![60; k];
    Scenario { sizes, rate: 0.6, tau, replicates, seed: 11, level: Level::default() }
}

fn grid() -> Grid {
    Grid {
        models: vec![Family::Crude, Family::Common, Family::TwoStep],
        measures: vec![Measure::Plo],
        corrections: vec![Correction::default()],
        tau2: vec![Tau2Method::Reml],
        intervals: vec![TwoStepCi::Z, TwoStepCi::T, TwoStepCi::Hk],
        predictions: vec![PredictionMethod::T],
        ..Grid::default()
    }
}

fn of<'a>(found: &'a [Performance], model: &str, ci: &str) -> &'a Performance {
    found.iter().find(|p| p.model == model && p.ci.as_deref() == Some(ci)).unwrap()
}

/// Without heterogeneity the common-effect interval holds the truth as often as it says; with much of
/// it, it does not, nor does that of the crude rate, while t and Hartung-Knapp intervals do.
#[test]
fn intervals_that_ignore_heterogeneity_lose_their_coverage() {
    let same = coverage(&scenario(8, 0.0, 400), &grid(), &mut |_, _| {}).unwrap();
    assert!((of(&same, "common", "z").coverage - 0.95).abs() < 0.04);
    let apart = coverage(&scenario(8, 1.0, 400), &grid(), &mut |_, _| {}).unwrap();
    assert!(of(&apart, "common", "z").coverage < 0.6);
    assert!(of(&apart, "crude", "wilson").coverage < 0.6);
    let (z, hk) = (of(&apart, "two-step", "z"), of(&apart, "two-step", "hk"));
    assert!((hk.coverage - 0.95).abs() < 0.04, "{hk:?}");
    assert!(z.coverage < hk.coverage && z.width < hk.width);
    assert!((hk.prediction_coverage.unwrap() - 0.95).abs() < 0.05, "{hk:?}");
    // The crude rate estimates the mean, which lies nearer to one half than the median.
    let crude = of(&apart, "crude", "wilson");
    assert!(crude.estimand == "mean" && crude.truth > 0.5 && crude.truth < 0.6);
    assert!(crude.bias.abs() < 0.02);
}

#[test]
fn a_scenario_is_its_seed() {
    let (a, b) = (scenario(5, 0.5, 30), scenario(5, 0.5, 30));
    assert_eq!(
        coverage(&a, &grid(), &mut |_, _| {}).unwrap(),
        coverage(&b, &grid(), &mut |_, _| {}).unwrap()
    );
}

/// Groups that do not differ are found to differ about as often as the level says, groups that do more
/// and more often.
#[test]
fn power_rises_with_the_difference() {
    let groups = |second: f64| {
        [("a", 0.5), ("b", second)].map(|(name, rate)| PowerGroup {
            name: name.to_owned(),
            sizes: vec![60; 6],
            rate,
        })
    };
    let settings = Settings::two_step();
    let power = |second| {
        subgroup_power(&groups(second), 0.4, 200, &settings, &mut |_, _| {}).unwrap().power
    };
    let (none, some, much) = (power(0.5), power(0.65), power(0.85));
    assert!(none < 0.12 && none < some && some < much && much > 0.9, "{none} {some} {much}");
    assert!(subgroup_power(&groups(0.6)[..1], 0.4, 10, &settings, &mut |_, _| {}).is_err());
    assert!(subgroup_power(&groups(1.0), 0.4, 10, &settings, &mut |_, _| {}).is_err());
}
