//! Sensitivity: how much of a result hangs on single studies, and on their order.

mod all;
mod baujat;
mod bootstrap;
mod cumulative;
mod influence;
mod leave_one_out;
mod threshold;

pub use all::{Sensitivity, SensitivityOptions, sensitivity, sensitivity_telling};
pub use baujat::{BaujatPoint, baujat};
pub use bootstrap::{Bootstrap, BootstrapInterval, Quantity, Resampling, bootstrap};
pub use cumulative::{Added, Order, cumulative};
pub use influence::{Flag, Influence, influence};
pub use leave_one_out::{LeftOut, Unit, leave_one_out};
pub use threshold::{Threshold, ThresholdError, threshold};

use crate::{
    model::{Fit, Model, ModelError, PredictionMethod, Settings, pool},
    study::{Studies, StudyError},
};

/// Why a sensitivity analysis cannot be done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SensitivityError {
    /// Nothing would be left.
    #[error("leaving one out needs at least two studies; there is only {study}")]
    OneStudy {
        /// The only study.
        study: String,
    },
    /// The column to order by is not there.
    #[error("there is no column `{name}` to order by; {}", known(.available))]
    UnknownColumn {
        /// The name asked for.
        name: String,
        /// The columns there are.
        available: Vec<String>,
    },
    /// A bootstrap without resamples.
    #[error("a bootstrap needs at least one resample; ask for 999 or more")]
    NoResamples,
    /// A part of the studies cannot be pooled.
    #[error("{part}: {source}")]
    Part {
        /// Which part: `without Lee 2017`.
        part: String,
        /// Why.
        #[source]
        source: ModelError,
    },
    /// A threshold that no rate can be compared with.
    #[error(transparent)]
    Threshold(ThresholdError),
    /// A part of the studies cannot be formed.
    #[error(transparent)]
    Study(#[from] StudyError),
}

fn known(available: &[String]) -> String {
    match available {
        [] => "the table has no columns besides its studies and counts".to_owned(),
        names => format!("the columns are {}", names.join(", ")),
    }
}

/// Pools the studies at some places, in the order of the file, by the method of the whole.
///
/// Without the prediction interval of the beta-binomial model: it is a bootstrap of 2,000 fits, for
/// each part again.
fn pool_part(
    studies: &Studies,
    settings: &Settings,
    part: String,
    keep: impl Fn(usize) -> bool,
) -> Result<Fit, SensitivityError> {
    let mask: Vec<bool> = (0..studies.k()).map(keep).collect();
    let mut settings = *settings;
    if matches!(settings.model, Model::BetaBinomial { .. }) {
        settings.prediction = PredictionMethod::None;
    }
    pool(&studies.subset(&mask)?, &settings)
        .map_err(|source| SensitivityError::Part { part, source })
}
