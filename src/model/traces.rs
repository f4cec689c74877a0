//! Traces of the matrix behind every quadratic form in effects.

use crate::numeric::sum;

/// `tr(PS)` and `tr(PSPS)` for `P = diag(a) − aa'/Σa` and `S = diag(s)`: the mean, and half the
/// variance, of `Σa(y − ȳₐ)²` when the effects have variances `s`.
///
/// Sums of positive terms: the textbook forms (`Σa − Σa²/Σa` for `tr(P)`) are small differences of
/// large numbers when one study outweighs all others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traces {
    /// `tr(PS) = Σ aᵢsᵢ(1 − aᵢ/Σa)`.
    pub(crate) first: f64,
    /// `tr(PSPS) = Σ (aᵢsᵢ(1 − aᵢ/Σa))² + ΣΣ_{i≠j} xᵢxⱼ` with `xᵢ = aᵢ²sᵢ/Σa`.
    pub(crate) second: f64,
}

impl Traces {
    /// For weights `a(vᵢ)` and variances `s(vᵢ)`.
    pub(crate) fn of(vi: &[f64], a: impl Fn(f64) -> f64, s: impl Fn(f64) -> f64) -> Self {
        let weights = Others::new(vi.iter().map(|&v| a(v)));
        let total = weights.all();
        let x = |v: f64| a(v) * a(v) * s(v) / total;
        let products = Others::new(vi.iter().map(|&v| x(v)));
        let own = |v: f64| a(v) * s(v) * weights.than(a(v)) / total;
        Self {
            first: sum(vi.iter().map(|&v| own(v))),
            second: sum(vi.iter().map(|&v| own(v) * own(v) + x(v) * products.than(x(v)))),
        }
    }

    /// For weights `1/(vᵢ + τ²)` and `S = I`: `tr(P)` and `tr(PP)`.
    pub(crate) fn at(vi: &[f64], tau2: f64) -> Self {
        Self::of(vi, |v| 1.0 / (v + tau2), |_| 1.0)
    }
}

/// The sum of all values but one, for each of them, without loss when that one is nearly all.
struct Others {
    largest: f64,
    /// The sum of all but one of the largest.
    rest: f64,
}

impl Others {
    fn new(values: impl Iterator<Item = f64> + Clone) -> Self {
        let largest = values.clone().fold(0.0, f64::max);
        let ties = values.clone().filter(|&x| x == largest).count();
        let smaller = sum(values.filter(|&x| x < largest));
        Self { largest, rest: (ties.max(1) - 1) as f64 * largest + smaller }
    }

    fn all(&self) -> f64 {
        self.largest + self.rest
    }

    /// The sum of all values other than `x`, which is one of them.
    fn than(&self, x: f64) -> f64 {
        if x == self.largest { self.rest } else { self.rest - x + self.largest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entries of the matrices written out.
    #[test]
    fn as_the_matrices_say() {
        let vi = [0.2, 0.5, 0.2, 1.5];
        let (a, s) = (|v: f64| 1.0 / v.sqrt(), |v: f64| v + 0.7);
        let total: f64 = vi.iter().map(|&v| a(v)).sum();
        let p = |i: usize, j: usize| {
            (if i == j { a(vi[i]) } else { 0.0 }) - a(vi[i]) * a(vi[j]) / total
        };
        let (mut first, mut second) = (0.0, 0.0);
        for i in 0..4 {
            first += p(i, i) * s(vi[i]);
            second += (0..4).map(|j| p(i, j) * s(vi[j]) * p(j, i) * s(vi[i])).sum::<f64>();
        }
        let traces = Traces::of(&vi, a, s);
        assert!((traces.first - first).abs() < 1e-14 * first);
        assert!((traces.second - second).abs() < 1e-14 * second);
    }

    /// Three studies, one with nearly all the weight: exact fractions.
    #[test]
    fn one_huge_study() {
        // w = 2⁶⁰, 1, 1: tr(P) = 2(2⁶⁰ + ...)…: 2·2⁶⁰/(2⁶⁰+2) + 2(2⁶⁰+1)/(2⁶⁰+2) → 4.
        let traces = Traces::at(&[0.5f64.powi(60), 1.0, 1.0], 0.0);
        assert!((traces.first - 4.0).abs() < 1e-15, "{}", traces.first);
        // tr(PP) → (2² + 1 + 1) + 2·(2·1 + …): the matrix tends to [[2, −1, −1], [−1, 1, 0], [−1, 0, 1]].
        assert!((traces.second - 10.0).abs() < 1e-14, "{}", traces.second);
    }
}
