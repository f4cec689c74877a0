//! A horizontal axis under a plot: line, ticks, labels, title, and what its sides favour.

use super::{Anchor, Axis, Colour, Fonts, Numbers, Paint, Place, Rich, Role, Scene, Stroke, Theme};

const LEADING: f64 = 1.25;
const BASELINE: f64 = 0.36;

/// An axis ready to be drawn.
pub(super) struct BottomAxis {
    axis: Axis,
    size: f64,
    ink: Colour,
    rule: Colour,
    ticks: Vec<(f64, Rich)>,
    title: Vec<Rich>,
    favours: Option<Favours>,
    /// How far its line goes beyond its ends.
    overhang: f64,
}

struct Favours {
    /// Where the line of no effect stands.
    middle: f64,
    left: Vec<Rich>,
    right: Vec<Rich>,
}

/// What the words under an axis are.
pub(super) struct AxisWords<'w> {
    pub(super) title: &'w str,
    /// The value of no effect, and what lies left and right of it.
    pub(super) favours: Option<(f64, &'w str, &'w str)>,
    /// How far words may reach to the left and right.
    pub(super) page: (f64, f64),
    /// How far labels of ticks may reach: those that would go further have no label and no tick.
    pub(super) labels: (f64, f64),
    /// How far the line goes on beyond the ends, under marks that stand there.
    pub(super) overhang: f64,
}

impl BottomAxis {
    /// Chooses as many ticks as have room and breaks the title where it is too long.
    pub(super) fn new(
        axis: Axis,
        numbers: Numbers,
        theme: &Theme,
        size: f64,
        words: &AxisWords<'_>,
        fonts: &Fonts<'_>,
    ) -> Self {
        let ticks = (2..=7)
            .rev()
            .map(|most| ticks(&axis, numbers, most))
            .map(|ticks| within(ticks, words.labels, size, fonts))
            .find(|ticks| have_room(ticks, size, fonts))
            .unwrap_or_default();
        let (left, right) = axis.ends();
        let middle = 0.5 * (left + right);
        let reach = (middle - words.page.0).min(words.page.1 - middle);
        let title = if words.title.is_empty() {
            Vec::new()
        } else {
            Rich::plain(words.title).wrap(2.0 * reach, size, fonts)
        };
        let favours = words.favours.map(|(null, low, high)| {
            let x = axis.clamped(null);
            let gap = 0.8 * size;
            let side = |text: &str, room: f64| Rich::plain(text).wrap(room.max(size), size, fonts);
            Favours {
                middle: x,
                left: side(low, x - gap - words.page.0),
                right: side(high, words.page.1 - x - gap),
            }
        });
        Self {
            axis,
            size,
            ink: theme.ink,
            rule: theme.rule,
            ticks,
            title,
            favours,
            overhang: words.overhang,
        }
    }

    /// Where the ticks are.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> + '_ {
        self.ticks.iter().map(|(x, _)| *x)
    }

    /// The height from the line down.
    pub(super) fn height(&self) -> f64 {
        let favours =
            self.favours.as_ref().map_or(0, |favours| favours.left.len().max(favours.right.len()));
        self.labels() + ((favours + self.title.len()) as f64 * LEADING + 0.3) * self.size
    }

    /// From the line to under the labels of the ticks.
    fn labels(&self) -> f64 {
        3.0 + 1.35 * self.size
    }

    /// Draws it with its line at height `y`.
    pub(super) fn draw(&self, scene: &mut Scene, y: f64) {
        let (left, right) = self.axis.ends();
        let middle = 0.5 * (left + right);
        scene.group(Role::Axis, None, |scene| {
            let (from, to) = (left - self.overhang, right + self.overhang);
            scene.line((from, y), (to, y), Stroke::new(self.rule, 0.6));
            for (x, label) in &self.ticks {
                scene.line((*x, y), (*x, y + 3.0), Stroke::new(self.rule, 0.6));
                let base = y + 3.0 + (0.75 + BASELINE) * self.size;
                scene.text((*x, base), Anchor::Middle, self.size, label.clone(), self.ink);
            }
            let mut top = y + self.labels();
            if let Some(favours) = &self.favours {
                top = self.draw_favours(scene, favours, top);
            }
            for line in &self.title {
                let base = top + (0.5 * LEADING + BASELINE) * self.size;
                scene.text((middle, base), Anchor::Middle, self.size, line.clone(), self.ink);
                top += LEADING * self.size;
            }
        });
    }

    fn draw_favours(&self, scene: &mut Scene, favours: &Favours, top: f64) -> f64 {
        let size = self.size;
        for (lines, side, anchor) in
            [(&favours.left, -1.0, Anchor::End), (&favours.right, 1.0, Anchor::Start)]
        {
            let mut y = top;
            for line in lines {
                let base = y + (0.5 * LEADING + BASELINE) * size;
                let x = favours.middle + side * 0.8 * size;
                scene.text((x, base), anchor, size, line.clone(), self.ink);
                y += LEADING * size;
            }
            // A head that points to the side, beside the line of no effect.
            let (x, y) = (favours.middle + side * 0.2 * size, top + 0.5 * LEADING * size);
            let points =
                vec![(x + side * 0.4 * size, y), (x, y - 0.22 * size), (x, y + 0.22 * size)];
            scene.polygon(points, Paint::fill(self.ink));
        }
        top + favours.left.len().max(favours.right.len()) as f64 * LEADING * size
    }
}

fn ticks(axis: &Axis, numbers: Numbers, most: usize) -> Vec<(f64, Rich)> {
    axis.ticks(numbers, most)
        .into_iter()
        .filter_map(|(value, label)| match axis.place(value) {
            Place::At(x) => Some((x, Rich::plain(label))),
            Place::Below | Place::Above => None,
        })
        .collect()
}

/// The ticks whose labels stay inside.
fn within(
    ticks: Vec<(f64, Rich)>,
    (left, right): (f64, f64),
    size: f64,
    fonts: &Fonts<'_>,
) -> Vec<(f64, Rich)> {
    let inside = |(x, label): &(f64, Rich)| {
        let half = 0.5 * fonts.width(label, size);
        x - half >= left && x + half <= right
    };
    ticks.into_iter().filter(inside).collect()
}

fn have_room(ticks: &[(f64, Rich)], size: f64, fonts: &Fonts<'_>) -> bool {
    ticks.windows(2).all(|pair| {
        let [(x0, a), (x1, b)] = pair else { return true };
        let half = 0.5 * (fonts.width(a, size) + fonts.width(b, size));
        x1 - x0 >= half + 0.7 * size
    })
}
