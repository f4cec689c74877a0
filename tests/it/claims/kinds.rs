//! The grid of all analyses of outcomes other than single proportions: each analysis against the same
//! one done alone, and against metafor 5.1 and meta 8.4 (`tests/reference`).

use resorb::{
    analysis::{
        Family, Grid, Method, Multiverse, MultiverseError, Outcome, Printed, RowChoices,
        StatedEffect, examine_effect, multiverse,
    },
    data::{self, Mapping},
    effect::{Correction, Measure},
    model::{Level, OneStepCi, PredictionMethod, Tau2Method, TwoGroupKind, TwoStepCi, pool},
    study::{OutcomeKind, Studies},
};
use serde_json::Value;

use super::grid::{all, same};
use crate::reference::json;

fn read(set: &str) -> Studies {
    let csv = std::fs::read(crate::reference::folder().join(format!("{set}.csv"))).unwrap();
    data::read(&csv, &Mapping::default()).unwrap().studies
}

const SETS: [(&str, OutcomeKind); 5] = [
    ("bcg", OutcomeKind::TwoProportions),
    ("nielweise2008", OutcomeKind::TwoRates),
    ("normand1999", OutcomeKind::TwoMeans),
    ("molloy2014", OutcomeKind::Correlations),
    ("raudenbush1985", OutcomeKind::Generic),
];

