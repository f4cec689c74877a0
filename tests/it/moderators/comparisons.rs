//! Contrasts, trends, predictions and robust tests of a regression.

use resorb::{
    analysis::{LevelOrder, subgroups},
    model::{Adjust, Formula, Regression, Settings, Small, regress},
    study::Studies,
};

use super::{close, studies};
use crate::reference::{json, numbers};

fn fit(formula: &str, settings: &Settings) -> Regression {
    let formula: Formula = formula.parse().unwrap();
    regress(&studies("ldh_resorption_by_type.csv"), &formula, &[], settings).unwrap()
}

/// A contrast with the reference is its coefficient; one of two others is their difference.
#[test]
fn contrasts_are_differences_of_coefficients() {
    let plain = fit("group", &Settings::two_step());
    let texts = ["extrusion - bulge".to_owned(), "group: sequestration - protrusion".to_owned()];
    let ours = plain.clone().with_contrasts(&texts, Adjust::Holm).unwrap();
    let [first, second] = ours.contrasts.as_slice() else { panic!() };
    let coefficient = |term: &str| plain.coefficients.iter().find(|c| c.term == term).unwrap();
    let extrusion = coefficient("group=extrusion");
    close(first.value.estimate, extrusion.estimate, 1e-12);
    close(first.value.p_value.unwrap(), extrusion.p_value.unwrap(), 1e-12);
    close(first.ratio.unwrap().estimate, extrusion.estimate.exp(), 1e-12);
    let difference =
        coefficient("group=sequestration").estimate - coefficient("group=protrusion").estimate;
    close(second.value.estimate, difference, 1e-12);
    // Holm: the smaller p doubled, the larger at least that.
    let (low, high) = (first.value.p_value.unwrap(), second.value.p_value.unwrap());
    let (low, high) = (low.min(high), low.max(high));
    let adjusted = [first.p_adjusted.unwrap(), second.p_adjusted.unwrap()];
    close(adjusted[0].min(adjusted[1]), 2.0 * low, 1e-12);
    close(adjusted[0].max(adjusted[1]), (2.0 * low).max(high), 1e-12);
}

#[test]
fn all_pairs_of_four_levels_are_six() {
    let ours = fit("group + year", &Settings::default()).with_pairs(Adjust::None).unwrap();
    assert_eq!(ours.contrasts.len(), 6);
    assert!(ours.contrasts.iter().all(|c| c.p_adjusted == c.value.p_value));
}

/// Slope and departure span all differences: with uncorrelated means they add up to Q between; here the
/// slope must be the fitted line's for means that lie on one.
#[test]
fn a_trend_is_the_slope_of_the_means() {
    let order = "bulge<protrusion<extrusion<sequestration";
    let ours = fit("group", &Settings::two_step()).with_trend(order).unwrap();
    let trend = ours.trend.as_ref().unwrap();
    let means: Vec<f64> = trend
        .levels
        .iter()
        .map(|level| ours.predict_at(&format!("group={level}")).unwrap().yi)
        .collect();
    let slope = [-1.5, -0.5, 0.5, 1.5].iter().zip(&means).map(|(c, m)| c * m).sum::<f64>() / 5.0;
    close(trend.slope.estimate, slope, 1e-12);
    assert_eq!(trend.departure.unwrap().df1, 2.0);
    // Two levels lie on a line.
    let two = fit("group", &Settings::two_step()).with_trend("bulge < extrusion").unwrap();
    let two = two.trend.unwrap();
    assert_eq!(two.departure, None);
    close(two.slope.estimate, means[2] - means[0], 1e-12);
}

#[test]
fn predictions_hold_a_new_study_and_say_when_they_reach_beyond() {
    let ours = fit("group + year", &Settings::default())
        .with_predictions(&["year=2030, group=extrusion".to_owned()])
        .unwrap();
    let at = &ours.predictions[0];
    assert!(at.lower < at.ci_lower && at.upper > at.ci_upper);
    assert_eq!(at.outside, ["year"]);
    assert!(ours.predict_at("year=2000,group=bulge").unwrap().outside.is_empty());
}

