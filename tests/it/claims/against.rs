//! Claims against studies: one planted by every method is found among the matches.

use resorb::{
    analysis::{
        Claim, Grid, Outcome, Printed, RowChoices, Specification, Stated, examine_against,
        examine_all_against,
    },
    model::PredictionMethod,
    study::Studies,
};

use super::grid::{all, lumbar};

fn printed(value: f64, decimals: usize) -> Printed {
    Printed::rate(&format!("{value:.decimals$}")).unwrap()
}

fn planted(outcome: &Outcome, decimals: usize) -> Claim {
    let print = |value: f64| printed(value, decimals);
    Claim::new(Stated {
        i2: outcome.i2.or(outcome.i2_q).map(|i2| {
            let decimals = decimals.saturating_sub(2);
            Printed::percentage(&format!("{i2:.decimals$}")).unwrap()
        }),
        ci: Some([print(outcome.ci_lower), print(outcome.ci_upper)]),
        ..Stated::new(print(outcome.estimate))
    })
    .unwrap()
}

fn small_grid() -> Grid {
    Grid { predictions: vec![PredictionMethod::T], ..Grid::default() }
}

/// Each analysis of the default grid as a claim with its rate to three decimals, its interval and
/// whatever I² a tool may have printed: the very specification is among the matches, and no match
/// differs from it at these digits.
#[test]
fn a_claim_by_every_specification_is_found() {
    let studies = lumbar();
    let grid = small_grid();
    let found = all(&studies, &grid);
    assert!(found.outcomes.len() > 700, "{}", found.outcomes.len());
    let claims: Vec<Claim> = found.outcomes.iter().map(|outcome| planted(outcome, 3)).collect();
    let examined = examine_all_against(claims, &studies, &grid, &mut |_, _| {}).unwrap();
    for (outcome, examined) in found.outcomes.iter().zip(&examined) {
        let own = found.specification(outcome);
        let against = examined.against.as_ref().unwrap();
        assert!(against.matches.contains(&own), "{own:?}");
        let stated = examined.claim.stated();
        for other in &against.matches {
            assert!(stated.rate.covers(other.estimate), "{own:?}\n{other:?}");
            let [lower, upper] = stated.ci.unwrap();
            assert!(lower.covers(other.ci_lower) && upper.covers(other.ci_upper));
            if let Some(i2) = stated.i2 {
                let own = [other.i2, other.i2_q].into_iter().flatten();
                assert!(own.clone().any(|own| i2.covers(own)), "{other:?}");
            }
        }
    }
}

/// I² parts analyses that give one rate with one interval: the arcsine has another Q than the logit.
/// A claim with an I² that no analysis has is matched by none.
#[test]
fn i2_is_part_of_the_match() {
    let studies = lumbar();
    let found = all(&studies, &small_grid());
    let with = |outcome: &Outcome, i2: Option<&str>| {
        let stated = Stated {
            i2: i2.map(|i2| Printed::percentage(i2).unwrap()),
            ..planted(outcome, 1).stated().clone()
        };
        let claim = Claim::new(stated).unwrap();
        examine_against(claim, &studies, &small_grid(), &mut |_, _| {}).unwrap()
    };
    let reml =
        found.outcomes.iter().find(|o| o.method.options().is_some_and(|o| o.contains("REML")));
    let reml = reml.unwrap();
    let without = with(reml, None).against.unwrap().matches.len();
    let i2 = format!("{:.2}", reml.i2.unwrap());
    let matched = with(reml, Some(&i2));
    let matches = &matched.against.as_ref().unwrap().matches;
    assert!(matches.contains(&found.specification(reml)));
    assert!(matches.len() < without, "{} of {without}", matches.len());
    assert!(matched.verdict.join(" ").contains("with its interval and its I²"));
    // A crude rate has no I² to print.
    assert!(matches.iter().all(|m| m.model.as_deref() != Some("crude")));
    assert!(with(reml, Some("3.14")).against.unwrap().matches.is_empty());
}

/// Every family, and rows chosen by leaving a study out.
#[test]
fn a_claim_without_one_study_is_found_with_its_rows() {
    let studies = lumbar();
    let rows = RowChoices { leave_one_out: true, ..RowChoices::default() };
    let grid = Grid { measures: vec![resorb::effect::Measure::Plo], rows, ..small_grid() };
    let found = all(&studies, &grid);
    let of = |model: &str| {
        found
            .outcomes
            .iter()
            .find(|o| {
                let s = found.specification(o);
                s.rows == "without Lee 2017" && s.model.as_deref() == Some(model)
            })
            .unwrap()
    };
    for model in ["crude", "common", "two-step", "glmm", "beta-binomial"] {
        let claim = planted(of(model), 5);
        let examined = examine_against(claim, &studies, &grid, &mut |_, _| {}).unwrap();
        let against = examined.against.unwrap();
        let rows: Vec<&Specification> = against.matches.iter().collect();
        assert!(rows.iter().any(|m| m.rows == "without Lee 2017"), "{model}");
        let shared = against.shared.iter().any(|shared| shared.level == "without Lee 2017");
        assert!(shared, "{model}: {:?}", against.shared);
    }
}

/// Xie's number against the lumbar studies: a crude sum, none of whose analyses gives it, and
/// 1198/1694 = 70.7 % without Lee 2017's 486 of 505.
#[test]
fn xie_2024() {
    let claim = Claim::new(Stated {
        k: Some(34),
        total: Some(2199),
        events: Some(1684),
        largest: Some(Printed::rate("96.2 %").unwrap()),
        ..Stated::new(Printed::rate("76.6 %").unwrap())
    })
    .unwrap();
    let found = examine_against(claim, &lumbar(), &small_grid(), &mut |_, _| {}).unwrap();
    assert_eq!(found.arithmetic.crude_sum, Some(true));
    let against = found.against.unwrap();
    let lee = against.crude_without.iter().find(|s| s.study == "Lee 2017").unwrap();
    assert_eq!((lee.events_without, lee.total_without), (1198, 1694));
    assert!(lee.is_stated_extreme);
    assert!((lee.rate_without - 0.707).abs() < 5e-4);
    let reference = against.reference.unwrap();
    // About 64 % (64.6 by the GLMM), a new study between 10 and 97 %.
    assert!((reference.estimate - 0.646).abs() < 1e-3);
    assert!((reference.lower.unwrap() - 0.098).abs() < 1e-3);
    assert!((reference.upper.unwrap() - 0.968).abs() < 1e-3);
    assert!(against.matches.is_empty());
    let verdict = found.verdict.join("\n");
    for words in [
        "consistent with a crude sum",
        "64.6 % [46.8, 79.2]",
        "between 9.8 % and 96.8 %",
        "Lee 2017 (486 of 505, 96.2 %, the largest rate that the claim states)",
        "1,198 of 1,694, 70.7 %",
        "None of ",
    ] {
        assert!(verdict.contains(words), "{words}\n{verdict}");
    }
}

#[test]
fn nearest_analyses_differ_and_come_in_order() {
    let studies = Studies::from_counts([("A", 64, 84), ("B", 35, 77), ("C", 25, 36)]).unwrap();
    let claim = Claim::new(Stated::new(Printed::rate("0.5").unwrap())).unwrap();
    let found = examine_against(claim, &studies, &small_grid(), &mut |_, _| {}).unwrap();
    let against = found.against.unwrap();
    assert_eq!(against.nearest.len(), 5);
    let distances: Vec<f64> = against.nearest.iter().map(|s| (s.estimate - 0.5).abs()).collect();
    assert!(distances.is_sorted(), "{distances:?}");
}
