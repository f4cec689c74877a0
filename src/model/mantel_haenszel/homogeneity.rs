//! Whether the odds ratio is the same in every study.

use super::counts::Cells;
use crate::{
    model::{Test, TestName},
    numeric::{Sum, chi_squared},
    study::{Counts, TwoGroups},
};

/// Breslow and Day's test of one odds ratio, without and with Tarone's correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreslowDay {
    /// As Breslow and Day 1980 give it; with Mantel and Haenszel's estimate a little too large.
    pub breslow_day: Test,
    /// Less what the estimate costs (Tarone 1985): the one with the right distribution.
    pub tarone: Test,
}

/// Breslow and Day's test that every study has the odds ratio `exp(log_or)`; the studies with both
/// events and non-events count, and `None` is returned where there are fewer than two.
///
/// The expected count of a cell given the margins and the odds ratio is the root of a quadratic.
#[must_use]
pub fn breslow_day(studies: &[TwoGroups<Counts>], log_or: f64) -> Option<BreslowDay> {
    let mut statistic = Sum::default();
    let (mut excess, mut variance) = (Sum::default(), Sum::default());
    let mut used = 0.0;
    for t in Cells::all(studies).iter().filter(|t| t.m() > 0.0 && t.m0() > 0.0) {
        let expected = expected([t.n1, t.n2, t.m()], log_or);
        let [a, b, c] = [expected, t.n1 - expected, t.m() - expected];
        let v = 1.0 / (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / (t.n2 - c));
        statistic.add((t.a - expected).powi(2) / v);
        excess.add(t.a - expected);
        variance.add(v);
        used += 1.0;
    }
    if used < 2.0 {
        return None;
    }
    let test = |name, statistic: f64| Test {
        name,
        statistic,
        df: used - 1.0,
        p_value: chi_squared::sf(statistic, used - 1.0),
    };
    let corrected = statistic.value() - excess.value().powi(2) / variance.value();
    Some(BreslowDay {
        breslow_day: test(TestName::BreslowDay, statistic.value()),
        tarone: test(TestName::Tarone, corrected.max(0.0)),
    })
}

/// The first group's events expected with all margins fixed (`n1` and `n2` patients, `m` events) and a
/// log odds ratio: the root of `(1 − ψ)A² + ((n2 − m) + ψ(n1 + m))A − ψ·n1·m` between the margins, divided
/// by the larger of 1 and ψ, and by the form that does not cancel.
pub(in crate::model) fn expected([n1, n2, m]: [f64; 3], log_or: f64) -> f64 {
    let (one, psi) = if log_or > 0.0 { ((-log_or).exp(), 1.0) } else { (1.0, log_or.exp()) };
    let quadratic = one - psi;
    let linear = one * (n2 - m) + psi * (n1 + m);
    let constant = psi * n1 * m;
    let root = (linear * linear + 4.0 * quadratic * constant).max(0.0).sqrt();
    if linear > 0.0 {
        2.0 * constant / (linear + root)
    } else {
        (root - linear) / (2.0 * quadratic)
    }
}