/// clubSandwich 0.6.0 on the same regression (`group_cr2`, `group_htz`).
#[test]
fn robust_tests_of_the_regression() {
    let more = json("ldh_resorption_by_type.more.json");
    let ours = fit("group", &Settings::two_step()).with_robust(Small::Cr2, None).unwrap();
    let robust = ours.robust.unwrap();
    assert_eq!((robust.clusters, robust.cluster.name()), (8, "study"));
    let theirs = &more["group_cr2"];
    for (i, ours) in robust.coefficients.iter().enumerate() {
        close(ours.estimate, numbers(&theirs["coef"])[i], 1e-4);
        match theirs["se"][i].as_f64() {
            Some(se) => close(ours.se.unwrap(), se, 1e-4),
            None => assert_eq!((ours.se, ours.ci_lower), (None, None)),
        }
    }
    let test = robust.test.unwrap();
    assert_eq!(test.method, "HTZ");
    close(test.value.f, more["group_htz"]["f"].as_f64().unwrap(), 1e-4);
    close(test.value.p_value, more["group_htz"]["p"].as_f64().unwrap(), 1e-4);
}

/// Clusters by a column: year names the same eight studies but two of 2019 and 2021 by their own.
#[test]
fn clusters_by_a_column() {
    let by_year =
        fit("group", &Settings::two_step()).with_robust(Small::Cr1, Some("year")).unwrap();
    let by_study = fit("group", &Settings::two_step()).with_robust(Small::Cr1, None).unwrap();
    let (a, b) = (by_year.robust.unwrap(), by_study.robust.unwrap());
    assert_eq!(a.clusters, b.clusters);
    for (a, b) in a.coefficients.iter().zip(&b.coefficients) {
        assert_eq!((a.se, a.df, a.p_value), (b.se, b.df, b.p_value));
    }
    // The words follow what the clusters are.
    assert_eq!(
        (a.cluster.count(8), b.cluster.count(8)),
        ("8 clusters by year".into(), "8 studies".into())
    );
}

/// One study alone carries the bulges: differences from there rest on a mean that the sandwich takes as
/// known. Without its row nothing leans on one study, and the other differences stay as they are.
#[test]
fn what_one_study_alone_carries_has_no_robust_difference() {
    let by = |studies: &Studies| {
        let order = LevelOrder::Data;
        subgroups(studies, &["group"], &order, &Settings::two_step()).unwrap().dependence.unwrap()
    };
    let all = studies("ldh_resorption_by_type.csv");
    let ours = by(&all);
    assert_eq!(ours.differences.from, "extrusion");
    let [bulge, protrusion, sequestration] = ours.differences.groups.as_slice() else { panic!() };
    assert_eq!(
        (bulge.group.as_str(), bulge.robust.se, bulge.robust.p_value),
        ("bulge", None, None)
    );
    // The variance it would have by the model is there, and the share that no residual shows.
    assert!(bulge.robust.unseen > 0.5 && protrusion.robust.unseen < 1e-12);
    let term = |name: &str| ours.robust.coefficients.iter().find(|c| c.term == name).unwrap();
    let note = |name: &str| term(name).note.clone().unwrap();
    assert!(term("intercept (bulge)").value.se.is_none());
    assert!(note("intercept (bulge)").contains("there is no robust standard error"));
    assert!(note("protrusion").contains("One study alone carries bulge"));
    // Without the bulge τ² of the regression stays, because one row of its own says nothing about it.
    let mask: Vec<bool> = (0..all.k()).map(|row| row != 0).collect();
    let without = by(&all.subset(&mask).unwrap());
    for (with, without) in [protrusion, sequestration].into_iter().zip(&without.differences.groups)
    {
        close(with.robust.estimate, without.robust.estimate, 1e-8);
        close(with.robust.se.unwrap(), without.robust.se.unwrap(), 1e-8);
        close(with.robust.df.unwrap(), without.robust.df.unwrap(), 1e-8);
    }
    assert!(without.robust.coefficients.iter().all(|c| c.note.is_none()));
}
