//! Names beside marks, as many as have room.

use super::{Anchor, Colour, Fonts, Paint, Point, Rich, Scene};

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
    /// Lines that names should not stand on; one that has no other place covers them.
    pub(super) lines: &'n [(Point, Point)],
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
            let free =
                |area: Area| self.inside(area) && taken.iter().all(|&other| apart(area, other));
            let places =
                self.candidates(name, width).map(|place| (self.meets_a_line(place.0), place));
            let clear = places.iter().find(|(line, place)| !line && free(place.0));
            let place = clear.or_else(|| places.iter().find(|(_, place)| free(place.0)));
            if let Some(&(over_line, (area, anchor, at))) = place {
                if over_line {
                    let (left, top, right, bottom) = area;
                    let white = Paint::fill(Colour::WHITE.with_alpha(220));
                    scene.rect((left, top), right - left, bottom - top, white);
                }
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

    fn meets_a_line(&self, area: Area) -> bool {
        self.lines.iter().any(|&(from, to)| crosses(area, from, to))
    }

    fn inside(&self, (left, top, right, bottom): Area) -> bool {
        let (l, t, r, b) = self.edges;
        left >= l && top >= t && right <= r && bottom <= b
    }
}

fn apart(a: Area, b: Area) -> bool {
    a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1
}

/// Whether a straight line comes into an area: what is left of it between the edges (Liang and Barsky
/// 1984).
fn crosses((left, top, right, bottom): Area, from: Point, to: Point) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enters, mut leaves) = (0.0f64, 1.0f64);
    let edges =
        [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - top), (dy, bottom - from.1)];
    for (along, room) in edges {
        if along == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if along < 0.0 {
            enters = enters.max(room / along);
        } else {
            leaves = leaves.min(room / along);
        }
    }
    enters <= leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_crosses_an_area_or_passes_it() {
        let area = (0.0, 0.0, 10.0, 4.0);
        assert!(crosses(area, (-5.0, 2.0), (20.0, 2.0)));
        assert!(crosses(area, (4.0, 1.0), (5.0, 2.0)));
        assert!(crosses(area, (-1.0, -1.0), (5.0, 5.0)));
        assert!(!crosses(area, (-5.0, 4.5), (20.0, 4.5)));
        assert!(!crosses(area, (-2.0, 3.0), (3.0, 8.0)));
        assert!(!crosses(area, (12.0, 2.0), (20.0, 2.0)));
    }
}
