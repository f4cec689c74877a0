//! Baujat plots.

use resorb::figure::Fonts;
use roxmltree::Document;

use super::{PLAIN, TABLE, assert_near, circles, contributions, file, fit, places, table};

#[test]
fn marks_of_a_baujat_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = contributions(&table(TABLE), &fit(&table(TABLE)));
    let file = file("baujat", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PLAIN, PLAIN);
    let mut wanted: Vec<_> = input.points.iter().map(|p| at((p.x, p.y))).collect();
    let mut found = circles(&document);
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_near(&found, &wanted, "baujat");
    // Each of the few studies has its name.
    for point in &input.points {
        assert!(file.contains(&format!(">{}</text>", point.label)), "{}", point.label);
    }
}
