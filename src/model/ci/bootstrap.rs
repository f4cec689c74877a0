//! Parametric bootstrap: new effects are drawn from the fitted model, the model is fitted again.

use super::{Interval, Pooling};
use crate::{
    model::{CiMethod, ModelError, resamples::RESAMPLES, tau2, weighted::Weighted},
    numeric::{parallel, quantile_of_sorted, rng::Rng},
};

/// Effects drawn from `N(μ, vᵢ + τ²)`.
fn draw(rng: &mut Rng, mean: f64, vi: &[f64], tau2: f64) -> Vec<f64> {
    vi.iter().map(|v| (v + tau2).sqrt().mul_add(rng.normal(), mean)).collect()
}

/// The bootstrap-t interval (Efron 1981; for random effects van den Noortgate and Onghena 2005):
/// quantiles of `(μ* − μ̂)/se*` take the place of normal ones.
///
/// Resample `i` has its own random stream, so the result does not depend on the number of threads.
pub(super) fn interval(pooling: &Pooling<'_>) -> Result<Interval, ModelError> {
    let Pooling { choices, settings, .. } = *pooling;
    let (centre, se) = (pooling.fit.mean, pooling.se());
    // Draws go to studies by their precision, so that the order of the rows changes nothing.
    let mut vi = pooling.vi.to_vec();
    vi.sort_by(f64::total_cmp);
    let resample = |i: u32| {
        let mut rng = Rng::stream(settings.seed, u64::from(i));
        let yi = draw(&mut rng, centre, &vi, pooling.tau2);
        let tau2 = tau2::estimate(&yi, &vi, choices.tau2, choices.genq_weights)?;
        let fit = Weighted::at(&yi, &vi, tau2.value);
        Ok::<_, ModelError>((fit.mean - centre) * fit.w.sqrt())
    };
    let mut pivots =
        parallel::map(RESAMPLES, resample).into_iter().collect::<Result<Vec<f64>, _>>()?;
    pivots.sort_by(f64::total_cmp);
    let tail = settings.level.tail();
    let quantile = |p: f64| quantile_of_sorted(&pivots, p);
    let beyond = pivots.iter().filter(|t| t.abs() >= (centre / se).abs()).count();
    Ok(Interval {
        yi: centre,
        se,
        lower: quantile(1.0 - tail).mul_add(-se, centre),
        upper: quantile(tail).mul_add(-se, centre),
        method: CiMethod::Bootstrap,
        hk_scale: None,
        statistic: Some(centre / se),
        df: None,
        p_value: Some((beyond as f64 + 1.0) / (f64::from(RESAMPLES) + 1.0)),
    })
}
