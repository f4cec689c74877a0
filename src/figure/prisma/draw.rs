//! Where the boxes stand, and the arrows between them.

use super::{
    BAR, GAP,
    boxes::{Card, Cards, LEADING, PADDING},
};
use crate::figure::{
    Anchor, Face, Fonts, Look, Paint, Point, Rich, Role, Scene, Shape, Stroke, Text, panel::MARGIN,
};

const TITLE: &str = "PRISMA 2020 flow diagram";
/// The names of the phases, and of the two ways.
const PHASES: [&str; 3] = ["Identification", "Screening", "Included"];
const WAYS: [&str; 2] = [
    "Identification of studies via databases and registers",
    "Identification of studies via other methods",
];

/// Edges of the rows and columns, in points.
pub(super) struct Places {
    width: f64,
    wide: f64,
    size: f64,
    /// The left edges of the columns.
    lefts: Vec<f64>,
    /// The words over each way, and the bottom of the boxes they stand in.
    heads: Vec<Vec<Rich>>,
    head_bottom: f64,
    /// Top and bottom of each row of boxes, the included studies last.
    rows: Vec<(f64, f64)>,
    height: f64,
}

impl Places {
    pub(super) fn new(
        cards: &Cards,
        (width, wide, size): (f64, f64, f64),
        fonts: &Fonts<'_>,
    ) -> Self {
        let gap = GAP * size;
        let ways = if cards.other.is_empty() { 1 } else { 2 };
        let first = MARGIN + (BAR + 1.0) * size;
        let place = |i: usize| first + i as f64 * (wide + gap) + (i / 2) as f64 * 0.4 * gap;
        let lefts: Vec<f64> = (0..2 * ways).map(place).collect();
        let over = 2.0 * wide + gap - 2.0 * PADDING * size;
        let heads: Vec<Vec<Rich>> = WAYS
            .iter()
            .take(ways)
            .map(|way| Rich::in_face(*way, Face::Bold).wrap(over, size, fonts))
            .collect();
        let most = heads.iter().map(Vec::len).max().unwrap_or(1);
        let head_bottom = MARGIN + (most as f64 * LEADING + 2.0 * PADDING) * size;
        let mut tall = tallest(cards, size);
        // A phase is as high as its name is long.
        let long = |phase: &str| {
            fonts.width(&Rich::in_face(phase, Face::Bold), size) + 2.0 * PADDING * size
        };
        let [identification, screening, included] = PHASES.map(long);
        let last = tall.len().saturating_sub(1);
        let between: f64 = tall.get(1..last).unwrap_or_default().iter().sum::<f64>()
            + gap * last.saturating_sub(2) as f64;
        let lacking = (screening - between).max(0.0) / last.saturating_sub(1).max(1) as f64;
        for (i, height) in tall.iter_mut().enumerate() {
            match i {
                0 => *height = height.max(identification),
                i if i == last => *height = height.max(included),
                _ => *height += lacking,
            }
        }
        let mut top = head_bottom + 0.7 * gap;
        let rows: Vec<(f64, f64)> = tall
            .iter()
            .map(|height| {
                let row = (top, top + height);
                top += height + gap;
                row
            })
            .collect();
        Self { width, wide, size, lefts, heads, head_bottom, rows, height: top - gap + MARGIN }
    }

    fn left(&self, column: usize) -> f64 {
        self.lefts.get(column).copied().unwrap_or(MARGIN)
    }

    fn row(&self, row: usize) -> (f64, f64) {
        self.rows.get(row).copied().unwrap_or_default()
    }

    fn middle(&self, row: usize) -> f64 {
        let (top, bottom) = self.row(row);
        0.5 * (top + bottom)
    }

    /// Top and bottom of a box in the middle of its row.
    fn extent(&self, row: usize, card: &Card) -> (f64, f64) {
        let half = 0.5 * card.height(self.size);
        (self.middle(row) - half, self.middle(row) + half)
    }
}