#[test]
fn each_analysis_of_each_kind_is_the_one_done_alone() {
    for (set, kind) in SETS {
        let studies = read(set);
        assert_eq!(studies.outcomes().kind(), kind, "{set}");
        let found = all(&studies, &Grid::of(kind));
        for outcome in found.outcomes.iter().step_by(7) {
            let fit = pool(&studies, &outcome.method.settings(Level::default()).unwrap()).unwrap();
            assert!(same(outcome, &fit), "{set}: {outcome:?}\n{:?}", fit.random);
        }
        for &family in Family::of_kind(kind) {
            let has = found.outcomes.iter().any(|outcome| outcome.method.family() == family);
            assert!(has, "{set}: {family:?}, {:?}", found.failed);
        }
        assert!(found.failed.is_empty(), "{set}: {:?}", found.failed);
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn estimate(found: &Multiverse, method: Method) -> f64 {
    found.outcomes.iter().find(|outcome| outcome.method == method).unwrap().estimate
}

/// BCG vaccine (Colditz 1994): the estimators, Mantel–Haenszel, Peto and the one-step models as R
/// prints them.
#[test]
fn odds_ratios_are_those_of_r() {
    let theirs = json("bcg.json");
    let found = all(&read("bcg"), &Grid::of(OutcomeKind::TwoProportions));
    assert_eq!(found.measure, Measure::Or);
    let near = |ours: f64, theirs: &Value, tolerance: f64| {
        let theirs = number(theirs);
        assert!((ours.ln() - theirs).abs() < tolerance, "{} for {theirs}", ours.ln());
    };
    for (tau2, code) in [(Tau2Method::Dl, "DL"), (Tau2Method::Reml, "REML"), (Tau2Method::Pm, "PM")]
    {
        let fits = theirs["fits"].as_array().unwrap();
        let fit = fits
            .iter()
            .find(|fit| fit["measure"] == "OR" && fit["tau2_method"] == code && fit["test"] == "z");
        let method = Method::TwoStep {
            measure: Measure::Or,
            correction: Some(Correction::default()),
            inversion: None,
            tau2,
            ci: TwoStepCi::Z,
            prediction: PredictionMethod::T,
        };
        near(estimate(&found, method), &fit.unwrap()["yi"], 1e-6);
    }
    let strata = Method::MantelHaenszel { measure: Measure::Or };
    near(estimate(&found, strata), &theirs["mh_OR"]["yi"], 1e-10);
    near(estimate(&found, Method::Peto), &theirs["peto"]["yi"], 1e-10);
    let (ci, prediction) = (OneStepCi::Z, PredictionMethod::T);
    for (kind, code) in [(TwoGroupKind::UmFs, "UM.FS"), (TwoGroupKind::CmAl, "CM.AL")] {
        let method = Method::TwoGroup { kind, ci, prediction };
        near(estimate(&found, method), &theirs["glmm_or"][code]["yi"], 1e-3);
    }
}

/// Differences and risk ratios are asked for, and make a range of their own.
#[test]
fn one_grid_is_of_one_quantity() {
    let studies = read("bcg");
    let with = |measures: Vec<Measure>| Grid { measures, ..Grid::of(OutcomeKind::TwoProportions) };
    let found = all(&studies, &with(vec![Measure::Rd]));
    let theirs = number(&json("bcg.json")["mh_RD"]["yi"]);
    let ours = estimate(&found, Method::MantelHaenszel { measure: Measure::Rd });
    assert!((ours - theirs).abs() < 1e-12);
    assert!(!found.outcomes.iter().any(|o| o.method.family() == Family::Peto));
    let run = |grid: &Grid| multiverse(&studies, grid, Level::default(), &mut |_, _| {});
    let error = run(&with(vec![Measure::Or, Measure::Rd])).unwrap_err();
    assert_eq!(error, MultiverseError::Quantities { first: "OR", other: "RD" });
    assert!(matches!(run(&with(vec![Measure::Plo])), Err(MultiverseError::Measure(_))));
    let crude = Grid { models: vec![Family::Crude], ..with(vec![Measure::Or]) };
    let error = run(&crude).unwrap_err().to_string();
    assert!(error.contains("crude") && error.contains("um-fs"), "{error}");
    // Peto's odds ratio is an odds ratio.
    assert!(run(&with(vec![Measure::Or, Measure::Peto])).is_ok());
}

/// Two of the catheter trials have no event in either group: leaving them out is a choice where they
/// count, and none where they say nothing anyway.
#[test]
fn double_zeros_are_a_choice_of_rows() {
    let studies = read("nielweise2007_two_group");
    let found = all(&studies, &Grid::of(OutcomeKind::TwoProportions));
    let names: Vec<&str> = found.row_sets.iter().map(|set| set.name.as_str()).collect();
    assert_eq!(names, ["all", "without double zeros"]);
    let rows_of = |family: Family| {
        let own = found.outcomes.iter().filter(|outcome| outcome.method.family() == family);
        let mut rows: Vec<u32> = own.map(|outcome| outcome.rows).collect();
        rows.dedup();
        rows
    };
    assert_eq!(rows_of(Family::TwoStep), [0, 1]);
    for family in [Family::MantelHaenszel, Family::Peto, Family::UmFs, Family::CmEl] {
        assert_eq!(rows_of(family), [0], "{family:?}");
    }
    let off = Grid { rows: RowChoices::default(), ..Grid::of(OutcomeKind::TwoProportions) };
    assert_eq!(all(&studies, &off).row_sets.len(), 1);
}

/// Shares of variance are those of logarithms, so that swapping the groups changes none of them, and
/// the value of no effect is looked for unasked.
#[test]
fn ratios_are_summarised_by_their_logarithms() {
    let rows = [("A", 4, 123, 11, 139), ("B", 6, 306, 29, 303), ("C", 3, 231, 11, 220)];
    let swapped = rows.map(|(name, a, b, c, d)| (name, c, d, a, b));
    let grid = Grid { models: vec![Family::TwoStep], ..Grid::of(OutcomeKind::TwoProportions) };
    let [one, other] = [rows, swapped]
        .map(|rows| all(&Studies::from_two_counts(rows).unwrap(), &grid).summary(None));
    assert!((one.range[0] * other.range[1] - 1.0).abs() < 1e-9);
    for (a, b) in one.choices.iter().zip(&other.choices) {
        assert_eq!(a.choice, b.choice);
        let difference = a.share_of_variance.unwrap() - b.share_of_variance.unwrap();
        assert!(difference.abs() < 1e-9, "{}", a.choice);
    }
    let holds = one.holds.unwrap();
    assert!((holds.value - 1.0).abs() < 1e-15);
    assert!((holds.ci_share - other.holds.unwrap().ci_share).abs() < 1e-12);
}

/// An odds ratio printed with its interval, planted from every family, is found with its family.
#[test]
fn a_claim_about_a_ratio_is_found() {
    let studies = read("bcg");
    let one = PredictionMethod::T;
    let grid = Grid { predictions: vec![one], ..Grid::of(OutcomeKind::TwoProportions) };
    let found = all(&studies, &grid);
    let print = |value: f64| Printed::number(&format!("{value:.4}")).unwrap();
    let planted = |outcome: &Outcome| StatedEffect {
        ci: Some([print(outcome.ci_lower), print(outcome.ci_upper)]),
        ..StatedEffect::new(print(outcome.estimate))
    };
    // One family at a time: what it finds is the specification that was planted.
    for &family in Family::of_kind(OutcomeKind::TwoProportions) {
        let own = found.outcomes.iter().find(|outcome| outcome.method.family() == family).unwrap();
        let alone = Grid { models: vec![family], ..grid.clone() };
        let examined = examine_effect(planted(own), &studies, &alone, &mut |_, _| {}).unwrap();
        assert_eq!(examined.measure, Measure::Or);
        assert!(examined.against.matches.contains(&found.specification(own)), "{family:?}");
        assert!(examined.verdict.join(" ").contains("to the printed digits"));
        assert_eq!(examined.against.events, None);
    }
    let far = StatedEffect::new(Printed::number("1.70").unwrap());
    let examined = examine_effect(far, &studies, &grid, &mut |_, _| {}).unwrap();
    assert!(examined.against.matches.is_empty());
    assert!(examined.verdict[0].contains("None of"), "{:?}", examined.verdict);
}
