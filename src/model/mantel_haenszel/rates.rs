//! Rate ratios and rate differences from events over person-time.

use super::{Ratio, Stratified, ratio};
use crate::{
    model::one_step::shares,
    numeric,
    study::{PersonTime, TwoGroups},
};

/// The pooled log rate ratio with the variance of Greenland and Robins 1985; `None` where one group has
/// no events at all.
///
/// ```
/// use resorb::{model::rate_ratio, study::{PersonTime, TwoGroups}};
/// // Two ages of table 15-2 of Rothman, Greenland and Lash 2008: coronary deaths of smokers and others.
/// let studies = [
///     TwoGroups { first: PersonTime::new(32, 52407.0)?, second: PersonTime::new(2, 18790.0)? },
///     TwoGroups { first: PersonTime::new(104, 43248.0)?, second: PersonTime::new(12, 10673.0)? },
/// ];
/// let pooled = rate_ratio(&studies).ok_or("no rate ratio")?;
/// assert!((2.0..3.0).contains(&pooled.yi.exp()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn rate_ratio(studies: &[TwoGroups<PersonTime>]) -> Option<Stratified> {
    let shares = |g: &TwoGroups<PersonTime>| {
        let (t1, t2) = (g.first.time(), g.second.time());
        (t1 / (t1 + t2), t2 / (t1 + t2))
    };
    let term = |g: &TwoGroups<PersonTime>| {
        let (u1, u2) = shares(g);
        Ratio { r: g.first.x() * u2, s: g.second.x() * u1 }
    };
    let terms: Vec<Ratio> = studies.iter().map(term).collect();
    ratio(&terms, |r, s| {
        let part = |g: &TwoGroups<PersonTime>| {
            let (u1, u2) = shares(g);
            (g.first.x() + g.second.x()) * u1 * u2
        };
        numeric::sum(studies.iter().map(part)) / r / s
    })
}

/// The pooled rate difference with the variance of Greenland and Robins 1985. Studies without events
/// stay in; `None` only without a study.
#[must_use]
pub fn rate_difference(studies: &[TwoGroups<PersonTime>]) -> Option<Stratified> {
    let size = |g: &TwoGroups<PersonTime>| {
        let (t1, t2) = (g.first.time(), g.second.time());
        t1 * (t2 / (t1 + t2))
    };
    let sizes: Vec<f64> = studies.iter().map(size).collect();
    let whole = numeric::sum(sizes.iter().copied());
    if whole <= 0.0 {
        return None;
    }
    let with = |f: &dyn Fn(&TwoGroups<PersonTime>, f64) -> f64| {
        numeric::sum(studies.iter().zip(&sizes).map(|(g, &size)| f(g, size / whole)))
    };
    let yi = with(&|g, weight| weight * (g.first.rate() - g.second.rate()));
    let variance = with(&|g, weight| {
        let each = g.first.rate() / g.first.time() + g.second.rate() / g.second.time();
        weight * weight * each
    });
    Some(Stratified { yi, se: variance.sqrt(), weights: shares(&sizes), dropped: Vec::new() })
}
