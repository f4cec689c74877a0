//! Hexagonal bins: what stands for the marks where they are too many to be told apart.

use std::collections::BTreeMap;

use super::{Colour, Numbers, Paint, Point, Scale, Scene, Theme, legend::Symbol};

/// Up to this many marks are drawn one by one.
pub(super) const MOST_MARKS: usize = 2000;

/// Marks of two kinds counted in hexagons.
pub(super) struct Parted {
    all: Hexagons,
    /// How many of each hexagon are of the second kind.
    second: Vec<usize>,
}

/// Marks counted in hexagons.
pub(super) struct Hexagons {
    /// Centres with the number of marks.
    cells: Vec<(Point, usize)>,
    radius: f64,
    most: usize,
}

impl Hexagons {
    /// Counts places on the page in hexagons of a radius (centre to corner).
    pub(super) fn new(places: &[Point], radius: f64) -> Self {
        Self::from(places, radius, (0.0, 0.0))
    }

    /// Hexagons for places in columns `spacing` apart from `left` on, as whole years are: each column
    /// falls into hexagons of its own, or as many columns as others.
    pub(super) fn columns(places: &[Point], radius: f64, left: f64, spacing: f64) -> Self {
        let wide = 3f64.sqrt() * radius;
        let together = (wide / spacing).round().max(1.0);
        let apart = if spacing > 3.0 * wide { wide } else { together * spacing };
        Self::from(places, apart / 3f64.sqrt(), (left, 0.0))
    }

    /// Counts places of two kinds; `true` is the second one.
    pub(super) fn parted(places: impl Iterator<Item = (Point, bool)>, radius: f64) -> Parted {
        let mut counts: BTreeMap<Key, (usize, usize)> = BTreeMap::new();
        for ((x, y), second) in places {
            let count = counts.entry(key((x, y), radius)).or_default();
            count.0 += 1;
            count.1 += usize::from(second);
        }
        let second = counts.values().map(|count| count.1).collect();
        let all = counts.into_iter().map(|(key, count)| (key, count.0)).collect();
        Parted { all: Self::of(all, radius, (0.0, 0.0)), second }
    }

    /// Counts in a grid that has a centre at `origin`.
    fn from(places: &[Point], radius: f64, origin: Point) -> Self {
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        for &(x, y) in places {
            *counts.entry(key((x - origin.0, y - origin.1), radius)).or_default() += 1;
        }
        Self::of(counts, radius, origin)
    }

    fn of(counts: BTreeMap<Key, usize>, radius: f64, origin: Point) -> Self {
        let (dx, dy) = (3f64.sqrt() * radius, 3.0 * radius);
        let cells: Vec<(Point, usize)> = counts
            .into_iter()
            .map(|((second, i, j), count)| {
                let half = if second { 0.5 } else { 0.0 };
                let (x, y) = ((i as f64 + half) * dx, (j as f64 + half) * dy);
                ((x + origin.0, y + origin.1), count)
            })
            .collect();
        let most = cells.iter().map(|cell| cell.1).max().unwrap_or(1);
        Self { cells, radius, most }
    }

    /// The most marks of a hexagon.
    pub(super) const fn most(&self) -> usize {
        self.most
    }

    /// The same with shades that go up to `most` marks, so that several compare.
    pub(super) fn up_to(self, most: usize) -> Self {
        Self { most: self.most.max(most), ..self }
    }

    /// Draws every hexagon, moved down by `down`, in a shade that says how many marks it holds.
    pub(super) fn draw(&self, scene: &mut Scene, down: f64, theme: &Theme) {
        for &((x, y), count) in &self.cells {
            let corners = hexagon((x, y + down), self.radius);
            scene.polygon(corners, Paint::fill(self.shade(count, theme)));
        }
    }

    /// What the lightest and the darkest shade mean.
    pub(super) fn legend(&self, theme: &Theme) -> Vec<(Symbol, String)> {
        let numbers = Numbers::new(Scale::Plain, Some(0), theme.mark, 1.0);
        let item = |count: usize, text: String| {
            (Symbol::Patch(Paint::fill(self.shade(count, theme))), text)
        };
        let one = item(1, "1 study".to_owned());
        match self.most {
            1 => vec![one],
            most => vec![one, item(most, format!("{} studies", numbers.value(most as f64)))],
        }
    }

