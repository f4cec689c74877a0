//! From the analysis scale to the display scale, with the sample size a Freeman–Tukey value needs.

use crate::{
    effect::{BackContext, Inversion, Measure},
    model::{
        Estimand, Estimate, Prediction, PredictionMethod, TwoStep, ci::Interval, prediction::Limits,
    },
    study::{Outcomes, Studies},
};

/// The way back to rates for one set of studies.
pub(super) struct Scale<'a> {
    measure: Measure,
    inversion: Inversion,
    outcomes: &'a Outcomes,
}

impl<'a> Scale<'a> {
    pub(super) fn new(studies: &'a Studies, choices: &TwoStep) -> Self {
        Self {
            measure: choices.measure,
            inversion: choices.inversion,
            outcomes: studies.outcomes(),
        }
    }

    pub(super) const fn measure(&self) -> Measure {
        self.measure
    }

    /// What the pooled value estimates: on the raw scale a mean, on a curved scale a median.
    pub(super) const fn estimand(&self) -> Estimand {
        Estimand::of(self.measure)
    }

    /// Sample sizes, for the Freeman–Tukey inversion.
    fn sizes(&self) -> impl Iterator<Item = f64> + Clone {
        self.outcomes.sizes()
    }

    /// The sample size by `inversion` for a pooled value with Wald standard error `se`, where the
    /// measure needs one.
    pub(super) fn sample_size(&self, inversion: Inversion, se: f64) -> Option<f64> {
        match self.context_by(inversion, se) {
            BackContext::Size(size) => Some(size),
            BackContext::Plain => None,
        }
    }

    /// The largest size over the smallest.
    pub(super) fn size_ratio(&self) -> f64 {
        let smallest = self.sizes().fold(f64::INFINITY, f64::min);
        self.sizes().fold(0.0, f64::max) / smallest
    }

    /// What [`Measure::back`] needs for a pooled value whose Wald standard error is `se`.
    pub(super) fn context(&self, se: f64) -> BackContext {
        self.context_by(self.inversion, se)
    }

    /// The same by another inversion.
    pub(super) fn context_by(&self, inversion: Inversion, se: f64) -> BackContext {
        self.measure.context(inversion, se, self.sizes())
    }

    /// Both scales of a pooled value; `se` is its Wald standard error.
    pub(super) fn estimate(&self, interval: &Interval, se: f64) -> Estimate {
        let context = self.context(se);
        let back = |y| self.measure.back(y, context);
        Estimate {
            yi: Some(interval.yi),
            se: Some(interval.se),
            yi_lower: Some(interval.lower),
            yi_upper: Some(interval.upper),
            estimate: back(interval.yi),
            ci_lower: Some(back(interval.lower)),
            ci_upper: Some(back(interval.upper)),
            method: interval.method,
            statistic: interval.statistic,
            df: interval.df,
            p_value: interval.p_value,
        }
    }

    /// Both scales of a prediction interval; `se` is the Wald standard error of the pooled value.
    pub(super) fn prediction(
        &self,
        limits: Limits,
        method: PredictionMethod,
        se: f64,
    ) -> Prediction {
        let context = self.context(se);
        Prediction {
            method,
            df: limits.df,
            yi_lower: Some(limits.lower),
            yi_upper: Some(limits.upper),
            lower: self.measure.back(limits.lower, context),
            upper: self.measure.back(limits.upper, context),
        }
    }
}
