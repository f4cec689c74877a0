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

/// Whether the interval goes with the estimator: [`ModelError::CiNeeds`] where it does not.
pub(crate) fn check(choices: &TwoStep) -> Result<(), ModelError> {
    let TwoStep { ci, tau2, .. } = *choices;
    let (fits, needs) = match ci {
        TwoStepCi::Kr => (tau2 == Tau2Method::Reml, "REML"),
        TwoStepCi::Pl => (matches!(tau2, Tau2Method::Ml | Tau2Method::Reml), "ML or REML"),
        TwoStepCi::Hc => (tau2 == Tau2Method::Dl, "DL"),
        _ => return Ok(()),
    };
    if fits { Ok(()) } else { Err(ModelError::CiNeeds { ci, tau2, needs }) }
}

/// The interval that `pooling` asks for, of a combination that [`check`] allows.
pub(crate) fn interval(pooling: &Pooling<'_>) -> Result<Interval, ModelError> {
    let df = pooling.k() - 1.0;
    let level = pooling.settings.level;
    let (yi, se) = (pooling.fit.mean, pooling.se());
    let hartung_knapp = |factor: f64, method| {
        let scaled = wald(yi, se * factor.sqrt(), Some(df), level, method);
        Interval { hk_scale: Some(factor), ..scaled }
    };
    match pooling.choices.ci {
        TwoStepCi::Z => Ok(wald(yi, se, None, level, CiMethod::Z)),
        TwoStepCi::T => Ok(wald(yi, se, Some(df), level, CiMethod::T)),
        TwoStepCi::Hk => Ok(hartung_knapp(hk_factor(pooling), CiMethod::Hk)),
        TwoStepCi::Adhoc => Ok(hartung_knapp(hk_factor(pooling).max(1.0), CiMethod::Adhoc)),
        TwoStepCi::Kr => {
            let (se, df) = kenward_roger(pooling);
            Ok(wald(yi, se, Some(df), level, CiMethod::Kr))
        }
        TwoStepCi::Pl => profile::interval(pooling),
        TwoStepCi::Hc => henmi_copas::interval(pooling),
        TwoStepCi::Bootstrap => bootstrap::interval(pooling),
    }
}
