//! Reads a figure back from its SVG: text boxes, marks, ticks.

use resorb::figure::{Face, Fonts, Rich, Script};
use roxmltree::{Document, Node};

/// A rectangle on the page.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub(crate) what: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Whether two areas share more than a hair.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let hair = 0.01;
        self.left < other.right - hair
            && other.left < self.right - hair
            && self.top < other.bottom - hair
            && other.top < self.bottom - hair
    }
}

pub(crate) fn attribute(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name)
        .unwrap_or_else(|| panic!("{} has no {name}", node.tag_name().name()))
        .parse()
        .unwrap()
}

pub(crate) fn has_class(node: &Node<'_, '_>, class: &str) -> bool {
    node.attribute("class") == Some(class)
}

pub(crate) fn named<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |n| n.has_tag_name(name))
}

/// Page width and height in points.
pub(crate) fn page(document: &Document<'_>) -> (f64, f64) {
    let view = document.root_element().attribute("viewBox").unwrap();
    let numbers: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
    (numbers[2], numbers[3])
}

/// The runs of a text element, as a renderer would set them.
fn rich(text: Node<'_, '_>) -> Rich {
    let face =
        |node: &Node<'_, '_>| match (node.attribute("font-weight"), node.attribute("font-style")) {
            (Some("700"), _) => Some(Face::Bold),
            (_, Some("italic")) => Some(Face::Italic),
            _ => None,
        };
    let whole = face(&text).unwrap_or(Face::Regular);
    text.children().fold(Rich::default(), |line, child| {
        let words = child.text().unwrap_or_default();
        if child.is_element() {
            let script =
                if child.has_attribute("font-size") { Script::Super } else { Script::Normal };
            line.with(words, face(&child).unwrap_or(whole), script)
        } else {
            line.with(words, whole, Script::Normal)
        }
    })
}

/// The box of a text that reads from left to right: its advance, and from the top of `b` to the
/// bottom of `g`.
pub(crate) fn text_area(node: Node<'_, '_>, fonts: &Fonts<'_>) -> Area {
    let text = rich(node);
    let size = attribute(&node, "font-size");
    let (x, y) = (attribute(&node, "x"), attribute(&node, "y"));
    let width = fonts.width(&text, size);
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    Area {
        what: text.text(),
        left,
        right: left + width,
        top: y - 0.77 * size,
        bottom: y + 0.24 * size,
    }
}

/// All upright text boxes of a figure.
pub(crate) fn texts(document: &Document<'_>, fonts: &Fonts<'_>) -> Vec<Area> {
    named(document.root_element(), "text")
        .filter(|node| !node.has_attribute("transform"))
        .map(|node| text_area(node, fonts))
        .collect()
}

/// The extent of a mark.
pub(crate) fn mark_area(node: Node<'_, '_>) -> Option<Area> {
    let (xs, ys): (Vec<f64>, Vec<f64>) = match node.tag_name().name() {
        "rect" => {
            let or_zero = |name| node.attribute(name).map_or(0.0, |n| n.parse().unwrap());
            let (x, y) = (or_zero("x"), or_zero("y"));
            let (w, h) = (attribute(&node, "width"), attribute(&node, "height"));
            (vec![x, x + w], vec![y, y + h])
        }
        "line" => (
            vec![attribute(&node, "x1"), attribute(&node, "x2")],
            vec![attribute(&node, "y1"), attribute(&node, "y2")],
        ),
        "circle" => {
            let (x, y) = (attribute(&node, "cx"), attribute(&node, "cy"));
            let r = attribute(&node, "r");
            (vec![x - r, x + r], vec![y - r, y + r])
        }
        "polygon" | "polyline" => node
            .attribute("points")
            .unwrap()
            .split(' ')
            .map(|point| {
                let (x, y) = point.split_once(',').unwrap();
                (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
            })
            .unzip(),
        _ => return None,
    };
    let least = |v: &[f64]| v.iter().copied().fold(f64::INFINITY, f64::min);
    let most = |v: &[f64]| v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    Some(Area {
        what: node.tag_name().name().to_owned(),
        left: least(&xs),
        right: most(&xs),
        top: least(&ys),
        bottom: most(&ys),
    })
}

/// The places of the ticks of the first axis with the numbers written at them.
pub(crate) fn ticks(document: &Document<'_>) -> Vec<(f64, f64)> {
    let axis =
        document.descendants().find(|n| has_class(n, "axis")).expect("the figure has an axis");
    let marks: Vec<f64> = named(axis, "line")
        .filter(|line| attribute(line, "x1") == attribute(line, "x2"))
        .map(|line| attribute(&line, "x1"))
        .collect();
    named(axis, "text")
        .filter_map(|text| {
            let value: f64 =
                text.text()?.replace('·', ".").replace('\u{2212}', "-").parse().ok()?;
            let x = attribute(&text, "x");
            marks.iter().any(|mark| (mark - x).abs() < 1e-6).then_some((x, value))
        })
        .collect()
}

/// Fails if two texts overlap or anything leaves the page.
pub(crate) fn assert_tidy(svg: &str, fonts: &Fonts<'_>, case: &str) {
    let document = Document::parse(svg).unwrap_or_else(|e| panic!("{case}: {e}"));
    let (width, height) = page(&document);
    let mut texts = texts(&document, fonts);
    let marks = document.root_element().descendants().filter_map(mark_area);
    for area in texts.iter().cloned().chain(marks) {
        let inside = area.left >= -0.01
            && area.top >= -0.01
            && area.right <= width + 0.01
            && area.bottom <= height + 0.01;
        assert!(inside, "{case}: leaves the page of {width} × {height}: {area:?}");
    }
    texts.sort_by(|a, b| a.top.total_cmp(&b.top));
    for (i, a) in texts.iter().enumerate() {
        for b in texts[i + 1..].iter().take_while(|b| b.top < a.bottom) {
            assert!(!a.meets(b), "{case}: {a:?} overlaps {b:?}");
        }
    }
}
