//! Comparisons of two groups within studies alone: what a study holds constant, the patients it took
//! and how it looked at them, cannot explain a difference between its own rows.

use serde::Serialize;

use super::{Rows, SubgroupError, two_step};
use crate::{
    effect::{Effects, Measure},
    model::{CiMethod, Model, ModelError, Settings, TwoStep, clusters, pool},
    study::Studies,
};

/// The difference of two groups over the studies that have both, pooled with random effects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Paired {
    /// The two groups; the difference is the first less the second.
    pub groups: [String; 2],
    /// The studies that have both.
    pub studies: Vec<String>,
    /// The pooled difference on the analysis scale (a log odds ratio for logits).
    pub estimate: f64,
    /// Its standard error.
    pub se: Option<f64>,
    /// Lower limit.
    pub ci_lower: Option<f64>,
    /// Upper limit.
    pub ci_upper: Option<f64>,
    /// How the interval was made.
    pub method: CiMethod,
    /// Degrees of freedom of the interval.
    pub df: Option<f64>,
    /// Two-sided p value of no difference.
    pub p_value: Option<f64>,
    /// The variance of the difference between studies.
    pub tau2: Option<f64>,
}

/// Every pair of groups that at least two studies have both of.
pub(super) fn all(rows: &Rows<'_>, settings: &Settings) -> Result<Vec<Paired>, SubgroupError> {
    let choices = two_step(settings);
    let effects = choices
        .measure
        .effects(rows.studies, choices.correction)
        .map_err(|error| SubgroupError::Overall(error.into()))?;
    let members = clusters(rows.labels);
    let mut pairs = Vec::new();
    for second in 0..rows.names.len() {
        for first in second + 1..rows.names.len() {
            let found = members.iter().filter_map(|members| {
                let (y1, v1) = mean(rows, &effects, members, first)?;
                let (y2, v2) = mean(rows, &effects, members, second)?;
                let label = members.first().and_then(|&row| rows.labels.get(row))?;
                Some((label.clone(), y1 - y2, v1 + v2))
            });
            let differences: Vec<(String, f64, f64)> = found.collect();
            if differences.len() > 1 {
                let groups = [first, second].map(|place| rows.names[place].to_owned());
                pairs.push(pooled(groups, differences, &choices, settings)?);
            }
        }
    }
    Ok(pairs)
}

/// The inverse-variance mean of a study's rows in one group, with its variance.
fn mean(rows: &Rows<'_>, effects: &Effects, members: &[usize], place: usize) -> Option<(f64, f64)> {
    let own = members.iter().filter(|&&row| rows.places.get(row) == Some(&place));
    let (w, wy) = own.fold((0.0, 0.0), |(w, wy), &row| {
        match effects.vi().get(row).zip(effects.yi().get(row)) {
            Some((v, y)) => (w + 1.0 / v, wy + y / v),
            None => (w, wy),
        }
    });
    (w > 0.0).then(|| (wy / w, 1.0 / w))
}

fn pooled(
    groups: [String; 2],
    differences: Vec<(String, f64, f64)>,
    choices: &TwoStep,
    settings: &Settings,
) -> Result<Paired, SubgroupError> {
    let names = differences.iter().map(|(study, ..)| study.clone()).collect();
    let studies = Studies::from_effects(differences)?;
    let model = Model::TwoStep(TwoStep { measure: Measure::Gen, ..*choices });
    let failed = |source: ModelError| SubgroupError::Group { group: groups.join(" - "), source };
    let fit = pool(&studies, &Settings { model, ..*settings }).map_err(failed)?;
    let random = fit.random.map(|random| random.pooled).or(fit.common);
    let Some(random) = random else {
        return Err(SubgroupError::Study(crate::study::StudyError::Empty));
    };
    Ok(Paired {
        groups,
        studies: names,
        estimate: random.estimate,
        se: random.se,
        ci_lower: random.ci_lower,
        ci_upper: random.ci_upper,
        method: random.method,
        df: random.df,
        p_value: random.p_value,
        tau2: fit.heterogeneity.tau2,
    })
}