    /// From a tint of the marks' colour to the colour itself, by the logarithm of the count.
    fn shade(&self, count: usize, theme: &Theme) -> Colour {
        mixed(Colour::WHITE, theme.square, self.depth(count))
    }

    /// How much of the full colour a hexagon with this many marks has.
    fn depth(&self, count: usize) -> f64 {
        let full = (self.most.max(2) as f64).ln();
        0.25 + 0.75 * ((count as f64).ln() / full).clamp(0.0, 1.0)
    }
}

impl Parted {
    /// Draws every hexagon: its hue between the colours of the two kinds by their shares, its depth by
    /// how many marks it holds.
    pub(super) fn draw_parted(&self, scene: &mut Scene, (first, second): (Colour, Colour)) {
        for (&(centre, count), &of_second) in self.all.cells.iter().zip(&self.second) {
            let hue = mixed(first, second, of_second as f64 / count as f64);
            let colour = mixed(Colour::WHITE, hue, self.all.depth(count));
            scene.polygon(hexagon(centre, self.all.radius), Paint::fill(colour));
        }
    }
}

/// Which grid, and where in it.
type Key = (bool, i64, i64);

/// The cell of a place. Carr et al. 1987: two rectangular grids, each the centres of the other's cells;
/// a place belongs to the nearer of its two candidates.
fn key((x, y): Point, radius: f64) -> Key {
    let (dx, dy) = (3f64.sqrt() * radius, 3.0 * radius);
    let (a, b) = ((x / dx).round(), (y / dy).round());
    let (c, d) = ((x / dx - 0.5).round(), (y / dy - 0.5).round());
    let far = |px: f64, py: f64| (x - px).hypot(y - py);
    let second = far((c + 0.5) * dx, (d + 0.5) * dy) < far(a * dx, b * dy);
    let (i, j) = if second { (c, d) } else { (a, b) };
    // Places on a page are small numbers.
    #[allow(clippy::cast_possible_truncation)]
    let key = (second, i as i64, j as i64);
    key
}

fn hexagon((x, y): Point, radius: f64) -> Vec<Point> {
    let corner = |i: u32| {
        let angle = std::f64::consts::FRAC_PI_3.mul_add(f64::from(i), std::f64::consts::FRAC_PI_6);
        (radius.mul_add(angle.cos(), x), radius.mul_add(angle.sin(), y))
    };
    (0..6).map(corner).collect()
}

/// A colour between two, `share` of the way to the second.
fn mixed(from: Colour, to: Colour, share: f64) -> Colour {
    let ((r0, g0, b0), (r1, g1, b1)) = (from.parts(), to.parts());
    let mix = |a: u8, b: u8| {
        let value = share.mul_add(f64::from(b) - f64::from(a), f64::from(a));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole = value.round().clamp(0.0, 255.0) as u8;
        whole
    };
    Colour::rgb(mix(r0, r1), mix(g0, g1), mix(b0, b1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_counted_once_in_the_nearest_hexagon() {
        let places: Vec<Point> =
            (0..5000).map(|i| (f64::from(i * 37 % 211), f64::from(i * 53 % 157))).collect();
        let hexagons = Hexagons::new(&places, 3.0);
        assert_eq!(hexagons.cells.iter().map(|cell| cell.1).sum::<usize>(), places.len());
        for &(x, y) in places.iter().take(200) {
            let near = hexagons
                .cells
                .iter()
                .map(|((cx, cy), _)| (cx - x).hypot(cy - y))
                .fold(f64::INFINITY, f64::min);
            assert!(near <= 3.0 + 1e-9, "{near}");
        }
        let years: Vec<Point> =
            (0..4000).map(|i| (10.0 + 7.5 * f64::from(i % 45), f64::from(i * 31 % 200))).collect();
        let columns = Hexagons::columns(&years, 2.8, 10.0, 7.5);
        assert_eq!(columns.cells.iter().map(|cell| cell.1).sum::<usize>(), years.len());
        // Every column but those at the ends has about the same number of hexagons.
        let filled = |x: f64| columns.cells.iter().filter(|(c, _)| (c.0 - x).abs() < 3.8).count();
        let counts: Vec<usize> = (2..43).map(|i| filled(10.0 + 7.5 * f64::from(i))).collect();
        let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
        assert!(most - least <= most / 4, "{counts:?}");
    }
}
