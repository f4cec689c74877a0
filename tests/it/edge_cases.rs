//! The edges of two-step models, a number and a sentence each (those of one-step models are in
//! `one_step::edges`, the traps with published numbers in `reference::known`).

use resorb::{
    effect::Measure,
    model::{CiMethod, Fit, Model, Settings, Tau2Method, TwoStep, TwoStepCi, pool},
    study::Studies,
};

fn two_step(counts: &[(u64, u64)], choices: TwoStep) -> Fit {
    let studies = counts.iter().enumerate().map(|(i, &(x, n))| (format!("S{}", i + 1), x, n));
    let settings = Settings { model: Model::TwoStep(choices), ..Settings::default() };
    pool(&Studies::from_counts(studies).unwrap(), &settings).unwrap()
}

fn plain(counts: &[(u64, u64)]) -> Fit {
    two_step(counts, TwoStep::default())
}

/// Holds that one of the sentences of `fit` has `words` in it.
#[track_caller]
fn says(fit: &Fit, words: &str) {
    let notes: Vec<String> = fit.diagnostics.warnings.iter().map(ToString::to_string).collect();
    assert!(notes.iter().any(|note| note.contains(words)), "`{words}` in none of {notes:#?}");
}

#[track_caller]
fn close(ours: Option<f64>, expected: f64) {
    let ours = ours.unwrap();
    assert!((ours - expected).abs() <= 1e-12 * expected.abs().max(1e-3), "{ours} {expected}");
}

/// One study is itself, on its own Wald interval; τ² and a random effect are undefined, not NaN.
#[test]
fn one_study() {
    let fit = plain(&[(3, 10)]);
    assert_eq!((fit.random, fit.prediction), (None, None));
    assert_eq!((fit.heterogeneity.tau2, fit.heterogeneity.q), (None, None));
    close(fit.common.unwrap().yi, (3.0_f64 / 7.0).ln());
    close(fit.common.unwrap().se, (1.0 / 3.0 + 1.0 / 7.0_f64).sqrt());
    says(&fit, "One study: there is nothing to pool");
}

/// No events at all: every corrected effect is ln(½/(n + ½)), and the sentence says what that is.
#[test]
fn no_events() {
    let fit = plain(&[(0, 10), (0, 10), (0, 10)]);
    close(fit.random.unwrap().pooled.yi, (0.5_f64 / 10.5).ln());
    says(&fit, "3 studies with an empty cell were corrected");
    says(&fit, "No study saw an event: the two-step value comes from the correction");
    let fit =
        two_step(&[(0, 10), (0, 30)], TwoStep { measure: Measure::Pas, ..TwoStep::default() });
    assert_eq!(fit.random.unwrap().pooled.estimate, 0.0);
    says(&fit, "comes from the transformation");
}

#[test]
fn all_events() {
    let fit = plain(&[(10, 10), (10, 10), (10, 10)]);
    close(fit.random.unwrap().pooled.yi, (10.5_f64 / 0.5).ln());
    says(&fit, "Every patient of every study had the event: the two-step value");
}

/// One empty cell is corrected and said to be; the other studies keep their counts.
#[test]
fn one_empty_cell() {
    let fit = plain(&[(0, 10), (5, 20), (8, 30), (12, 40)]);
    let yi: Vec<f64> = fit.studies.iter().map(|row| row.yi).collect();
    close(Some(yi[0]), (0.5_f64 / 10.5).ln());
    close(Some(yi[1]), (5.0_f64 / 15.0).ln());
    says(&fit, "1 study with an empty cell was corrected: x + 0.5 of n + 1.");
}

/// Identical studies: Q = 0, τ̂² = 0, an empty Q-profile interval, and still a wide t interval.
#[test]
fn identical_studies() {
    let fit = plain(&[(5, 20); 4]);
    let random = fit.random.unwrap();
    close(random.pooled.yi, (5.0_f64 / 15.0).ln());
    // Four times 1/(1/5 + 1/15) is the information.
    close(random.pooled.se, (1.0 / (4.0 / (1.0 / 5.0 + 1.0 / 15.0_f64))).sqrt());
    let h = &fit.heterogeneity;
    assert!(h.q.unwrap() < 1e-25);
    assert_eq!((h.tau2, h.tau2_lower, h.tau2_upper), (Some(0.0), Some(0.0), Some(0.0)));
    assert_eq!((h.i2, h.i2_q), (Some(0.0), Some(0.0)));
    says(&fit, "The interval of τ² is empty");
    says(&fit, "not as evidence of homogeneity; the interval of τ² is empty");
    says(&fit, "is below its 3 degrees of freedom");
    assert!(fit.diagnostics.boundary);
}

/// Unscaled Hartung–Knapp is a point where studies agree; the sentence says so.
#[test]
fn hartung_knapp_of_identical_studies() {
    let fit = two_step(&[(5, 20); 4], TwoStep { ci: TwoStepCi::Hk, ..TwoStep::default() });
    let pooled = fit.random.unwrap().pooled;
    assert_eq!(pooled.method, CiMethod::Hk);
    assert!(pooled.ci_upper.unwrap() - pooled.ci_lower.unwrap() < 1e-7);
    says(&fit, "Hartung–Knapp's variance is 0");
}

/// A million patients among dozens: the common effect is that study, the random effect is not.
#[test]
fn one_huge_study() {
    let fit = plain(&[(500_000, 1_000_000), (3, 10), (6, 9), (2, 11)]);
    assert!((fit.common.unwrap().estimate - 0.5).abs() < 1e-4);
    says(&fit, "S1 has 99.9 % of the weight of the common effect");
    let weights: Vec<f64> = fit.studies.iter().filter_map(|row| row.weight_random).collect();
    assert!(weights[0] < 60.0 && weights[1] > 5.0, "{weights:?}");
}

/// Q below its degrees of freedom: DerSimonian and Laird's τ² is cut at 0, I² from Q is 0, H² is 1.
#[test]
fn q_below_its_degrees_of_freedom() {
    let counts = [(10, 20), (20, 40), (31, 60), (9, 20)];
    let fit = two_step(&counts, TwoStep { tau2: Tau2Method::Dl, ..TwoStep::default() });
    let h = &fit.heterogeneity;
    assert!(h.q.unwrap() < h.df.unwrap());
    assert_eq!((h.tau2, h.i2_q, h.h2), (Some(0.0), Some(0.0), Some(1.0)));
    says(&fit, "Q = 0.27 is below its 3 degrees of freedom");
    says(&fit, "The prediction interval equals the interval of the mean because τ̂² = 0");
}

/// Two studies: both intervals in one sentence, no headline, no prediction.
#[test]
fn two_studies() {
    let fit = plain(&[(14, 21), (20, 35)]);
    assert_eq!(fit.prediction, None);
    says(&fit, "Two studies: the interval with one degree of freedom is [0.045, 0.981]");
    says(&fit, "the Wald interval [0.473, 0.725]; neither is reliable");
}
