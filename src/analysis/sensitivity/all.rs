//! Every question of sensitivity at once: the answer of `resorb sensitivity`.

use super::{
    Added, BaujatPoint, Bootstrap, Influence, LeftOut, Order, Resampling, SensitivityError,
    Threshold, ThresholdError, Unit, baujat, bootstrap::bootstrap_telling, cumulative, influence,
    leave_one_out, threshold,
};
use crate::{
    model::{Fit, Settings, pool},
    study::Studies,
};

/// What to ask.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensitivityOptions {
    /// What is left out at a time.
    pub unit: Unit,
    /// The order in which studies come in.
    pub order: Order,
    /// A rate of interest.
    pub threshold: Option<f64>,
    /// A bootstrap, with its number of resamples.
    pub bootstrap: Option<(Resampling, u32)>,
}

/// The answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// All studies together.
    pub fit: Fit,
    /// The result without each row or study.
    pub leave_one_out: Vec<LeftOut>,
    /// The result as the studies come in.
    pub cumulative: Vec<Added>,
    /// What each row does to the result.
    pub influence: Vec<Influence>,
    /// Which rows make the heterogeneity.
    pub baujat: Vec<BaujatPoint>,
    /// How likely rates above a threshold are.
    pub threshold: Option<Threshold>,
    /// Bootstrap intervals.
    pub bootstrap: Option<Bootstrap>,
}

/// Asks all of `options`.
///
/// # Errors
/// Those of [`leave_one_out`], [`cumulative`], [`bootstrap`](super::bootstrap()) and [`threshold`].
///
/// ```
/// use resorb::{analysis::{SensitivityOptions, sensitivity}, model::Settings, study::Studies};
/// let studies = Studies::from_counts([("Bush", 64, 84), ("Komori", 35, 77), ("Yu", 20, 83)])?;
/// let answer = sensitivity(&studies, &Settings::two_step(), &SensitivityOptions::default())?;
/// assert_eq!((answer.leave_one_out.len(), answer.influence.len()), (3, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sensitivity(
    studies: &Studies,
    settings: &Settings,
    options: &SensitivityOptions,
) -> Result<Sensitivity, SensitivityError> {
    sensitivity_telling(studies, settings, options, &mut |_, _| {})
}

/// [`sensitivity`] that says how many resamples of a bootstrap are done, and of how many.
///
/// # Errors
/// Those of [`sensitivity`].
pub fn sensitivity_telling(
    studies: &Studies,
    settings: &Settings,
    options: &SensitivityOptions,
    tell: &mut dyn FnMut(u64, u64),
) -> Result<Sensitivity, SensitivityError> {
    let whole = |source| SensitivityError::Part { part: "all studies".to_owned(), source };
    let fit = pool(studies, settings).map_err(whole)?;
    let threshold = options.threshold.map(|c| threshold(&fit, c)).transpose()?;
    let rows = leave_one_out(studies, settings, Unit::Row)?;
    let cumulative = cumulative(studies, settings, &options.order)?;
    let bootstrap =
        options.bootstrap.map(|how| bootstrap_telling(studies, settings, how, tell)).transpose()?;
    let (influence, baujat) = (influence(&fit, &rows), baujat(&fit, &rows));
    let leave_one_out = match options.unit {
        Unit::Row => rows,
        Unit::Study => leave_one_out(studies, settings, Unit::Study)?,
    };
    Ok(Sensitivity { fit, leave_one_out, cumulative, influence, baujat, threshold, bootstrap })
}

impl From<ThresholdError> for SensitivityError {
    fn from(error: ThresholdError) -> Self {
        Self::Threshold(error)
    }
}
