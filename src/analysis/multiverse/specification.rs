//! An analysis of the grid with its choices by name, for lists and documents.

use serde::Serialize;

use super::{AdviceSet, Choice, Multiverse, Outcome};

/// One analysis with its choices as the command line spells them and its result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Specification {
    /// Which studies.
    pub rows: String,
    /// Family of models.
    pub model: Option<String>,
    /// Scale: measure or link.
    pub scale: Option<String>,
    /// Median or mean, where a model has both.
    pub estimand: Option<String>,
    /// Continuity correction.
    pub correction: Option<String>,
    /// Inversion of the Freeman–Tukey scale.
    pub inversion: Option<String>,
    /// Estimator of `τ²`.
    pub tau2_method: Option<String>,
    /// Interval.
    pub ci: Option<String>,
    /// Prediction interval.
    pub prediction: Option<String>,
    /// Studies.
    pub k: usize,
    /// The pooled value.
    pub estimate: f64,
    /// Lower limit.
    pub ci_lower: f64,
    /// Upper limit.
    pub ci_upper: f64,
    /// Lower limit for a new study.
    pub lower: Option<f64>,
    /// Upper limit for a new study.
    pub upper: Option<f64>,
    /// `τ²`.
    pub tau2: Option<f64>,
    /// I² from `τ²`, percent.
    pub i2: Option<f64>,
    /// I² from Q or the likelihood-ratio test, percent.
    pub i2_q: Option<f64>,
    /// What guidance says against it.
    pub advice: AdviceSet,
    /// The options of `resorb pool` that give it, where there are such.
    pub options: Option<String>,
}

impl Multiverse {
    /// An outcome with its choices by name.
    #[must_use]
    pub fn specification(&self, outcome: &Outcome) -> Specification {
        let chosen =
            |choice: Choice| outcome.method.chosen(choice).map(std::borrow::Cow::into_owned);
        Specification {
            rows: self.rows_of(outcome).to_owned(),
            model: chosen(Choice::Model),
            scale: chosen(Choice::Scale),
            estimand: chosen(Choice::Estimand),
            correction: chosen(Choice::Correction),
            inversion: chosen(Choice::Inversion),
            tau2_method: chosen(Choice::Tau2),
            ci: chosen(Choice::Interval),
            prediction: chosen(Choice::Prediction),
            k: outcome.k,
            estimate: outcome.estimate,
            ci_lower: outcome.ci_lower,
            ci_upper: outcome.ci_upper,
            lower: outcome.prediction.map(|limits| limits[0]),
            upper: outcome.prediction.map(|limits| limits[1]),
            tau2: outcome.tau2,
            i2: outcome.i2,
            i2_q: outcome.i2_q,
            advice: outcome.advice,
            options: outcome.method.options(),
        }
    }
}

impl Specification {
    /// The choices in one line: `two-step PLO, REML, adhoc; without Lee 2017`.
    #[must_use]
    pub fn words(&self) -> String {
        let mut text = self.model.clone().unwrap_or_default();
        if let Some(scale) = &self.scale {
            text.push(' ');
            text.push_str(scale);
        }
        let correction = self.correction.as_deref().filter(|rule| *rule != "0.5 only0");
        let parts = [
            self.estimand.as_deref(),
            correction,
            self.inversion.as_deref(),
            self.tau2_method.as_deref(),
            self.ci.as_deref(),
        ];
        for part in parts.into_iter().flatten() {
            text.push_str(", ");
            text.push_str(part);
        }
        if self.rows != "all" {
            text.push_str("; ");
            text.push_str(&self.rows);
        }
        text
    }
}
