//! Orchard plots and intervals of studies.

use resorb::{
    analysis::{LevelOrder, subgroups},
    figure::{
        Embedding, FigureError, Fonts, Look, POINTS_PER_MM,
        orchard::{Orchard, orchard},
        study_intervals::{StudyIntervals, pages, study_intervals},
        svg,
    },
    model::Settings,
};
use roxmltree::Document;

use super::{NEAR, TABLE, adversarial, assert_near, below, file, fit, table};
use crate::figure_parse::{assert_tidy, attribute, has_class, named};

#[test]
fn marks_of_an_orchard_plot_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let by = subgroups(&table(TABLE), &["type"], &LevelOrder::Data, &Settings::two_step()).unwrap();
    let input = Orchard::from(&by);
    let file = file("orchard", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = below(&document);
    let rows: Vec<_> = document.descendants().filter(|n| has_class(n, "row")).collect();
    assert_eq!(rows.len(), input.groups.len());
    for (row, group) in rows.iter().zip(&input.groups) {
        let centres: Vec<f64> = named(*row, "circle").map(|n| attribute(&n, "cx")).collect();
        let wanted: Vec<f64> =
            group.points.iter().map(|p| p.estimate).chain(group.estimate).map(&at).collect();
        assert_eq!(centres.len(), wanted.len());
        for (a, b) in centres.iter().zip(&wanted) {
            assert!((a - b).abs() < NEAR, "{}: {a} {b}", group.label);
        }
        let lines: Vec<(f64, f64)> =
            named(*row, "line").map(|n| (attribute(&n, "x1"), attribute(&n, "x2"))).collect();
        let wanted: Vec<(f64, f64)> = group
            .prediction
            .into_iter()
            .chain(group.interval)
            .map(|(a, b)| (at(a), at(b)))
            .collect();
        assert_near(&lines, &wanted, &group.label);
    }
}

#[test]
fn lines_of_study_intervals_lie_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let input = StudyIntervals::try_from(&fit(&table(TABLE))).unwrap();
    let file = file("study_intervals", &fonts);
    let document = Document::parse(&file).unwrap();
    let at = below(&document);
    let rows: Vec<_> = document.descendants().filter(|n| has_class(n, "row")).collect();
    assert_eq!(rows.len(), 5);
    for (row, study) in rows.iter().zip(&input.studies) {
        let lines: Vec<(f64, f64)> = named(*row, "line")
            .filter(|n| attribute(n, "y1") == attribute(n, "y2"))
            .map(|n| (attribute(&n, "x1"), attribute(&n, "x2")))
            .collect();
        let wanted: Vec<_> = study.intervals.iter().map(|&(a, b)| (at(a), at(b))).collect();
        assert_near(&lines, &wanted, &study.label);
    }
}

#[test]
fn study_intervals_go_on_over_pages() {
    let fonts = Fonts::bundled().unwrap();
    let (_, studies) = adversarial().into_iter().find(|case| case.0 == "forty").unwrap();
    let input = StudyIntervals::try_from(&fit(&studies)).unwrap();
    let look = Look { width: 114.0, ..Look::default() };
    let scenes = pages(&input, &look, 150.0, &fonts).unwrap();
    assert!(scenes.len() > 2);
    let mut rows = 0;
    for (i, scene) in scenes.iter().enumerate() {
        assert!(scene.height <= 150.0 * POINTS_PER_MM + 0.01);
        assert_eq!(scene.page, Some((i + 1, scenes.len())));
        let file = svg(scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, &format!("page {i}"));
        let document = Document::parse(&file).unwrap();
        rows += document.descendants().filter(|n| has_class(n, "row")).count();
        assert!(file.contains(">Wald</text>"));
    }
    assert_eq!(rows, 40);
    let Err(FigureError::PageTooLow { needed, .. }) = pages(&input, &look, 20.0, &fonts) else {
        panic!("20 mm are too low")
    };
    assert_eq!(pages(&input, &look, needed, &fonts).unwrap().len(), 40);
    assert!(pages(&input, &look, needed - 1.0, &fonts).is_err());
}

/// The width that an error names works, and a millimetre less does not.
#[test]
fn the_smallest_width_of_rows_works() {
    let fonts = Fonts::bundled().unwrap();
    for (case, studies) in adversarial().into_iter().take(7) {
        let input = StudyIntervals::try_from(&fit(&studies)).unwrap();
        let at = |width| study_intervals(&input, &Look { width, ..Look::default() }, &fonts);
        let Err(FigureError::TooNarrow { needed, .. }) = at(20.0) else {
            panic!("{case}: 20 mm are too narrow")
        };
        assert!(at(needed).is_ok() && at(needed - 1.0).is_err(), "{case}: {needed} mm");
    }
}

/// Legends explain what is drawn: a plot of one study has no pooled value and no prediction.
#[test]
fn a_legend_explains_only_what_is_drawn() {
    let fonts = Fonts::bundled().unwrap();
    for (csv, pooled) in [("study,events,total\nA,3,90\n", false), (TABLE, true)] {
        let input = Orchard::from(&fit(&table(csv)));
        let file =
            svg(&orchard(&input, &Look::default(), &fonts).unwrap(), &fonts, Embedding::None);
        assert_eq!(file.contains(">pooled value</text>"), pooled);
        assert_eq!(file.contains("prediction interval</text>"), pooled);
    }
}
