//! Effects of all studies on one analysis scale, and the way back to rates.

use serde::{Deserialize, Serialize};

use super::{Correction, Measure, proportion};
use crate::{
    numeric::normal,
    study::{Outcomes, Studies},
};

/// Effects `yi` with sampling variances `vi`, in the order of the studies.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    pub(super) measure: Measure,
    pub(super) yi: Vec<f64>,
    pub(super) vi: Vec<f64>,
    pub(super) corrected: usize,
}

impl Effects {
    /// The measure they are on.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// The effects.
    #[must_use]
    pub fn yi(&self) -> &[f64] {
        &self.yi
    }

    /// Their sampling variances, all finite and above 0.
    #[must_use]
    pub fn vi(&self) -> &[f64] {
        &self.vi
    }

    /// How many studies had something added to their cells.
    #[must_use]
    pub const fn corrected(&self) -> usize {
        self.corrected
    }

    /// The number of studies.
    #[must_use]
    pub fn k(&self) -> usize {
        self.yi.len()
    }
}

/// Why effects cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EffectError {
    /// An empty cell makes the effect or its variance infinite or the variance 0.
    #[error(
        "{study} ({events}/{total}): its {measure} or the variance of it is not a finite positive number without a correction; use `--to only0`, an arcsine measure (PAS, PFT), or a one-step model"
    )]
    Undefined {
        /// The study.
        study: String,
        /// Its events.
        events: u64,
        /// Its total.
        total: u64,
        /// The measure in words.
        measure: &'static str,
    },
    /// The measure is for another kind of outcome.
    #[error("the measure {measure} is for {wanted}, but these studies give {given}")]
    Outcome {
        /// The measure's code.
        measure: &'static str,
        /// What it takes.
        wanted: &'static str,
        /// What there is.
        given: &'static str,
    },
    /// A correction that is negative or not a number.
    #[error(
        "a correction of {add} is not possible: give a finite number of at least 0, such as 0.5"
    )]
    BadCorrection {
        /// What was given.
        add: f64,
    },
}

/// What a Freeman–Tukey value needs to become a rate; the other measures ignore it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BackContext {
    /// Nothing: `sin²` for the double arcsine.
    Plain,
    /// The sample size of the study, or the one an [`Inversion`] gives a pooled value.
    Size(f64),
}

/// The sample size at which a pooled double arcsine is inverted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inversion {
    /// `1/(4·se²) − ½`, the size whose variance the pooled value has (Barendregt et al. 2013).
    #[default]
    Variance,
    /// Harmonic mean of the sizes (Miller 1978); far off when sizes differ much (Schwarzer 2019).
    Harmonic,
    /// Geometric mean of the sizes.
    Geometric,
    /// Arithmetic mean of the sizes.
    Arithmetic,
}

impl Inversion {
    /// The sample size for a pooled value with Wald standard error `se` over studies of `sizes`.
    #[must_use]
    pub fn sample_size(self, se: f64, sizes: impl Iterator<Item = f64> + Clone) -> f64 {
        let k = sizes.clone().count() as f64;
        match self {
            Self::Variance => 1.0 / (4.0 * se * se) - 0.5,
            Self::Harmonic => k / sizes.map(f64::recip).sum::<f64>(),
            Self::Geometric => (sizes.map(f64::ln).sum::<f64>() / k).exp(),
            Self::Arithmetic => sizes.sum::<f64>() / k,
        }
    }
}

impl Measure {
    /// The effects of `studies` on this measure's scale.
    ///
    /// # Errors
    /// [`EffectError::Outcome`] for studies that report something else, [`EffectError::Undefined`]
    /// for a study whose effect is not finite.
    ///
    /// ```
    /// use resorb::{effect::{Correction, Measure}, study::Studies};
    /// let studies = Studies::from_counts([("A", 16, 17), ("B", 10, 12)])?;
    /// let effects = Measure::Plo.effects(&studies, Correction::default())?;
    /// assert!((effects.yi()[0] - 16f64.ln()).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn effects(
        self,
        studies: &Studies,
        correction: Correction,
    ) -> Result<Effects, EffectError> {
        match (studies.outcomes(), self) {
            (Outcomes::Generic(effects), Self::Gen) => Ok(Effects {
                measure: self,
                yi: effects.iter().map(|e| e.yi()).collect(),
                vi: effects.iter().map(|e| e.vi()).collect(),
                corrected: 0,
            }),
            (Outcomes::Proportions(_), Self::Gen) => Err(EffectError::Outcome {
                measure: self.code(),
                wanted: "effects with variances",
                given: "events of a total (use PLO, PAS, …)",
            }),
            (Outcomes::Proportions(counts), _) => {
                proportion::effects(counts, studies.labels(), self, correction)
            }
            (outcomes, _) => Err(EffectError::Outcome {
                measure: self.code(),
                wanted: "events of a total",
                given: outcomes.kind().name(),
            }),
        }
    }

    /// The display value of `y`: a proportion within 0 and 1, or `y` itself for generic effects.
    ///
    /// ```
    /// use resorb::effect::{BackContext, Measure};
    /// assert_eq!(Measure::Plo.back(0.0, BackContext::Plain), 0.5);
    /// assert_eq!(Measure::Pas.back(-0.1, BackContext::Plain), 0.0);
    /// ```
    #[must_use]
    pub fn back(self, y: f64, context: BackContext) -> f64 {
        match self {
            Self::Pr => y.clamp(0.0, 1.0),
            Self::Pln => y.exp().min(1.0),
            Self::Plo => crate::numeric::special::expit(y),
            Self::Prz => normal::cdf(y),
            Self::Pas => proportion::arcsine_back(y),
            Self::Pft => match context {
                BackContext::Size(n) => proportion::freeman_tukey_back(y, n),
                BackContext::Plain => proportion::arcsine_back(y),
            },
            Self::Gen => y,
        }
    }

    /// The place of a rate on this measure's scale (of an infinitely large study under Freeman–Tukey);
    /// infinite or NaN for one that has none.
    ///
    /// ```
    /// use resorb::effect::Measure;
    /// assert_eq!(Measure::Plo.of(0.5), 0.0);
    /// assert!(!Measure::Plo.of(1.0).is_finite());
    /// ```
    #[must_use]
    pub fn of(self, rate: f64) -> f64 {
        match self {
            Self::Pr | Self::Gen => rate,
            Self::Pln => rate.ln(),
            Self::Plo => rate.ln() - (-rate).ln_1p(),
            Self::Prz => normal::quantile(rate),
            Self::Pas | Self::Pft => rate.sqrt().asin(),
        }
    }

    /// Whether [`Measure::back`] had to clip `y` to keep a rate within 0 and 1.
    #[must_use]
    pub fn clips(self, y: f64) -> bool {
        match self {
            Self::Pr => !(0.0..=1.0).contains(&y),
            Self::Pln => y > 0.0,
            Self::Pas | Self::Pft => !(0.0..=std::f64::consts::FRAC_PI_2).contains(&y),
            Self::Plo | Self::Prz | Self::Gen => false,
        }
    }
}
