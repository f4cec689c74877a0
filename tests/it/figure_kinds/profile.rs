//! Profiles of τ².

use resorb::{
    figure::Fonts,
    model::{Model, OneStepCi, Settings, pool, tau2_profile},
};
use roxmltree::Document;

use super::{NEAR, PLAIN, TABLE, assert_near, circles, corners, file, places, table};
use crate::figure_parse::{has_class, named};

#[test]
fn the_profile_lies_where_its_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = tau2_profile(&table(TABLE), &Settings::two_step(), 40).unwrap();
    let file = file("profile", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    assert_near(&circles(&document), &[at((input.estimate, 0.0))], "the maximum");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let curve = named(plot, "polyline").map(|n| corners(&n)).max_by_key(Vec::len).unwrap();
    for (tau2, height) in &input.points {
        let (x, y) = at((*tau2, height - input.maximum));
        let seen = curve.iter().any(|p| (p.0 - x).abs() < NEAR && (p.1 - y).abs() < NEAR);
        assert!(seen || height - input.maximum < -2.6 * input.drop, "{tau2} {height}");
    }
}

#[test]
fn a_profile_loses_its_drop_at_the_limits_of_its_interval() {
    for settings in [Settings::two_step(), Settings::default()] {
        let input = tau2_profile(&table(TABLE), &settings, 40).unwrap();
        for limit in [Some(input.lower).filter(|&l| l > 0.0), input.upper].into_iter().flatten() {
            let (_, height) = input.points.iter().find(|p| p.0 == limit).unwrap();
            assert!((input.maximum - height - input.drop).abs() < 1e-6, "{limit} {height}");
        }
        assert!(input.points.iter().all(|p| p.1 <= input.maximum));
        let fit = pool(&table(TABLE), &settings).unwrap();
        assert_eq!(Some(input.estimate), fit.heterogeneity.tau2);
    }
    let beta = Model::BetaBinomial { ci: OneStepCi::default() };
    let settings = Settings { model: beta, ..Settings::default() };
    assert!(tau2_profile(&table(TABLE), &settings, 40).is_err());
}
