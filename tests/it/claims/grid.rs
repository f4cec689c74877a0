//! The grid of all analyses: each against the same analysis done alone, its order, its summary.

use resorb::{
    analysis::{
        Advice, Choice, Family, Grid, Method, Multiverse, MultiverseError, Outcome, RowChoices,
        multiverse,
    },
    data::{self, Mapping},
    effect::Measure,
    model::{Estimand, Fit, Level, Tau2Method, TwoStepCi, pool},
    study::{Filter, OutcomeKind, Studies},
};

pub(super) fn lumbar() -> Studies {
    let csv = data::bundled::find("ldh_resorption").unwrap().csv;
    data::read(csv.as_bytes(), &Mapping::default()).unwrap().studies
}

/// Fourteen studies, two of them with an empty cell.
fn pritz() -> Studies {
    let csv = std::fs::read(crate::reference::folder().join("pritz1997.csv")).unwrap();
    data::read(&csv, &Mapping::default()).unwrap().studies
}

pub(super) fn all(studies: &Studies, grid: &Grid) -> Multiverse {
    multiverse(studies, grid, Level::default(), &mut |_, _| {}).unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + b.abs())
}

/// The outcome against the fit of the same settings.
pub(super) fn same(outcome: &Outcome, fit: &Fit) -> bool {
    let limits = |lower: Option<f64>, upper: Option<f64>| {
        near(outcome.ci_lower, lower.unwrap_or(0.0)) && near(outcome.ci_upper, upper.unwrap_or(1.0))
    };
    let common = [Family::Common, Family::MantelHaenszel, Family::Peto];
    if common.contains(&outcome.method.family()) {
        let common = fit.common.unwrap();
        return near(outcome.estimate, common.estimate) && limits(common.ci_lower, common.ci_upper);
    }
    let random = fit.random.unwrap();
    if matches!(outcome.method, Method::Glmm { estimand: Estimand::Mean, .. }) {
        let mean = random.marginal_mean.unwrap();
        return near(outcome.estimate, mean.estimate) && limits(mean.ci_lower, mean.ci_upper);
    }
    let prediction = match (outcome.prediction, fit.prediction) {
        (Some([lower, upper]), Some(fit)) => near(lower, fit.lower) && near(upper, fit.upper),
        (None, _) => true,
        _ => false,
    };
    let spread = outcome.tau2.is_none_or(|tau2| near(tau2, fit.heterogeneity.tau2.unwrap()))
        && outcome.i2.is_none_or(|i2| near(i2, fit.heterogeneity.i2.unwrap()))
        && outcome.i2_q.is_none_or(|i2| near(i2, fit.heterogeneity.i2_q.unwrap()));
    near(outcome.estimate, random.pooled.estimate)
        && limits(random.pooled.ci_lower, random.pooled.ci_upper)
        && prediction
        && spread
}

/// Every analysis of the grid is what `pool` gives for its settings.
#[test]
fn each_analysis_is_the_one_done_alone() {
    for studies in [lumbar(), pritz()] {
        let found = all(&studies, &Grid::default());
        assert!(found.outcomes.len() >= 2000, "{}", found.outcomes.len());
        // A prime step visits all families, scales, corrections and intervals in a hundred fits.
        for outcome in found.outcomes.iter().step_by(23) {
            let Some(settings) = outcome.method.settings(Level::default()) else { continue };
            let fit = pool(&studies, &settings).unwrap();
            assert!(same(outcome, &fit), "{outcome:?}\n{:?}\n{:?}", fit.random, fit.prediction);
        }
        for &family in Family::of_kind(OutcomeKind::Proportions) {
            assert!(found.outcomes.iter().any(|outcome| outcome.method.family() == family));
        }
    }
}

/// 926 of 1,322, and its exact interval as `pool` prints it.
#[test]
fn the_crude_rate_is_in_the_grid_and_advised_against() {
    let studies = lumbar();
    let found = all(&studies, &Grid { models: vec![Family::Crude], ..Grid::default() });
    let fit = pool(&studies, &resorb::model::Settings::two_step()).unwrap();
    let crude = fit.crude.unwrap();
    let first = found.outcomes[0];
    assert!(near(first.estimate, 926.0 / 1322.0));
    assert!(near(first.ci_lower, crude.ci_lower.unwrap()));
    assert!(first.advice.contains(Advice::CrudeSum));
    assert_eq!(found.outcomes.len(), 3);
}

