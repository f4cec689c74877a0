//! Specification curves: what they show, and that all of it is on the page.

use resorb::{
    analysis::{Choice, Grid},
    figure::{
        Anchor, FigureError, Fonts, Look, Style,
        specifications::{Specifications, specifications},
    },
};

use super::grid::{all, lumbar};

#[test]
fn analyses_are_sorted_and_each_stands_on_one_line_of_its_choices() {
    let found = all(&lumbar(), &Grid::default());
    let input = Specifications::new(&found, Some(0.766));
    assert_eq!(input.points.len(), 300);
    assert!(input.total > 600 && input.total < found.outcomes.len());
    assert!(input.points.is_sorted_by(|a, b| a.estimate <= b.estimate));
    let model = input.choices.iter().find(|choice| choice.name == "model").unwrap();
    let mut places: Vec<usize> =
        model.levels.iter().flat_map(|(_, places)| places.clone()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..300).collect::<Vec<_>>());
    // The ends of the curve are those of the grid.
    let summary = found.summary(None);
    assert_eq!(input.points[0].estimate, summary.range[0]);
    assert_eq!(input.points[299].estimate, summary.range[1]);
    let columns = input.csv().lines().next().unwrap().split(',').count();
    assert_eq!(columns, 5 + input.choices.len());
    assert_eq!(input.csv().lines().count(), 301);
    assert!(!input.choices.iter().any(|c| c.name == found.name_of(Choice::Prediction)));
}

#[test]
fn every_text_is_on_the_page_in_every_style() {
    let fonts = Fonts::bundled().unwrap();
    let input = Specifications::new(&all(&lumbar(), &Grid::default()), Some(0.766));
    for style in Style::ALL {
        for width in [114.0, 174.0] {
            let look = Look { style, width, ..Look::default() };
            let scene = specifications(&input, &look, &fonts).unwrap();
            let mut texts = 0;
            scene.visit_texts(&mut |text| {
                let wide = fonts.width(&text.text, text.size);
                let left = match text.anchor {
                    Anchor::Start => text.at.0,
                    Anchor::Middle => text.at.0 - 0.5 * wide,
                    Anchor::End => text.at.0 - wide,
                };
                let inside = left >= 0.0 && left + wide <= scene.width && text.at.1 <= scene.height;
                assert!(inside, "{}: {} {width}", style.name(), text.text.text());
                texts += 1;
            });
            assert!(texts > 50);
            assert!(scene.desc.contains("analyses of the same data"));
        }
    }
    let narrow = Look { width: 40.0, ..Look::default() };
    assert!(matches!(specifications(&input, &narrow, &fonts), Err(FigureError::TooNarrow { .. })));
    assert!(matches!(
        specifications(&Specifications::default(), &Look::default(), &fonts),
        Err(FigureError::Empty { .. })
    ));
}
