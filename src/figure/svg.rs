//! The SVG of a scene, which every other format is made from.

use std::fmt::Write as _;

use super::{
    Anchor, FAMILY, Face, Fonts, Group, Node, Paint, Role, Scene, Script, Shape, Stroke, Text,
    outline, scene::POINTS_PER_MM, subset,
};

/// How an SVG carries its fonts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embedding {
    /// Not at all: the reader's program needs Open Sans.
    None,
    /// The letters in use, inside the file: text stays text.
    #[default]
    Subset,
    /// As paths: looks the same even where embedded fonts are ignored, but is not text any more.
    Outlines,
}

/// Writes a scene as SVG.
///
/// ```
/// use resorb::figure::{Anchor, Colour, Embedding, Fonts, Rich, Scene, svg};
/// let mut scene = Scene::new(72.0, 36.0, "Hello", "A greeting.");
/// scene.text((6.0, 20.0), Anchor::Start, 9.0, Rich::plain("I² = 56 %"), Colour::BLACK);
/// let file = svg(&scene, &Fonts::bundled()?, Embedding::Subset);
/// assert!(file.starts_with("<svg") && file.contains("I² = 56 %"));
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
#[must_use]
pub fn svg(scene: &Scene, fonts: &Fonts<'_>, embedding: Embedding) -> String {
    let families = families(fonts);
    let mut writer = Writer { out: String::new(), fonts, embedding, in_page: false };
    let _ = write!(
        writer.out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}" role="graphics-document" aria-roledescription="figure" font-family="{families},sans-serif">"#,
        number(scene.width / POINTS_PER_MM),
        number(scene.height / POINTS_PER_MM),
        number(scene.width),
        number(scene.height),
    );
    let _ = write!(
        writer.out,
        "\n<title>{}</title>\n<desc>{}</desc>\n",
        escape(&scene.name()),
        escape(&scene.desc)
    );
    if embedding == Embedding::Subset {
        let css = subset::font_faces(scene, fonts);
        if !css.is_empty() {
            let _ = writeln!(writer.out, "<style>{css}</style>");
        }
    }
    let _ = writeln!(
        writer.out,
        r##"<rect width="{}" height="{}" fill="#ffffff"/>"##,
        number(scene.width),
        number(scene.height)
    );
    for node in &scene.root().children {
        writer.node(node);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// Writes a scene as an SVG element inside a web page, which brings the fonts ([`super::page_fonts`])
/// and the ground behind it; `id` is unique in the page. What belongs to a study carries its name as
/// `data-study`, with a target for the pointer.
///
/// ```
/// use resorb::figure::{Colour, Fonts, Role, Scene, Stroke, svg_in_page};
/// let mut scene = Scene::new(72.0, 36.0, "Line", "A line.");
/// scene.group_of(Role::Row, None, Some("Bush 1992".into()), |scene| {
///     scene.line((0.0, 9.0), (72.0, 9.0), Stroke::new(Colour::BLACK, 1.0));
/// });
/// let element = svg_in_page(&scene, &Fonts::bundled()?, "line");
/// assert!(element.contains(r#"data-study="Bush 1992""#));
/// # Ok::<(), resorb::figure::FigureError>(())
/// ```
#[must_use]
pub fn svg_in_page(scene: &Scene, fonts: &Fonts<'_>, id: &str) -> String {
    let families = families(fonts);
    let mut writer =
        Writer { out: String::new(), fonts, embedding: Embedding::None, in_page: true };
    let (id, width) = (escape(id), number(scene.width));
    let _ = write!(
        writer.out,
        r#"<svg id="{id}" viewBox="0 0 {width} {}" style="--points:{width}" role="graphics-document" aria-roledescription="figure" aria-label="{}" aria-describedby="{id}-desc" font-family="{families},sans-serif">"#,
        number(scene.height),
        escape(&scene.name()),
    );
    let _ = write!(writer.out, "\n<desc id=\"{id}-desc\">{}</desc>\n", escape(&scene.desc));
    for node in &scene.root().children {
        writer.node(node);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// The families of a figure's fonts, the bundled one first.
fn families(fonts: &Fonts<'_>) -> String {
    let mut families = format!("'{FAMILY}'");
    for font in fonts.fallback() {
        let _ = write!(families, ",'{}'", escape(&font.family).replace('\'', ""));
    }
    families
}

/// A coordinate with at most three decimals: a thousandth of a point is below any printer.
pub(super) fn number(x: f64) -> String {
    let text = format!("{x:.3}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Text as XML; characters that XML 1.0 forbids are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

struct Writer<'w> {
    out: String,
    fonts: &'w Fonts<'w>,
    embedding: Embedding,
    in_page: bool,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Group(group) => self.group(group),
            Node::Shape(shape) => self.shape(shape),
        }
    }

    fn group(&mut self, group: &Group) {
        if group.role == Role::Target && !self.in_page {
            return;
        }
        let _ = write!(self.out, r#"<g class="{}""#, group.role.name());
        if let Some(study) = group.study.as_deref().filter(|_| self.in_page) {
            let _ = write!(self.out, r#" data-study="{}""#, escape(study));
        }
        match (&group.label, group.role) {
            (Some(label), _) => {
                let _ =
                    write!(self.out, r#" role="graphics-object" aria-label="{}""#, escape(label));
            }
            (None, Role::Guide) => self.out.push_str(r#" aria-hidden="true""#),
            (None, _) => {}
        }
        self.out.push_str(">\n");
        for node in &group.children {
            self.node(node);
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Text(text) => self.text(text),
            Shape::Line { from, to, stroke } => {
                let _ = write!(
                    self.out,
                    r#"<line x1="{}" y1="{}" x2="{}" y2="{}""#,
                    number(from.0),
                    number(from.1),
                    number(to.0),
                    number(to.1)
                );
                self.stroke(*stroke);
                self.out.push_str("/>\n");
            }
            Shape::Rect { at, width, height, radius, paint } => {
                let _ = write!(
                    self.out,
                    r#"<rect x="{}" y="{}" width="{}" height="{}""#,
                    number(at.0),
                    number(at.1),
                    number(*width),
                    number(*height)
                );
                if *radius > 0.0 {
                    let _ = write!(self.out, r#" rx="{}""#, number(*radius));
                }
                self.paint(*paint);
                self.out.push_str("/>\n");
            }
            Shape::Circle { centre, radius, paint } => {
                let _ = write!(
                    self.out,
                    r#"<circle cx="{}" cy="{}" r="{}""#,
                    number(centre.0),
                    number(centre.1),
                    number(*radius)
                );
                self.paint(*paint);
                self.out.push_str("/>\n");
            }
            Shape::Polygon { points, closed, paint } => {
                let name = if *closed { "polygon" } else { "polyline" };
                let _ = write!(self.out, r#"<{name} points=""#);
                for (i, (x, y)) in points.iter().enumerate() {
                    let space = if i == 0 { "" } else { " " };
                    let _ = write!(self.out, "{space}{},{}", number(*x), number(*y));
                }
                self.out.push('"');
                self.paint(*paint);
                self.out.push_str("/>\n");
            }
        }
    }

    fn paint(&mut self, paint: Paint) {
        match paint.fill {
            Some(colour) => {
                let _ = write!(self.out, r#" fill="{colour}""#);
                if colour.opacity() < 1.0 {
                    let _ = write!(self.out, r#" fill-opacity="{}""#, number(colour.opacity()));
                }
            }
            None => self.out.push_str(r#" fill="none""#),
        }
        if let Some(stroke) = paint.stroke {
            self.stroke(stroke);
        }
    }

    fn stroke(&mut self, Stroke { colour, width, dash }: Stroke) {
        let _ = write!(self.out, r#" stroke="{colour}" stroke-width="{}""#, number(width));
        if colour.opacity() < 1.0 {
            let _ = write!(self.out, r#" stroke-opacity="{}""#, number(colour.opacity()));
        }
        if let Some((on, off)) = dash {
            let _ = write!(self.out, r#" stroke-dasharray="{} {}""#, number(on), number(off));
        }
    }

    fn text(&mut self, text: &Text) {
        if self.embedding == Embedding::Outlines {
            let data = outline::path_data(text, self.fonts);
            let words = escape(&text.text.text());
            let _ = writeln!(
                self.out,
                r#"<path role="graphics-symbol" aria-label="{words}" d="{data}" fill="{}"/>"#,
                text.colour
            );
            return;
        }
        let _ = write!(self.out, "<text");
        let (x, y) = (number(text.at.0), number(text.at.1));
        if text.upwards {
            let _ = write!(self.out, r#" transform="translate({x} {y}) rotate(-90)""#);
        } else {
            let _ = write!(self.out, r#" x="{x}" y="{y}""#);
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(r#" text-anchor="middle""#),
            Anchor::End => self.out.push_str(r#" text-anchor="end""#),
        }
        let _ = write!(self.out, r#" font-size="{}" fill="{}""#, number(text.size), text.colour);
        self.missing_letters(text);
        // One face for the whole line belongs to the line; else every other run says its own.
        let runs = text.text.runs();
        let whole = match runs {
            [run] if run.script == Script::Normal => run.face,
            _ => Face::Regular,
        };
        self.face(whole);
        if text.text.text().contains("  ") {
            self.out.push_str(r#" xml:space="preserve""#);
        }
        self.out.push('>');
        let mut down = 0.0;
        for run in runs {
            let shift = run.script.shift() * text.size;
            if run.face == whole && run.script == Script::Normal && shift == down {
                self.out.push_str(&escape(&run.text));
            } else {
                self.out.push_str("<tspan");
                self.face(run.face);
                if run.script != Script::Normal {
                    let size = text.size * run.script.size();
                    let _ = write!(self.out, r#" font-size="{}""#, number(size));
                }
                if shift != down {
                    let _ = write!(self.out, r#" dy="{}""#, number(shift - down));
                    down = shift;
                }
                let _ = write!(self.out, ">{}</tspan>", escape(&run.text));
            }
        }
        self.out.push_str("</text>\n");
    }

    /// Letters that no font here has are set in a font of the viewer's, whose width is unknown:
    /// such a text is told how wide it may be.
    fn missing_letters(&mut self, text: &Text) {
        if !self.fonts.missing(&text.text.text()).is_empty() {
            let width = number(self.fonts.width(&text.text, text.size));
            let _ = write!(self.out, r#" textLength="{width}" lengthAdjust="spacingAndGlyphs""#);
        }
    }

    fn face(&mut self, face: Face) {
        match face {
            Face::Regular => {}
            Face::Bold => self.out.push_str(r#" font-weight="700""#),
            Face::Italic => self.out.push_str(r#" font-style="italic""#),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Colour, Rich};

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(-0.0001), "0");
        assert_eq!(number(12.345_67), "12.346");
        assert_eq!(number(100.5), "100.5");
    }

    #[test]
    fn text_is_escaped_and_control_letters_go() {
        assert_eq!(escape("a<b & \"c\"\u{1}\n"), "a&lt;b &amp; &quot;c&quot; ");
    }

    #[test]
    fn outlines_hold_no_text_element() {
        let fonts = Fonts::bundled().unwrap();
        let mut scene = Scene::new(50.0, 20.0, "t", "d");
        scene.text((5.0, 10.0), Anchor::End, 8.0, Rich::plain("2.5"), Colour::BLACK);
        let file = svg(&scene, &fonts, Embedding::Outlines);
        assert!(!file.contains("<text") && file.contains("<path"));
        assert!(roxmltree::Document::parse(&file).is_ok());
    }
}
