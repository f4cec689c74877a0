//! Intervals and tests of the pooled effect of the two-step model, one file per idea.

mod bootstrap;
mod henmi_copas;
mod kenward_roger;
mod profile;
mod wald;

pub(crate) use kenward_roger::kenward_roger;
pub(crate) use wald::{hk_factor, wald};

use super::{CiMethod, ModelError, Settings, Tau2Method, TwoStep, TwoStepCi, weighted::Weighted};

/// Everything an interval method may need of a fitted two-step model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pooling<'a> {
    pub(crate) yi: &'a [f64],
    pub(crate) vi: &'a [f64],
    pub(crate) tau2: f64,
    /// The weighted mean at `tau2`.
    pub(crate) fit: Weighted,
    pub(crate) choices: &'a TwoStep,
    pub(crate) settings: &'a Settings,
}

impl Pooling<'_> {
    pub(crate) fn k(&self) -> f64 {
        self.yi.len() as f64
    }

    /// The Wald standard error `1/√Σw*`.
    pub(crate) fn se(&self) -> f64 {
        self.fit.w.sqrt().recip()
    }
}

/// An interval on the analysis scale with the test that goes with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    pub(crate) yi: f64,
    pub(crate) se: f64,
    pub(crate) lower: f64,
    pub(crate) upper: f64,
    pub(crate) method: CiMethod,
    pub(crate) hk_scale: Option<f64>,
    pub(crate) statistic: Option<f64>,
    pub(crate) df: Option<f64>,
    pub(crate) p_value: Option<f64>,
}

/// The interval that `pooling` asks for.
pub(crate) fn interval(pooling: &Pooling<'_>) -> Result<Interval, ModelError> {
    let TwoStep { ci, tau2, .. } = *pooling.choices;
    let needs = |needs| Err(ModelError::CiNeeds { ci, tau2, needs });
    let df = pooling.k() - 1.0;
    let level = pooling.settings.level;
    let (yi, se) = (pooling.fit.mean, pooling.se());
    match ci {
        TwoStepCi::Z => Ok(wald(yi, se, None, level, CiMethod::Z)),
        TwoStepCi::T => Ok(wald(yi, se, Some(df), level, CiMethod::T)),
        TwoStepCi::Hk | TwoStepCi::Adhoc => {
            let (factor, method) = match ci {
                TwoStepCi::Hk => (hk_factor(pooling), CiMethod::Hk),
                _ => (hk_factor(pooling).max(1.0), CiMethod::Adhoc),
            };
            let scaled = wald(yi, se * factor.sqrt(), Some(df), level, method);
            Ok(Interval { hk_scale: Some(factor), ..scaled })
        }
        TwoStepCi::Kr if tau2 == Tau2Method::Reml => {
            let (se, df) = kenward_roger(pooling);
            Ok(wald(yi, se, Some(df), level, CiMethod::Kr))
        }
        TwoStepCi::Kr => needs("REML"),
        TwoStepCi::Pl if matches!(tau2, Tau2Method::Ml | Tau2Method::Reml) => {
            profile::interval(pooling)
        }
        TwoStepCi::Pl => needs("ML or REML"),
        TwoStepCi::Hc if tau2 == Tau2Method::Dl => henmi_copas::interval(pooling),
        TwoStepCi::Hc => needs("DL"),
        TwoStepCi::Bootstrap => bootstrap::interval(pooling),
    }
}
