//! Names beside marks, as many as have room.

use super::{Anchor, Colour, Fonts, Point, Rich, Scene};

/// A mark that has a name.
pub(super) struct Name<'n> {
    pub(super) at: Point,
    pub(super) radius: f64,
    pub(super) text: &'n str,
}

/// How names are set.
pub(super) struct Naming<'n> {
    pub(super) fonts: &'n Fonts<'n>,
    pub(super) size: f64,
    pub(super) ink: Colour,
    /// Left, top, right and bottom edge of where names may stand.
    pub(super) edges: (f64, f64, f64, f64),
}

/// Left, top, right, bottom.
type Area = (f64, f64, f64, f64);

impl Naming<'_> {
    /// Writes the names, the first ones first, each where it meets neither a mark nor another name;
    /// one without such a place is left out. `marks` are all marks with their radii.
    pub(super) fn write(&self, scene: &mut Scene, names: &[Name<'_>], marks: &[(Point, f64)]) {
        let mut taken: Vec<Area> = marks
            .iter()
            .map(|&((x, y), r)| {
                let reach = r + 0.15 * self.size;
                (x - reach, y - r, x + reach, y + r)
            })
            .collect();
        for name in names {
            let width = self.fonts.width(&Rich::plain(name.text), self.size);
            let place = self.candidates(name, width).into_iter().find(|(area, _, _)| {
                self.inside(*area) && taken.iter().all(|&other| apart(*area, other))
            });
            if let Some((area, anchor, at)) = place {
                taken.push(area);
                scene.text(at, anchor, self.size, Rich::plain(name.text), self.ink);
            }
        }
    }

    /// Where a name may stand: right, left, above, below.
    fn candidates(&self, name: &Name<'_>, width: f64) -> [(Area, Anchor, Point); 4] {
        let ((x, y), size) = (name.at, self.size);
        let gap = name.radius + 0.3 * size;
        let beside = y + 0.36 * size;
        let over = y - gap - 0.1 * size;
        let under = y + gap + 0.72 * size;
        let area =
            |left: f64, base: f64| (left, base - 0.77 * size, left + width, base + 0.24 * size);
        [
            (area(x + gap, beside), Anchor::Start, (x + gap, beside)),
            (area(x - gap - width, beside), Anchor::End, (x - gap, beside)),
            (area(x - 0.5 * width, over - 0.15 * size), Anchor::Middle, (x, over - 0.15 * size)),
            (area(x - 0.5 * width, under), Anchor::Middle, (x, under)),
        ]
    }

    fn inside(&self, (left, top, right, bottom): Area) -> bool {
        let (l, t, r, b) = self.edges;
        left >= l && top >= t && right <= r && bottom <= b
    }
}

fn apart(a: Area, b: Area) -> bool {
    a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1
}
