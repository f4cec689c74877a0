//! Rothman, Greenland and Lash 2008, Modern Epidemiology, tables 15-1 and 15-2: deaths under tolbutamide
//! and placebo by age, and coronary deaths of smoking and other doctors by age.

use resorb::model::{
    RdVariance, breslow_day, cochran_mantel_haenszel, mantel_haenszel_rates, odds_ratio,
    rate_difference, rate_ratio, risk_difference, risk_ratio,
};

use super::{assert_close, assert_pooled, assert_tested, metafor, rates, tables};

const TOLBUTAMIDE: [(u64, u64, u64, u64); 2] = [(8, 106, 5, 120), (22, 98, 16, 85)];

const DOCTORS: [(u64, f64, u64, f64); 5] = [
    (32, 52_407.0, 2, 18_790.0),
    (104, 43_248.0, 12, 10_673.0),
    (206, 28_612.0, 28, 5_710.0),
    (186, 12_663.0, 28, 2_585.0),
    (102, 5_317.0, 31, 1_462.0),
];

/// As the book prints them.
#[test]
fn published() {
    let studies = tables(&TOLBUTAMIDE);
    let rounded = |value: f64, digits: usize| format!("{value:.digits$}");
    let difference = risk_difference(&studies, RdVariance::default()).unwrap();
    assert_eq!(rounded(difference.yi, 3), "0.035");
    assert_eq!(rounded(risk_ratio(&studies).unwrap().yi.exp(), 2), "1.33");
    assert_eq!(rounded(odds_ratio(&studies).unwrap().yi.exp(), 2), "1.40");
    let studies = rates(&DOCTORS);
    assert_eq!(rounded(rate_ratio(&studies).unwrap().yi.exp(), 2), "1.42");
    assert_eq!(rounded(1e4 * rate_difference(&studies).unwrap().yi, 2), "11.44");
}

#[test]
fn as_metafor() {
    let theirs = metafor();
    let at = |measure: &str| &theirs[format!("rothman/{measure}")];
    let studies = tables(&TOLBUTAMIDE);
    let or = odds_ratio(&studies).unwrap();
    assert_pooled(&or, at("OR"), "OR");
    assert_pooled(&risk_ratio(&studies).unwrap(), at("RR"), "RR");
    assert_pooled(&risk_difference(&studies, RdVariance::Sato).unwrap(), at("RD"), "RD");
    assert_tested(cochran_mantel_haenszel(&studies, true), &at("OR")["cmh_corrected"], "CMH");
    assert_tested(cochran_mantel_haenszel(&studies, false), &at("OR")["cmh"], "CMH");
    let homogeneity = breslow_day(&studies, or.yi).unwrap();
    assert_close(homogeneity.breslow_day.statistic, &at("OR")["breslow_day"], "Breslow-Day");
    assert_close(homogeneity.tarone.statistic, &at("OR")["tarone"], "Tarone");
    let studies = rates(&DOCTORS);
    assert_pooled(&rate_ratio(&studies).unwrap(), at("IRR"), "IRR");
    assert_pooled(&rate_difference(&studies).unwrap(), at("IRD"), "IRD");
    assert_tested(mantel_haenszel_rates(&studies, true), &at("IRR")["cmh_corrected"], "MH");
    assert_tested(mantel_haenszel_rates(&studies, false), &at("IRR")["cmh"], "MH");
}

/// The two variances of the risk difference, by hand from the formulas of Greenland and Robins 1985 and
/// of Sato, Greenland and Robins 1989: with two large strata they hardly differ.
#[test]
fn variances_of_the_difference() {
    let studies = tables(&TOLBUTAMIDE);
    let se = |variance| risk_difference(&studies, variance).unwrap().se;
    for (variance, by_hand) in [
        (RdVariance::GreenlandRobins, 0.031_898_077_678_133_73),
        (RdVariance::Sato, 0.031_902_685_887_271_85),
    ] {
        assert!((se(variance) - by_hand).abs() < 1e-15, "{variance:?}: {}", se(variance));
    }
}
