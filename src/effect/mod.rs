//! From what studies report to effects `yi` with sampling variances `vi`, and back.

mod continuous;
mod correction;
mod correlation;
mod effects;
mod interval;
mod mean;
mod measure;
mod proportion;
mod rate;
mod two_by_two;

pub use correction::{Correction, CorrectionRule};
pub use effects::{BackContext, EffectError, Effects, Inversion};
pub use interval::StudyInterval;
pub use measure::{Display, Measure};
