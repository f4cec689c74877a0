//! Bubble plots.

use resorb::{
    figure::{Fonts, bubble::Bubble},
    model::{Settings, regress},
};
use roxmltree::Document;

use super::{
    NEAR, PERCENT, PLAIN, TABLE, assert_near, bubbles, circles, corners, file, places, table,
};
use crate::figure_parse::{attribute, has_class, named};

#[test]
fn bubbles_and_their_line_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = bubbles(&table(TABLE)).unwrap();
    let file = file("bubble", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PERCENT);
    let mut points = input.points.clone();
    points.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let wanted: Vec<_> = points.iter().map(|p| at((p.x, p.yi))).collect();
    assert_near(&circles(&document), &wanted, "bubbles");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let mean: Vec<_> = input.line.iter().map(|l| at((l.x, l.yi))).collect();
    let found = named(plot, "polyline").map(|n| corners(&n)).find(|c| c.len() == mean.len());
    let drawn = named(plot, "polyline")
        .map(|n| corners(&n))
        .any(|c| c.len() == mean.len() && (c[0].1 - mean[0].1).abs() < NEAR);
    assert!(drawn, "{found:?}");
    // Areas are weights.
    let radii: Vec<f64> = named(plot, "circle")
        .filter(|n| n.attribute("fill") != Some("none"))
        .map(|n| attribute(&n, "r"))
        .collect();
    for (radius, point) in radii.iter().zip(&points) {
        let share = (radius / radii[0]).powi(2);
        assert!((share - point.weight / points[0].weight).abs() < 0.01, "{radii:?}");
    }
}

#[test]
fn a_regression_that_a_bubble_plot_cannot_show_is_refused() {
    let studies = table(TABLE);
    for formula in ["type", "year + type"] {
        let fit = regress(&studies, &formula.parse().unwrap(), &[], &Settings::two_step()).unwrap();
        let error = Bubble::new(&studies, &fit).unwrap_err().to_string();
        assert!(error.starts_with("a bubble plot cannot show this: "), "{error}");
    }
}
