//! PNG and PDF are the SVG in another dress: same size, same text, same widths.

use std::sync::Arc;

use resorb::figure::{
    Embedding, FAMILY, Fonts, Rich,
    forest::{Forest, Options, forest},
    pdf, png, svg,
};
use usvg::{Node, Tree, fontdb};

use crate::{figure_golden::lumbar, figure_parse};

fn tree(file: &str) -> Tree {
    let mut database = fontdb::Database::new();
    database.load_fonts_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts"));
    assert_eq!(database.len(), 3);
    let options = usvg::Options {
        fontdb: Arc::new(database),
        font_family: FAMILY.to_owned(),
        ..usvg::Options::default()
    };
    Tree::from_str(file, &options).unwrap()
}

fn texts(group: &usvg::Group, out: &mut Vec<(String, f64)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => texts(inner, out),
            Node::Text(text) => {
                let words = text.chunks().iter().map(usvg::TextChunk::text).collect();
                out.push((words, f64::from(text.bounding_box().width())));
            }
            _ => {}
        }
    }
}

/// Another program's layout of the same text is as wide as ours.
#[test]
fn a_renderer_sets_every_text_as_wide_as_it_was_measured() {
    let fonts = Fonts::bundled().unwrap();
    let scene = forest(&Forest::from(&lumbar()), &Options::default(), &fonts).unwrap();
    let file = svg(&scene, &fonts, Embedding::None);
    let mut rendered = Vec::new();
    texts(tree(&file).root(), &mut rendered);
    let document = roxmltree::Document::parse(&file).unwrap();
    let measured = figure_parse::texts(&document, &fonts);
    assert_eq!(rendered.len(), measured.len());
    for ((words, width), area) in rendered.iter().zip(&measured) {
        // SVG drops a space at the end; it stands at the start of nothing.
        if area.what.ends_with(' ') {
            assert_eq!(*words, area.what.trim_end());
            continue;
        }
        assert_eq!(*words, area.what);
        let ours = area.right - area.left;
        assert!((ours - width).abs() < 0.05, "{words}: {ours} against {width}");
    }
}

#[test]
fn a_png_has_the_size_of_the_page_and_ink_where_the_marks_are() {
    let fonts = Fonts::bundled().unwrap();
    let scene = forest(&Forest::from(&lumbar()), &Options::default(), &fonts).unwrap();
    let file = png(&scene, &fonts, 100.0).unwrap();
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let info = reader.info();
    // 174 mm at 100 dots an inch.
    assert_eq!(info.width, 685);
    assert_eq!(f64::from(info.height), (scene.height / 72.0 * 100.0).round());
    // 100 dots an inch are 3937 a metre.
    assert_eq!(info.pixel_dims.unwrap().xppu, 3937);
    let at = |x: f64, y: f64| {
        // Places on the page are positive and small.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = |points: f64| (points / 72.0 * 100.0) as usize;
        let start = (place(y) * info.width as usize + place(x)) * 3;
        &pixels[start..start + 3]
    };
    let text = svg(&scene, &fonts, Embedding::None);
    let document = roxmltree::Document::parse(&text).unwrap();
    let squares: Vec<_> = document
        .descendants()
        .filter(|n| figure_parse::has_class(n, "row"))
        .filter_map(|row| {
            row.children().filter_map(figure_parse::mark_area).find(|a| a.what == "rect")
        })
        .collect();
    assert_eq!(squares.len(), 15);
    for square in squares {
        // A quarter from the corner: no line crosses there.
        let x = square.left + 0.25 * (square.right - square.left);
        let y = square.top + 0.25 * (square.bottom - square.top);
        assert_eq!(at(x, y), [0x3b, 0x78, 0xa8], "{square:?}");
    }
    assert_eq!(at(1.0, 1.0), [255, 255, 255]);
    assert!(png(&scene, &fonts, 10_000.0).unwrap_err().to_string().contains("30000"));
}

#[test]
fn a_pdf_has_a_page_of_the_same_size_with_embedded_fonts() {
    let fonts = Fonts::bundled().unwrap();
    let mut scene = forest(&Forest::from(&lumbar()), &Options::default(), &fonts).unwrap();
    let file = pdf(&[scene.clone(), scene.clone()], &fonts).unwrap();
    let text = String::from_utf8_lossy(&file);
    assert!(text.starts_with("%PDF-"));
    assert_eq!(text.matches("/MediaBox").count(), 2);
    let width = 174.0 / 25.4 * 72.0;
    let found = text.split("/MediaBox").nth(1).unwrap();
    let numbers: Vec<f64> = found
        .split(['[', ']'])
        .nth(1)
        .unwrap()
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect();
    assert!((numbers[2] - width).abs() < 0.01, "{numbers:?}");
    assert!((numbers[3] - scene.height).abs() < 0.01, "{numbers:?}");
    assert!(text.contains("OpenSans") && text.contains("/FontFile2"));
    // Nothing but what was drawn decides the file.
    assert_eq!(file, pdf(&[scene.clone(), scene.clone()], &fonts).unwrap());
    scene.text(
        (10.0, 10.0),
        resorb::figure::Anchor::Start,
        8.0,
        Rich::plain("more"),
        resorb::figure::Colour::BLACK,
    );
    assert_ne!(file, pdf(&[scene.clone(), scene], &fonts).unwrap());
    assert!(pdf(&[], &fonts).is_err());
}
