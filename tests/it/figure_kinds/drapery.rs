//! Drapery plots.

use resorb::figure::{Fonts, drapery::Drapery};
use roxmltree::Document;

use super::{PERCENT, PLAIN, TABLE, assert_near, corners, file, fit, places, table};
use crate::figure_parse::{has_class, named};

#[test]
fn curves_of_a_drapery_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Drapery::from(&fit(&table(TABLE)));
    let file = file("drapery", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PERCENT, PLAIN);
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let drawn: Vec<Vec<(f64, f64)>> =
        named(plot, "polyline").map(|n| corners(&n)).filter(|c| c.len() > 50).collect();
    assert_eq!(drawn.len(), input.curves.len());
    for (curve, drawn) in input.curves.iter().zip(drawn) {
        let wanted: Vec<_> = curve.points.iter().map(|&p| at(p)).collect();
        assert_near(&drawn, &wanted, &curve.label);
    }
    // A curve crosses .05 at the ends of the confidence interval.
    let random = fit(&table(TABLE)).random.unwrap().pooled;
    let points = &input.curves.last().unwrap().points;
    let crossing = points.windows(2).find(|w| w[0].1 < 0.05 && w[1].1 >= 0.05).unwrap();
    let (lower, ends) = (random.yi_lower.unwrap(), (crossing[0].0, crossing[1].0));
    assert!(ends.0 <= lower && lower <= ends.1, "{lower} not in {ends:?}");
}
