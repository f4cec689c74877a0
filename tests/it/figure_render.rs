//! PNG and PDF are the SVG in another dress: same size, same text, same widths.

use std::sync::Arc;

use resorb::figure::{
    Embedding, FAMILY, Fonts, Look, Rich,
    drapery::{Drapery, drapery},
    forest::{Forest, Options, forest},
    pdf, png, svg,
};
use usvg::{Node, Tree, fontdb};

use crate::{figure_golden::lumbar, figure_parse};

/// Red, green and blue of each pixel, row by row, and the size.
struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<[u8; 3]>,
}

fn pixels_of_png(file: Vec<u8>) -> Pixels {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let rgb = bytes.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    Pixels { width, height, rgb }
}

fn pixels_of_pdf(file: Vec<u8>, dpi: f32) -> Pixels {
    let pdf = hayro::hayro_syntax::Pdf::new(file).unwrap();
    let cache = hayro::RenderCache::new();
    let settings = hayro::PixmapSettings {
        x_scale: dpi / 72.0,
        y_scale: dpi / 72.0,
        bg_color: hayro::vello_cpu::color::palette::css::WHITE,
    };
    let page = hayro::render(
        &pdf.pages()[0],
        &cache,
        &hayro::hayro_interpret::InterpreterSettings::default(),
        &hayro::RenderSettings::default(),
        &settings,
    );
    let rgb = page.data_as_u8_slice().chunks_exact(4).map(|p| [p[0], p[1], p[2]]).collect();
    Pixels { width: page.width().into(), height: page.height().into(), rgb }
}

impl Pixels {
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        self.rgb[y * self.width + x]
    }

    /// The mean over blocks of `side` pixels of how much the mean of a block differs, in levels of
    /// 255: what the eye compares, since two programs smooth the edges of letters in two ways.
    fn difference(&self, other: &Self, side: usize) -> (f64, f64) {
        let (width, height) = (self.width.min(other.width), self.height.min(other.height));
        let mean = |pixels: &Self, x0: usize, y0: usize| {
            let mut sum = [0.0; 3];
            for y in y0..y0 + side {
                for x in x0..x0 + side {
                    for (sum, part) in sum.iter_mut().zip(pixels.at(x, y)) {
                        *sum += f64::from(part) / (side * side) as f64;
                    }
                }
            }
            sum
        };
        let (mut total, mut most, mut blocks) = (0.0, 0.0f64, 0.0);
        for y in (0..height - side).step_by(side) {
            for x in (0..width - side).step_by(side) {
                let (a, b) = (mean(self, x, y), mean(other, x, y));
                let apart = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                total += apart;
                most = most.max(apart);
                blocks += 1.0;
            }
        }
        (total / blocks, most)
    }

    /// The share of pixels that are not white.
    fn ink(&self) -> f64 {
        let inked = self.rgb.iter().filter(|p| p.iter().any(|&part| part < 250)).count();
        inked as f64 / self.rgb.len() as f64
    }
}

/// The PDF, turned into pixels by another program, and the PNG show one picture.
#[test]
fn the_pdf_looks_like_the_png() {
    let fonts = Fonts::bundled().unwrap();
    let fit = lumbar();
    let dpi = 144.0;
    let forest = forest(&Forest::from(&fit), &Options::default(), &fonts).unwrap();
    let drapery = drapery(&Drapery::from(&fit), &Look::default(), &fonts).unwrap();
    for scene in [forest, drapery] {
        let png = pixels_of_png(png(&scene, &fonts, f64::from(dpi)).unwrap());
        let pdf = pixels_of_pdf(pdf(std::slice::from_ref(&scene), &fonts).unwrap(), dpi);
        // One rounds the size, the other cuts it.
        assert!(png.width.abs_diff(pdf.width) <= 1 && png.height.abs_diff(pdf.height) <= 1);
        assert!(png.ink() > 0.02 && (png.ink() - pdf.ink()).abs() < 0.02, "{}", scene.title);
        let (mean, most) = png.difference(&pdf, 6);
        // Edges are smoothed in two ways wherever there is ink, and nowhere else: over the inked
        // pixels the two differ by less than a fifteenth of black and white.
        let ink = png.ink();
        assert!(mean < 255.0 / 15.0 * ink && most < 40.0, "{}: {mean} {most} {ink}", scene.title);
        // The measure sees a figure that is moved by a point.
        let moved = Pixels { rgb: [pdf.rgb[2..].to_vec(), vec![[255; 3]; 2]].concat(), ..pdf };
        let (off, worst) = png.difference(&moved, 6);
        assert!(off > 2.0 * mean && worst > most, "{off} {worst} against {mean} {most}");
    }
}

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
