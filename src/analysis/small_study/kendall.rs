//! Kendall's rank correlation with its exact or asymptotic p value.

use crate::numeric::normal;

/// Kendall's τ of two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Kendall {
    /// τ_b, which corrects for ties.
    pub(super) tau: f64,
    /// Two-sided.
    pub(super) p_value: f64,
    /// The normal statistic; `None` for the exact p value.
    pub(super) z: Option<f64>,
}

/// The most studies for which permutations are counted.
const EXACT: usize = 150;

impl Kendall {
    /// Of pairs `(x, y)`: exact without ties and up to [`EXACT`] pairs unless `asymptotic`; `None` where
    /// a column is constant.
    pub(super) fn of(x: &[f64], y: &[f64], asymptotic: bool) -> Option<Self> {
        let n = x.len();
        let mut s = 0.0;
        for (i, (xi, yi)) in x.iter().zip(y).enumerate() {
            for (xj, yj) in x.iter().zip(y).take(i) {
                s += order(*xi, *xj) * order(*yi, *yj);
            }
        }
        let (tx, ty) = (Ties::of(x), Ties::of(y));
        let all = n as f64 * (n as f64 - 1.0);
        let tau = s / (0.5 * ((all - tx.pairs) * (all - ty.pairs)).sqrt());
        if !tau.is_finite() {
            return None;
        }
        if !asymptotic && n <= EXACT && tx.pairs == 0.0 && ty.pairs == 0.0 {
            return Some(Self { tau, p_value: exact(n, s), z: None });
        }
        let k = n as f64;
        let variance = (all * (2.0 * k + 5.0) - tx.cubic - ty.cubic) / 18.0
            + tx.pairs * ty.pairs / (2.0 * all)
            + tx.triples * ty.triples / (9.0 * all * (k - 2.0).max(1.0));
        let z = s / variance.sqrt();
        Some(Self { tau, p_value: 2.0 * normal::sf(z.abs()), z: Some(z) })
    }
}

fn order(a: f64, b: f64) -> f64 {
    if a > b {
        1.0
    } else if a < b {
        -1.0
    } else {
        0.0
    }
}

/// Sums over groups of t equal values.
#[derive(Default)]
struct Ties {
    /// `Σt(t−1)`.
    pairs: f64,
    /// `Σt(t−1)(2t+5)`.
    cubic: f64,
    /// `Σt(t−1)(t−2)`.
    triples: f64,
}

impl Ties {
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64).fold(
            Self::default(),
            |sums, t| Self {
                pairs: sums.pairs + t * (t - 1.0),
                cubic: sums.cubic + t * (t - 1.0) * (2.0 * t + 5.0),
                triples: sums.triples + t * (t - 1.0) * (t - 2.0),
            },
        )
    }
}

/// The two-sided p value by the distribution of discordant pairs over all permutations.
fn exact(n: usize, s: f64) -> f64 {
    let most = n * (n - 1) / 2;
    // Probabilities of j discordant pairs, one element more at a time.
    let mut law = vec![0.0; most + 1];
    law[0] = 1.0;
    let mut top = 0;
    for m in 2..=n {
        top += m - 1;
        let before = law.clone();
        let mut window = 0.0;
        for (j, p) in law.iter_mut().enumerate().take(top + 1) {
            window += before.get(j).copied().unwrap_or(0.0);
            if j >= m {
                window -= before.get(j - m).copied().unwrap_or(0.0);
            }
            *p = window / m as f64;
        }
    }
    let discordant = 0.5 * (most as f64 - s);
    let below: f64 =
        law.iter().zip(0_u32..).filter(|(_, j)| f64::from(*j) <= discordant).map(|(p, _)| p).sum();
    let above: f64 =
        law.iter().zip(0_u32..).filter(|(_, j)| f64::from(*j) >= discordant).map(|(p, _)| p).sum();
    (2.0 * below.min(above)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four pairs in order: 1 of 24 permutations on either side.
    #[test]
    fn four_in_order() {
        let x = [1.0, 2.0, 3.0, 4.0];
        let kendall = Kendall::of(&x, &x, false).unwrap();
        assert_eq!(kendall.tau, 1.0);
        assert!((kendall.p_value - 2.0 / 24.0).abs() < 1e-15);
    }

    /// Nothing can be ranked against a constant.
    #[test]
    fn constant_columns_have_none() {
        assert_eq!(Kendall::of(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0], false), None);
    }

    /// Hollander and Wolfe 1973, example 8.1 (tuna lightness): T = 26 of 36, p = .1194.
    #[test]
    fn tuna() {
        let x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
        let y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8];
        let kendall = Kendall::of(&x, &y, false).unwrap();
        assert!((kendall.tau - 4.0 / 9.0).abs() < 1e-15);
        assert!((kendall.p_value - 0.1194).abs() < 5e-5);
    }
}
