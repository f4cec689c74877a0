//! Each figure looks as it did in every style, and nothing overlaps or leaves the page.

use std::fmt::Write as _;

use resorb::figure::{Embedding, Fonts, Look, Style, svg};
use roxmltree::{Document, Node};

use super::{TABLE, adversarial, figures, table};
use crate::figure_parse::{assert_tidy, named};

#[test]
fn each_figure_looks_as_it_did() {
    let fonts = Fonts::bundled().unwrap();
    for (name, scene) in figures(&table(TABLE), Look { width: 114.0, ..Look::default() }, &fonts) {
        let file = svg(&scene, &fonts, Embedding::None);
        assert_tidy(&file, &fonts, name);
        insta::assert_snapshot!(format!("kind_{name}"), file);
    }
}

/// The geometry is that of the default style; what a style changes are paints and words.
#[test]
fn each_style_has_its_paints_and_words() {
    let fonts = Fonts::bundled().unwrap();
    let mut text = String::new();
    for style in Style::ALL {
        let look = Look { style, width: 114.0, ..Look::default() };
        for (name, scene) in figures(&table(TABLE), look, &fonts) {
            let file = svg(&scene, &fonts, Embedding::None);
            assert_tidy(&file, &fonts, &format!("{name}, {}", style.name()));
            let document = Document::parse(&file).unwrap();
            let mut paints: Vec<String> = Vec::new();
            for node in document.descendants().filter(Node::is_element) {
                let of = |name| node.attribute(name).unwrap_or("-");
                let paint = format!(
                    "{} {} {} {} {}",
                    node.tag_name().name(),
                    of("fill"),
                    of("stroke"),
                    of("stroke-width"),
                    of("stroke-dasharray")
                );
                if !paints.contains(&paint) && paint.contains('#') {
                    paints.push(paint);
                }
            }
            paints.sort();
            let words: Vec<&str> = named(document.root_element(), "text")
                .filter_map(|n| n.text())
                .filter(|t| t.contains(['.', '·', '%']))
                .collect();
            writeln!(text, "{} {name}\n  {}\n  {words:?}", style.name(), paints.join("\n  "))
                .unwrap();
        }
    }
    insta::assert_snapshot!("kinds_in_every_style", text);
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_page() {
    let fonts = Fonts::bundled().unwrap();
    for (case, studies) in adversarial() {
        for (width, style) in [(85.0, Style::Resorb), (174.0, Style::Lancet), (114.0, Style::Jama)]
        {
            if width > 85.0 && studies.k() > 100 {
                continue;
            }
            let look = Look { width, style, ..Look::default() };
            for (name, scene) in figures(&studies, look, &fonts) {
                // Thousands of names stand in a figure of many pages' height.
                if name == "study_intervals" && studies.k() > 100 {
                    continue;
                }
                let case = format!("{name} of {case}, {width} mm");
                assert_tidy(&svg(&scene, &fonts, Embedding::None), &fonts, &case);
            }
        }
    }
}

#[test]
fn thousands_of_marks_become_hexagons() {
    let fonts = Fonts::bundled().unwrap();
    let studies = adversarial().pop().unwrap().1;
    for (name, scene) in figures(&studies, Look::default(), &fonts) {
        if !["radial", "bubble", "orchard", "qq", "drapery"].contains(&name) {
            continue;
        }
        let file = svg(&scene, &fonts, Embedding::None);
        let document = Document::parse(&file).unwrap();
        let circles = named(document.root_element(), "circle").count();
        let hexagons = named(document.root_element(), "polygon")
            .filter(|n| n.attribute("points").unwrap().split(' ').count() == 6)
            .count();
        assert!(circles < 20 && hexagons > 50, "{name}: {circles} circles, {hexagons} hexagons");
        assert!(file.contains(" studies</text>") || name == "orchard", "{name}");
    }
}
