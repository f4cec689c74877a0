//! Lines of equal height of a surface that is known on a grid.

/// Round levels, about `n` of them, that cover `(low, high)`: multiples of 1, 2 or 5 times a power of ten,
/// the unit being the one nearest to a spacing of `(high − low)/n` when a larger unit is preferred to a
/// smaller one by the factors 1.5 and 2.75 (Becker, Chambers and Wilks 1988, `pretty`).
pub(super) fn levels(low: f64, high: f64, n: u32) -> Vec<f64> {
    const SMALL: f64 = 1e-10;
    let cell = (high - low) / f64::from(n);
    if cell.is_nan() || cell <= 0.0 {
        return Vec::new();
    }
    let base = 10_f64.powf(cell.log10().floor());
    let mut unit = base;
    for (factor, bias) in [(2.0, 1.5), (5.0, 2.75), (10.0, 1.5)] {
        if factor * base - cell < bias * (cell - unit) {
            unit = factor * base;
        }
    }
    let first = (low / unit + SMALL).floor();
    let steps = (high / unit - SMALL).ceil() - first;
    std::iter::successors(Some(0.0), |i| (i + 1.0 <= steps).then_some(i + 1.0))
        .map(|i| (first + i) * unit)
        .collect()
}

/// A point on an edge of the grid.
type Point = (f64, f64);

/// The connected lines at `level` of a surface on `n × n` points of the unit square, `z[i·n + j]` at
/// `(i, j)/(n − 1)`: corners of each line in order, those on the grid's edges; a closed line ends with the
/// corner it starts with. Where a cell has four crossings, the two on the left belong together.
pub(super) fn lines(z: &[f64], n: usize, level: f64) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    for i in 0..n.saturating_sub(1) {
        for j in 0..n.saturating_sub(1) {
            pieces.extend(cell(z, n, (i, j), level));
        }
    }
    let mut lines = Vec::new();
    while let Some([a, b]) = pieces.pop() {
        let mut line = std::collections::VecDeque::from([a, b]);
        while let Some(next) = line.back().copied().and_then(|end| take(&mut pieces, end)) {
            line.push_back(next);
        }
        while let Some(next) = line.front().copied().and_then(|end| take(&mut pieces, end)) {
            line.push_front(next);
        }
        lines.push(line.into_iter().map(|edge| edge.at).collect());
    }
    lines
}

/// The other end of the piece that ends at `end`, which leaves the list.
fn take(pieces: &mut Vec<[Crossing; 2]>, end: Crossing) -> Option<Crossing> {
    let i = pieces.iter().position(|piece| piece.iter().any(|e| e.edge == end.edge))?;
    let [a, b] = pieces.swap_remove(i);
    Some(if a.edge == end.edge { b } else { a })
}

/// Where a line crosses an edge, which is named by its lower left point and its direction.
#[derive(Clone, Copy)]
struct Crossing {
    edge: (usize, usize, bool),
    at: Point,
}

/// The pieces of line within the cell whose lower left point is `(i, j)`.
fn cell(z: &[f64], n: usize, (i, j): (usize, usize), level: f64) -> Vec<[Crossing; 2]> {
    #[expect(clippy::cast_precision_loss, reason = "the grid has a few dozen points a side")]
    let place = |i: usize, j: usize| {
        let last = (n - 1) as f64;
        (i as f64 / last, j as f64 / last, z.get(i * n + j).copied().unwrap_or(f64::NAN))
    };
    let crossing = |(i, j): (usize, usize), up: bool| {
        let (x, y, from) = place(i, j);
        let (to_x, to_y, to) = if up { place(i, j + 1) } else { place(i + 1, j) };
        // A point at the level itself counts as above it.
        ((from < level) != (to < level) && from.is_finite() && to.is_finite()).then(|| {
            let share = (level - from) / (to - from);
            Crossing { edge: (i, j, up), at: (x + share * (to_x - x), y + share * (to_y - y)) }
        })
    };
    let mut found: Vec<Crossing> = [
        crossing((i, j), false),
        crossing((i, j), true),
        crossing((i + 1, j), true),
        crossing((i, j + 1), false),
    ]
    .into_iter()
    .flatten()
    .collect();
    found.sort_by(|a, b| a.at.0.total_cmp(&b.at.0));
    found.chunks_exact(2).filter_map(|pair| Some([*pair.first()?, *pair.get(1)?])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R 4.2, `pretty(c(low, high), 10)`.
    #[test]
    fn levels_are_those_of_pretty() {
        let close = |ours: Vec<f64>, first: f64, unit: f64, n: usize| {
            assert_eq!(ours.len(), n, "{ours:?}");
            for (i, level) in (0..n).zip(&ours) {
                assert!((level - (first + unit * i as f64)).abs() < 1e-12, "{ours:?}");
            }
        };
        close(levels(0.1187, 1.1178, 10), 0.1, 0.1, 12);
        close(levels(-0.171, 0.0778, 10), -0.18, 0.02, 14);
        close(levels(-3.0, 14.0, 10), -4.0, 2.0, 10);
        close(levels(0.03, 0.061, 10), 0.03, 0.005, 8);
        assert_eq!(levels(0.4, 0.4, 10), Vec::<f64>::new());
    }

    /// A cone: every line of equal height is a circle, and closes.
    #[test]
    fn circles_close() {
        let n = 21;
        let z: Vec<f64> = (0..n * n)
            .map(|at| {
                let (x, y) = ((at / n) as f64 / 20.0 - 0.5, (at % n) as f64 / 20.0 - 0.5);
                (x * x + y * y).sqrt()
            })
            .collect();
        let found = lines(&z, n, 0.31);
        assert_eq!(found.len(), 1);
        let circle = &found[0];
        assert!(circle.len() > 40 && circle.first() == circle.last());
        for (x, y) in circle {
            assert!((((x - 0.5).powi(2) + (y - 0.5).powi(2)).sqrt() - 0.31).abs() < 0.01);
        }
        // Four arcs, one in each corner.
        assert_eq!(lines(&z, n, 0.6).len(), 4);
    }
}
