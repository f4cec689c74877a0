//! The figures of the lumbar data, letter by letter: a change of looks is seen in review.

use resorb::{
    data::{self, Mapping, bundled},
    figure::{
        Embedding, Fonts, Style,
        forest::{self, Forest},
        funnel::{self, Against, Funnel},
        svg,
    },
    model::{Fit, Settings, pool},
};

use crate::figure_parse::assert_tidy;

/// The two-step result of the bundled lumbar data.
pub(crate) fn lumbar() -> Fit {
    let csv = bundled::find("ldh_resorption").unwrap().csv;
    let table = data::read(csv.as_bytes(), &Mapping::default()).unwrap();
    pool(&table.studies, &Settings::two_step()).unwrap()
}

#[test]
fn forest_in_every_style() {
    let fonts = Fonts::bundled().unwrap();
    let input = Forest::from(&lumbar());
    for style in Style::ALL {
        let options = forest::Options { style, ..forest::Options::default() };
        let scene = forest::forest(&input, &options, &fonts).unwrap();
        let file = svg(&scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, style.name());
        insta::assert_snapshot!(format!("forest_{}", style.name()), file);
    }
}

#[test]
fn funnel_on_every_axis() {
    let fonts = Fonts::bundled().unwrap();
    let input = Funnel::from(&lumbar());
    for (name, against, contours) in [
        ("size", Against::Size, None),
        ("inverse_size", Against::InverseSize, None),
        ("se", Against::Se, None),
        ("contours", Against::Se, Some(0.0)),
    ] {
        let options = funnel::Options { against, contours, ..funnel::Options::default() };
        let scene = funnel::funnel(&input, &options, &fonts).unwrap();
        let file = svg(&scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, name);
        insta::assert_snapshot!(format!("funnel_{name}"), file);
    }
}
