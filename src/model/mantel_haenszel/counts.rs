//! Odds ratios, risk ratios and risk differences from 2×2 tables.

use super::{Ratio, Stratified, ratio};
use crate::{
    model::one_step::shares,
    numeric,
    study::{Counts, TwoGroups},
};

/// A 2×2 table in the letters of the formulas.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    /// Events and non-events of the first group.
    pub(super) a: f64,
    pub(super) b: f64,
    /// Events and non-events of the second group.
    pub(super) c: f64,
    pub(super) d: f64,
    pub(super) n1: f64,
    pub(super) n2: f64,
    /// All patients.
    pub(super) n: f64,
}

impl Cells {
    pub(super) fn new(groups: &TwoGroups<Counts>) -> Self {
        let (first, second) = (groups.first, groups.second);
        let (a, c) = (first.x(), second.x());
        let (n1, n2) = (first.n(), second.n());
        Self { a, b: n1 - a, c, d: n2 - c, n1, n2, n: n1 + n2 }
    }

    /// All tables.
    pub(super) fn all(studies: &[TwoGroups<Counts>]) -> Vec<Self> {
        studies.iter().map(Self::new).collect()
    }

    /// All events.
    pub(super) fn m(&self) -> f64 {
        self.a + self.c
    }

    /// All non-events.
    pub(super) fn m0(&self) -> f64 {
        self.b + self.d
    }

    /// The hypergeometric variance of `a` when the groups do not differ.
    pub(super) fn hypergeometric_variance(&self) -> f64 {
        let share = (self.n1 / self.n) * (self.n2 / self.n);
        share * self.m() * (self.m0() / (self.n - 1.0))
    }

    /// `a` less what is expected of it when the groups do not differ, `(ad − bc)/N`.
    pub(super) fn excess(&self) -> f64 {
        (self.a * self.d - self.b * self.c) / self.n
    }
}

/// The pooled log odds ratio (Mantel and Haenszel 1959) with the variance of Robins, Breslow and
/// Greenland 1986; `None` where it is infinite, because one group has no events (or no non-events)
/// beside studies that have them.
///
/// ```
/// use resorb::{model::odds_ratio, study::{Counts, TwoGroups}};
/// // Deaths under tolbutamide and placebo by age (Rothman, Greenland and Lash 2008, table 15-1).
/// let studies = [
///     TwoGroups { first: Counts::new(8, 106)?, second: Counts::new(5, 120)? },
///     TwoGroups { first: Counts::new(22, 98)?, second: Counts::new(16, 85)? },
/// ];
/// let pooled = odds_ratio(&studies).ok_or("no odds ratio")?;
/// assert!((pooled.yi.exp() - 1.40).abs() < 0.005);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn odds_ratio(studies: &[TwoGroups<Counts>]) -> Option<Stratified> {
    let cells = Cells::all(studies);
    let term = |t: &Cells| Ratio { r: t.a * (t.d / t.n), s: t.b * (t.c / t.n) };
    let terms: Vec<Ratio> = cells.iter().map(term).collect();
    let sum = |f: &dyn Fn(f64, f64, Ratio) -> f64| {
        let parts = cells.iter().zip(&terms);
        numeric::sum(parts.map(|(t, &rs)| f((t.a + t.d) / t.n, (t.b + t.c) / t.n, rs)))
    };
    ratio(&terms, |r, s| {
        let first = sum(&|p, _, t| p * t.r) / (2.0 * r * r);
        let both = sum(&|p, q, t| p * t.s + q * t.r) / (2.0 * r * s);
        first + both + sum(&|_, q, t| q * t.s) / (2.0 * s * s)
    })
}

/// The pooled log risk ratio with the variance of Greenland and Robins 1985; `None` where one group
/// has no events at all.
#[must_use]
pub fn risk_ratio(studies: &[TwoGroups<Counts>]) -> Option<Stratified> {
    let cells = Cells::all(studies);
    let term = |t: &Cells| Ratio { r: t.a * (t.n2 / t.n), s: t.c * (t.n1 / t.n) };
    let terms: Vec<Ratio> = cells.iter().map(term).collect();
    ratio(&terms, |r, s| {
        let part = |t: &Cells| (t.n1 / t.n) * (t.n2 / t.n) * t.m() - t.a * t.c / t.n;
        numeric::sum(cells.iter().map(part)) / r / s
    })
}

/// Variances of the pooled risk difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RdVariance {
    /// Sato, Greenland and Robins 1989: consistent with few patients in many studies and with many in
    /// few. This is what R's metafor computes.
    #[default]
    Sato,
    /// Greenland and Robins 1985: consistent with many patients in few studies.
    GreenlandRobins,
}

/// The pooled risk difference. A study without events in either group says that the difference is
/// small, and stays in. Never `None`: every study has patients in both groups.
#[must_use]
pub fn risk_difference(studies: &[TwoGroups<Counts>], variance: RdVariance) -> Option<Stratified> {
    let cells = Cells::all(studies);
    let sizes: Vec<f64> = cells.iter().map(|t| t.n1 * (t.n2 / t.n)).collect();
    let size = numeric::sum(sizes.iter().copied());
    if size <= 0.0 {
        return None;
    }
    // (a·n2 − c·n1)/N, with cells that stand for the difference where both groups are nearly full.
    let yi = numeric::sum(cells.iter().map(Cells::excess)) / size;
    let part = |t: &Cells| match variance {
        RdVariance::GreenlandRobins => {
            let (u1, u2) = (t.n1 / t.n, t.n2 / t.n);
            t.a * (t.b / t.n1) * u2 * u2 + t.c * (t.d / t.n2) * u1 * u1
        }
        RdVariance::Sato => {
            let (u1, u2) = (t.n1 / t.n, t.n2 / t.n);
            let slope = u1 * u1 * t.c - u2 * u2 * t.a + 0.5 * u1 * u2 * (t.n2 - t.n1);
            yi * slope + 0.5 * (t.a * (t.d / t.n) + t.c * (t.b / t.n))
        }
    };
    let spread = numeric::sum(cells.iter().map(part)).max(0.0);
    Some(Stratified { yi, se: spread.sqrt() / size, weights: shares(&sizes), dropped: Vec::new() })
}