/// The height of the highest box of each row.
fn tallest(cards: &Cards, size: f64) -> Vec<f64> {
    let mut tall: Vec<f64> = cards
        .main
        .iter()
        .zip(&cards.out)
        .map(|(main, out)| main.height(size).max(out.as_ref().map_or(0.0, |out| out.height(size))))
        .collect();
    for (row, main, out) in &cards.other {
        if let Some(height) = tall.get_mut(*row) {
            let beside = out.as_ref().map_or(0.0, |out| out.height(size));
            *height = height.max(main.height(size)).max(beside);
        }
    }
    tall.push(cards.included.as_ref().map_or(0.0, |card| card.height(size)));
    tall
}

pub(super) fn draw(cards: &Cards, places: &Places, look: &Look) -> Scene {
    let mut scene = Scene::new(places.width, places.height, TITLE, words(cards));
    let pen = Pen { places, look: *look };
    scene.group(Role::Guide, None, |scene| pen.arrows(scene, cards));
    pen.heads(&mut scene);
    pen.phases(&mut scene);
    for (row, (main, out)) in cards.main.iter().zip(&cards.out).enumerate() {
        pen.card(&mut scene, (0, row), main);
        if let Some(out) = out {
            pen.card(&mut scene, (1, row), out);
        }
    }
    for (row, main, out) in &cards.other {
        pen.card(&mut scene, (2, *row), main);
        if let Some(out) = out {
            pen.card(&mut scene, (3, *row), out);
        }
    }
    if let Some(included) = &cards.included {
        pen.card(&mut scene, (0, cards.main.len()), included);
    }
    scene
}

/// The diagram in words, box by box.
fn words(cards: &Cards) -> String {
    let main =
        cards.main.iter().zip(&cards.out).flat_map(|(main, out)| {
            std::iter::once(main).chain(out).map(|card| card.words.clone())
        });
    let other = cards.other.iter().flat_map(|(_, main, out)| {
        std::iter::once(main).chain(out).map(|card| format!("Other methods: {}", card.words))
    });
    let included = cards.included.iter().map(|card| card.words.clone());
    main.chain(other).chain(included).map(|words| format!("{words}.")).collect::<Vec<_>>().join(" ")
}

struct Pen<'p> {
    places: &'p Places,
    look: Look,
}

