//! The whole distribution behind a prediction interval.

use super::{Fit, Model, PredictionMethod};
use crate::{
    effect::{BackContext, Measure},
    numeric::{normal, student_t},
};

/// How far beyond the prediction interval the distribution is followed, in half widths.
const REACH: f64 = 1.3;

impl Fit {
    /// The distribution of a new study's true value: `2·half + 1` values on the display scale, each
    /// with the probability that a new study lies below it, from a little below the prediction
    /// interval to a little above.
    ///
    /// Empty without a prediction interval, for one that is no t or normal interval on the analysis
    /// scale (bootstrap, beta-binomial), and for the Freeman–Tukey measure, whose way back to a rate
    /// depends on a sample size.
    #[must_use]
    pub fn predictive(&self, half: u32) -> Vec<(f64, f64)> {
        let Some(prediction) = &self.prediction else { return Vec::new() };
        let Some((lower, upper)) = prediction.yi_lower.zip(prediction.yi_upper) else {
            return Vec::new();
        };
        let back: Box<dyn Fn(f64) -> f64> = match self.settings.model {
            Model::TwoStep(choices) if choices.measure != Measure::Pft => {
                Box::new(move |y| choices.measure.back(y, BackContext::Plain))
            }
            Model::Glmm { link, .. } => Box::new(move |y| link.inverse(y).0),
            Model::TwoGroupGlmm { .. } | Model::RateGlmm { .. } => Box::new(f64::exp),
            Model::TwoStep(_)
            | Model::BetaBinomial { .. }
            | Model::MantelHaenszel { .. }
            | Model::Peto => return Vec::new(),
        };
        let tail = self.settings.level.tail();
        let (edge, cdf): (f64, Box<dyn Fn(f64) -> f64>) = match (prediction.method, prediction.df) {
            (PredictionMethod::Bootstrap | PredictionMethod::None, _) => return Vec::new(),
            (_, Some(df)) => {
                (student_t::quantile_upper(tail, df), Box::new(move |z| student_t::cdf(z, df)))
            }
            (_, None) => (normal::quantile_upper(tail), Box::new(normal::cdf)),
        };
        let (centre, spread) = (0.5 * (lower + upper), 0.5 * (upper - lower) / edge);
        let steps = f64::from(half.max(1));
        (0..=2 * half.max(1))
            .map(|i| {
                let z = REACH * edge * (f64::from(i) / steps - 1.0);
                (back(z.mul_add(spread, centre)), cdf(z))
            })
            .collect()
    }
}
