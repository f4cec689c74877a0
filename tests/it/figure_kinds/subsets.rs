//! Plots of all subsets, of ranks, and of funnels with filled studies.

use resorb::figure::{
    Embedding, FigureError, Fonts, Look,
    doi::doi,
    funnel::{Options, funnel},
    gosh::{GoshPlot, gosh},
    svg,
};
use roxmltree::Document;

use super::{
    PERCENT, PLAIN, TABLE, adversarial, assert_near, circles, filled, fit, places, ranks, subsets,
    table,
};
use crate::figure_parse::{assert_tidy, has_class, named};

#[test]
fn subsets_lie_where_their_numbers_say_and_have_the_colour_of_the_study() {
    let fonts = Fonts::bundled().unwrap();
    let studies = table(TABLE);
    let settings = fit(&studies).settings;
    let all = subsets(&studies);
    let by_study = all.by_study();
    let most = by_study.iter().map(|s| s.separation).fold(0.0, f64::max);
    let input = GoshPlot::new(&settings, &all);
    // The study that parts the subsets most is named.
    assert_eq!(by_study[input.study.unwrap()].separation, most);
    let look = Look { width: 114.0, ..Look::default() };
    let file = svg(&gosh(&input, &look, &fonts).unwrap(), &fonts, Embedding::None);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, |x| x / 100.0, PLAIN);
    let of_two: Vec<usize> = (0..all.len()).filter(|&i| all.i2(i).is_some()).collect();
    // 31 subsets less those of one study.
    assert_eq!(of_two.len(), 26);
    let wanted: Vec<_> =
        of_two.iter().map(|&i| at((all.estimate[i], all.i2(i).unwrap()))).collect();
    assert_near(&circles(&document), &wanted, "gosh");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let colours: Vec<_> = named(plot, "circle").map(|n| n.attribute("fill").unwrap()).collect();
    for (i, colour) in of_two.iter().zip(&colours) {
        let with = all.members.contains(*i, input.study.unwrap());
        let other = of_two
            .iter()
            .zip(&colours)
            .find(|(j, _)| all.members.contains(**j, input.study.unwrap()) != with);
        assert_ne!(*colour, *other.unwrap().1);
    }
    let other = GoshPlot::with_study(&settings, &all, "Ahn 2000").unwrap();
    assert_eq!(other.study, Some(2));
    let error = GoshPlot::with_study(&settings, &all, "Lee").unwrap_err();
    assert!(matches!(error, FigureError::UnknownStudy { .. }) && error.to_string().contains("Yu"));
}

#[test]
fn thousands_of_subsets_become_hexagons() {
    let fonts = Fonts::bundled().unwrap();
    let (_, studies) = adversarial().into_iter().find(|case| case.0 == "forty").unwrap();
    let settings = fit(&studies).settings;
    let options = resorb::analysis::GoshOptions {
        budget: 3000,
        sample: 3000,
        ..resorb::analysis::GoshOptions::default()
    };
    let all = resorb::analysis::gosh(&studies, &settings, &options, &mut |_, _| {}).unwrap();
    let scene = gosh(&GoshPlot::new(&settings, &all), &Look::default(), &fonts).unwrap();
    assert!(scene.desc.contains("a sample of"), "{}", scene.desc);
    let file = svg(&scene, &fonts, Embedding::None);
    assert_tidy(&file, &fonts, "hexagons");
    let document = Document::parse(&file).unwrap();
    assert!(named(document.root_element(), "circle").count() < 5);
    assert!(named(document.root_element(), "polygon").count() > 30);
}

#[test]
fn ranks_lie_where_their_numbers_say_with_the_caution() {
    let fonts = Fonts::bundled().unwrap();
    let input = ranks(&table(TABLE)).unwrap();
    let look = Look { width: 114.0, ..Look::default() };
    let file = svg(&doi(&input, &look, &fonts).unwrap(), &fonts, Embedding::None);
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PERCENT, PLAIN);
    let wanted: Vec<_> = input.doi.points.iter().map(|p| at((p.yi, p.z.abs()))).collect();
    assert_near(&circles(&document), &wanted, "doi");
    assert!(file.contains("LFK index") && file.contains("The index is no test"));
}

#[test]
fn filled_studies_are_empty_circles_where_their_numbers_say() {
    let fonts = Fonts::bundled().unwrap();
    let studies = table(TABLE);
    let input = filled(&studies, &fit(&studies)).unwrap();
    assert!(input.points.iter().any(|p| p.filled), "nothing is filled");
    let options = Options { width: 114.0, ..Options::default() };
    let scene = funnel(&input, &options, &fonts).unwrap();
    let file = svg(&scene, &fonts, Embedding::None);
    assert_tidy(&file, &fonts, "filled");
    let document = Document::parse(&file).unwrap();
    let at = places(&document, PERCENT, PLAIN);
    let wanted: Vec<_> = input.points.iter().map(|p| at((p.yi, p.se))).collect();
    assert_near(&circles(&document), &wanted, "filled");
    let plot = document.descendants().find(|n| has_class(n, "plot")).unwrap();
    let empty = named(plot, "circle").filter(|n| n.attribute("fill") == Some("#ffffff")).count();
    assert_eq!(empty, input.points.iter().filter(|p| p.filled).count());
    assert!(file.contains("added by trim and fill") && scene.desc.contains("trim and fill adds"));
}
