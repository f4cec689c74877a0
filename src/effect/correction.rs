//! The continuity correction, and what all families of effects share: one effect a study, corrected
//! where asked, and an error that names the study without one.

use serde::{Deserialize, Serialize};

use super::{EffectError, Effects, Measure};

/// Which studies a continuity correction touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionRule {
    /// Only studies with an empty cell.
    #[default]
    Only0,
    /// All studies as soon as one has an empty cell.
    If0all,
    /// All studies.
    All,
    /// None.
    None,
}

/// A continuity correction: `x + add` of `n + 2·add` (½ by default), in both groups where there are
/// two; events over person-time get `x + add`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// What is added to each cell.
    pub add: f64,
    /// To which studies.
    pub to: CorrectionRule,
}

impl Default for Correction {
    fn default() -> Self {
        Self { add: 0.5, to: CorrectionRule::Only0 }
    }
}

/// How one kind of facts becomes effects.
pub(super) struct Family<E, F, G> {
    /// Whether a study has an empty cell, which the correction fills.
    pub(super) is_empty: E,
    /// The effect and its variance with something added to each cell.
    pub(super) effect: F,
    /// The facts of a study as an error shows them.
    pub(super) facts: G,
    /// What to do about a study without an effect.
    pub(super) way_out: &'static str,
}

impl<E, F, G> Family<E, F, G> {
    /// The effects of all studies.
    ///
    /// A study whose effect or variance is not finite (an empty cell without correction) is an error
    /// that names it.
    pub(super) fn effects<T: Copy>(
        &self,
        facts: &[T],
        labels: &[String],
        measure: Measure,
        Correction { add, to }: Correction,
    ) -> Result<Effects, EffectError>
    where
        E: Fn(T) -> bool,
        F: Fn(T, f64) -> (f64, f64),
        G: Fn(T) -> String,
    {
        if !(add.is_finite() && add >= 0.0) {
            return Err(EffectError::BadCorrection { add });
        }
        let takes = measure.takes_correction() && add > 0.0;
        let any_empty = takes && facts.iter().any(|&f| (self.is_empty)(f));
        let mut yi = Vec::with_capacity(facts.len());
        let mut vi = Vec::with_capacity(facts.len());
        let mut corrected = Vec::new();
        for (i, (&one, label)) in facts.iter().zip(labels).enumerate() {
            let touched = takes
                && match to {
                    CorrectionRule::Only0 => (self.is_empty)(one),
                    CorrectionRule::If0all => any_empty,
                    CorrectionRule::All => true,
                    CorrectionRule::None => false,
                };
            if touched {
                corrected.push(i);
            }
            let (y, v) = (self.effect)(one, if touched { add } else { 0.0 });
            if !(y.is_finite() && v.is_finite() && v > 0.0) {
                return Err(EffectError::Undefined {
                    study: label.clone(),
                    facts: (self.facts)(one),
                    measure: measure.name(),
                    way_out: self.way_out,
                });
            }
            yi.push(y);
            vi.push(v);
        }
        Ok(Effects { measure, yi, vi, corrected })
    }
}
