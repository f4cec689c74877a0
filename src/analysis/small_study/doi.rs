//! The Doi plot and the LFK index (Furuya-Kanamori, Barendregt and Doi 2018).

use serde::Serialize;

use super::{Funnel, SmallStudyError};
use crate::numeric::normal;

const METHOD: &str = "the LFK index";

/// A point of the Doi plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoiPoint {
    /// The study.
    pub study: String,
    /// Its effect, analysis scale.
    pub yi: f64,
    /// The normal quantile of its weighted mid-rank; the plot shows its absolute value.
    pub z: f64,
}

/// The LFK index with its plot.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doi {
    /// The index; 0 for a symmetric plot.
    pub index: f64,
    /// How its authors read it.
    pub asymmetry: Asymmetry,
    /// What is known of it.
    pub note: &'static str,
    /// The points by effect, ascending.
    pub points: Vec<DoiPoint>,
}

/// The authors' reading of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Asymmetry {
    /// Within ±1.
    No,
    /// Within ±2.
    Minor,
    /// Beyond.
    Major,
}

/// Schwarzer et al. 2024: what speaks against the index.
const CAUTION: &str = "The index is no test: its spread depends on the number of studies, so that the limits ±1 and ±2 give false alarms when studies are few (Schwarzer et al. 2024).";

/// The Doi plot: effects against normal quantiles of their ranks, weighted by precision.
///
/// # Errors
/// [`SmallStudyError::TooFew`] below three studies, [`SmallStudyError::NoSpread`] for equal effects.
pub fn doi(funnel: &Funnel) -> Result<Doi, SmallStudyError> {
    funnel.at_least(3, METHOD)?;
    funnel.differ(METHOD)?;
    let mut order: Vec<usize> = (0..funnel.k()).collect();
    let at = |i: &usize| funnel.yi().get(*i).copied().unwrap_or(f64::NAN);
    order.sort_by(|a, b| at(a).total_cmp(&at(b)));
    let largest = funnel.vi().iter().copied().fold(0.0, f64::max);
    let weight = |i: &usize| funnel.vi().get(*i).map_or(0.0, |v| 100.0 * largest / v);
    let total: f64 = order.iter().map(weight).sum();
    let mut passed = 0.0;
    let points: Vec<DoiPoint> = order
        .iter()
        .map(|i| {
            let middle = passed + 0.5 * weight(i);
            passed += weight(i);
            let study = funnel.labels().get(*i).cloned().unwrap_or_default();
            DoiPoint { study, yi: at(i), z: normal::quantile((middle - 0.5) / total) }
        })
        .collect();
    let tip = points.iter().min_by(|a, b| a.z.abs().total_cmp(&b.z.abs())).map_or(0.0, |p| p.yi);
    let range = |f: fn(&DoiPoint) -> f64| match (points.first(), points.last()) {
        (Some(first), Some(last)) => f(last) - f(first),
        _ => 0.0,
    };
    if range(|p| p.yi) <= 0.0 {
        return Err(SmallStudyError::NoSpread { method: METHOD, what: "effect" });
    }
    let steepness = range(|p| p.z) / range(|p| p.yi);
    let sum: f64 = points.iter().map(|p| steepness.mul_add(p.yi - tip, p.z)).sum();
    let index = 2.5 * sum / points.len() as f64;
    let asymmetry = match index.abs() {
        size if size <= 1.0 => Asymmetry::No,
        size if size <= 2.0 => Asymmetry::Minor,
        _ => Asymmetry::Major,
    };
    Ok(Doi { index, asymmetry, note: CAUTION, points })
}
