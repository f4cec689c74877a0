//! Results as CSV, each through its data frame; a build without frames refuses.

use std::io;

use super::ReportError;
#[cfg(feature = "frame")]
use super::frame;
use crate::{
    analysis::{
        Compared, Examined, ExaminedEffect, Gosh, Multiverse, Pooled, Predictors, Sensitivity,
        Subgroups, small_study::Bias,
    },
    model::Regression,
};

/// Functions that write a result as the frame that `frame` makes of it.
macro_rules! framed {
    ($($(#[$about:meta])* $seen:vis fn $name:ident(&$result:ty) = $frame:ident;)+) => {$(
        $(#[$about])*
        ///
        /// # Errors
        /// [`ReportError`]: the writer failed; [`ReportError::NoFrames`] in a build without data frames.
        #[cfg(feature = "frame")]
        $seen fn $name(out: &mut impl io::Write, result: &$result) -> Result<(), ReportError> {
            frame::write(out, frame::$frame(result)?)
        }

        $(#[$about])*
        ///
        /// # Errors
        /// [`ReportError::NoFrames`]: this build has no data frames.
        #[cfg(not(feature = "frame"))]
        $seen fn $name(_: &mut impl io::Write, _: &$result) -> Result<(), ReportError> {
            Err(ReportError::NoFrames)
        }
    )+};
}

framed! {
    /// Writes the groups of a subgroup analysis as CSV.
    pub(super) fn write_subgroups_csv(&Subgroups) = subgroups;
    /// Writes the predictors as CSV.
    pub(super) fn write_predictors_csv(&Predictors) = predictors;
    /// Writes the coefficients of a regression as CSV.
    pub(super) fn write_regression_csv(&Regression) = regression;
    /// Writes the results behind `resorb sensitivity` as CSV.
    pub fn write_sensitivity_csv(&Sensitivity) = sensitivity;
    /// Writes the results behind `resorb bias` as CSV.
    pub fn write_bias_csv(&Bias) = bias;
    /// Writes every analysis of a grid as CSV.
    pub fn write_multiverse_csv(&Multiverse) = multiverse;
    /// Writes what each tool makes of the data as CSV.
    pub(super) fn write_compared_csv(&[Compared]) = compared;
    /// Writes the checks of claims as CSV.
    pub(super) fn write_claims_csv(&[Examined]) = claims;
    /// Writes the checks of a claimed effect as CSV.
    pub(super) fn write_effect_claim_csv(&ExaminedEffect) = effect_claim;
    /// Writes every subset as CSV.
    pub fn write_gosh_csv(&Gosh) = gosh;
}

/// Writes studies and pooled lines as CSV.
#[cfg(feature = "frame")]
pub(super) fn write_csv(out: &mut impl io::Write, pooled: &Pooled) -> Result<(), ReportError> {
    frame::write_csv(out, pooled)
}

/// Refuses: this build has no data frames.
#[cfg(not(feature = "frame"))]
pub(super) fn write_csv(_: &mut impl io::Write, _: &Pooled) -> Result<(), ReportError> {
    Err(ReportError::NoFrames)
}
