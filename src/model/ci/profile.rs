//! The profile-likelihood interval of the mean (Hardy and Thompson 1996).

use super::{Interval, Pooling};
use crate::{
    model::{
        CiMethod, ModelError,
        tau2::{Criterion, log_likelihood, maximise, profile_at_mean},
        weighted::Weighted,
    },
    numeric::{chi_squared, normal, root},
};

/// All means whose profile log-likelihood is within half a `χ²₁` quantile of the maximum.
///
/// At a fixed mean nothing is left to restrict, so the likelihood is the ordinary one for ML and
/// REML alike; with REML the interval is therefore centred on the ML estimate.
pub(super) fn interval(pooling: &Pooling<'_>) -> Result<Interval, ModelError> {
    let Pooling { yi, vi, .. } = *pooling;
    let tau2 = maximise(yi, vi, Criterion::Ml)?.value;
    let top = log_likelihood(yi, vi, Criterion::Ml, tau2);
    let centre = Weighted::at(yi, vi, tau2);
    let cut = top - 0.5 * chi_squared::quantile_upper(2.0 * pooling.settings.level.tail(), 1.0);
    // A search that fails inside leaves NaN, which the root finder reports.
    let above = |mean: f64| profile_at_mean(yi, vi, mean).map_or(f64::NAN, |height| height - cut);
    let limit = |direction: f64| {
        let mut step = 2.0 * direction / centre.w.sqrt();
        let mut inside = centre.mean;
        let mut outside = centre.mean + step;
        while above(outside) > 0.0 {
            step *= 2.0;
            (inside, outside) = (outside, outside + step);
        }
        let what = "the profile-likelihood interval of the mean";
        root::brent(above, inside.min(outside), inside.max(outside), 1e-12)
            .map_err(|source| ModelError::Numeric { what, source })
    };
    let at_null = profile_at_mean(yi, vi, 0.0)?;
    // The signed root of the likelihood ratio stands beside the Wald statistics.
    let root = (2.0 * (top - at_null)).max(0.0).sqrt() * centre.mean.signum();
    Ok(Interval {
        yi: pooling.fit.mean,
        se: pooling.se(),
        lower: limit(-1.0)?,
        upper: limit(1.0)?,
        method: CiMethod::Pl,
        hk_scale: None,
        statistic: Some(root),
        df: None,
        p_value: Some(2.0 * normal::sf(root.abs())),
    })
}
