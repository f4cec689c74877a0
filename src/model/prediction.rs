//! Prediction intervals for the true effect of a new study, two-step model.

use super::{
    ModelError, PredictionMethod, Tau2Method, TwoStep,
    ci::{Pooling, hk_factor, kenward_roger},
    resamples::DRAWS,
    tau2::GeneralisedQ,
    weighted::Weighted,
};
use crate::{
    model::GenqWeights,
    numeric::{normal, parallel, quantile_of_sorted, rng::Rng, student_t},
};

/// Limits on the analysis scale with the degrees of freedom of their quantile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Limits {
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) df: Option<f64>,
}

/// Whether the interval goes with the estimator: [`ModelError::PredictionNeeds`] where it does not.
pub(crate) fn check(prediction: PredictionMethod, choices: &TwoStep) -> Result<(), ModelError> {
    if prediction == PredictionMethod::Kr && choices.tau2 != Tau2Method::Reml {
        return Err(ModelError::PredictionNeeds {
            prediction,
            model: "a two-step model without REML",
        });
    }
    Ok(())
}

/// The prediction interval that `pooling` asks for; `None` for fewer than three studies or when
/// none is wanted.
pub(crate) fn limits(pooling: &Pooling<'_>) -> Result<Option<Limits>, ModelError> {
    let k = pooling.k();
    let method = pooling.settings.prediction;
    if k < 3.0 || method == PredictionMethod::None {
        return Ok(None);
    }
    let se = pooling.se();
    let tail = pooling.settings.level.tail();
    let around = |se: f64, df: Option<f64>| {
        let quantile = match df {
            Some(df) => student_t::quantile_upper(tail, df),
            None => normal::quantile_upper(tail),
        };
        let half = quantile * se.mul_add(se, pooling.tau2).sqrt();
        let centre = pooling.fit.mean;
        Ok(Some(Limits { lower: centre - half, upper: centre + half, df }))
    };
    match method {
        PredictionMethod::None => Ok(None),
        PredictionMethod::T => around(se, Some(k - 1.0)),
        PredictionMethod::Hts => around(se, Some(k - 2.0)),
        PredictionMethod::Normal => around(se, None),
        PredictionMethod::Hk => around(se * hk_factor(pooling).sqrt(), Some(k - 1.0)),
        PredictionMethod::Kr => {
            let (se, df) = kenward_roger(pooling);
            around(se, Some(df))
        }
        PredictionMethod::Bootstrap => nagashima(pooling).map(Some),
    }
}

/// Points at which the confidence distribution of `τ²` is tabulated.
const TABLE: u32 = 240;

/// Nagashima, Noma and Furukawa 2019: `τ²*` from the exact confidence distribution of DL's Q, then
/// `μ̂(τ²*) + z·τ* − t·se_HK(τ²*)` with `t` from `t(k−1)`; the limits are quantiles of those draws.
fn nagashima(pooling: &Pooling<'_>) -> Result<Limits, ModelError> {
    let Pooling { yi, vi, settings, .. } = *pooling;
    let df = pooling.k() - 1.0;
    let q = GeneralisedQ::new(yi, vi, GenqWeights::Variance)?;
    let table = tau2_distribution(&q, vi);
    let mut draws = parallel::map(DRAWS, |i| {
        let mut rng = Rng::stream(settings.seed, u64::from(i));
        let tau2 = invert(&table, rng.uniform());
        let fit = Weighted::at(yi, vi, tau2);
        let t = student_t::quantile(rng.uniform(), df);
        let se = (fit.q / df / fit.w).sqrt();
        tau2.sqrt().mul_add(rng.normal(), fit.mean) - t * se
    });
    draws.sort_by(f64::total_cmp);
    let tail = settings.level.tail();
    Ok(Limits {
        lower: quantile_of_sorted(&draws, tail),
        upper: quantile_of_sorted(&draws, 1.0 - tail),
        df: Some(df),
    })
}

/// Pairs `(H(τ²), τ²)` of the confidence distribution `H(τ²) = P(Q ≥ q; τ²)`, rising, from 0 to
/// where fewer than one draw in ten thousand lies beyond.
fn tau2_distribution(q: &GeneralisedQ<'_>, vi: &[f64]) -> Vec<(f64, f64)> {
    let scale = vi.iter().copied().fold(f64::INFINITY, f64::min);
    let mut end = scale;
    while q.below(end) > 1e-5 {
        end *= 4.0;
    }
    let step = (end / scale).ln_1p() / f64::from(TABLE);
    (0..=TABLE)
        .map(|j| scale * (step * f64::from(j)).exp_m1())
        .map(|tau2| (1.0 - q.below(tau2), tau2))
        .collect()
}

/// The `τ²` at which the tabulated distribution reaches `u`, by linear interpolation; 0 where it
/// starts above `u`.
fn invert(table: &[(f64, f64)], u: f64) -> f64 {
    let right = table.partition_point(|&(h, _)| h < u);
    match (right.checked_sub(1).and_then(|left| table.get(left)), table.get(right)) {
        (None, _) => 0.0,
        (Some(&(_, last)), None) => last,
        (Some(&(h0, t0)), Some(&(h1, t1))) => (t1 - t0).mul_add((u - h0) / (h1 - h0), t0),
    }
}
