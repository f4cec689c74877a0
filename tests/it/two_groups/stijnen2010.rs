//! Stijnen, Hamza and Özdemir 2010, Random effects meta-analysis of event outcome in the framework of
//! the generalized linear mixed model, Statistics in Medicine 29: catheters with and without
//! anti-infective coating (Niël-Weise 2007, 2008).

use resorb::model::{OneStepFit, TwoGroupKind};

use super::{counted, timed};

fn rounded(value: f64, digits: i32) -> f64 {
    (value * 10_f64.powi(digits)).round() / 10_f64.powi(digits)
}

/// Log odds ratios of bloodstream infection, as the paper prints them: the exact hypergeometric model,
/// and its binomial approximation.
#[test]
fn odds_ratios() {
    let studies = counted("nielweise2007_two_group");
    let exact = OneStepFit::counts(&studies, TwoGroupKind::CmEl).unwrap();
    assert_eq!(rounded(exact.mu(), 4), -1.3532);
    // Printed as .3511. The joint information at the maximum gives .35104 (`one_step.json`); optimisers
    // that difference the likelihood give .35107.
    assert!((exact.se() - 0.3511).abs() < 1e-4);
    assert_eq!(rounded(exact.tau2(), 2), 0.69);
    let approximate = OneStepFit::counts(&studies, TwoGroupKind::CmAl).unwrap();
    assert_eq!(rounded(approximate.mu(), 4), -1.3026);
    // Printed as -1.3027, from fewer nodes.
    assert!((approximate.mu() + 1.3027).abs() < 1e-4);
}

/// Rates of infection a thousand catheter days without coating: Poisson counts with a normal random
/// effect.
#[test]
fn single_rates() {
    let studies = timed("nielweise2008");
    let without: Vec<_> = studies.iter().map(|study| study.second).collect();
    let fit = OneStepFit::single_rates(&without).unwrap();
    assert_eq!(rounded(fit.mu() + 1000_f64.ln(), 4), 1.4007);
    assert_eq!(rounded(fit.se(), 4), 0.2310);
}

/// The rate ratio, conditional on the infections of each study.
#[test]
fn rate_ratio() {
    let fit = OneStepFit::rates(&timed("nielweise2008"), TwoGroupKind::CmEl).unwrap();
    assert_eq!((rounded(fit.mu(), 4), rounded(fit.se(), 4)), (-0.4762, 0.2377));
    assert_eq!(rounded(fit.tau2().sqrt(), 2), 0.35);
}
