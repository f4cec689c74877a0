//! Radial plots.

use resorb::figure::{Fonts, radial::Radial};
use roxmltree::Document;

use super::{PERCENT, PLAIN, TABLE, assert_near, circles, file, fit, places, table};
use crate::{
    figure_panels::line,
    figure_parse::{attribute, has_class, named},
};

#[test]
fn marks_of_a_radial_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Radial::try_from(&fit(&table(TABLE))).unwrap();
    let file = file("radial", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let wanted: Vec<_> =
        input.points.iter().map(|p| at((1.0 / p.se, (p.yi - input.centre) / p.se))).collect();
    assert_near(&circles(&document), &wanted, "radial");
    // A study's rate stands where the line from the left middle through it meets the right side.
    let axis = document.descendants().find(|n| has_class(n, "axis")).unwrap();
    let size = 8.0;
    let labels: Vec<(f64, f64)> = named(axis, "text")
        .filter(|n| !n.has_attribute("transform"))
        .map(|n| (n.text().unwrap().parse::<f64>().unwrap(), attribute(&n, "y") - 0.36 * size))
        .collect();
    assert!(labels.len() > 2, "{labels:?}");
    let (left, middle) = at((0.0, 0.0));
    let right = attribute(&named(axis, "line").next().unwrap(), "x1");
    let scale = line(&labels.iter().map(|&(v, y)| (PERCENT(v), y)).collect::<Vec<_>>());
    for (point, (x, y)) in input.points.iter().zip(wanted) {
        let end = middle + (y - middle) * (right - left) / (x - left);
        assert!((end - scale(point.yi)).abs() < 0.3, "{point:?}: {end} {}", scale(point.yi));
    }
}
