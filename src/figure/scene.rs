//! A drawing before it is a file: shapes in groups, in points (1/72 inch), y pointing down.

use super::{Colour, Rich};

/// Points (1/72 inch) in a millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// A place on the page: points from the left and from the top.
pub type Point = (f64, f64);

/// A drawing of a fixed size.
///
/// ```
/// use resorb::figure::{Colour, Role, Scene, Shape, Stroke};
/// let mut scene = Scene::new(100.0, 50.0, "A line", "One line from left to right.");
/// scene.group(Role::Plot, None, |scene| {
///     scene.line((0.0, 25.0), (100.0, 25.0), Stroke::new(Colour::BLACK, 0.5));
/// });
/// assert_eq!(scene.root().children.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// What the figure is, in a few words.
    pub title: String,
    /// What the figure shows, in sentences, for who cannot see it.
    pub desc: String,
    /// Its place among the pages of a figure, from 1, and how many there are.
    pub page: Option<(usize, usize)>,
    /// What whoever draws the figure should know and its reader need not.
    pub remarks: Vec<String>,
    root: Group,
    open: Vec<Group>,
}

/// What a part of a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The figure itself.
    Figure,
    /// Column heads.
    Header,
    /// The line of one study or one group.
    Row,
    /// A pooled result.
    Summary,
    /// A prediction interval.
    Prediction,
    /// An axis with its ticks and title.
    Axis,
    /// Lines behind the marks.
    Guide,
    /// The marks of a plot.
    Plot,
    /// The explanation of symbols and colours.
    Legend,
    /// Text about the result.
    Note,
    /// Where a pointer meets a study: nothing to see, and only in a web page.
    Target,
}

impl Role {
    /// The name in the SVG's `class` attribute.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Header => "header",
            Self::Row => "row",
            Self::Summary => "summary",
            Self::Prediction => "prediction",
            Self::Axis => "axis",
            Self::Guide => "guide",
            Self::Plot => "plot",
            Self::Legend => "legend",
            Self::Note => "note",
            Self::Target => "target",
        }
    }
}

/// Shapes that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they are.
    pub role: Role,
    /// What they say, in words.
    pub label: Option<String>,
    /// The study that they are, by its name in the data.
    pub study: Option<String>,
    /// What they are made of, the first drawn first.
    pub children: Vec<Node>,
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A group inside the group.
    Group(Group),
    /// A shape.
    Shape(Shape),
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line of text.
    Text(Text),
    /// A straight line.
    Line {
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A box, with round corners if `radius` is above 0.
    Rect {
        /// The upper left corner.
        at: Point,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Radius of the corners.
        radius: f64,
        /// Its inside and edge.
        paint: Paint,
    },
    /// A circle.
    Circle {
        /// The centre.
        centre: Point,
        /// The radius.
        radius: f64,
        /// Its inside and edge.
        paint: Paint,
    },
    /// A polygon, or a line through the points if it is not closed.
    Polygon {
        /// The corners.
        points: Vec<Point>,
        /// Whether the last corner is joined to the first.
        closed: bool,
        /// Its inside and edge.
        paint: Paint,
    },
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where its baseline starts, has its middle or ends (see `anchor`).
    pub at: Point,
    /// Which part of the text stands at `at`.
    pub anchor: Anchor,
    /// The font size.
    pub size: f64,
    /// What it says.
    pub text: Rich,
    /// The colour.
    pub colour: Colour,
    /// Whether it reads from bottom to top.
    pub upwards: bool,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub colour: Colour,
    /// The width.
    pub width: f64,
    /// Length of dashes and gaps.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None }
    }

    /// A dashed line.
    #[must_use]
    pub const fn dashed(colour: Colour, width: f64, dash: (f64, f64)) -> Self {
        Self { colour, width, dash: Some(dash) }
    }
}

/// The inside and the edge of a shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// The inside.
    pub fill: Option<Colour>,
    /// The edge.
    pub stroke: Option<Stroke>,
}

impl Paint {
    /// An inside without an edge.
    #[must_use]
    pub const fn fill(colour: Colour) -> Self {
        Self { fill: Some(colour), stroke: None }
    }

