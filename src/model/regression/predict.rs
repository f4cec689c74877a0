//! Predictions at given values and contrasts of coefficients.

use std::collections::HashMap;

use nalgebra::DVector;
use serde::{Deserialize, Serialize};

use super::{Coefficient, DesignError, Regression, Value};
use crate::{
    effect::BackContext,
    model::PredictionMethod,
    numeric::{normal, student_t},
};

/// A pooled value predicted at given moderators, on both scales.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Predicted {
    /// The moderators as given.
    pub at: String,
    /// On the analysis scale.
    pub yi: f64,
    /// Its standard error.
    pub se: f64,
    /// Limits of the mean on the analysis scale.
    pub yi_lower: f64,
    /// Upper limit.
    pub yi_upper: f64,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit of the mean.
    pub ci_lower: f64,
    /// Upper limit of the mean.
    pub ci_upper: f64,
    /// Lower limit for the true value of a new study; `None` when none is wanted.
    pub lower: Option<f64>,
    /// Upper limit for a new study.
    pub upper: Option<f64>,
}

/// How p values of several contrasts are adjusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjust {
    /// Not at all.
    None,
    /// Holm 1979: the chance of any false finding.
    #[default]
    Holm,
    /// Benjamini and Hochberg 1995: the share of false findings.
    BenjaminiHochberg,
}

/// A linear combination of coefficients with an adjusted p value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// The combination.
    #[serde(flatten)]
    pub value: Coefficient,
    /// Its p value adjusted for the others beside it.
    pub p_adjusted: Option<f64>,
}

impl Regression {
    /// The pooled value at `values`, with the interval of the mean and, unless the settings want
    /// none, of a new study (`t(k−p)`, `t(k−p−1)` or normal quantiles on the Wald standard error).
    ///
    /// # Errors
    /// [`DesignError`] where a moderator has no value or an unknown level.
    pub fn predict(
        &self,
        at: String,
        values: &HashMap<String, Value>,
    ) -> Result<Predicted, DesignError> {
        let solved = &self.solved;
        let row = DVector::from_vec(solved.designed.design.at(values)?);
        let level = self.settings.level;
        let mean = solved.combination(at, &row, level);
        let wald = row.dot(&(&solved.wald * &row));
        let df = (self.k - self.p) as f64;
        let quantile = match self.settings.prediction {
            PredictionMethod::None => None,
            PredictionMethod::Normal => Some(normal::quantile_upper(level.tail())),
            PredictionMethod::Hts if df > 1.0 => {
                Some(student_t::quantile_upper(level.tail(), df - 1.0))
            }
            _ => Some(student_t::quantile_upper(level.tail(), df)),
        };
        let half = quantile.map(|quantile| quantile * (solved.tau2 + wald).sqrt());
        let back = |y: f64| solved.effects.measure().back(y, BackContext::Plain);
        Ok(Predicted {
            at: mean.term,
            yi: mean.estimate,
            se: mean.se,
            yi_lower: mean.ci_lower,
            yi_upper: mean.ci_upper,
            estimate: back(mean.estimate),
            ci_lower: back(mean.ci_lower),
            ci_upper: back(mean.ci_upper),
            lower: half.map(|half| back(mean.estimate - half)),
            upper: half.map(|half| back(mean.estimate + half)),
        })
    }

    /// All pairwise differences between the levels of the categorical moderator `column`, the other
    /// moderators held at the same values.
    ///
    /// # Errors
    /// [`DesignError`] where the column or a value is not there.
    pub fn pairs(
        &self,
        column: &str,
        levels: &[String],
        others: &HashMap<String, Value>,
        adjust: Adjust,
    ) -> Result<Vec<Contrast>, DesignError> {
        let design = &self.solved.designed.design;
        let row = |level: &String| {
            let mut values = others.clone();
            values.insert(column.to_owned(), Value::Text(level.clone()));
            design.at(&values).map(DVector::from_vec)
        };
        let mut contrasts = Vec::new();
        for (i, first) in levels.iter().enumerate() {
            for second in levels.iter().skip(i + 1) {
                let difference = row(second)? - row(first)?;
                let name = format!("{second} - {first}");
                contrasts.push(self.solved.combination(name, &difference, self.settings.level));
            }
        }
        Ok(adjusted(contrasts, adjust))
    }
}

/// Puts adjusted p values beside the plain ones.
fn adjusted(contrasts: Vec<Coefficient>, adjust: Adjust) -> Vec<Contrast> {
    let mut order: Vec<(usize, f64)> = contrasts
        .iter()
        .enumerate()
        .filter_map(|(i, contrast)| contrast.p_value.map(|p| (i, p)))
        .collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let m = order.len();
    let mut by_place = vec![None; contrasts.len()];
    match adjust {
        Adjust::None => {
            for &(i, p) in &order {
                by_place[i] = Some(p);
            }
        }
        Adjust::Holm => {
            let mut largest: f64 = 0.0;
            for (rank, &(i, p)) in order.iter().enumerate() {
                largest = largest.max(((m - rank) as f64 * p).min(1.0));
                by_place[i] = Some(largest);
            }
        }
        Adjust::BenjaminiHochberg => {
            let mut smallest: f64 = 1.0;
            for (rank, &(i, p)) in order.iter().enumerate().rev() {
                smallest = smallest.min(m as f64 / (rank + 1) as f64 * p);
                by_place[i] = Some(smallest);
            }
        }
    }
    contrasts
        .into_iter()
        .zip(by_place)
        .map(|(value, p_adjusted)| Contrast { value, p_adjusted })
        .collect()
}
