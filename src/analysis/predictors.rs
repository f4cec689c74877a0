//! Which features of patients go with the outcome: each predictor of a table pooled on its own, and what
//! its ratio means at a stated baseline.

use serde::Serialize;

use super::{Overlap, SubgroupError, subgroup::levels};
use crate::{
    effect::Measure,
    model::{Fit, Model, Rate, Settings, pool},
    study::{Studies, nearest},
};

/// Each predictor with its own result.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictors {
    /// The column that names the predictors.
    pub by: String,
    /// What was computed for each.
    pub settings: Settings,
    /// The risk of the unexposed at which absolute differences are stated.
    pub baseline: Option<f64>,
    /// The predictors, in the order of the data.
    pub predictors: Vec<Predictor>,
    /// Studies that report several predictors: their patients count in each, so that the predictors are
    /// not independent of each other.
    pub overlap: Vec<Overlap>,
    /// Studies left out because they name no predictor.
    pub missing: Vec<String>,
}

/// One predictor.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictor {
    /// Its name.
    pub predictor: String,
    /// Its result; of one study there is only the common effect, which is the study.
    pub fit: Fit,
    /// What it means at the baseline; `None` without one, or for a measure that does not say.
    pub absolute: Option<Absolute>,
}

/// What a ratio or difference means at a baseline risk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Absolute {
    /// The risk of the exposed.
    pub risk: Rate,
    /// Their risk minus the baseline.
    pub difference: Rate,
    /// How many have to be exposed for one event more (or, below 0, one less): the inverse of the
    /// difference. `None` at a difference of 0.
    pub number_needed: Option<f64>,
    /// Its interval, `None` where the difference may be 0: the numbers then run through infinity.
    pub number_needed_interval: Option<(f64, f64)>,
}

/// Pools each predictor named in the column `by` on its own.
///
/// # Errors
/// [`SubgroupError`]: a column that is not there, a predictor that cannot be pooled, a baseline outside
/// 0 and 1.
///
/// ```
/// use resorb::{analysis::predictors, data, effect::Measure, model::{Model, Settings, TwoStep}};
/// let csv = b"study,predictor,events1,total1,events2,total2\nA,rim,29,41,2,16\nB,rim,20,30,5,28\nA,migration,28,36,7,41\n";
/// let table = data::read(csv, &data::Mapping::default())?;
/// let model = Model::TwoStep(TwoStep { measure: Measure::Or, ..TwoStep::default() });
/// let settings = Settings { model, ..Settings::default() };
/// let found = predictors(&table.studies, "predictor", Some(0.35), &settings)?;
/// assert_eq!(found.predictors.len(), 2);
/// assert_eq!(found.overlap[0].study, "A");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn predictors(
    studies: &Studies,
    by: &str,
    baseline: Option<f64>,
    settings: &Settings,
) -> Result<Predictors, SubgroupError> {
    if let Some(baseline) = baseline.filter(|p| !(*p > 0.0 && *p < 1.0)) {
        return Err(SubgroupError::Baseline { baseline });
    }
    let available: Vec<String> = studies.moderators().iter().map(|m| m.name.clone()).collect();
    let column = studies.moderator(by).ok_or_else(|| SubgroupError::UnknownColumn {
        name: by.to_owned(),
        nearest: nearest(by, available.iter().map(String::as_str)).map(str::to_owned),
        available: available.clone(),
    })?;
    let named = levels::of(studies.k(), &[column]);
    let missing = levels::missing(studies.labels(), &named);
    let carries: Vec<bool> = named.iter().map(Option::is_some).collect();
    let used = studies.subset(&carries)?;
    let named: Vec<String> = named.into_iter().flatten().collect();
    let mut predictors = Vec::new();
    for name in levels::ordered(&named, &super::LevelOrder::Data)? {
        let mask: Vec<bool> = named.iter().map(|level| *level == name).collect();
        let fit = pool(&used.subset(&mask)?, settings)
            .map_err(|source| SubgroupError::Group { group: name.clone(), source })?;
        let absolute = baseline.and_then(|baseline| Absolute::of(&fit, baseline));
        predictors.push(Predictor { predictor: name, fit, absolute });
    }
    let overlap = levels::overlap(used.labels(), &named);
    Ok(Predictors {
        by: by.to_owned(),
        settings: *settings,
        baseline,
        predictors,
        overlap,
        missing,
    })
}

impl Absolute {
    /// At a baseline risk within 0 and 1, from the random-effects result or the one there is.
    #[must_use]
    pub fn of(fit: &Fit, baseline: f64) -> Option<Self> {
        let Model::TwoStep(choices) = fit.settings.model else { return None };
        let pooled = fit.random.map(|random| random.pooled).or(fit.common)?;
        let at = |value: f64| exposed(choices.measure, value, baseline);
        let estimate = at(pooled.estimate)?;
        let risk = Rate {
            estimate,
            ci_lower: pooled.ci_lower.and_then(at),
            ci_upper: pooled.ci_upper.and_then(at),
        };
        let minus = |risk: f64| risk - baseline;
        let difference = Rate {
            estimate: minus(risk.estimate),
            ci_lower: risk.ci_lower.map(minus),
            ci_upper: risk.ci_upper.map(minus),
        };
        let limits = difference.ci_lower.zip(difference.ci_upper);
        Some(Self {
            risk,
            difference,
            number_needed: (difference.estimate != 0.0).then(|| 1.0 / difference.estimate),
            number_needed_interval: limits
                .filter(|(lower, upper)| lower * upper > 0.0)
                .map(|(lower, upper)| (1.0 / upper, 1.0 / lower)),
        })
    }
}

/// The risk of the exposed where that of the unexposed is `baseline`.
fn exposed(measure: Measure, value: f64, baseline: f64) -> Option<f64> {
    match measure {
        Measure::Or | Measure::Peto => Some(value * baseline / (1.0 - baseline + value * baseline)),
        Measure::Rr => Some((value * baseline).min(1.0)),
        Measure::Rd => Some((baseline + value).clamp(0.0, 1.0)),
        // Proportional hazards: the part without the event to the power of the ratio.
        Measure::Hr => Some(-(value * (-baseline).ln_1p()).exp_m1()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, exposed};

    /// By hand: odds of 1 : 1 doubled are 2 : 1; half the hazard leaves the root of the survival.
    #[test]
    fn absolute_risks() {
        let close = |a: Option<f64>, b: f64| assert!((a.unwrap() - b).abs() < 1e-15);
        close(exposed(Measure::Or, 2.0, 0.5), 2.0 / 3.0);
        close(exposed(Measure::Rr, 1.5, 0.2), 0.3);
        close(exposed(Measure::Rr, 4.0, 0.5), 1.0);
        close(exposed(Measure::Rd, -0.1, 0.35), 0.25);
        close(exposed(Measure::Hr, 0.5, 0.36), 0.2);
        assert_eq!(exposed(Measure::Md, 1.0, 0.5), None);
    }
}