impl Pen<'_> {
    fn card(&self, scene: &mut Scene, (column, row): (usize, usize), card: &Card) {
        let Places { size, wide, .. } = *self.places;
        let theme = self.look.theme();
        let (top, bottom) = self.places.extent(row, card);
        let left = self.places.left(column);
        scene.group(Role::Row, Some(card.words.clone()), |scene| {
            let edge = Stroke::new(theme.rule, 0.7);
            let paint = Paint::both(crate::figure::Colour::WHITE, edge);
            scene.rect((left, top), wide, bottom - top, paint);
            let mut y = top + PADDING * size;
            for (indent, line) in card.lines() {
                let base = y + (0.5 * LEADING + 0.36) * size;
                let at = (left + PADDING * size + indent, base);
                scene.text(at, Anchor::Start, size, line.clone(), theme.ink);
                y += LEADING * size;
            }
        });
    }

    /// The words over each way.
    fn heads(&self, scene: &mut Scene) {
        let Places { size, wide, head_bottom, .. } = *self.places;
        let theme = self.look.theme();
        scene.group(Role::Header, None, |scene| {
            for (way, lines) in self.places.heads.iter().enumerate() {
                let left = self.places.left(2 * way);
                let across = 2.0 * wide + GAP * size;
                let paint = Paint::fill(theme.random.with_alpha(tint(theme.coloured)));
                let (at, tall) = ((left, MARGIN), head_bottom - MARGIN);
                scene.push(Shape::Rect { at, width: across, height: tall, radius: 2.0, paint });
                let space = lines.len() as f64 * LEADING * size;
                let mut y = MARGIN + 0.5 * (tall - space);
                for line in lines {
                    let at = (left + 0.5 * across, y + (0.5 * LEADING + 0.36) * size);
                    scene.text(at, Anchor::Middle, size, line.clone(), theme.ink);
                    y += LEADING * size;
                }
            }
        });
    }

    /// The bars on the left.
    fn phases(&self, scene: &mut Scene) {
        let Places { size, rows, .. } = self.places;
        let theme = self.look.theme();
        let last = rows.len().saturating_sub(1);
        let spans = [(0, 0), (1, last.saturating_sub(1)), (last, last)];
        scene.group(Role::Header, None, |scene| {
            for (phase, (from, to)) in PHASES.into_iter().zip(spans) {
                let (top, bottom) = (self.places.row(from).0, self.places.row(to).1);
                let paint = Paint::fill(theme.square.with_alpha(tint(theme.coloured)));
                let width = BAR * size;
                let at = (MARGIN, top);
                scene.push(Shape::Rect { at, width, height: bottom - top, radius: 2.0, paint });
                scene.push(Shape::Text(Text {
                    at: (MARGIN + (0.5 * BAR + 0.36) * size, 0.5 * (top + bottom)),
                    anchor: Anchor::Middle,
                    size: *size,
                    text: Rich::in_face(phase, Face::Bold),
                    colour: theme.ink,
                    upwards: true,
                }));
            }
        });
    }

    fn arrows(&self, scene: &mut Scene, cards: &Cards) {
        let places = self.places;
        let wide = places.wide;
        let centre = |column: usize| places.left(column) + 0.5 * wide;
        let included = cards.included.as_ref();
        let row = cards.main.len();
        let boxes = cards.main.iter().chain(included);
        let extents: Vec<(f64, f64)> =
            boxes.enumerate().map(|(row, card)| places.extent(row, card)).collect();
        for pair in extents.windows(2) {
            if let [(_, from), (to, _)] = pair {
                self.arrow(scene, &[(centre(0), *from), (centre(0), *to)]);
            }
        }
        for (row, out) in cards.out.iter().enumerate() {
            if out.is_some() {
                self.aside(scene, 0, row);
            }
        }
        let extents: Vec<(f64, f64)> =
            cards.other.iter().map(|(row, card, _)| places.extent(*row, card)).collect();
        for pair in extents.windows(2) {
            if let [(_, from), (to, _)] = pair {
                self.arrow(scene, &[(centre(2), *from), (centre(2), *to)]);
            }
        }
        for (row, _, out) in &cards.other {
            if out.is_some() {
                self.aside(scene, 2, *row);
            }
        }
        if let Some((_, from)) = extents.last() {
            let y = places.middle(row);
            self.arrow(scene, &[(centre(2), *from), (centre(2), y), (places.left(0) + wide, y)]);
        }
    }

    /// From a box to what leaves it, on its right.
    fn aside(&self, scene: &mut Scene, column: usize, row: usize) {
        let y = self.places.middle(row);
        let from = self.places.left(column) + self.places.wide;
        self.arrow(scene, &[(from, y), (self.places.left(column + 1), y)]);
    }

    /// A line through points with a head at its end.
    fn arrow(&self, scene: &mut Scene, points: &[Point]) {
        let (Some(&end), Some(&before)) =
            (points.last(), points.len().checked_sub(2).and_then(|i| points.get(i)))
        else {
            return;
        };
        let ink = self.look.theme().rule;
        let (long, half) = (0.75 * self.places.size, 0.32 * self.places.size);
        let length = (end.0 - before.0).hypot(end.1 - before.1);
        if length <= 0.0 {
            return;
        }
        let (dx, dy) = ((end.0 - before.0) / length, (end.1 - before.1) / length);
        let neck = (end.0 - long * dx, end.1 - long * dy);
        let mut line = points.to_vec();
        if let Some(last) = line.last_mut() {
            *last = neck;
        }
        scene.polyline(line, Stroke::new(ink, 0.8));
        let side = |sign: f64| (neck.0 - sign * half * dy, neck.1 + sign * half * dx);
        scene.polygon(vec![end, side(1.0), side(-1.0)], Paint::fill(ink));
    }
}

/// How strong the bars are.
const fn tint(coloured: bool) -> u8 {
    if coloured { 64 } else { 40 }
}
