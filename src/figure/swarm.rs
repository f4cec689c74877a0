//! Marks of one row side by side where they would cover one another.

/// Offsets across the row for marks at places along it, in their order: each stands as near to the
/// middle as its earlier neighbours allow, within `half` of it; where there is no room, they overlap.
pub(super) fn offsets(marks: &[(f64, f64)], half: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..marks.len()).collect();
    // The largest first, so that they take the middle.
    order.sort_by(|&a, &b| {
        let of = |i: usize| marks.get(i).copied().unwrap_or_default();
        of(b).1.total_cmp(&of(a).1).then(of(a).0.total_cmp(&of(b).0))
    });
    let mut offsets = vec![0.0; marks.len()];
    let mut placed: Vec<(f64, f64, f64)> = Vec::new();
    for i in order {
        let (x, r) = marks.get(i).copied().unwrap_or_default();
        let near: Vec<(f64, f64, f64)> =
            placed.iter().copied().filter(|&(px, _, pr)| (px - x).abs() < pr + r).collect();
        let room = (half - r).max(0.0);
        let covers = |offset: f64| {
            near.iter()
                .map(|&(px, po, pr)| (pr + r - (px - x).hypot(po - offset)).max(0.0))
                .fold(0.0, f64::max)
        };
        // The middle, then beside each neighbour, above and below.
        let beside = near.iter().flat_map(|&(px, po, pr)| {
            let away = ((pr + r).powi(2) - (px - x).powi(2)).max(0.0).sqrt() * (1.0 + 1e-9);
            [po + away, po - away]
        });
        let mut tries: Vec<f64> =
            std::iter::once(0.0).chain(beside).filter(|offset| offset.abs() <= room).collect();
        tries.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
        let free = tries.iter().copied().find(|&offset| covers(offset) <= 0.0);
        let least = || tries.iter().copied().min_by(|&a, &b| covers(a).total_cmp(&covers(b)));
        let offset = free.or_else(least).unwrap_or(0.0);
        if let Some(slot) = offsets.get_mut(i) {
            *slot = offset;
        }
        placed.push((x, offset, r));
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::offsets;

    #[test]
    fn marks_stand_apart_and_in_their_row() {
        let marks: Vec<(f64, f64)> =
            (0..40).map(|i| (f64::from(i * 7 % 50), 1.0 + f64::from(i % 3))).collect();
        let offsets = offsets(&marks, 20.0);
        for (i, (&(x, r), &o)) in marks.iter().zip(&offsets).enumerate() {
            assert!(o.abs() + r <= 20.0 + 1e-9);
            for (&(px, pr), &po) in marks.iter().zip(&offsets).skip(i + 1) {
                assert!((px - x).hypot(po - o) >= r + pr - 1e-6);
            }
        }
        assert!(offsets.iter().any(|&o| o == 0.0));
    }
}