/// A correction that changes no study is no alternative: the lumbar data have no empty cell, so that
/// `only0` and `if0all` are one.
#[test]
fn corrections_without_effect_are_left_out() {
    let corrections = |studies: &Studies| {
        let grid = Grid { measures: vec![Measure::Plo], ..Grid::default() };
        let found = all(studies, &grid);
        let mut names: Vec<String> = found
            .outcomes
            .iter()
            .filter_map(|o| found.chosen(o, Choice::Correction).map(std::borrow::Cow::into_owned))
            .collect();
        names.dedup();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(corrections(&lumbar()), ["0.5 all", "0.5 only0"]);
    // Where a cell is empty, correcting all if one is empty is correcting all.
    assert_eq!(corrections(&pritz()), ["0.5 if0all", "0.5 only0"]);
}

#[test]
fn rows_are_chosen_by_columns_predicates_and_studies() {
    let studies = lumbar();
    let rows = RowChoices {
        by: vec!["definition_class".to_owned()],
        filters: vec![Filter::parse("population != recovered").unwrap()],
        leave_one_out: true,
        ..RowChoices::default()
    };
    let grid = Grid { models: vec![Family::Crude], rows, ..Grid::default() };
    let found = all(&studies, &grid);
    let names: Vec<&str> = found.row_sets.iter().map(|set| set.name.as_str()).collect();
    assert_eq!(names[0], "all");
    assert!(names.contains(&"without Lee 2017"));
    assert!(names.contains(&"definition_class = any"));
    assert!(names.contains(&"definition_class != any; without Yu 2014"));
    // No study is left out by the predicate: the bundled rows that are used have no such patients.
    assert_eq!(found.dimensions[1].levels, ["all"]);
    let mut masks: Vec<_> = found.row_sets.iter().map(|set| set.mask.clone()).collect();
    masks.sort();
    masks.dedup();
    assert_eq!(masks.len(), names.len());
    // Without Lee 2017's 486 of 505 the crude rate is 440 of 817.
    let without = found.outcomes.iter().find(|o| found.rows_of(o) == "without Lee 2017").unwrap();
    assert!(near(without.estimate, 440.0 / 817.0));
}

#[test]
fn shares_of_variance_are_those_of_a_balanced_design() {
    let studies = lumbar();
    let grid = Grid {
        models: vec![Family::TwoStep],
        measures: vec![Measure::Plo, Measure::Pas, Measure::Prz],
        tau2: vec![Tau2Method::Reml, Tau2Method::Dl, Tau2Method::Sj],
        intervals: vec![TwoStepCi::Z, TwoStepCi::Adhoc],
        corrections: vec![resorb::effect::Correction::default()],
        ..Grid::default()
    };
    let found = all(&studies, &grid);
    let summary = found.summary(Some(0.766));
    let share = |name: &str| {
        let choice = summary.choices.iter().find(|choice| choice.choice == name);
        choice.map(|choice| choice.share_of_variance.unwrap())
    };
    // A two-way layout by hand: estimates depend on scale and estimator alone.
    let cell = |measure: &str, tau2: &str| {
        let of = |o: &&Outcome| {
            found.chosen(o, Choice::Scale).as_deref() == Some(measure)
                && found.chosen(o, Choice::Tau2).as_deref() == Some(tau2)
        };
        found.outcomes.iter().find(of).unwrap().estimate
    };
    let (scales, estimators) = (["PLO", "PAS", "PRZ"], ["REML", "DL", "SJ"]);
    let table: Vec<Vec<f64>> = scales.map(|s| estimators.map(|t| cell(s, t)).to_vec()).to_vec();
    let grand: f64 = table.iter().flatten().sum::<f64>() / 9.0;
    let total: f64 = table.iter().flatten().map(|y| (y - grand).powi(2)).sum();
    let rows: f64 = table.iter().map(|r| 3.0 * (r.iter().sum::<f64>() / 3.0 - grand).powi(2)).sum();
    let columns: f64 =
        (0..3).map(|j| 3.0 * (table.iter().map(|r| r[j]).sum::<f64>() / 3.0 - grand).powi(2)).sum();
    assert!((share("scale").unwrap() - rows / total).abs() < 1e-9);
    assert!((share("tau2_method").unwrap() - columns / total).abs() < 1e-9);
    assert!(share("ci").unwrap() < 1e-12);
    let rest = 1.0 - (rows + columns) / total;
    assert!((summary.interactions.unwrap() - rest).abs() < 1e-9);
    assert_eq!(summary.distinct_estimates, 9);
    let holds = summary.holds.unwrap();
    let counted =
        found.outcomes.iter().filter(|o| o.ci_lower <= 0.766 && 0.766 <= o.ci_upper).count() as f64;
    assert!(near(holds.ci_share, counted / found.outcomes.len() as f64));
}

#[test]
fn guidance_speaks_where_it_applies() {
    let found = all(&lumbar(), &Grid::default());
    let has = |advice: Advice, wanted: &dyn Fn(&Outcome) -> bool| {
        found.outcomes.iter().all(|o| o.advice.contains(advice) == wanted(o))
    };
    assert!(has(Advice::CrudeSum, &|o| o.method.family() == Family::Crude));
    assert!(has(Advice::CommonEffect, &|o| o.method.family() == Family::Common));
    assert!(
        has(Advice::FreemanTukey, &|o| o.method.chosen(Choice::Scale).as_deref() == Some("PFT"))
    );
    assert!(has(Advice::HarmonicInversion, &|o| {
        o.method.chosen(Choice::Inversion).as_deref() == Some("harmonic")
    }));
    assert!(found.outcomes.iter().any(|o| o.advice.is_empty()));
    for advice in Advice::ALL {
        assert!(advice.reason().ends_with('.') && advice.source().contains("20"));
    }
}

#[test]
fn an_empty_grid_and_too_few_studies_say_so() {
    let error = |studies: &Studies, grid: &Grid| {
        multiverse(studies, grid, Level::default(), &mut |_, _| {}).unwrap_err()
    };
    let nothing = Grid {
        models: vec![Family::TwoStep],
        tau2: vec![Tau2Method::Reml],
        intervals: vec![TwoStepCi::Hc],
        ..Grid::default()
    };
    assert_eq!(error(&lumbar(), &nothing), MultiverseError::Empty);
    let one = Studies::from_counts([("A", 3, 9)]).unwrap();
    assert_eq!(error(&one, &Grid::default()), MultiverseError::TooFew { k: 1 });
    let by = |name: &str| Grid {
        rows: RowChoices { by: vec![name.to_owned()], ..RowChoices::default() },
        ..Grid::default()
    };
    let unknown = error(&lumbar(), &by("colour")).to_string();
    assert!(unknown.contains("colour") && unknown.contains("definition_class"), "{unknown}");
    // All events: the likelihoods have no maximum, and the rest is still there.
    let full = Studies::from_counts([("A", 9, 9), ("B", 4, 4), ("C", 7, 7)]).unwrap();
    let found = all(&full, &Grid::default());
    assert!(found.failed.iter().any(|failed| failed.part == "glmm"));
    assert!(found.outcomes.iter().any(|o| o.method.family() == Family::TwoStep));
}

/// The result does not hang on the number of threads, because parts are put together in order; twice
/// the same grid is twice the same result.
#[test]
fn the_order_is_stable() {
    let studies = lumbar();
    let rows = RowChoices { leave_one_out: true, ..RowChoices::default() };
    let grid = Grid {
        models: vec![Family::Crude, Family::TwoStep, Family::BetaBinomial],
        measures: vec![Measure::Plo, Measure::Pft],
        tau2: vec![Tau2Method::Reml, Tau2Method::Dl],
        intervals: vec![TwoStepCi::Z, TwoStepCi::Adhoc],
        rows,
        ..Grid::default()
    };
    let (a, b) = (all(&studies, &grid), all(&studies, &grid));
    assert_eq!(a, b);
    let rows: Vec<u32> = a.outcomes.iter().map(|o| o.rows).collect();
    assert!(rows.is_sorted());
}
