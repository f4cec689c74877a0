//! The profile likelihood of τ², point by point, for a figure.

use super::{
    GlmmFit, Model, ModelError, Settings, Tau2Ci, Tau2Method,
    one_step::drop_at,
    rate_glmm,
    tau2::{Criterion, limits, log_likelihood, maximise},
    two_group,
};
use crate::study::Studies;

/// The profile log-likelihood of the between-study variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Tau2Profile {
    /// `τ²` from 0 upwards with its log-likelihood, the mean profiled out.
    pub points: Vec<(f64, f64)>,
    /// Where it is largest.
    pub estimate: f64,
    /// How large it is there.
    pub maximum: f64,
    /// What the interval may lose: 1.92 for 95 %.
    pub drop: f64,
    /// Lower limit of the interval.
    pub lower: f64,
    /// Upper limit; `None` where the likelihood rejects no large value.
    pub upper: Option<f64>,
    /// The level of the interval, in percent.
    pub level: f64,
    /// Whether the likelihood is the restricted one.
    pub restricted: bool,
}

/// The profile of `τ²` at about `count` values that show its maximum and both limits.
///
/// The two-step model has the likelihood of its estimator, ML or REML; for other estimators, which
/// have none, it is REML's.
///
/// # Errors
/// Those of [`super::pool`]; [`ModelError::NoTau2`] for a model or studies without `τ²`.
///
/// ```
/// use resorb::{model::{Settings, tau2_profile}, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let profile = tau2_profile(&studies, &Settings::two_step(), 50)?;
/// let highest = profile.points.iter().map(|p| p.1).fold(f64::MIN, f64::max);
/// assert_eq!(highest, profile.maximum);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn tau2_profile(
    studies: &Studies,
    settings: &Settings,
    count: u32,
) -> Result<Tau2Profile, ModelError> {
    let drop = drop_at(settings.level);
    let level = settings.level.percent();
    if studies.k() < 2 {
        return Err(ModelError::NoTau2 { model: "a single study" });
    }
    match &settings.model {
        Model::TwoStep(choices) => {
            let effects = choices.measure.effects(studies, choices.correction)?;
            let (yi, vi) = (effects.yi(), effects.vi());
            let (criterion, method) = match choices.tau2 {
                Tau2Method::Ml => (Criterion::Ml, Tau2Method::Ml),
                _ => (Criterion::Reml, Tau2Method::Reml),
            };
            let tau2 = maximise(yi, vi, criterion);
            let height = |tau2: f64| log_likelihood(yi, vi, criterion, tau2);
            let interval =
                limits(yi, vi, method, &tau2, Tau2Ci::Pl, choices.genq_weights, settings.level)?;
            let (lower, upper) = interval.pair();
            let at = values(tau2.value, lower, Some(upper), typical(vi), count);
            Ok(Tau2Profile {
                points: at.into_iter().map(|tau2| (tau2, height(tau2))).collect(),
                estimate: tau2.value,
                maximum: height(tau2.value),
                drop,
                lower,
                upper: Some(upper),
                level,
                restricted: criterion == Criterion::Reml,
            })
        }
        Model::Glmm { link, .. } => {
            let model = "the binomial-normal model";
            let counts = studies.counts().ok_or(ModelError::NeedsCounts { model })?;
            let fit = GlmmFit::new(counts, *link).map_err(ModelError::OneStep)?;
            let (lower, upper) = fit.tau2_interval(settings.level);
            let at = values(fit.tau2(), lower, upper, 0.1, count);
            let heights = fit.profile(&at);
            // The maximum's own value, which the profile at it may miss by rounding.
            let exact = |(tau2, height): (f64, f64)| {
                (tau2, if tau2 == fit.tau2() { fit.log_likelihood() } else { height })
            };
            Ok(Tau2Profile {
                points: at.into_iter().zip(heights).map(exact).collect(),
                estimate: fit.tau2(),
                maximum: fit.log_likelihood(),
                drop,
                lower,
                upper,
                level,
                restricted: false,
            })
        }
        Model::TwoGroupGlmm { .. } | Model::RateGlmm { .. } => {
            let fit = match &settings.model {
                Model::TwoGroupGlmm { kind, .. } => two_group::model(studies, *kind)?,
                _ => rate_glmm::model(studies)?,
            };
            let (lower, upper) = fit.tau2_interval(settings.level);
            let at = values(fit.tau2(), lower, upper, 0.1, count);
            let heights = fit.profile(&at);
            let exact = |(tau2, height): (f64, f64)| {
                (tau2, if tau2 == fit.tau2() { fit.log_likelihood() } else { height })
            };
            Ok(Tau2Profile {
                points: at.into_iter().zip(heights).map(exact).collect(),
                estimate: fit.tau2(),
                maximum: fit.log_likelihood(),
                drop,
                lower,
                upper,
                level,
                restricted: false,
            })
        }
        Model::BetaBinomial { .. } => Err(ModelError::NoTau2 { model: "the beta-binomial model" }),
        Model::MantelHaenszel { .. } => {
            Err(ModelError::NoTau2 { model: "Mantel and Haenszel's method" })
        }
        Model::Peto => Err(ModelError::NoTau2 { model: "Peto's method" }),
    }
}

/// A typical sampling variance.
fn typical(vi: &[f64]) -> f64 {
    vi.len() as f64 / vi.iter().map(|v| v.recip()).sum::<f64>()
}

/// Values from 0 to beyond the upper limit, denser near 0; estimate and limits are among them.
fn values(estimate: f64, lower: f64, upper: Option<f64>, unit: f64, count: u32) -> Vec<f64> {
    let last = upper.map_or(4.0 * estimate, |upper| 1.25 * upper).max(0.1 * unit);
    let steps = f64::from(count.max(2));
    let mut values: Vec<f64> = (0..=count.max(2))
        .map(|i| last * (f64::from(i) / steps).powi(2))
        .chain([estimate, lower])
        .chain(upper)
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}
