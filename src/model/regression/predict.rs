//! Pooled values predicted at given moderators.

use std::collections::HashMap;

use nalgebra::DVector;
use serde::Serialize;

use super::{DesignError, Regression, Value, solved::Scale};
use crate::{
    model::{Estimand, PredictionMethod},
    numeric::{normal, student_t},
    study::Column,
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
    /// Lower limit of the mean on the analysis scale.
    pub yi_lower: f64,
    /// Upper limit.
    pub yi_upper: f64,
    /// On the display scale.
    pub estimate: f64,
    /// Lower limit of the mean.
    pub ci_lower: f64,
    /// Upper limit of the mean.
    pub ci_upper: f64,
    /// Degrees of freedom of the prediction interval; `None` for normal quantiles.
    pub prediction_df: Option<f64>,
    /// Lower limit for the true value of a new study on the analysis scale; `None` when none is wanted.
    pub prediction_yi_lower: Option<f64>,
    /// Upper limit.
    pub prediction_yi_upper: Option<f64>,
    /// Lower limit for a new study on the display scale.
    pub lower: Option<f64>,
    /// Upper limit for a new study.
    pub upper: Option<f64>,
    /// Numeric moderators whose value lies outside what the studies have.
    pub outside: Vec<String>,
    #[serde(skip)]
    pub(crate) wald_se: f64,
    #[serde(skip)]
    pub(crate) hk_scale: Option<f64>,
    #[serde(skip)]
    pub(crate) estimand: Estimand,
}

impl Predicted {
    /// The prediction interval on the analysis and on the display scale.
    pub(crate) fn limits(&self) -> Option<((f64, f64), (f64, f64))> {
        let analysis = self.prediction_yi_lower.zip(self.prediction_yi_upper)?;
        Some((analysis, self.lower.zip(self.upper)?))
    }
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
        let wald_se = row.dot(&(&solved.wald * &row)).max(0.0).sqrt();
        let df = (self.k - self.p) as f64;
        let by_t = |df: f64| Some((student_t::quantile_upper(level.tail(), df), Some(df)));
        let quantile = match self.settings.prediction {
            PredictionMethod::None => None,
            PredictionMethod::Normal => Some((normal::quantile_upper(level.tail()), None)),
            PredictionMethod::Hts if df > 1.0 => by_t(df - 1.0),
            _ => by_t(df),
        };
        let half = quantile.map(|(quantile, _)| quantile * wald_se.hypot(solved.tau2.sqrt()));
        let back = |y: f64| solved.scale.back(y, wald_se);
        let (lower, upper) =
            (half.map(|half| mean.estimate - half), half.map(|half| mean.estimate + half));
        Ok(Predicted {
            at: mean.term,
            yi: mean.estimate,
            se: mean.se,
            yi_lower: mean.ci_lower,
            yi_upper: mean.ci_upper,
            estimate: back(mean.estimate),
            ci_lower: back(mean.ci_lower),
            ci_upper: back(mean.ci_upper),
            prediction_df: quantile.and_then(|(_, df)| df),
            prediction_yi_lower: lower,
            prediction_yi_upper: upper,
            lower: lower.map(back),
            upper: upper.map(back),
            outside: self.outside(values),
            wald_se,
            hk_scale: solved.hk_scale,
            estimand: match solved.scale {
                Scale::Measure { measure, .. } => Estimand::of(measure),
                Scale::Link(_) => Estimand::Median,
            },
        })
    }

    /// The pooled value at values written as `year=2020,type=extrusion`.
    ///
    /// # Errors
    /// [`DesignError`]: values that cannot be read, columns that the model does not use, levels that
    /// do not occur.
    pub fn predict_at(&self, text: &str) -> Result<Predicted, DesignError> {
        self.predict(text.trim().to_owned(), &self.values(text)?)
    }

    /// Adds predictions at each of `texts`, as [`Regression::predict_at`] reads them.
    ///
    /// # Errors
    /// Those of [`Regression::predict_at`].
    pub fn with_predictions(mut self, texts: &[String]) -> Result<Self, DesignError> {
        self.predictions =
            texts.iter().map(|text| self.predict_at(text)).collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// Reads `year=2020,type=extrusion`. A comma before which there is no `=` belongs to the value.
    fn values(&self, text: &str) -> Result<HashMap<String, Value>, DesignError> {
        let bad = || DesignError::BadValues { text: text.to_owned() };
        let mut parts: Vec<String> = Vec::new();
        for piece in text.split(',') {
            match parts.last_mut() {
                Some(last) if !piece.contains('=') => {
                    last.push(',');
                    last.push_str(piece);
                }
                _ => parts.push(piece.to_owned()),
            }
        }
        let used = self.solved.designed.design.moderators();
        parts
            .iter()
            .map(|part| {
                let (column, value) = part.split_once('=').ok_or_else(bad)?;
                let (column, value) = (column.trim(), value.trim());
                if !used.contains(&column) {
                    return Err(DesignError::NotInModel {
                        column: column.to_owned(),
                        available: used.iter().map(|name| (*name).to_owned()).collect(),
                    });
                }
                let numeric = matches!(
                    self.studies().moderator(column).map(|moderator| &moderator.column),
                    Some(Column::Number(_))
                );
                let value = if numeric {
                    let number = value.parse().ok().filter(|x: &f64| x.is_finite());
                    Value::Number(number.ok_or_else(bad)?)
                } else {
                    Value::Text(value.to_owned())
                };
                Ok((column.to_owned(), value))
            })
            .collect()
    }

    /// The numeric moderators at which `values` lie outside the range of the studies.
    fn outside(&self, values: &HashMap<String, Value>) -> Vec<String> {
        let beyond = |column: &str| {
            let Some(Column::Number(cells)) = self.studies().moderator(column).map(|m| &m.column)
            else {
                return false;
            };
            let Some(Value::Number(x)) = values.get(column) else { return false };
            let cells = || cells.iter().copied().flatten();
            cells().all(|cell| cell < *x) || cells().all(|cell| cell > *x)
        };
        let columns = self.solved.designed.design.moderators();
        columns.into_iter().filter(|column| beyond(column)).map(str::to_owned).collect()
    }
}