    /// An edge without an inside.
    #[must_use]
    pub const fn stroke(stroke: Stroke) -> Self {
        Self { fill: None, stroke: Some(stroke) }
    }

    /// Both.
    #[must_use]
    pub const fn both(fill: Colour, stroke: Stroke) -> Self {
        Self { fill: Some(fill), stroke: Some(stroke) }
    }
}

impl Scene {
    /// An empty drawing.
    #[must_use]
    pub fn new(width: f64, height: f64, title: impl Into<String>, desc: impl Into<String>) -> Self {
        let root = Group { role: Role::Figure, label: None, study: None, children: Vec::new() };
        Self {
            width,
            height,
            title: title.into(),
            desc: desc.into(),
            page: None,
            remarks: Vec::new(),
            root,
            open: Vec::new(),
        }
    }

    /// The title with the page: `Forest plot, page 1 of 4`.
    #[must_use]
    pub fn name(&self) -> String {
        self.page.map_or_else(
            || self.title.clone(),
            |(page, count)| format!("{}, page {page} of {count}", self.title),
        )
    }

    /// Everything drawn.
    #[must_use]
    pub const fn root(&self) -> &Group {
        &self.root
    }

    /// Draws a shape into the group that is open.
    pub fn push(&mut self, shape: Shape) {
        self.current().children.push(Node::Shape(shape));
    }

    /// Opens a group, draws into it, and closes it.
    pub fn group<R>(
        &mut self,
        role: Role,
        label: Option<String>,
        draw: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.group_of(role, label, None, draw)
    }

    /// The same of one study.
    pub fn group_of<R>(
        &mut self,
        role: Role,
        label: Option<String>,
        study: Option<String>,
        draw: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.open.push(Group { role, label, study, children: Vec::new() });
        let result = draw(self);
        if let Some(group) = self.open.pop() {
            self.current().children.push(Node::Group(group));
        }
        result
    }

    /// Draws a straight line.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.push(Shape::Line { from, to, stroke });
    }

    /// Draws a box with sharp corners.
    pub fn rect(&mut self, at: Point, width: f64, height: f64, paint: Paint) {
        self.push(Shape::Rect { at, width, height, radius: 0.0, paint });
    }

    /// Draws a polygon.
    pub fn polygon(&mut self, points: Vec<Point>, paint: Paint) {
        self.push(Shape::Polygon { points, closed: true, paint });
    }

    /// Draws a line through points.
    pub fn polyline(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.push(Shape::Polygon { points, closed: false, paint: Paint::stroke(stroke) });
    }

    /// Draws a diamond from `left` to `right` around `centre`.
    pub fn diamond(&mut self, centre: Point, left: f64, right: f64, half: f64, paint: Paint) {
        let (x, y) = centre;
        self.polygon(vec![(left, y), (x, y - half), (right, y), (x, y + half)], paint);
    }

    /// Draws a line of text that reads from left to right.
    pub fn text(&mut self, at: Point, anchor: Anchor, size: f64, text: Rich, colour: Colour) {
        if !text.is_empty() {
            self.push(Shape::Text(Text { at, anchor, size, text, colour, upwards: false }));
        }
    }

    /// Adds a line under the figure, and the same words to what it says of itself.
    pub fn footnote(&mut self, words: &str) {
        const SIZE: f64 = 6.0;
        self.desc = format!("{words}. {}", self.desc);
        self.group(Role::Note, None, |scene| {
            let at = (4.0, scene.height + SIZE);
            scene.text(at, Anchor::Start, SIZE, Rich::plain(words), Colour::BLACK);
        });
        self.height += 2.0 * SIZE;
    }

    /// Calls `visit` with every text.
    pub fn visit_texts<'s>(&'s self, visit: &mut impl FnMut(&'s Text)) {
        fn walk<'s>(group: &'s Group, visit: &mut impl FnMut(&'s Text)) {
            for node in &group.children {
                match node {
                    Node::Group(group) => walk(group, visit),
                    Node::Shape(Shape::Text(text)) => visit(text),
                    Node::Shape(_) => {}
                }
            }
        }
        walk(&self.root, visit);
    }

    fn current(&mut self) -> &mut Group {
        self.open.last_mut().unwrap_or(&mut self.root)
    }
}
