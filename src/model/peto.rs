//! Peto's one-step odds ratio.

use super::{mantel_haenszel::Stratified, one_step::shares};
use crate::{
    model::{Test, TestName},
    numeric::{self, chi_squared},
    study::{Counts, TwoGroups},
};

/// Peto's pooling of log odds ratios, `Σ(O − E)/ΣV` (Yusuf et al. 1985): observed less expected events
/// of the first group over their hypergeometric variance. No correction of empty cells is needed; far
/// from an odds ratio of 1, or with groups of very different sizes, it is biased.
#[derive(Clone, Debug, PartialEq)]
pub struct Peto {
    /// The pooled log odds ratio.
    pub pooled: Stratified,
    /// Each study's log odds ratio and its variance, `((O − E)/V, 1/V)`; `None` for a study without
    /// events or without non-events, which drops out.
    pub studies: Vec<Option<(f64, f64)>>,
    /// The test that all studies have one odds ratio.
    pub heterogeneity: Option<Test>,
}

/// Pools `studies` by Peto's method; `None` where no study has both events and non-events.
///
/// ```
/// use resorb::{model::peto, study::{Counts, TwoGroups}};
/// let studies = [
///     TwoGroups { first: Counts::new(14, 56)?, second: Counts::new(15, 58)? },
///     TwoGroups { first: Counts::new(18, 66)?, second: Counts::new(19, 64)? },
/// ];
/// let pooled = peto(&studies).ok_or("no events")?.pooled;
/// assert!(pooled.yi < 0.0 && pooled.se > 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn peto(studies: &[TwoGroups<Counts>]) -> Option<Peto> {
    let parts: Vec<(f64, f64)> = studies.iter().map(excess_and_variance).collect();
    let excess = numeric::sum(parts.iter().map(|(excess, _)| *excess));
    let variances: Vec<f64> = parts.iter().map(|(_, variance)| *variance).collect();
    let variance = numeric::sum(variances.iter().copied());
    if variance <= 0.0 {
        return None;
    }
    let yi = excess / variance;
    let dropped: Vec<usize> =
        variances.iter().enumerate().filter(|(_, v)| **v <= 0.0).map(|(i, _)| i).collect();
    let df = (parts.len() - dropped.len()) as f64 - 1.0;
    let informative = || parts.iter().filter(|(_, v)| *v > 0.0);
    let heterogeneity = (df > 0.0).then(|| {
        let statistic = numeric::sum(informative().map(|(e, v)| v * (e / v - yi).powi(2)));
        Test { name: TestName::Q, statistic, df, p_value: chi_squared::sf(statistic, df) }
    });
    Some(Peto {
        pooled: Stratified {
            yi,
            se: variance.sqrt().recip(),
            weights: shares(&variances),
            dropped,
        },
        studies: parts.iter().map(|&(e, v)| (v > 0.0).then(|| (e / v, v.recip()))).collect(),
        heterogeneity,
    })
}

/// `O − E` and `V` of one study.
fn excess_and_variance(groups: &TwoGroups<Counts>) -> (f64, f64) {
    let (a, c) = (groups.first.x(), groups.second.x());
    let (n1, n2) = (groups.first.n(), groups.second.n());
    let n = n1 + n2;
    let excess = (a * (n2 - c) - (n1 - a) * c) / n;
    let variance = (n1 / n) * (n2 / n) * (a + c) * ((n - a - c) / (n - 1.0));
    (excess, variance)
}
