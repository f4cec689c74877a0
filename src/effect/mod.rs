//! From what studies report to effects `yi` with sampling variances `vi`, and back.

mod effects;
mod interval;
mod measure;
mod proportion;

pub use effects::{BackContext, EffectError, Effects, Inversion};
pub use interval::StudyInterval;
pub use measure::Measure;
pub use proportion::{Correction, CorrectionRule};
