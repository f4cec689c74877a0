//! One between-study variance for all groups: the regression on the groups without an intercept.

use std::{collections::HashMap, sync::Arc};

use super::{Group, SubgroupError};
use crate::{
    model::{
        CiMethod, Coefficient, Estimate, Fit, Formula, Heterogeneity, Model, Note, Predicted,
        Prediction, PredictionMethod, RandomEstimate, Settings, Value, i2_from_tau2, regress,
        typical_variance,
    },
    study::{Column, Moderator, Studies},
};

/// The name of the grouping column in the regression.
const COLUMN: &str = "group";

/// Puts into each group's fit the value, interval and prediction that one `τ²` gives it. Its own tests of
/// heterogeneity stay. Gives the heterogeneity that the groups leave together.
pub(super) fn apply(
    groups: &mut [Group],
    studies: &Studies,
    levels: &[String],
    settings: &Settings,
) -> Result<Option<Heterogeneity>, SubgroupError> {
    if matches!(settings.model, Model::BetaBinomial { .. }) || settings.model.common_only() {
        return Err(SubgroupError::NoTau2);
    }
    // One group has its own variance, and nothing to share it with.
    if groups.len() < 2 {
        return Ok(None);
    }
    let column = Column::Text(levels.iter().map(|level| Some(Arc::from(level.as_str()))).collect());
    let studies = Studies::new(
        studies.labels().to_vec(),
        studies.rows().to_vec(),
        studies.outcomes().clone(),
        vec![Moderator { name: COLUMN.to_owned(), column }],
    )?;
    let formula = Formula::without_intercept(COLUMN);
    let fit = regress(&studies, &formula, &[], settings).map_err(SubgroupError::CommonTau2)?;
    for group in groups {
        let term = format!("{COLUMN}={}", group.group);
        let values = HashMap::from([(COLUMN.to_owned(), Value::Text(group.group.clone()))]);
        let predicted = fit
            .predict(group.group.clone(), &values)
            .map_err(|error| SubgroupError::CommonTau2(error.into()))?;
        if let Some(coefficient) = fit.coefficients.iter().find(|c| c.term == term) {
            fill(&mut group.fit, coefficient, &predicted, &fit.heterogeneity, fit.method());
        }
    }
    Ok(Some(fit.heterogeneity))
}

fn fill(
    fit: &mut Fit,
    coefficient: &Coefficient,
    predicted: &Predicted,
    shared: &Heterogeneity,
    method: CiMethod,
) {
    let pooled = Estimate {
        yi: Some(predicted.yi),
        se: predicted.se,
        yi_lower: predicted.yi_lower,
        yi_upper: predicted.yi_upper,
        estimate: predicted.estimate,
        ci_lower: predicted.ci_lower,
        ci_upper: predicted.ci_upper,
        method,
        statistic: coefficient.statistic,
        df: coefficient.df,
        p_value: coefficient.p_value,
    };
    fit.random = Some(RandomEstimate {
        pooled,
        hk_scale: predicted.hk_scale,
        wald_se: Some(predicted.wald_se),
        estimand: predicted.estimand,
        median: Some(pooled.estimate),
        marginal_mean: None,
    });
    fit.prediction = predicted.limits().map(|((yi_lower, yi_upper), (lower, upper))| Prediction {
        method: match fit.settings.prediction {
            PredictionMethod::None => PredictionMethod::T,
            method => method,
        },
        df: predicted.prediction_df,
        yi_lower: Some(yi_lower),
        yi_upper: Some(yi_upper),
        lower,
        upper,
    });
    // The sentences on a variance or a prediction of its own are no longer about this result.
    fit.diagnostics.warnings.retain(|note| matches!(note, Note::Corrected { .. }));
    let vi: Vec<f64> = fit.studies.iter().map(|row| row.vi).collect();
    let tau2 = shared.tau2.unwrap_or(0.0);
    fit.studies.set_weights_random(weights(&vi, tau2));
    let typical = typical_variance(&vi);
    let i2 = |tau2: f64| typical.map(|typical| i2_from_tau2(tau2, typical));
    let h2 = |tau2: f64| typical.map(|typical| 1.0 + tau2 / typical);
    let h = &mut fit.heterogeneity;
    *h = Heterogeneity {
        tau2: shared.tau2,
        tau2_se: shared.tau2_se,
        tau2_lower: shared.tau2_lower,
        tau2_upper: shared.tau2_upper,
        tau2_interval: shared.tau2_interval,
        tau: shared.tau,
        i2: i2(tau2),
        i2_lower: shared.tau2_lower.and_then(i2),
        i2_upper: shared.tau2_upper.and_then(i2),
        h2: h2(tau2),
        h2_lower: shared.tau2_lower.and_then(h2),
        h2_upper: shared.tau2_upper.and_then(h2),
        log_likelihood: None,
        ..std::mem::take(h)
    };
}

/// Shares `1/(vᵢ + τ²)` in percent.
fn weights(vi: &[f64], tau2: f64) -> Vec<f64> {
    let total: f64 = vi.iter().map(|v| 1.0 / (v + tau2)).sum();
    vi.iter().map(|v| 100.0 / (v + tau2) / total).collect()
}
