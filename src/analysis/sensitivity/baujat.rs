//! The Baujat plot: which studies make the heterogeneity, and which move the result.

use serde::Serialize;

use super::LeftOut;
use crate::model::Fit;

/// A study in the plot of Baujat et al. 2002.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaujatPoint {
    /// The study.
    pub study: String,
    /// Its part of Cochran's Q, `(yᵢ − μ̂)²/vᵢ`, `μ̂` the common effect.
    pub x: f64,
    /// What it moves the common effect by: `(μ̂ − μ̂₋ᵢ)²` over the variance of `μ̂₋ᵢ`; under a one-step
    /// model the same of the model's own result.
    pub y: Option<f64>,
}

/// The points of the plot, from the fits without each row, in the order of the file.
///
/// The effects are those of the study rows: logits under a one-step model.
#[must_use]
pub fn baujat(full: &Fit, without: &[LeftOut]) -> Vec<BaujatPoint> {
    let two_step = matches!(full.settings.model, crate::model::Model::TwoStep(_));
    let (sum, weighted) = full
        .studies
        .iter()
        .fold((0.0, 0.0), |(w, wy), row| (w + row.vi.recip(), wy + row.yi / row.vi));
    let mean = weighted / sum;
    full.studies
        .iter()
        .zip(without)
        .map(|(row, left)| {
            let weight = row.vi.recip();
            let y = if two_step {
                // μ̂ − μ̂₋ᵢ = w(y − μ̂)/(Σw − w), and 1/(Σw − w) is the variance.
                let rest = sum - weight;
                let moved = weight * (row.yi - mean) / rest;
                Some(moved * moved * rest).filter(|y| y.is_finite())
            } else {
                let change =
                    |fit: &Fit| fit.random.and_then(|random| random.pooled.yi.zip(random.wald_se));
                change(full)
                    .zip(change(&left.fit))
                    .map(|((all, _), (part, se))| ((all - part) / se).powi(2))
            };
            BaujatPoint {
                study: row.study.to_owned(),
                x: (row.yi - mean) * (row.yi - mean) * weight,
                y,
            }
        })
        .collect()
}
