//! Influence of each study.

use resorb::{
    analysis::Flag,
    figure::{
        Embedding, FigureError, Fonts, Look, POINTS_PER_MM,
        influence::{influence, pages},
        svg,
    },
};
use roxmltree::Document;

use super::{NEAR, TABLE, adversarial, fit, influences, table};
use crate::{
    figure_panels::line,
    figure_parse::{assert_tidy, attribute, has_class, mark_area, named},
};

/// Every mark lies where its number says by the labels under its column, in one band or in several; a
/// triangle is beyond the limit of a rule, a circle is not.
#[test]
fn marks_of_an_influence_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let studies = table(TABLE);
    let (measures, input) = influences(&studies, &fit(&studies));
    for (width, bands) in [(174.0, 1), (85.0, 2)] {
        let look = Look { width, ..Look::default() };
        let file = svg(&influence(&input, &look, &fonts).unwrap(), &fonts, Embedding::None);
        assert_tidy(&file, &fonts, &format!("{width} mm"));
        let document = Document::parse(&file).unwrap();
        let of = |class: &'static str| {
            document.descendants().filter(move |n| has_class(n, class)).collect::<Vec<_>>()
        };
        let axes: Vec<_> = of("axis")
            .into_iter()
            .map(|axis| {
                let labels = named(axis, "text").map(|text| {
                    let value = text.text().unwrap().replace('\u{2212}', "-");
                    (value.parse().unwrap(), attribute(&text, "x"))
                });
                line(&labels.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(axes.len(), 8);
        let rows = of("row");
        assert_eq!(rows.len(), 5 * bands);
        for (place, row) in rows.iter().enumerate() {
            let (band, study) = (place / 5, place % 5);
            let marks: Vec<_> =
                row.children().filter(|n| !n.has_tag_name("text")).filter_map(mark_area).collect();
            let columns: Vec<usize> = (0..8).skip(band * 8 / bands).take(8 / bands).collect();
            assert_eq!(marks.len(), columns.len());
            for (mark, column) in marks.iter().zip(columns) {
                let wanted = axes[column](input.columns[column].values[study].unwrap());
                let found = 0.5 * (mark.left + mark.right);
                assert!((found - wanted).abs() < NEAR, "{} of {study}", input.columns[column].name);
                let flagged = input.columns[column].flagged.get(study) == Some(&true);
                assert_eq!(mark.what == "polygon", flagged);
            }
        }
    }
    // Limits are those by which studies are flagged.
    for (column, value) in input.columns.iter().flat_map(|c| {
        c.values.iter().zip(&c.flagged).map(move |(v, flagged)| (c, (v.unwrap(), *flagged)))
    }) {
        let beyond = column.limits.iter().any(|limit| value.0.abs() > limit.abs());
        assert_eq!(beyond, value.1, "{}: {value:?}", column.name);
    }
    assert!(measures.iter().any(|m| m.outlier || !m.flags.is_empty()), "none is flagged");
    assert!((Flag::Cook.limit(5.0) - 0.454_936_4).abs() < 1e-6);
}

/// Forty studies go on over pages of two bands, each page with both axes and the legend.
#[test]
fn an_influence_plot_goes_on_over_pages() {
    let fonts = Fonts::bundled().unwrap();
    let (_, studies) = adversarial().into_iter().find(|case| case.0 == "forty").unwrap();
    let (_, input) = influences(&studies, &fit(&studies));
    let look = Look { width: 85.0, ..Look::default() };
    let scenes = pages(&input, &look, 150.0, &fonts).unwrap();
    assert!(scenes.len() > 1);
    let mut rows = 0;
    for (i, scene) in scenes.iter().enumerate() {
        assert!(scene.height <= 150.0 * POINTS_PER_MM + 0.01);
        assert_eq!(scene.page, Some((i + 1, scenes.len())));
        let file = svg(scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, &format!("page {i}"));
        let document = Document::parse(&file).unwrap();
        let count = |class| document.descendants().filter(|n| has_class(n, class)).count();
        assert_eq!(count("axis"), 8);
        rows += count("row");
        assert!(file.contains("no influence: all studies, equal weights"));
    }
    assert_eq!(rows, 2 * 40);
    let Err(FigureError::PageTooLow { needed, .. }) = pages(&input, &look, 20.0, &fonts) else {
        panic!("20 mm are too low")
    };
    assert_eq!(pages(&input, &look, needed, &fonts).unwrap().len(), 40);
    assert!(pages(&input, &look, needed - 1.0, &fonts).is_err());
}
