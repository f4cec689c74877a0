//! Tests of no difference between the groups in any study.

use super::counts::Cells;
use crate::{
    model::{Test, TestName},
    numeric::{self, chi_squared},
    study::{Counts, PersonTime, TwoGroups},
};

/// Half a count, by which the correction for continuity moves a sum of counts towards its expectation.
const CONTINUITY: f64 = 0.5;

/// The test of Cochran 1954 and Mantel and Haenszel 1959 that the odds ratio is 1 in every study, with
/// or without the correction for continuity; `None` where no study has both events and non-events.
#[must_use]
pub fn cochran_mantel_haenszel(studies: &[TwoGroups<Counts>], continuity: bool) -> Option<Test> {
    let cells = Cells::all(studies);
    let excess = numeric::sum(cells.iter().map(Cells::excess));
    let variance = numeric::sum(cells.iter().map(Cells::hypergeometric_variance));
    test(excess, variance, continuity)
}

/// The same for events over person-time: that the rate ratio is 1 in every study; `None` without events.
#[must_use]
pub fn mantel_haenszel_rates(studies: &[TwoGroups<PersonTime>], continuity: bool) -> Option<Test> {
    let parts = |g: &TwoGroups<PersonTime>| {
        let (t1, t2) = (g.first.time(), g.second.time());
        let (u1, u2) = (t1 / (t1 + t2), t2 / (t1 + t2));
        let (x1, x2) = (g.first.x(), g.second.x());
        (x1 * u2 - x2 * u1, (x1 + x2) * u1 * u2)
    };
    let excess = numeric::sum(studies.iter().map(|g| parts(g).0));
    let variance = numeric::sum(studies.iter().map(|g| parts(g).1));
    test(excess, variance, continuity)
}

fn test(excess: f64, variance: f64, continuity: bool) -> Option<Test> {
    if variance <= 0.0 {
        return None;
    }
    let moved = if continuity { (excess.abs() - CONTINUITY).max(0.0) } else { excess.abs() };
    let statistic = moved * moved / variance;
    let p_value = chi_squared::sf(statistic, 1.0);
    Some(Test { name: TestName::Cmh, statistic, df: 1.0, p_value })
}
