//! Normal Q–Q plots.

use resorb::figure::{Fonts, qq::Qq};
use roxmltree::Document;

use super::{PLAIN, TABLE, assert_near, circles, corners, file, fit, places, table};
use crate::figure_parse::{has_class, named};

#[test]
fn marks_of_a_qq_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = Qq::from(&fit(&table(TABLE)));
    let file = file("qq", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let wanted: Vec<_> = input.points.iter().map(|p| at((p.quantile, p.residual))).collect();
    assert_near(&circles(&document), &wanted, "qq");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let band = corners(&named(plot, "polygon").next().unwrap());
    let lower: Vec<_> = input.points.iter().map(|p| at((p.quantile, p.band.0))).collect();
    assert_near(&band[..lower.len()], &lower, "band");
}

/// R 4.2: `qnorm(ppoints(5))` and, for the first of five, `qnorm(qbeta(c(.025, .975), 1, 5))`.
#[test]
fn quantiles_and_bands_are_those_of_order_statistics() {
    let input = Qq::new((0..5).map(|i| (String::new(), f64::from(i))), 95.0);
    let quantiles: Vec<f64> = input.points.iter().map(|p| p.quantile).collect();
    for (ours, theirs) in quantiles.iter().zip([-1.179_761, -0.497_200_6, 0.0]) {
        assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
    }
    // The smallest of five: P(all above x) = (1 − Φ(x))⁵.
    let sf = |x: f64| resorb::numeric::normal::sf(x).powi(5);
    let (lower, upper) = input.points[0].band;
    assert!((sf(lower) - 0.975).abs() < 1e-12 && (sf(upper) - 0.025).abs() < 1e-12);
    // Ten studies and eleven have different plotting positions, as ppoints has.
    let of =
        |k: u32| Qq::new((0..k).map(|i| (String::new(), f64::from(i))), 95.0).points[0].quantile;
    assert!((of(10) + 1.546_635).abs() < 1e-6, "{}", of(10));
    assert!((of(11) + 1.690_622).abs() < 1e-6, "{}", of(11));
}
