//! Tests of funnel asymmetry for two groups.
//!
//! The standard error of a log odds ratio or of a standardised mean difference depends on the effect
//! itself, so that a regression of one on the other may reject without any small-study effect. These
//! tests put in its place what does not depend on it: sizes, the variance under the null value, or the
//! part of the standard error that only sizes make.

use super::{
    SmallStudyError,
    regression::{Points, RegressionTest},
};
use crate::{
    effect::Correction,
    model::Level,
    study::{Counts, TwoGroups},
};

/// The log odds ratio of one study with what the tests go by.
#[derive(Clone, Copy)]
struct Table {
    /// The cells: events and others of the first group, then of the second.
    cells: [f64; 4],
    /// The groups' sizes.
    n: [f64; 2],
}

impl Table {
    fn of(groups: &TwoGroups<Counts>) -> Self {
        let TwoGroups { first, second } = groups;
        let cells = [first.x(), first.n() - first.x(), second.x(), second.n() - second.x()];
        Self { cells, n: [first.n(), second.n()] }
    }

    fn size(self) -> f64 {
        self.n[0] + self.n[1]
    }

    /// Events and others, both groups together.
    fn margins(self) -> [f64; 2] {
        let [a, b, c, d] = self.cells;
        [a + c, b + d]
    }

    /// Whether the odds ratio can be anything but undefined: without events, or with nothing else, it
    /// says nothing.
    fn says_something(self) -> bool {
        self.margins().iter().all(|margin| *margin > 0.0)
    }

    /// The log odds ratio with its variance; a study with an empty cell gets ½ in each.
    fn log_odds_ratio(self) -> (f64, f64) {
        let empty = self.cells.contains(&0.0);
        let add = if empty { Correction::default().add } else { 0.0 };
        let [a, b, c, d] = self.cells.map(|cell| cell + add);
        // The logarithm of each odds on its own: products of large cells would round.
        ((a / b).ln() - (c / d).ln(), a.recip() + b.recip() + c.recip() + d.recip())
    }

    /// The inverse variance of a log odds ratio of 0: groups of equal rates, pooled.
    fn pooled_precision(self) -> f64 {
        let [events, others] = self.margins();
        events * others / (events + others)
    }
}

/// The tables that say something about the odds ratio.
fn tables(groups: &[TwoGroups<Counts>]) -> Vec<Table> {
    groups.iter().map(Table::of).filter(|table| table.says_something()).collect()
}

/// Studies that say nothing about an odds ratio: no events in either group, or nothing else.
pub(super) fn left_out(groups: &[TwoGroups<Counts>]) -> usize {
    groups.len() - tables(groups).len()
}

/// `(x, y, weight)` of each study as a regression.
fn regress(
    rows: impl IntoIterator<Item = (f64, f64, f64)>,
    method: &'static str,
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let mut points = Points { method, what: "size", ..Points::default() };
    for (x, y, w) in rows {
        points.x.push(x);
        points.y.push(y);
        points.w.push(w);
    }
    points.test(level)
}

/// Harbord, Egger and Sterne 2006: the efficient score `Z = a − (a+c)·n₁/N` of the log odds ratio over
/// its variance under the null value, `V = n₁n₂(a+c)(b+d)/(N²(N−1))`, on `1/√V` with weights `V`. The
/// slope is the intercept of their regression of `Z/√V` on `√V`.
///
/// Studies without events in either group, or with nothing else, are left out, here and in the other
/// tests of odds ratios.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below three studies, [`SmallStudyError::NoSpread`].
///
/// ```
/// use resorb::{analysis::small_study::harbord, model::Level, study::{Counts, TwoGroups}};
/// let groups = [(4, 123, 11, 139), (6, 306, 29, 303), (62, 13598, 248, 12867), (33, 5069, 47, 5808)]
///     .map(|(a, n1, c, n2)| {
///         Ok(TwoGroups { first: Counts::new(a, n1)?, second: Counts::new(c, n2)? })
///     })
///     .into_iter()
///     .collect::<Result<Vec<_>, resorb::study::StudyError>>()?;
/// let test = harbord(&groups, Level::default())?;
/// assert_eq!(test.df, Some(2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn harbord(
    groups: &[TwoGroups<Counts>],
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let rows = tables(groups).into_iter().map(|table| {
        let ([events, others], [n1, n2], n) = (table.margins(), table.n, table.size());
        let score = table.cells[0] - events * n1 / n;
        let variance = n1 / n * (n2 / n) * events * others / (n - 1.0);
        (variance.sqrt().recip(), score / variance, variance)
    });
    regress(rows, "Harbord's test", level)
}

/// Peters et al. 2006: log odds ratios on `1/N`, weights `(1/(a+c) + 1/(b+d))⁻¹`.
///
/// # Errors
/// Those of [`harbord`].
pub fn peters(
    groups: &[TwoGroups<Counts>],
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let rows = tables(groups)
        .into_iter()
        .map(|table| (table.size().recip(), table.log_odds_ratio().0, table.pooled_precision()));
    regress(rows, "Peters' test", level)
}

/// The weights of Macaskill's test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MacaskillWeights {
    /// FIV: the inverse variance of the log odds ratio.
    InverseVariance,
    /// FPV: the inverse variance with both groups pooled, which does not depend on the odds ratio.
    PooledVariance,
}

/// Macaskill, Walter and Irwig 2001: log odds ratios on the sizes `N`. The line grows with size: its
/// end is not the effect of an infinitely large study.
///
/// # Errors
/// Those of [`harbord`].
pub fn macaskill(
    groups: &[TwoGroups<Counts>],
    weights: MacaskillWeights,
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let rows = tables(groups).into_iter().map(|table| {
        let (y, v) = table.log_odds_ratio();
        let weight = match weights {
            MacaskillWeights::InverseVariance => v.recip(),
            MacaskillWeights::PooledVariance => table.pooled_precision(),
        };
        (table.size(), y, weight)
    });
    regress(rows, "Macaskill's test", level)
}

/// Deeks, Macaskill and Irwig 2005: log (diagnostic) odds ratios on `1/√ESS` with weights `ESS`, the
/// effective size `4n₁n₂/(n₁+n₂)`.
///
/// # Errors
/// Those of [`harbord`].
pub fn deeks(
    groups: &[TwoGroups<Counts>],
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let rows = tables(groups).into_iter().map(|table| {
        let effective = 4.0 * table.n[0] * (table.n[1] / table.size());
        (effective.sqrt().recip(), table.log_odds_ratio().0, effective)
    });
    regress(rows, "Deeks' test", level)
}

/// Pustejovsky and Rodgers 2019: standardised mean differences `yi` on `√(1/n₁ + 1/n₂)`, the part of
/// their standard error that does not depend on them, with weights by the same.
///
/// # Errors
/// Those of [`harbord`].
pub fn pustejovsky_rodgers(
    yi: &[f64],
    sizes: &[TwoGroups<f64>],
    level: Level,
) -> Result<RegressionTest, SmallStudyError> {
    let rows = yi.iter().zip(sizes).map(|(&y, n)| {
        let variance = n.first.recip() + n.second.recip();
        (variance.sqrt(), y, variance.recip())
    });
    regress(rows, "the test of Pustejovsky and Rodgers", level)
}
